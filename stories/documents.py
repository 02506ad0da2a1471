"""Documents of the stories room: competencies with their outlines, and behavioural questions.

Both come from files cut at their headings (writing.content.ContentSource, split=True). A parser
gets one section and returns plain values; an `apply_` function makes a row of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from stories.library import Competency, Part, Prompt, Question, QuestionCompetency
from writing.documents import Document, DocumentError, Item, List, Node, plain, properties

_PARTS = {label.lower(): value for value, label in Part.choices}
_HINT = re.compile(r"Hint:\s+(?P<text>.+)\Z", re.DOTALL)
# Questions are shown file by file; within one, in the order of the lines.
_LINES_A_FILE, _FILES = 500, 60


@dataclass
class PromptText:
    part: str
    text: str
    hint: str = ""


@dataclass
class CompetencyText:
    title: str
    group: str
    order: int = 500
    means: str = ""
    listens_for: str = ""
    write_next: str = ""
    prompts: list[PromptText] = field(default_factory=list)


@dataclass
class QuestionText:
    text: str
    subject: str
    order: int
    competencies: list[str]
    listens_for: str = ""
    follow_ups: list[str] = field(default_factory=list)
    # Where to point when a competency is not known.
    error: Callable[[str], DocumentError] = field(repr=False, compare=False, kw_only=True)


def one_line(text: str) -> str:
    return " ".join(text.split())


class _Entries:
    """The list below a heading: each entry may be taken once, and none may be left."""

    def __init__(self, document: Document, known: set[str]):
        self.document = document
        self.section, self.found, self.rest = properties(document)
        self.title = one_line(plain(self.section.text))
        if not self.title:
            raise document.error("The heading is empty.", self.section.line)
        for name, item in self.found.items():
            if name not in known:
                raise document.error(f'"{name}" is not known here.', item.line)
            if item.children:
                raise document.error(f'"{name}" takes one line.', item.line)

    def fail(self, message: str, name: str) -> DocumentError:
        line = self.found[name].line if name in self.found else self.section.line
        return self.document.error(message, line)

    def text(self, name: str, limit: int = 1000) -> str:
        text = one_line(self.found[name].text) if name in self.found else ""
        if len(text) > limit:
            raise self.fail(f'"{name}" is longer than {limit} characters.', name)
        return text

    def number(self, name: str, default: int) -> int:
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdecimal() and int(text[:6]) < 32_000):
            raise self.fail(f'"{name}" is a whole number.', name)
        return int(text)


def competency(document: Document) -> CompetencyText:
    """The competency in a section of a file. Raises DocumentError."""
    entries = _Entries(document, {"id", "order", "means", "listens for", "write next"})
    group = document.require("group")
    if group not in Competency.Group.values:
        known = ", ".join(Competency.Group.values)
        line = document.meta_lines["group"]
        raise document.error(f'"{group}" is not a group: choose one of {known}.', line)
    if len(entries.title) > 120:
        raise document.error("The heading is longer than 120 characters.", entries.section.line)
    return CompetencyText(
        title=entries.title,
        group=group,
        order=entries.number("order", 500),
        means=entries.text("means"),
        listens_for=entries.text("listens for"),
        write_next=entries.text("write next"),
        prompts=list(_prompts(document, entries.rest)),
    )


def _prompts(document: Document, nodes: list[Node]):
    for node in nodes:
        name = _PARTS.get(one_line(getattr(node, "text", "")).lower())
        children = getattr(node, "children", [])
        if name is None:
            labels = ", ".join(Part.labels)
            raise document.error(f"An outline has the parts {labels}.", node.line)
        if len(children) != 1 or not isinstance(children[0], List):
            raise document.error("A part of an outline is one list of questions.", node.line)
        for item in children[0].items:
            yield _prompt(document, name, item)


def _prompt(document: Document, part: str, item: Item) -> PromptText:
    lists = [node for node in item.children if isinstance(node, List)]
    hints = [child for each in lists for child in each.items]
    found = _HINT.match(hints[0].text) if hints else None
    if len(lists) != len(item.children) or len(hints) > 1 or (hints and not found):
        raise document.error('Below a question stands at most one "- Hint: …".', item.line)
    text, hint = one_line(item.text), one_line(found["text"]) if found else ""
    if not text or len(text) > 300 or len(hint) > 300:
        raise document.error("A question and its hint have 300 characters at most.", item.line)
    return PromptText(part, text, hint)


def question(document: Document) -> QuestionText:
    """The behavioural question in a section of a file. Raises DocumentError."""
    entries = _Entries(document, {"id", "competencies", "listens for", "follow-ups"})
    if len(entries.title) > 300:
        raise document.error("The question is longer than 300 characters.", entries.section.line)
    keys = [key.strip() for key in entries.text("competencies").split(",") if key.strip()]
    if not keys or len(set(keys)) < len(keys):
        raise entries.fail("A question names the competencies it asks for, each once.",
                           "competencies")  # fmt: skip
    follow_ups = [one_line(part) for part in entries.text("follow-ups", 2000).split("|")]
    if any(len(text) > 300 for text in follow_ups):
        raise entries.fail("A follow-up is at most 300 characters long.", "follow-ups")
    if entries.rest:
        raise document.error("Below the list of a question stands nothing.", entries.rest[0].line)
    return QuestionText(
        text=entries.title,
        subject=one_line(document.title)[:120] or document.require("id"),
        order=_order(document, entries.section.line),
        competencies=keys,
        listens_for=entries.text("listens for"),
        follow_ups=[text for text in follow_ups if text],
        error=lambda message: entries.fail(message, "competencies"),
    )


def _order(document: Document, line: int) -> int:
    given = document.meta.get("order", "").strip() or "0"
    if not (given.isascii() and given.isdecimal() and int(given[:4]) < _FILES):
        raise document.error(f"order is a whole number below {_FILES}.",
                             document.meta_lines["order"])  # fmt: skip
    return int(given) * _LINES_A_FILE + min(line, _LINES_A_FILE - 1)


def apply_competency(row: Competency, parsed: CompetencyText) -> None:
    """Make `row` hold `parsed` and nothing else, its outline too, and save it."""
    for name in ("title", "group", "order", "means", "listens_for", "write_next"):
        setattr(row, name, getattr(parsed, name))
    with transaction.atomic():
        row.save()
        row.prompts.all().delete()
        Prompt.objects.bulk_create(
            Prompt(competency=row, position=n, part=each.part, text=each.text, hint=each.hint)
            for n, each in enumerate(parsed.prompts)
        )


def apply_question(row: Question, parsed: QuestionText) -> None:
    """Make `row` hold `parsed`, and save it. Raises DocumentError for an unknown competency."""
    known = Competency.objects.in_bulk(parsed.competencies, field_name="key")
    if unknown := [key for key in parsed.competencies if key not in known]:
        raise parsed.error(f'No competency has the id "{unknown[0]}".')
    for name in ("text", "subject", "order", "listens_for", "follow_ups"):
        setattr(row, name, getattr(parsed, name))
    with transaction.atomic():
        row.save()
        row.asks_for.all().delete()
        QuestionCompetency.objects.bulk_create(
            QuestionCompetency(question=row, competency=known[key], position=n)
            for n, key in enumerate(parsed.competencies)
        )
