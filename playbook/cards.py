"""A row of a playbook, or a paragraph of a note, as the two sides of a drill card."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drills.models import Card, Kind
from playbook.models import Learning, Row, Section, StudyNote
from writing.markdown import plain

# What a card of each kind asks: {0} is the row's name, {1} its section's title.
_ASKS = {
    Section.Kind.MATRIX: "{0}: when, and at what price?",
    Section.Kind.PATTERNS: "{0}: what is it, when does it hurt, and what does it on AWS?",
    Section.Kind.ANTI_PATTERNS: "What would you say instead? The trap: {0}",
    Section.Kind.STEPS: "{1}: what happens in the step “{0}”?",
    Section.Kind.LIST: "{1}: “{0}”?",
    Section.Kind.CHECKLIST: "{1}: “{0}”?",
    Section.Kind.LEVELS: "{0}: what does a strong answer sound like?",
    Section.Kind.QUESTIONS: "{0} Which elements must the answer have?",
}
_KINDS = {
    Section.Kind.PHRASES: Kind.PHRASE,
    Section.Kind.QUESTIONS: Kind.QUESTION,
    Section.Kind.MATRIX: Kind.COMPARISON,
}
# Of a row with many fields, those that a card is to hold by heart.
_BY_HEART = {
    Section.Kind.LEVELS: ("signals", "strong answer", "ic7/d1"),
    Section.Kind.QUESTIONS: ("key elements", "strong answer"),
    Section.Kind.ANTI_PATTERNS: ("better",),
}
FRONT = 300


@dataclass(frozen=True)
class Sides:
    """`front` is plain text, `answer` Markdown; `source` the address the card links back to."""

    front: str
    answer: str
    kind: str
    source: str
    source_title: str


def of_row(row: Row) -> Sides:
    """The card of a row, whose section and playbook are loaded."""
    kind = Section.Kind(row.section.kind)
    title = f"{row.playbook.title}: {row.section.title}"
    return Sides(_front(row, kind), _answer(row, kind), _KINDS.get(kind, Kind.FACT), row.url, title)


def of_text(section: Section, anchor: str) -> Sides | None:
    """The card of a section's intro or closing, which `anchor` names; None where it is empty."""
    texts = {section.intro_url: section.intro, section.closing_url: section.closing}
    source = f"{section.playbook.get_absolute_url()}#{anchor}"
    if not (text := texts.get(source)):
        return None
    bold = re.match(r"\*\*([^*\n]{1,80}?):?\*\*", text)
    front = f"{section.title}: {plain(bold[1]).lower()}?" if bold else f"{section.title}?"
    title = f"{section.playbook.title}: {section.title}"
    return Sides(front[:FRONT], text, Kind.FACT, source, title)


def of_block(note: StudyNote, place: int) -> Sides:
    """The card of the paragraph at `place` (an index of `note.blocks`)."""
    heading, text, _ = note.blocks[place]
    front = f"{note.title}: {heading[0].lower()}{heading[1:]}?" if heading else f"{note.title}?"
    source = f"{note.get_absolute_url()}#p{place}"
    return Sides(front[:FRONT], text, Kind.FACT, source, f"Study note: {note.title}")


def of_learning(row: Learning) -> Sides | None:
    """The card of one's own note; None while there is no text. Without a title its first line
    asks, and the whole of it answers."""
    if not row.text.strip():
        return None
    front = plain(row.title.strip() or row.text.strip().split("\n")[0])
    title = f"Note: {row}"
    return Sides(front[:FRONT], row.text, Kind.FACT, row.get_absolute_url(), title[:FRONT])


def taken(user, urls: Iterable[str]) -> dict[str, int]:
    """The cards of `user`'s that came from `urls`: source to card id. One query."""
    rows = Card.objects.for_user(user).standing().filter(source__in=list(urls))
    return dict(rows.values_list("source", "pk"))


def _front(row: Row, kind: Section.Kind) -> str:
    """The question. A phrase is asked for by its moment, since that is when it must come."""
    if kind == Section.Kind.PHRASES and row.shown:
        return f"The phrase for this moment: {plain(row.shown[0][1])}"[:FRONT]
    return _ASKS.get(kind, "{0}?").format(plain(row.name), row.section.title)[:FRONT]


def _answer(row: Row, kind: Section.Kind) -> str:
    if kind == Section.Kind.PHRASES:
        return "\n\n".join([row.name, *(text for _, text in row.shown[1:] if text)])
    wanted = _BY_HEART.get(kind)
    chosen = [pair for pair in row.shown if not wanted or pair[0].lower() in wanted]
    lines = [f"**{label}:** {text}" if label else text for label, text in chosen or row.shown]
    body = [row.body, row.starter] if kind == Section.Kind.STEPS or not lines else []
    return "\n\n".join(filter(None, [*lines, *body])) or row.name
