"""One week in review: minutes by day and room, what was reached, and against the week before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import F, IntegerField, Max, OuterRef, Q, Subquery

from drills import charts, days
from drills.reviews import StudyDay
from drills.statistics import share_of
from plans.models import Item
from playbook.models import Reading
from prepsite.activity import REACH, Activity, activity
from prepsite.gathering import HEADINGS, SCORES
from prepsite.models import Day
from scenarios.attempts import Attempt
from stories.models import Rehearsal, Story

NAMES = {
    "scenarios": "Scenarios", "stories": "Stories", "drills": "Drills", "plans": "Plans",
    "playbook": "Playbook",
}  # fmt: skip


@dataclass(frozen=True)
class AttemptRow:
    """A finished attempt: `total` of 10 points, None unscored, and the best total before it."""

    pk: int
    title: str
    finished: datetime | None
    total: int | None
    before: int | None

    @property
    def better(self) -> int | None:
        """Points more, or fewer, than the best before."""
        if self.total is None or self.before is None:
            return None
        return self.total - self.before


@dataclass
class Week:
    """The week that begins on `monday`, as study days of the person's own zone."""

    monday: date
    today: date
    activity: Activity
    answers: Sequence[StudyDay]
    attempts: list[AttemptRow]
    stories: list[Story]
    told: int
    ticked: int
    read: list[str]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> date | None:
        """The Monday before, as far as the ledger reaches."""
        earlier = self.monday - timedelta(days=7)
        return earlier if earlier > self.today - REACH else None

    @property
    def after(self) -> date | None:
        later = self.monday + timedelta(days=7)
        return later if later <= self.today else None

    @property
    def running(self) -> bool:
        return self.monday <= self.today <= self.sunday

    def _days(self, monday: date) -> list[date]:
        return [monday + timedelta(days=n) for n in range(7)]

    def _minutes(self, monday: date) -> float:
        spent = self.activity.minutes()
        return sum(spent.get(day, 0) for day in self._days(monday))

    @cached_property
    def minutes(self) -> int:
        return round(self._minutes(self.monday))

    @cached_property
    def minutes_before(self) -> int:
        return round(self._minutes(self.monday - timedelta(days=7)))

    @property
    def more(self) -> int:
        return self.minutes - self.minutes_before

    @cached_property
    def studied(self) -> int:
        spent = self.activity.minutes()
        return sum(spent.get(day, 0) >= 1 for day in self._days(self.monday))

    @cached_property
    def bars(self) -> charts.Bars:
        spent = self.activity.minutes()
        week = self._days(self.monday)
        counts = [round(spent.get(day, 0)) for day in week]
        return charts.bars(
            counts, [f"{day:%A %-d %B}" for day in week],
            {n: f"{day:%a}" for n, day in enumerate(week)},
        )  # fmt: skip

    @cached_property
    def rooms(self) -> list[tuple[str, int, int]]:
        """(room, minutes, minutes of the week before), the most studied first."""
        rows = []
        for room in Day.ROOMS:
            now, before = (
                sum(self.activity.on(day)[room] for day in self._days(monday))
                for monday in (self.monday, self.monday - timedelta(days=7))
            )
            rows.append((NAMES[room], round(now), round(before)))
        return sorted(rows, key=lambda row: -row[1])

    @property
    def most(self) -> int:
        """The longest of the rooms' bars; 1 where nothing was studied."""
        return max((max(now, before) for _, now, before in self.rooms), default=1) or 1

    # What it came to.

    def _answers(self, monday: date) -> list[StudyDay]:
        return [row for row in self.answers if monday <= row.day < monday + timedelta(days=7)]

    @cached_property
    def answered(self) -> int:
        return sum(row.reviews for row in self._answers(self.monday))

    @cached_property
    def learned(self) -> int:
        return sum(row.first_time for row in self._answers(self.monday))

    @cached_property
    def retention(self) -> charts.Share:
        return share_of(self._answers(self.monday))

    @cached_property
    def readiness(self) -> tuple[int, int] | None:
        """(before the week, at its end); None where one of them was not kept."""
        kept = self.activity.readiness
        before = [day for day in kept if day < self.monday]
        during = [day for day in kept if self.monday <= day <= self.sunday]
        if not before or not during:
            return None
        return kept[max(before)], kept[max(during)]

    @property
    def empty(self) -> bool:
        return not (self.minutes or self.answered or self.attempts or self.ticked or self.read)


def of(user, now: datetime, sent: str = "") -> Week:
    """The week that holds the day `sent` (2026-11-23), this one for anything else. Nine queries."""
    today = days.study_day(user, now)
    try:
        day = min(date.fromisoformat(sent), today)
    except ValueError:
        day = today
    day = max(day, today - REACH + timedelta(days=14))
    monday = day - timedelta(days=day.weekday())
    since, until = days.begins(user, monday), days.begins(user, monday + timedelta(days=7))
    span = {"gte": since, "lt": until}
    answers = StudyDay.objects.for_user(user).filter(
        day__gte=monday - timedelta(days=7), day__lt=monday + timedelta(days=7)
    )
    told = Rehearsal.objects.for_user(user).rated().filter(**_within("told_at", span))
    items = Item.objects.for_user(user).filter(removed_at=None, **_within("done_at", span))
    items = items.exclude(kind__in=HEADINGS)
    return Week(
        monday,
        today,
        activity(user, now),
        list(answers),
        _attempts(user, span),
        list(
            Story.objects.for_user(user)
            .kept()
            .filter(Q(**_within("updated_at", span)) | Q(**_within("created_at", span)))
            .only("title", "status", "words", "created_at", "updated_at", "owner")
            .order_by("-updated_at")
        ),
        told.count(),
        items.count(),
        _read(user, span),
    )


def _within(name: str, span: dict[str, datetime]) -> dict[str, datetime]:
    return {f"{name}__{end}": moment for end, moment in span.items()}


def _attempts(user, span: dict[str, datetime]) -> list[AttemptRow]:
    points = sum((F(f"reflection__{name}") for name in SCORES[1:]), F(f"reflection__{SCORES[0]}"))
    mine = Attempt.objects.for_user(user).exclude(finished_at=None)
    earlier = mine.filter(scenario=OuterRef("scenario"), created_at__lt=OuterRef("created_at"))
    best = earlier.order_by().values("scenario").annotate(n=Max(points)).values("n")
    rows = mine.filter(**_within("finished_at", span)).annotate(
        total=points, before=Subquery(best, output_field=IntegerField())
    )
    found = rows.order_by("finished_at").values_list(
        "pk", "scenario__title", "finished_at", "total", "before"
    )
    return [AttemptRow(*row) for row in found]


def _read(user, span: dict[str, datetime]) -> list[str]:
    rows = Reading.objects.for_user(user).filter(**_within("read_at", span)).order_by("read_at")
    # Neither is what came from a site whose notes this one does not have.
    titles = rows.values_list("note__title", "section__title")
    return [title for note, section in titles if (title := note or section)]
