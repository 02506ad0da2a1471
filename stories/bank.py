"""The behavioural questions with one person's choices: the list, its filters, what is next."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from stories import asking, choices, matrix
from stories.asking import Choices
from stories.coverage import Column, Row
from stories.library import Question
from stories.models import Match

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Told:
    """A story chosen for a question."""

    row: Row
    rank: int
    fit: int

    def get_rank_display(self) -> str:
        return Match.Rank(self.rank).label

    def get_fit_display(self) -> str:
        return Match.Fit(self.fit).label


@dataclass(frozen=True)
class Asked:
    """A question, what it asks for, and what one would tell."""

    question: Question
    columns: list[Column]
    told: list[Told]
    state: str

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def refs(self) -> list[str]:
        return [column.ref for column in self.columns]

    @property
    def said(self) -> str:
        """Its state in words."""
        return asking.STATES[self.state]


@dataclass(frozen=True)
class Bank:
    """Every published question in its order, and the person's stories."""

    asked: list[Asked]
    columns: list[Column]
    rows: list[Row]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many questions are in each state."""
        return {key: sum(a.state == key for a in self.asked) for key in asking.STATES}

    @property
    def told(self) -> int:
        """How many have a story."""
        return len(self.asked) - self.counts[asking.NO_STORY]

    @property
    def subjects(self) -> list[str]:
        return list(dict.fromkeys(each.question.subject for each in self.asked))

    def answered_by(self, row: Row) -> list[tuple[Asked, Told]]:
        """The questions a story is told for, as the first choice before the second."""
        found = [(one, told) for one in self.asked for told in one.told if told.row.id == row.id]
        return sorted(found, key=lambda pair: (pair[1].rank, -pair[1].fit))

    def open_to(self, row: Row) -> list[tuple[Asked, asking.Suggestion]]:
        """The questions a story could answer and does not; those that lack one most come first."""
        found = [
            (one, suggestion)
            for one in self.asked
            if all(told.row.id != row.id for told in one.told)
            for suggestion in asking.suggest(one.refs, [row])
        ]
        return sorted(found, key=lambda pair: (-asking.ODDS[pair[0].state], -pair[1].score))

    def after(self, key: str, filters: "Filters") -> Asked | None:
        """The next question that the filters let through, from the beginning again at the end."""
        keys = [each.key for each in self.asked]
        at = keys.index(key) + 1 if key in keys else 0
        found = [a for a in filters.apply(self.asked[at:] + self.asked[:at]) if a.key != key]
        return found[0] if found else None


def load(user) -> Bank:
    """Six queries, however many stories and choices there are."""
    rows = matrix.rows_of(user)
    by_question = matrix.asked_for()
    columns = matrix.shared_columns(by_question)
    questions = Question.objects.published().only("key", "text", "subject", "order")
    chosen = choices.of(user)
    by_ref = {column.ref: column for column in columns}
    by_id = {row.id: row for row in rows}
    asked = [
        _asked(row, [by_ref[ref] for ref in by_question.get(row.pk, [])], chosen[row.pk], by_id)
        for row in questions
    ]
    return Bank(asked, columns, rows)


def _asked(
    question: Question, columns: list[Column], chosen: Choices, rows: Mapping[int, Row]
) -> Asked:
    statuses = {story: row.status for story, row in rows.items()}
    told = [
        Told(rows[choice.story], rank, choice.fit)
        for rank, choice in enumerate(chosen, 1)
        if choice.story in rows
    ]
    return Asked(question, columns, told, asking.state(chosen, statuses))


@dataclass(frozen=True)
class Filters:
    """What the address asks for. An empty value asks for anything; an unknown one finds nothing
    or, for a state, is dropped."""

    q: str = ""
    competency: str = ""
    subject: str = ""
    state: str = ""

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        """The filters of a query string."""
        given = {
            each.name: sent.get(each.name, "").replace("\0", "").strip()[:LONGEST_SEARCH]
            for each in fields(cls)
        }
        if given["state"] not in asking.STATES:
            given["state"] = ""
        return cls(**given)

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def query(self) -> str:
        """The query string of these filters with its question mark; "" when there are none."""
        asked = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def apply(self, asked: Iterable[Asked]) -> list[Asked]:
        """Of `asked`, those that are asked for. Each word of the search must stand somewhere."""
        words = self.q.casefold().split()
        return [
            each
            for each in asked
            if (not self.state or each.state == self.state)
            and (not self.subject or each.question.subject == self.subject)
            and (not self.competency or self.competency in each.refs)
            and all(word in _searched(each) for word in words)
        ]


def _searched(asked: Asked) -> str:
    titles = [column.title for column in asked.columns]
    stories = [told.row.name for told in asked.told]
    return " ".join([asked.question.text, *titles, *stories]).casefold()
