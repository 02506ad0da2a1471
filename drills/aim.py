"""What the page of the day says of the interview: shares expected at its hour, and their curve."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count
from django.utils.functional import cached_property

from drills import queue, words
from drills.cards import Card
from drills.scheduling import recall_expression
from drills.setting import Setting

# The drawing, in its own units.
LEFT, RIGHT, TOP, BOTTOM = 34, 400, 20, 160
# From here on a session is one of the last, in which order and amount follow the hour alone.
LAST_DAYS = timedelta(days=2)


@dataclass
class Aim:
    """What is expected at the hour of the interview `at`: the shares of one's cards remembered
    then, if nothing more is done and with today's list done, and the curve of the plan."""

    now: datetime
    at: datetime
    without: float
    with_today: float
    points: list[tuple[datetime, float, float]]

    @property
    def said_without(self) -> str:
        return words.percent(self.without)

    @property
    def said_with(self) -> str:
        return words.percent(self.with_today)

    @property
    def last_days(self) -> bool:
        return self.at - self.now < LAST_DAYS

    @property
    def planned(self) -> float:
        return self.points[-1][1] if self.points else self.with_today

    @property
    def said_planned(self) -> str:
        return words.percent(self.planned)

    @cached_property
    def planned_path(self) -> str:
        return self._path([(at, planned) for at, planned, _ in self.points])

    @cached_property
    def stopped_path(self) -> str:
        return self._path([(at, stopped) for at, _, stopped in self.points])

    def _path(self, line: list[tuple[datetime, float]]) -> str:
        spots = [f"{self._x(at):.1f} {_y(share):.1f}" for at, share in line]
        return "M" + " L".join(spots) if spots else ""

    def _x(self, at: datetime) -> float:
        first, last = self.points[0][0], self.points[-1][0]
        whole = (last - first).total_seconds() or 1
        return LEFT + (RIGHT - LEFT) * (at - first).total_seconds() / whole

    @property
    def planned_y(self) -> str:
        return f"{_y(self.planned):.1f}"

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The grid: a percentage and where it lies."""
        return [(share, f"{_y(share / 100):.1f}") for share in (0, 50, 100)]


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def aim_of(user, setting: Setting, moment: datetime) -> Aim | None:
    """None without an interview to come, or without cards. Two queries, one over all cards."""
    limit = setting.limit(moment)
    if not limit:
        return None
    cards = Card.objects.for_user(user).live(moment)
    found = cards.aggregate(n=Count("id"), share=Avg(recall_expression(limit)))
    if not found["n"]:
        return None
    gain = queue.todays_gain(user, setting, moment, limit) / found["n"]
    points = [(datetime.fromisoformat(at), *shares) for at, *shares in setting.forecast or []]
    return Aim(moment, limit, found["share"], found["share"] + gain, points)
