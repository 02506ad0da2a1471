"""What was done and what it came to: figures for the statistics page, and their shapes.

All of it from the counters of each day and from the cards themselves; no page reads the log of
answers, so it costs the same after a hundred answers and after a million.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Avg,
    Case,
    Count,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from drills import charts, days
from drills.cards import LEARNING, Card
from drills.lookahead import Costs
from drills.reviews import StudyDay
from drills.scheduling import State, recall_expression
from drills.setting import Setting

WEEKS = 26
RETENTION_WEEKS = 12
AHEAD = 30


@dataclass
class Statistics:
    """Everything the page shows. Three queries beside the settings'."""

    today: date
    rows: Sequence[StudyDay]
    due: dict[date, int]
    decks: Sequence[Mapping]
    # Is there an interview, and hence no use in what would come due after it?
    aimed: bool = False

    @property
    def answers(self) -> int:
        return sum(row.reviews for row in self.rows)

    @property
    def studied(self) -> int:
        """Days with at least one answer."""
        return sum(row.reviews > 0 for row in self.rows)

    @property
    def minutes(self) -> int:
        return round(sum(row.milliseconds for row in self.rows) / 60_000)

    @property
    def busiest(self) -> StudyDay | None:
        return max(self.rows, key=lambda row: row.reviews, default=None)

    @property
    def heat(self) -> charts.Heat:
        counts = {row.day: row.reviews for row in self.rows}
        return charts.heat(counts, self.today, WEEKS)

    # True retention: what was remembered of what was tested, by week.

    def _week(self, monday: date) -> charts.Share:
        week = [row for row in self.rows if monday <= row.day < monday + timedelta(days=7)]
        return share_of(week)

    @property
    def weeks(self) -> list[tuple[date, charts.Share]]:
        this = self.today - timedelta(days=self.today.weekday())
        mondays = [this - timedelta(days=7 * n) for n in range(RETENTION_WEEKS)][::-1]
        return [(monday, self._week(monday)) for monday in mondays]

    @property
    def month(self) -> charts.Share:
        """Of the last 30 days."""
        return share_of(row for row in self.rows if row.day > self.today - timedelta(days=30))

    @property
    def retention(self) -> charts.Dots:
        weeks = self.weeks
        names = [f"the week from {monday:%-d %B}" for monday, _ in weeks]
        ticks = {n: f"{monday:%-d %b}" for n, (monday, _) in enumerate(weeks) if n % 3 == 2}
        return charts.dots([share for _, share in weeks], names, ticks)

    # What comes.

    @property
    def coming(self) -> list[tuple[date, int]]:
        """Cards due on each of the next days; what is overdue counts for today."""
        days_ahead = [self.today + timedelta(days=n) for n in range(AHEAD)]
        late = sum(count for day, count in self.due.items() if day < self.today)
        return [(d, self.due.get(d, 0) + (late if d == self.today else 0)) for d in days_ahead]

    @property
    def due_bars(self) -> charts.Bars:
        coming = self.coming
        names = [f"{day:%A %-d %B}" for day, _ in coming]
        ticks = {n: "today" if n == 0 else f"{coming[n][0]:%-d %b}" for n in range(0, AHEAD, 7)}
        return charts.bars([count for _, count in coming], names, ticks)

    @property
    def fullest(self) -> tuple[date, int, int]:
        """The day with most due: (day, cards, minutes)."""
        day, count = max(self.coming, key=lambda each: each[1])
        return day, count, max(1, round(count * self.pace / 60))

    @property
    def pace(self) -> float:
        """Seconds an answer took, of late; the usual figure before there are any."""
        milliseconds = sum(row.milliseconds for row in self.rows)
        return milliseconds / 1000 / self.answers if milliseconds else Costs().review

    @property
    def due_soon(self) -> int:
        return sum(count for _, count in self.coming)

    @property
    def safe(self) -> int:
        """Cards begun that need nothing more before the interview; 0 without one."""
        return sum(row["safe"] for row in self.decks) if self.aimed else 0


def share_of(rows: Iterable[StudyDay]) -> charts.Share:
    rows = list(rows)
    return charts.share(
        sum(row.tested for row in rows),
        sum(row.kept for row in rows),
        sum(row.expected_millionths for row in rows) / 1e6,
    )


def of(user, setting: Setting, now: datetime) -> Statistics:
    """The statistics of `user` at `now`, days and weeks in their zone."""
    today = days.study_day(user, now)
    since = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    rows = StudyDay.objects.for_user(user).filter(day__gte=since, day__lte=today)
    limit = setting.limit(now)
    return Statistics(
        today,
        list(rows.order_by("day")),
        _due(user, today, limit),
        _decks(user, limit or now),
        aimed=limit is not None,
    )


def _due(user, today: date, limit: datetime | None = None) -> dict[date, int]:
    """Cards due by study day, up to the last of the days ahead. One query.

    Those whose due date is the interview at `limit` itself need no answer before it: left out.
    """
    ends = days.ends(user, today + timedelta(days=AHEAD - 1))
    # As days.study_day counts: by the clock on the wall, also where that was put forward.
    wall = Func(Value(str(user.zone)), F("due"), function="timezone", output_field=DateTimeField())
    since = Value(timedelta(hours=user.day_starts_at))
    local = Cast(ExpressionWrapper(wall - since, DateTimeField()), DateField())
    rows = Card.objects.for_user(user).standing().filter(suspended=False).due(ends)
    if limit:
        rows = rows.filter(due__lt=limit)
    counted = rows.order_by().values(day=local).annotate(n=Count("pk"))
    return {row["day"]: row["n"] for row in counted}


def _decks(user, at: datetime) -> list[Mapping]:
    """For each deck and group: its cards by state, and the share remembered at `at`. One query."""
    title = Case(
        When(entry__isnull=False, then=F("entry__deck__title")),
        When(group__isnull=False, then=F("group__title")),
        default=Value("Added by you"),
    )
    order = Coalesce(F("entry__deck__order"), Value(21))
    rows = (
        Card.objects.for_user(user)
        .standing()
        .order_by()
        .values(name=title, order=order, deck=F("entry__deck__key"), own=F("group"))
        .annotate(
            cards=Count("pk"),
            new=Count("pk", filter=Q(state=State.NEW)),
            learning=Count("pk", filter=Q(state__in=LEARNING)),
            known=Count("pk", filter=Q(state=State.REVIEW)),
            safe=Count("pk", filter=~Q(state=State.NEW) & Q(suspended=False, due__gte=at)),
            share=Avg(recall_expression(at)),
        )
        .order_by("order", "name")
    )
    return [dict(row) for row in rows]
