"""What the day's page and the statistics say of the interview: figures in words, and a curve."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count

from drills import charts, queue, words
from drills.cards import Card
from drills.forecast import Point
from drills.scheduling import recall_expression
from drills.setting import Setting

# From here on a session is one of the last, in which order and amount follow the hour alone.
LAST_DAYS = timedelta(days=2)


@dataclass
class Aim:
    """What is expected at the hour of the interview `at`: the share of one's `cards` remembered
    then with today's list done, and from now to then the curves of the plan and of stopping here.
    """

    now: datetime
    at: datetime
    cards: int
    with_today: float
    points: list[Point]

    @property
    def said_without(self) -> str:
        return words.percent(self.points[-1].stopped)

    @property
    def said_with(self) -> str:
        return words.percent(self.with_today)

    @property
    def said_planned(self) -> str:
        return words.percent(self.points[-1].planned)

    @property
    def last_days(self) -> bool:
        return self.at - self.now < LAST_DAYS

    @property
    def chart(self) -> charts.Curves | None:
        hours = [(point.at - self.now).total_seconds() / 3600 for point in self.points]
        planned, stopped = zip(*((p.planned, p.stopped) for p in self.points), strict=True)
        ticks = {hours[0]: "now", hours[-1]: f"{self.at:%-d %b, %H:%M}"}
        return charts.curves(hours, planned, stopped, ticks)


def aim_of(user, setting: Setting, moment: datetime) -> Aim | None:
    """None without an interview to come, or without cards. Two queries, one over all cards.

    The plan's line is the one of this morning; what is remembered without another review is asked
    anew each time, so that both move with every answer.
    """
    limit = setting.limit(moment)
    if not limit:
        return None
    stored = [(datetime.fromisoformat(at), planned) for at, planned, _ in setting.forecast or []]
    planned = {at: share for at, share in stored if moment < at < limit}
    planned = {moment: 0.0, **planned, limit: stored[-1][1] if stored else 0.0}
    shares = {f"share_{n}": Avg(recall_expression(at)) for n, at in enumerate(planned)}
    found = Card.objects.for_user(user).live(moment).aggregate(n=Count("id"), **shares)
    if not found["n"]:
        return None
    stopped = [found[name] for name in shares]
    with_today = stopped[-1] + queue.todays_gain(user, setting, moment, limit) / found["n"]
    points = [
        Point(at, max(share, left), left)
        for (at, share), left in zip(planned.items(), stopped, strict=True)
    ]
    return Aim(moment, limit.astimezone(moment.tzinfo), found["n"], with_today, points)
