"""A person's stories and the competencies, from the database to the plain values of coverage."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.urls import reverse

from stories import coverage, showing
from stories.coverage import Closest, Column, Gap, Row
from stories.library import Competency, Prompt, QuestionCompetency
from stories.models import PARTS, Shows, Story

OWN, OWN_GROUP = "own", "Your own"


@dataclass(frozen=True)
class Group:
    """Columns that stand under one heading."""

    name: str
    columns: list[Column]


def asked_for() -> dict[int, list[str]]:
    """What each published question asks for: refs by the question's pk, the main one first.

    One query; they are few and everybody's.
    """
    rows = QuestionCompetency.objects.filter(
        question__published=True, question__retired_at=None,
        competency__published=True, competency__retired_at=None,
    ).order_by("question_id", "position")  # fmt: skip
    found: dict[int, list[str]] = defaultdict(list)
    for question, key in rows.values_list("question_id", "competency__key"):
        found[question].append(key)
    return found


def shared_columns(asked: dict[int, list[str]]) -> list[Column]:
    """The published competencies, themes first. One query."""
    counts: dict[str, int] = defaultdict(int)
    for refs in asked.values():
        for ref in refs:
            counts[ref] += 1
    order = list(Competency.Group.values)
    rows = Competency.objects.published().annotate(
        guides=Exists(Prompt.objects.filter(competency=OuterRef("pk")))
    )
    return [
        Column(
            row.value, row.title, row.group, row.means, row.listens_for, row.write_next,
            counts[row.key], row.guides,
        )
        for row in sorted(rows, key=lambda row: (order.index(row.group), row.order, row.pk))
    ]  # fmt: skip


def rows_of(user, *, with_text: bool = False) -> list[Row]:
    """The stories of `user`, the last written first, with what they show. Two queries.

    `with_text` reads their words too, which only the search for the closest one needs.
    """
    marks: dict[int, dict[str, str]] = defaultdict(dict)
    shows = Shows.objects.for_user(user).filter(story__removed_at=None)
    for story, primary, key, own in shows.values_list(
        "story_id", "primary", "competency__key", "own_id"
    ):
        level = coverage.PRIMARY if primary else coverage.SECONDARY
        marks[story][key or f"{OWN}-{own}"] = level
    stories = Story.objects.for_user(user).kept().select_related("theme", "own_theme")
    wanted = ["title", "status", "theme__key", "own_theme__removed_at", "updated_at", "owner"]
    return [
        Row(
            story.pk, story.name, story.status, story.theme_value, marks[story.pk],
            "\n".join(getattr(story, part) for part in PARTS) if with_text else "",
        )
        for story in stories.only(*wanted, *(PARTS if with_text else ()))
    ]  # fmt: skip


@dataclass(frozen=True)
class Board:
    """The whole matrix of one person."""

    columns: list[Column]
    rows: list[Row]
    asked: dict[int, list[str]]

    @cached_property
    def groups(self) -> list[Group]:
        names = dict(Competency.Group.choices) | {OWN: OWN_GROUP}
        return [
            Group(names[key], list(columns))
            for key, columns in groupby(self.columns, key=lambda column: column.group)
        ]

    @cached_property
    def heads(self) -> list[tuple[Column, int, bool]]:
        """Each column with how many stories show it, and whether its group begins there."""
        return [
            (column, self.counts[column.ref], column is group.columns[0])
            for group in self.groups
            for column in group.columns
        ]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many stories show each column."""
        return {c.ref: len(coverage.showing(c, self.rows)) for c in self.columns}

    @cached_property
    def gaps(self) -> list[Gap]:
        return coverage.gaps(self.columns, self.rows)

    @property
    def empty(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.only is None]

    @property
    def thin(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.only]

    @property
    def hanging(self) -> list[tuple[Row, list[Gap]]]:
        """The stories on which a competency hangs alone, those that carry most first."""
        alone: dict[int, list[Gap]] = defaultdict(list)
        for gap in self.thin:
            alone[gap.only.id].append(gap)  # type: ignore[union-attr]
        rows = [(row, alone[row.id]) for row in self.rows if row.id in alone]
        return sorted(rows, key=lambda pair: -len(pair[1]))

    @property
    def covered(self) -> int:
        return len(self.columns) - len(self.empty)

    @property
    def firm(self) -> int:
        """The columns that more than one story shows."""
        return len(self.columns) - len(self.gaps)

    def gap(self, ref: str) -> Gap | None:
        """The gap named `ref`, else the most pressing one; None when there is none at all."""
        return next((g for g in self.gaps if g.column.ref == ref), None) or next(
            iter(self.gaps), None
        )

    @cached_property
    def together(self) -> coverage.Together:
        return coverage.together(self.asked.values())

    def closest(self, gap: Gap) -> Closest | None:
        return coverage.closest(gap.column, self.columns, self.rows, self.together)

    def outline(self, column: Column) -> Column | None:
        return coverage.nearest_theme(column, self.columns, self.together)


def load(user) -> Board:
    """Everything, in five queries however many stories there are."""
    asked = asked_for()
    columns = shared_columns(asked)
    columns += [Column(row.value, row.title, OWN) for row in showing.own_competencies(user)]
    return Board(columns, rows_of(user, with_text=True), asked)


@dataclass(frozen=True)
class Cell:
    """Where a story and a competency meet. `url` sets what a click makes of it, "" for a theme;
    `edge` is true where a group begins."""

    id: str
    title: str
    level: str
    url: str
    edge: bool = False


def cell(row: Row, column: Column, edge: bool = False) -> Cell:
    """One cell. Its address is put together here: asking the resolver 800 times is the page's
    whole time (tests/stories/test_coverage_views.py holds it to the resolver's)."""
    level = row.level(column.ref)
    then = coverage.NEXT.get(level)
    url = f"{_base()}{row.id}/{column.ref}/{then}/" if then else ""
    return Cell(f"c{row.id}-{column.ref}", column.title, level, url, edge)


@cache
def _base() -> str:
    return reverse("stories:coverage")


def line(row: Row, groups: Iterable[Group]) -> list[Cell]:
    """A story's cells."""
    return [
        cell(row, column, edge=column is group.columns[0])
        for group in groups
        for column in group.columns
    ]
