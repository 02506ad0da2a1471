"""Scenario documents: Markdown in, outlines out.

Two shapes are read. A file with front matter holds one scenario in four parts, and is held to the
format in all of it (this file). A document that lists several, "**Title:** prompt", with a
solution for some of them below, is taken as it is written (scenarios/notebook.py).
"""

import re
from collections.abc import Callable

from django.utils.text import slugify

from scenarios.models import Category, Difficulty, Domain, Pillar
from scenarios.outline import ChoiceText, FollowUpText, Outline, QuestionText, TradeOffText
from writing import documents
from writing.content import is_key
from writing.diagrams import MAX_SOURCE
from writing.documents import (
    Document,
    DocumentError,
    Fence,
    Item,
    List,
    Node,
    Quote,
    Section,
    Table,
)
from writing.documents.reading import MAX_BYTES

__all__ = ["MAX_BYTES", "DocumentError", "from_document", "one_line", "read", "unquoted"]

KEYS = {"id", "title", "domain", "difficulty", "minutes", "patterns", "order"}
MINUTES = (30, 45, 60)
PARTS = (
    "Part 1: Clarifying questions",
    "Part 2: Architecture",
    "Part 3: Technology choices",
    "Part 4: Trade-offs and path to scale",
)
ARCHITECTURE = ("Estimate", "Flows", "Diagram", "Data model")
SCALE = (
    "Trade-offs", "Failure modes", "Cost", "At 10×", "At 100×", "Follow-ups",
    "What each level sounds like",
)  # fmt: skip
LEVELS = ("IC5", "IC6", "IC7")

_NAMED = re.compile(r"\*\*(?P<name>.+?)\*\*\s*(?P<text>.*)\Z", re.DOTALL)
_LABELLED = re.compile(r"(?P<label>[A-Z][a-z ]+?):\s*(?P<text>.+)\Z", re.DOTALL)


def read(source: str | bytes, name: str) -> dict[str, Outline]:
    """The scenarios of a document by their keys. DocumentError names file and line of a mistake."""
    from scenarios import notebook

    document = documents.read(source, name)
    if document.meta:
        key = document.require("id")
        if not is_key(key):
            raise document.error(f'The id "{key}" must be lower-case words with hyphens.', 2)
        return {key: from_document(document)}
    outlines: dict[str, Outline] = {}
    for line, outline in notebook.scenarios(document):
        key = slugify(outline.title)[:100].strip("-")
        if not key or key in outlines:
            raise document.error(f"“{outline.title}” needs a title of its own.", line)
        outlines[key] = outline
    return outlines


def from_document(document: Document) -> Outline:
    """The one scenario of a document in our format. Raises DocumentError."""
    return _Reader(document).outline()


def one_line(text: str) -> str:
    return " ".join(text.split())


def unquoted(text: str) -> str:
    """What stands between quotation marks, where nothing stands outside them."""
    text = text.strip()
    if len(text) > 1 and text[0] in '"“' and text[-1] in '"”':
        inner = text[1:-1]
        if not any(mark in inner for mark in ('"', "“", "”")):
            return inner.strip()
    return text


class _Reader:
    """Reads one file, and says where it leaves the format."""

    def __init__(self, document: Document):
        self.document = document

    def fail(self, message: str, line: int) -> DocumentError:
        return self.document.error(message, line)

    def outline(self) -> Outline:
        outline = self.head()
        nodes = list(self.document.nodes)
        sections = [node for node in nodes if isinstance(node, Section)]
        before = nodes[: nodes.index(sections[0])] if sections else nodes
        if not before or not isinstance(before[0], Quote):
            line = before[0].line if before else 1
            raise self.fail("The prompt is missing: a quotation (>) below the title.", line)
        outline.prompt = self.text(before[0].children)
        outline.intro = self.text(before[1:])
        if not sections:
            return outline
        parts = self.parts(sections, PARTS, self.document.nodes[0].line)
        outline.questions = self.questions(parts[0])
        self.architecture(outline, parts[1])
        outline.choices = self.between(
            [self.choice(item) for item in self.items(parts[2])], 6, 10, "choices", parts[2]
        )
        self.scale(outline, parts[3])
        return outline

    def head(self) -> Outline:
        document = self.document
        where = document.meta_lines
        if unknown := sorted(set(document.meta) - KEYS):
            raise self.fail(f'The front matter does not know "{unknown[0]}".', where[unknown[0]])
        title = document.require("title")
        if title != documents.plain(document.title):
            raise self.fail("The title above the text must be that of the front matter.",
                            where["title"])  # fmt: skip
        if len(title) > 200:
            raise self.fail("The title is longer than 200 characters.", where["title"])
        return Outline(
            title,
            "",
            order=self.number("order", lambda n: n < 32_000, "a whole number"),
            domain=self.one_of("domain", Domain.values),
            difficulty=self.one_of("difficulty", Difficulty.values),
            minutes=self.number("minutes", lambda n: n in MINUTES, "30, 45 or 60"),
            patterns=self.patterns(),
        )

    def one_of(self, key: str, known: list[str]) -> str:
        value = self.document.require(key)
        if value not in known:
            raise self.fail(
                f'"{value}" is not a {key}: choose {_or(known)}.', self.document.meta_lines[key]
            )
        return value

    def number(self, key: str, fits: Callable[[int], bool], what: str) -> int:
        value = self.document.require(key)
        if not value.isdecimal() or not value.isascii() or len(value) > 5 or not fits(int(value)):
            raise self.fail(f"{key} must be {what}.", self.document.meta_lines[key])
        return int(value)

    def patterns(self) -> list[str]:
        line = self.document.meta_lines.get("patterns", 1)
        found = [one_line(p).lower() for p in self.document.require("patterns").split(",")]
        if not 3 <= len(found) <= 6 or len(set(found)) < len(found) or not all(found):
            raise self.fail("patterns must be three to six different terms.", line)
        if any(len(pattern) > 60 for pattern in found):
            raise self.fail("A pattern is at most 60 characters long.", line)
        return found

    # The parts.

    def parts(self, sections: list[Section], names: tuple[str, ...], line: int) -> list[Section]:
        """`sections`, which must be exactly those of `names`, in this order."""
        for expected, section in zip(names, sections, strict=False):
            if one_line(section.text) != expected:
                raise self.fail(f"Here “{expected}” is expected.", section.line)
        if len(sections) != len(names):
            if len(sections) > len(names):
                raise self.fail("This heading is not expected here.", sections[len(names)].line)
            last = sections[-1].line if sections else line
            raise self.fail(f"“{names[len(sections)]}” is missing after this.", last)
        return sections

    def below(self, section: Section, names: tuple[str, ...]) -> list[Section]:
        for node in section.children:
            if not isinstance(node, Section):
                raise self.fail(f"Only headings stand directly below “{section.text}”.", node.line)
        return self.parts(section.children, names, section.line)  # type: ignore[arg-type]

    def questions(self, part: Section) -> list[QuestionText]:
        found: list[QuestionText] = []
        for section, category in zip(
            self.below(part, tuple(Category.labels)), Category.values, strict=True
        ):
            found += [self.question(item, category) for item in self.items(section)]
        return self.between(found, 8, 14, "questions", part)

    def question(self, item: Item, category: str) -> QuestionText:
        name, rest = self.named(item)
        if rest:
            raise self.fail("The whole question stands in bold, and nothing after it.", item.line)
        texts = self.labelled(item, ("Why it matters", "Answer", "Also asked as"))
        aliases = [one_line(alias) for alias in texts["Also asked as"].split(";") if alias.strip()]
        if not 3 <= len(aliases) <= 40 or any(len(alias) > 300 for alias in aliases):
            raise self.fail("“Also asked as” takes 3 to 40 short wordings.", item.line)
        return QuestionText(
            category, name, texts["Why it matters"], unquoted(texts["Answer"]), aliases
        )

    def architecture(self, outline: Outline, part: Section) -> None:
        estimate, flows, diagram, model = self.below(part, ARCHITECTURE)
        outline.estimate = self.with_table(estimate)
        steps = flows.children[0] if len(flows.children) == 1 else None
        if not isinstance(steps, List) or not steps.ordered or not 4 <= len(steps.items) <= 8:
            raise self.fail("Flows are one numbered list of four to eight.", flows.line)
        for step in steps.items:
            self.named(step)
        outline.flows = self.text(flows.children)
        fence = diagram.children[0] if len(diagram.children) == 1 else None
        if not isinstance(fence, Fence) or fence.info != "mermaid" or not fence.body.strip():
            raise self.fail("The diagram is one block of code marked “mermaid”.", diagram.line)
        if len(fence.body) > MAX_SOURCE:
            raise self.fail("The diagram is too long to draw.", fence.line)
        outline.diagram = fence.body
        outline.data_model = self.with_table(model)

    def choice(self, item: Item) -> ChoiceText:
        name, rest = self.named(item)
        if rest or len(name) > 200:
            raise self.fail("A choice is its name in bold, 200 characters at most.", item.line)
        texts = self.labelled(item, ("Why", "Instead of", "Pillars"))
        pillars = [one_line(pillar) for pillar in texts["Pillars"].split(",")]
        for pillar in pillars:
            if pillar not in Pillar.values:
                raise self.fail(
                    f"“{pillar}” is not a pillar: choose {_or(Pillar.values)}.", item.line
                )
        return ChoiceText(name, texts["Why"], texts["Instead of"], pillars)

    def scale(self, outline: Outline, part: Section) -> None:
        trade_offs, failures, cost, ten, hundred, follow_ups, levels = self.below(part, SCALE)
        found = [TradeOffText(*self.titled(item)) for item in self.items(trade_offs)]
        outline.trade_offs = self.between(found, 4, 6, "trade-offs", trade_offs)
        outline.failure_modes = self.with_table(failures)
        outline.cost = self.with_table(cost)
        outline.scale_10, outline.scale_100 = self.filled(ten), self.filled(hundred)
        outline.follow_ups = self.follow_ups(follow_ups)
        said = dict(self.titled(item) for item in self.items(levels))
        if tuple(said) != LEVELS:
            raise self.fail("The levels are IC5, IC6 and IC7, in this order.", levels.line)
        outline.ic5, outline.ic6, outline.ic7 = (unquoted(said[level]) for level in LEVELS)

    def follow_ups(self, part: Section) -> list[FollowUpText]:
        found = []
        for section in part.children:
            if not isinstance(section, Section):
                raise self.fail("Each follow-up has a heading.", section.line)
            title = unquoted(documents.plain(section.text))
            texts = self.labelled(section, ("At minute", "Strong", "Weak"))
            minute = texts["At minute"]
            if not minute.isdecimal() or not minute.isascii() or not 0 < int(minute) <= 60:
                raise self.fail("“At minute” is a number from 1 to 60.", section.line)
            if len(title) > 300:
                raise self.fail("The follow-up is longer than 300 characters.", section.line)
            strong = unquoted(texts["Strong"])
            found.append(FollowUpText(title, int(minute), strong, texts["Weak"]))
        return self.between(found, 3, 6, "follow-ups", part)

    # The pieces they are made of.

    def text(self, nodes: list[Node]) -> str:
        return documents.to_text(nodes).strip() if nodes else ""

    def filled(self, section: Section) -> str:
        if not (text := self.text(section.children)):
            raise self.fail(f"There is nothing below “{section.text}”.", section.line)
        return text

    def with_table(self, section: Section) -> str:
        if not any(isinstance(node, Table) and node.rows for node in section.children):
            raise self.fail(f"“{section.text}” needs a table.", section.line)
        return self.filled(section)

    def items(self, holder: Section | Item) -> list[Item]:
        """The entries of the one list that `holder` consists of."""
        lists = [node for node in holder.children if isinstance(node, List)]
        if len(lists) != 1 or len(holder.children) != 1:
            raise self.fail("Here one list is expected, and nothing else.", holder.line)
        return lists[0].items

    def named(self, item: Item) -> tuple[str, str]:
        """(name, what follows it) of "**name** text"."""
        found = _NAMED.match(one_line(item.text))
        if not found:
            raise self.fail("This entry begins with its name in bold.", item.line)
        return found["name"].strip(), found["text"].strip()

    def titled(self, item: Item) -> tuple[str, str]:
        """(title, text) of "**Title:** text"."""
        title, text = self.named(item)
        if not title.endswith(":") or not text or item.children or len(title) > 200:
            raise self.fail("This entry is “**Title:** text”.", item.line)
        return title.removesuffix(":"), text

    def labelled(self, holder: Section | Item, labels: tuple[str, ...]) -> dict[str, str]:
        """The entries "Label: text" of the list in `holder`: exactly `labels`, in this order."""
        found: dict[str, str] = {}
        for item in self.items(holder):
            match = _LABELLED.match(one_line(item.text))
            expected = labels[len(found)] if len(found) < len(labels) else None
            if not match or match["label"] != expected or item.children:
                wanted = f"“{expected}: …” is expected" if expected else "nothing more is expected"
                raise self.fail(f"Here {wanted}.", item.line)
            found[match["label"]] = match["text"]
        if len(found) < len(labels):
            raise self.fail(f"“{labels[len(found)]}: …” is missing.", holder.line)
        return found

    def between(self, found: list, least: int, most: int, what: str, section: Section) -> list:
        if not least <= len(found) <= most:
            raise self.fail(
                f"There are {len(found)} {what}; {least} to {most} belong here.", section.line
            )
        return found


def _or(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " or " + words[-1]
