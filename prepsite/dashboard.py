"""The page people open every evening: one thing to do next, how ready they are, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.urls import reverse

from drills import charts
from prepsite import next_action, proposals, scenario_proposals
from prepsite.activity import Activity
from prepsite.facts import ColumnFact, Facts
from prepsite.next_action import Action
from prepsite.readiness import Part, Readiness, at_the_interview, readiness
from prepsite.streak import Streak, streak
from scenarios.rubric import POINTS, SIGNALS

# The heat map shows half a year, or a season where study began within it.
WEEKS, FEW_WEEKS = 26, 13
GAPS = 3
MOST_LEFT = 4
# Where the rows behind each part stand.
BEHIND = {
    "scenarios": "scenarios:list",
    "stories": "stories:list",
    "cards": "drills:statistics",
    "plan": "plans:list",
    "playbook": "playbook:list",
}
# The ledger counts by room; two parts have another name than their room.
ROOM_OF = {"cards": "drills", "plan": "plans"}


@dataclass(frozen=True)
class Step:
    """One of a newcomer's first three, gone once `done`."""

    title: str
    reason: str
    minutes: int
    address: str
    done: bool


@dataclass(frozen=True)
class PartRow:
    part: Part
    points: int
    address: str
    action: Action | None


@dataclass(frozen=True)
class SignalRow:
    """The mean of a signal over the latest scored attempt at each scenario, of 2 points."""

    name: str
    mean: float
    attempts: int

    @property
    def percent(self) -> int:
        return round(100 * self.mean / POINTS[-1])


@dataclass(frozen=True)
class Left:
    """Something to go on with, and when it was last touched."""

    title: str
    kind: str
    address: str
    touched: datetime


@dataclass
class Dashboard:
    """Everything the page shows, from facts already counted. No queries."""

    user: object
    facts: Facts
    activity: Activity
    minutes: int = next_action.USUAL
    skipped: tuple[str, ...] = ()

    # What to do next.

    @cached_property
    def actions(self) -> list[Action]:
        return proposals.proposals(self.facts, self.time_left)

    @cached_property
    def time_left(self) -> int:
        """Of the minutes that were said, those before the next interview begins."""
        return next_action.time_left(self.facts, self.minutes)

    @cached_property
    def worked(self) -> Mapping[str, float]:
        """Today's minutes by part."""
        spent = self.activity.on(self.activity.today)
        return {part: spent[ROOM_OF.get(part, part)] for part in BEHIND}

    @cached_property
    def action(self) -> Action | None:
        return next_action.choose(self.actions, self.time_left, self.worked, self.skipped)

    @cached_property
    def steps(self) -> list[Step]:
        """A newcomer's first steps, those that are left; none once all were done."""
        facts = self.facts
        first = scenario_proposals.next_in_line(facts.scenarios) if facts.scenarios else None
        steps = [
            Step(
                "Start the 1-day plan", "Tick what you can already do; the rest becomes your list.",
                3, reverse("plans:list"), facts.plans > 0,
            ),
            Step(
                f"Ask five questions about “{first.title if first else 'a scenario'}”",
                "The interviewer answers. No design yet: this is the part most people skip.", 8,
                f"{reverse('scenarios:scenario', args=[first.key])}?mode=clarify" if first
                else reverse("scenarios:list"),
                any(each.tried for each in facts.scenarios),
            ),
            Step(
                "Take a deck and answer its first cards",
                "The site finds out when you would forget each, and brings it back before.", 5,
                reverse("drills:today"), facts.cards.seen >= 3,
            ),
        ]  # fmt: skip
        return [step for step in steps if not step.done]

    # How ready.

    @cached_property
    def readiness(self) -> Readiness:
        return readiness(self.facts.evidence)

    @cached_property
    def on_the_day(self) -> Readiness | None:
        """The readiness at the interview, with the planned sessions held; None where nothing can
        be forecast."""
        expected = self.facts.cards.expected
        if self.facts.interview is None or expected is None:
            return None
        return at_the_interview(self.facts.evidence, expected)

    @cached_property
    def parts(self) -> list[PartRow]:
        whole = self.readiness.whole
        return [
            PartRow(
                part,
                whole[part.name],
                reverse(BEHIND[part.name]),
                next_action.best_of(self.actions, part.name),
            )
            for part in self.readiness.parts
        ]

    @cached_property
    def gained(self) -> int | None:
        """Points since a week ago; None where none were kept then."""
        week_ago = self.activity.today - timedelta(days=7)
        known = {day: score for day, score in self.activity.readiness.items() if day <= week_ago}
        return self.readiness.score - known[max(known)] if known else None

    @cached_property
    def signals(self) -> list[SignalRow]:
        """Weakest first; empty while nothing was scored."""
        rows = []
        for signal in SIGNALS:
            points = [
                each.last[signal.field]
                for each in self.facts.scenarios
                if signal.field in each.last
            ]
            if points:
                rows.append(SignalRow(signal.name, sum(points) / len(points), len(points)))
        return sorted(rows, key=lambda row: row.mean)

    @cached_property
    def gaps(self) -> list[ColumnFact]:
        """Competencies that no story shows, then those that hang on one; the first few."""
        if not self.facts.stories:
            return []
        thin = [column for column in self.facts.columns if column.stories < 2]
        return sorted(thin, key=lambda column: column.stories)[:GAPS]

    # Memory and days.

    @cached_property
    def curves(self) -> charts.Curves | None:
        points = [
            (datetime.fromisoformat(at), planned, stopped)
            for at, planned, stopped in self.facts.setting.forecast or []
        ]
        if self.facts.interview is None or len(points) < 2:
            return None
        start = points[0][0]
        hours = [(at - start).total_seconds() / 3600 for at, *_ in points]
        ticks = {hours[0]: "today", hours[-1]: f"{points[-1][0]:%-d %b}"}
        return charts.curves(hours, [p for _, p, _ in points], [s for *_, s in points], ticks)

    @cached_property
    def heat(self) -> charts.Heat:
        minutes = {day: round(spent) for day, spent in self.activity.minutes().items()}
        return charts.heat(minutes, self.activity.today, self.weeks)

    @cached_property
    def weeks(self) -> int:
        studied = [day for day, spent in self.activity.minutes().items() if spent]
        season = self.activity.today - timedelta(days=7 * (FEW_WEEKS - 1))
        return FEW_WEEKS if min(studied, default=season) >= season else WEEKS

    @cached_property
    def studied(self) -> int:
        """Days of the heat map with any study."""
        since = self.activity.today - timedelta(days=7 * self.weeks)
        return sum(day > since and spent >= 1 for day, spent in self.activity.minutes().items())

    @cached_property
    def streak(self) -> Streak:
        return streak(self.activity.minutes(), self.activity.today)

    @cached_property
    def today_minutes(self) -> int:
        return round(sum(self.worked.values()))

    @cached_property
    def left(self) -> list[Left]:
        """Where one left off, the latest first."""
        facts, found = self.facts, []
        if facts.plan and facts.plan.touched:
            address = reverse("plans:detail", args=[facts.plan.pk])
            found.append(Left(facts.plan.title, "Plan", address, facts.plan.touched))
        for each in facts.scenarios:
            if each.open and each.opened:
                address = reverse("scenarios:attempt", args=[each.open])
                found.append(Left(each.title, "Attempt, begun", address, each.opened))
        for story in facts.stories[:2]:
            address = reverse("stories:story", args=[story.pk])
            found.append(Left(story.title, "Story", address, story.touched))
        return sorted(found, key=lambda each: each.touched, reverse=True)[:MOST_LEFT]

    @property
    def choices(self) -> tuple[int, ...]:
        return next_action.CHOICES
