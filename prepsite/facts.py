"""Where one person stands in every room, as plain values: what the dashboard is made of.

They are counted in prepsite/gathering.py; prepsite/readiness.py and prepsite/proposals.py read
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from drills.scheduling import RETENTION
from plans import pace
from prepsite.readiness import Evidence

THEME = "theme"


@dataclass(frozen=True)
class ScenarioFact:
    """A published scenario and one's attempts at it.

    `best` is the best total as a share of full points, 0 where nothing was scored, None where no
    attempt was finished. `last` has the scores of the latest scored attempt by signal. `open` and
    `unscored` are attempts that wait to be finished and to be scored; the open one was begun at
    `opened`, and is of the clarifying questions alone where it `only_clarifies`. `easy` is a
    warm-up. `tried`: an attempt of any sort was finished, or five questions asked in one. `wanted`
    went badly in an interview, and was sent back into practice since the last attempt, which
    `ended` then.
    """

    key: str
    title: str
    minutes: int
    order: int
    best: float | None = None
    last: Mapping[str, int] = field(default_factory=dict)
    open: int | None = None
    opened: datetime | None = None
    only_clarifies: bool = False
    unscored: int | None = None
    easy: bool = False
    tried: bool = False
    wanted: bool = False
    ended: datetime | None = None


@dataclass(frozen=True)
class StoryFact:
    """`empty` names the first part in which nothing is written; "" when all four are."""

    pk: int
    title: str
    status: str
    empty: str
    told: bool
    due: datetime | None
    touched: datetime


@dataclass(frozen=True)
class ColumnFact:
    """A competency and how many of one's stories show it."""

    key: str
    title: str
    group: str
    stories: int

    @property
    def is_theme(self) -> bool:
        return self.group == THEME


@dataclass(frozen=True)
class PlanFact:
    """The plan in progress; `standing` is None for one without a clock, `touched` its last tick."""

    pk: int
    title: str
    done: int
    total: int
    standing: pace.Standing | None
    next_pk: int | None
    next_text: str
    next_minutes: int
    touched: datetime | None


@dataclass(frozen=True)
class CardFacts:
    """One's cards. `left` and `minutes` are what is left of today's list; `overdue` were due before
    today. `planned` and `stopped` are the shares remembered at the interview, None without one: of
    the cards that `study` counts, seen or not. `aside` is the part of `remembered` that cards have
    which were set aside, and which no forecast knows."""

    cards: int = 0
    study: int = 0
    seen: int = 0
    remembered: float = 0.0
    aside: float = 0.0
    overdue: int = 0
    leeches: int = 0
    answered: int = 0
    left: int = 0
    minutes: int = 0
    planned: float | None = None
    stopped: float | None = None

    @property
    def expected(self) -> float | None:
        """What `remembered` will be at the interview, with every session held; None where that
        cannot be told. Cards set aside count as they do today."""
        if self.planned is None:
            return None
        return self.aside + self.study * min(1.0, self.planned / RETENTION)


@dataclass
class Facts:
    now: datetime
    interviews: list[Any]
    scenarios: list[ScenarioFact]
    stories: list[StoryFact]
    columns: list[ColumnFact]
    cards: CardFacts
    plan: PlanFact | None
    plans: int
    ticked: int
    read: int
    to_read: int
    unread: Mapping[str, str] | None
    setting: Any
    # When the sheet of the morning was last chosen.
    sheet_at: datetime | None = None

    @cached_property
    def interview(self):
        """The next one; None when there is none to come."""
        return next((each for each in self.interviews if each.ends_at > self.now), None)

    @cached_property
    def to_debrief(self):
        """The last one that is over and was not written down."""
        over = [each for each in self.interviews if each.ends_at <= self.now]
        return over[-1] if over else None

    @cached_property
    def tried(self) -> list[ScenarioFact]:
        return [each for each in self.scenarios if each.best is not None]

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(
            scenarios=tuple(each.best or 0.0 for each in self.tried),
            stories=tuple(each.status for each in self.stories),
            told=sum(each.told for each in self.stories),
            themes=sum(column.stories > 0 for column in self.columns if column.is_theme),
            remembered=self.cards.remembered,
            seen=self.cards.seen,
            ticked=self.ticked,
            read=self.read,
        )
