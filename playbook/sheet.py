"""The sheet of the morning: what there is to choose from, what one person chose, and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drills.models import Card, Kind
from playbook import paper
from playbook.chosen import LONGEST_KEY, MorningSheet
from playbook.models import Row, Section
from writing import morning
from writing.markdown import plain
from writing.morning import MOST, Line, Table

MATRIX_COLUMNS = 3
SUGGESTED = 8  # of one's own phrases and justifications each, until one has chosen


@dataclass(frozen=True)
class Choice:
    line: Line
    chosen: bool


@dataclass(frozen=True)
class Sheet:
    """Everything to choose from by its heading, and what is chosen as two pages."""

    groups: Sequence[tuple[str, Sequence[Choice]]]
    front: paper.Fit
    back: paper.Fit

    @property
    def entries(self) -> list[tuple[str, list[Line]]]:
        """The chosen lines of the front page by their headings."""
        return [(name, lines) for name, lines in self._chosen(tables=False) if lines]

    @property
    def matrices(self) -> list[Line]:
        return [line for _, lines in self._chosen(tables=True) for line in lines]

    def _chosen(self, tables: bool) -> list[tuple[str, list[Line]]]:
        return _picked(self.groups, tables)


def load(user) -> Sheet:
    """The sheet of `user`. A constant number of queries."""
    row = MorningSheet.objects.for_user(user).first()
    chosen = set(row.chosen) if row else None
    groups = [
        (
            name,
            [Choice(line, line.wanted if chosen is None else line.key in chosen) for line in lines],
        )
        for name, lines in morning.offers(user)
    ]
    entries = [lines for _, lines in _picked(groups, tables=False)]
    tables = [line.table for _, lines in _picked(groups, tables=True) for line in lines]
    return Sheet(groups, paper.front(entries), paper.back([table for table in tables if table]))


def keep(user, keys: Sequence[str], now: datetime) -> None:
    """`user` wants the lines of `keys` and no others; unknown ones do no harm."""
    chosen = list(dict.fromkeys(key for key in keys if 0 < len(key) <= LONGEST_KEY))[: 4 * MOST]
    MorningSheet.objects.update_or_create(
        owner=user, defaults={"chosen": chosen, "updated_at": now}
    )


def _picked(groups, tables: bool) -> list[tuple[str, list[Line]]]:
    return [
        (name, [c.line for c in choices if c.chosen and bool(c.line.table) == tables])
        for name, choices in groups
    ]


# What the drills and the playbook offer; the rooms above register their own.


def phrases(user) -> list[Line]:
    """One's own phrase cards, then the playbook's phrases, suggested while one has none."""
    mine = Card.objects.for_user(user).standing().with_entry().filter(kind=Kind.PHRASE)
    cards = list(mine.defer("note", "note_html").order_by("-id")[:MOST])
    own = [
        Line(card.get_absolute_url(), _first(said), _moment(card))
        for card in cards
        if (said := card.answer or (card.entry.answer if card.entry else ""))
    ]
    own = [_suggested(line, at) for at, line in enumerate(own)]
    taken = {card.source for card in cards}
    rows = Row.objects.filter(
        section__kind=Section.Kind.PHRASES, playbook__published=True, playbook__retired_at=None
    ).select_related("playbook")
    shared = [
        Line(
            row.url,
            plain(row.name),
            plain(row.shown[0][1]) if row.shown else "",
            wanted=not own,
        )
        for row in rows.order_by("playbook__order", "section__position", "position")[:MOST]
        if row.url not in taken
    ]
    return own + shared


def justifications(user) -> list[Line]:
    """The justifications that `user` has written, the newest first. One query."""
    cards = Card.objects.for_user(user).standing().with_entry().filter(kind=Kind.JUSTIFICATION)
    rows = cards.exclude(answer="").defer("note", "note_html").order_by("-id")[:MOST]
    lines = [Line(card.get_absolute_url(), plain(card.title), _first(card.answer)) for card in rows]
    return [_suggested(line, at) for at, line in enumerate(lines)]


def matrices(user) -> list[Line]:
    """The matrices of the playbooks on the shelf, with their first columns. Two queries."""
    found = Section.objects.filter(
        kind=Section.Kind.MATRIX, playbook__published=True, playbook__retired_at=None
    )
    found = found.select_related("playbook").prefetch_related("rows")
    found = found.order_by("playbook__order", "playbook_id", "position")
    return [
        Line(section.url, section.title, wanted=place < 2, table=table)
        for place, section in enumerate(found[:MOST])
        if (table := _table(list(section.rows.all())))
    ]


def _table(rows) -> Table | None:
    if not rows:
        return None
    headings = ["", *(label for label, _ in rows[0].shown)][:MATRIX_COLUMNS]
    cells = [[plain(row.name), *(plain(text) for _, text in row.shown)] for row in rows]
    width = len(headings)
    return Table(headings, [(row + [""] * width)[:width] for row in cells])


def _suggested(line: Line, at: int) -> Line:
    return Line(line.key, line.title, line.text, at < SUGGESTED)


def _moment(card: Card) -> str:
    """When to say it: what the card asks, without the words before the colon."""
    return plain(card.prompt).removeprefix("The phrase for this moment: ")


def _first(text: str) -> str:
    """The first paragraph as plain text."""
    return plain(text.strip().split("\n\n")[0])
