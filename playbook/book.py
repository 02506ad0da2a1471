"""A playbook as one reader sees it: its parts and rows, what they made of them, what they know."""

import re
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.html import strip_tags

from playbook import cards, steps
from playbook.models import Playbook, Reading, Row, Section


@dataclass(frozen=True)
class Sorting:
    """The `column` (0 is the name, then what is shown) that a section's rows are sorted by."""

    section: str
    column: int
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.backwards else ''}{self.section}.{self.column}"


def sorting_of(text: str) -> Sorting | None:
    """What an address asks for: "database-matrix.1", with a "-" before it the other way round."""
    found = re.fullmatch(r"(-?)([a-z0-9_-]{1,100})\.([0-9]{1,2})", text)
    return Sorting(found[2], int(found[3]), bool(found[1])) if found else None


@dataclass(frozen=True)
class Heading:
    """A column's words, what the address says to sort by it next, and how it is sorted now."""

    label: str
    sort: str
    state: str = ""


@dataclass
class Part:
    """A section with its rows in their order. The cards are those of its texts, by id."""

    section: Section
    rows: list[Row]
    known: bool
    intro_card: int | None
    closing_card: int | None
    headings: list[Heading] = field(default_factory=list)

    @property
    def folds(self) -> bool:
        """Do its rows hold answers to be unfolded? With one text each there is nothing to fold."""
        ladders = (Section.Kind.LEVELS, Section.Kind.QUESTIONS)
        return self.section.kind in ladders and any(
            len(row.cells) > 1 or row.body_html for row in self.rows
        )

    @property
    def timed(self) -> bool:
        """Are there minutes in it for a clock to count?"""
        return self.section.kind == Section.Kind.STEPS and any(row.high for row in self.rows)


def parts_of(playbook: Playbook, user, sorting: Sorting | None = None) -> list[Part]:
    """The parts of `playbook`, each row with the reader's card of it and their own step.

    Six queries at most, whatever the number of rows.
    """
    rows = Prefetch("rows", Row.objects.defer("body", "fields"))
    sections = list(playbook.sections.prefetch_related(rows))
    every = [row for section in sections for row in section.rows.all()]
    for row in every:
        row.playbook = playbook
    own = {}
    if any(row.starter for row in every):
        own = {framed.row.pk: framed for framed in steps.framework(user)}
    urls = [row.url for row in every]
    urls += [url for section in sections for url in (section.intro_url, section.closing_url)]
    taken = cards.taken(user, urls)
    for row in every:
        row.card, row.framed = taken.get(row.url), own.get(row.pk)
    known = Reading.objects.known_to(user).sections
    parts = [
        Part(
            section,
            list(section.rows.all()),
            section.pk in known,
            taken.get(section.intro_url),
            taken.get(section.closing_url),
        )
        for section in sections
    ]
    for part in parts:
        if part.section.kind == Section.Kind.MATRIX and part.rows:
            _sort(part, sorting)
    return parts


def _sort(part: Part, sorting: Sorting | None) -> None:
    """Order the rows of a matrix, and name its columns with the way to sort by each."""
    labels = ["Name", *(label for label, _ in part.rows[0].cells)]
    if sorting and (sorting.section != part.section.key or sorting.column >= len(labels)):
        sorting = None
    headings = enumerate(labels)
    part.headings = [_heading(part.section.key, at, label, sorting) for at, label in headings]
    if sorting:
        at = sorting.column
        part.rows.sort(key=lambda row: _rank(row, at), reverse=sorting.backwards)


def _heading(section: str, at: int, label: str, sorting: Sorting | None) -> Heading:
    """A click sorts upwards, the next one downwards, the third restores the given order."""
    up, down = Sorting(section, at), Sorting(section, at, True)
    if sorting == up:
        return Heading(label, str(down), "ascending")
    return Heading(label, "", "descending") if sorting == down else Heading(label, str(up))


def _rank(row: Row, column: int) -> list[tuple[int, float, str]]:
    """Words by the alphabet and numbers by their size; an empty cell comes first."""
    shown = [row.name, *(html for _, html in row.cells)]
    text = strip_tags(shown[column]) if column < len(shown) else ""
    pieces = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", text.replace(",", ""))
    return [(0, float(p), "") if p[0].isdigit() else (1, 0.0, p.casefold()) for p in pieces]
