"""Today's queue: planned once a day, asked for the next card after every answer.

The plan is a list of card ids in the settings, so that an answer neither plans nor counts all
cards: the next card is the first of the list that was not answered since it was made. Cards in
their short steps come back by themselves, whatever the list says. The plan is made anew on another
day, when cards come or go, when the settings change, and when somebody asks for more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q

from drills import days, scheduling, sources
from drills.cards import LEARNING, SCHEDULE, Card
from drills.forecast import after_review, curve
from drills.interviews import leading
from drills.lookahead import Costs
from drills.ordering import Candidate, plan_day
from drills.reviews import StudyDay
from drills.scheduling import Memory, State
from drills.setting import Setting

# A card in its short steps may come this much early rather than keep somebody waiting.
AHEAD = timedelta(minutes=20)
COSTS = Costs()


@dataclass(frozen=True)
class Left:
    """What the day still holds: cards by state, and the minutes they will take."""

    new: int = 0
    learning: int = 0
    review: int = 0

    @property
    def total(self) -> int:
        return self.new + self.learning + self.review

    @property
    def mixed(self) -> bool:
        """Are there cards of more than one kind, so that it tells something to count each?"""
        return sum(count > 0 for count in (self.new, self.learning, self.review)) > 1

    @property
    def minutes(self) -> int:
        seconds = self.new * COSTS.new + (self.learning + self.review) * COSTS.review
        return max(1, round(seconds / 60)) if self.total else 0


@dataclass(frozen=True)
class Next:
    """The id of the card to show now, None when there is none; `waits_until`, then, is when one
    in its short steps comes back today."""

    card: int | None
    left: Left
    waits_until: datetime | None = None


def ready(user, now: datetime) -> Setting:
    """The settings of `user` with a plan for today. One query, where today was planned before."""
    setting = Setting.of(user)
    if not setting.stands(days.study_day(user, now), now):
        with transaction.atomic():
            setting = Setting.objects.for_user(user).select_for_update().get()
            if not setting.stands(days.study_day(user, now), now):
                _plan(user, setting, now)
    return setting


def _plan(user, setting: Setting, now: datetime) -> None:
    """Make the plan of the day, within what is left of its minutes and new cards."""
    day = days.study_day(user, now)
    if found := leading(user, now):
        setting.interview_at = found.at
    if setting.planned_at and days.study_day(user, setting.planned_at) != day:
        setting.extra_minutes = 0
    if setting.aimed_at != setting.limit(now):
        _aim(user, setting, now)
    done = StudyDay.objects.for_user(user).filter(day=day).first() or StudyDay()
    limit = setting.limit(now)
    ends = days.ends(user, day)
    minutes = setting.minutes_a_day + setting.extra_minutes - done.milliseconds / 60_000
    # Minutes asked for on top are for cards.
    if not setting.extra_minutes:
        minutes -= sources.beside(user, ends, setting.minutes_a_day).minutes
    if limit:
        # Who opens the drills at the door has no time for more than that.
        minutes = min(minutes, (limit - now).total_seconds() / 60)
    candidates = _candidates(user, now, ends, everything=limit is not None)
    planned = plan_day(
        candidates,
        now,
        ends=ends,
        seconds=max(0.0, minutes * 60),
        daily=setting.minutes_a_day * 60,
        new=max(0, setting.new_a_day + setting.extra_minutes - done.first_time),
        interview=limit,
        costs=COSTS,
    )
    setting.queue, setting.left_for_later = planned.keys, planned.waiting
    setting.forecast = (
        [
            [point.at.isoformat(), round(point.planned, 4), round(point.stopped, 4)]
            for point in curve([c.memory for c in candidates], now, planned.outlook)
        ]
        if planned.outlook
        else []
    )
    setting.planned_day, setting.planned_at = day, now
    setting.save()


def _candidates(user, now: datetime, by: datetime, *, everything: bool) -> list[Candidate]:
    """The cards a plan may choose from: new ones, those due by the end of the day; with
    `everything`, as the way to an interview needs them, all that take part."""
    rows = Card.objects.for_user(user).live(now)
    if not everything:
        rows = rows.filter(Q(state=State.NEW) | Q(due__lt=by))
    return [
        Candidate(pk, Memory(State(state), *rest))
        for pk, state, *rest in rows.order_by("id").values_list("id", *SCHEDULE)
    ]


def _aim(user, setting: Setting, now: datetime) -> None:
    """Move every due date to where this interview, or none, would have it."""
    limit = setting.limit(now)
    rows = Card.objects.for_user(user).standing().exclude(state=State.NEW)
    moved = []
    for pk, state, *rest in rows.values_list("id", *SCHEDULE):
        memory = Memory(State(state), *rest)
        aimed = scheduling.aim(memory, now, retention=setting.retention, limit=limit)
        if aimed.due != memory.due:
            moved.append((pk, aimed.due))
    _set_due(moved)
    setting.aimed_at = limit


def _set_due(moved: Iterable[tuple[int, datetime]]) -> None:
    moved = list(moved)
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE drills_card AS c SET due = m.due "
            "FROM unnest(%s::bigint[], %s::timestamptz[]) AS m(id, due) WHERE c.id = m.id",
            [[pk for pk, _ in moved], [due for _, due in moved]],
        )


def following(user, setting: Setting, now: datetime) -> Next:
    """The next card of the planned day, and what is left. One query.

    Cards whose short step is over come first, then the list, then those whose step ends soon.
    """
    by = days.ends(user, days.study_day(user, now))
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWING, {"owner": user.pk, "now": now, "by": by})
        row = cursor.fetchone()
    if row is None:
        return Next(None, Left())
    pk, due, state, *counts = row
    left = Left(*counts)
    if state in LEARNING and due > now + AHEAD:
        return Next(None, left, waits_until=due)
    return Next(pk, left)


def todays_gain(user, setting: Setting, now: datetime, at: datetime) -> float:
    """How many more cards will be remembered at `at`, on average, once today's list is done. One
    query, over the cards of the list alone."""
    rows = Card.objects.for_user(user).live(now).filter(pk__in=setting.queue)
    rows = rows.filter(Q(last_review=None) | Q(last_review__lt=setting.planned_at))
    memories = [Memory(State(state), *rest) for state, *rest in rows.values_list(*SCHEDULE)]
    return sum(after_review(m, now, at) - scheduling.recall(m, at) for m in memories)


# What is left in the list is looked up by key, what is in its short steps by a partial index:
# neither grows with the number of cards.
_FOLLOWING = """
WITH remaining AS (
  SELECT c.id, c.state, c.due, q.place
  FROM drills_setting s
    CROSS JOIN unnest(s.queue) WITH ORDINALITY AS q(id, place)
    JOIN drills_card c ON c.id = q.id
  WHERE s.owner_id = %(owner)s AND c.owner_id = %(owner)s
    AND c.state IN ('new', 'review')
    AND (c.last_review IS NULL OR c.last_review < s.planned_at)
    AND c.removed_at IS NULL AND NOT c.suspended
    AND (c.buried_until IS NULL OR c.buried_until <= %(now)s)
  UNION ALL
  SELECT c.id, c.state, c.due, NULL
  FROM drills_card c
  WHERE c.owner_id = %(owner)s AND c.state IN ('learning', 'relearning') AND c.due < %(by)s
    AND c.removed_at IS NULL AND NOT c.suspended
    AND (c.buried_until IS NULL OR c.buried_until <= %(now)s)
)
SELECT id, due, state,
  count(*) FILTER (WHERE state = 'new') OVER (),
  count(*) FILTER (WHERE state IN ('learning', 'relearning')) OVER (),
  count(*) FILTER (WHERE state = 'review') OVER ()
FROM remaining
ORDER BY CASE WHEN place IS NOT NULL THEN 1 WHEN due <= %(now)s THEN 0 ELSE 2 END, place, due, id
LIMIT 1
"""


@dataclass(frozen=True)
class Standing:
    """All of somebody's cards at a glance: how many there are, take part, are new or are due."""

    cards: int
    suspended: int
    new: int
    due: int


def standing(user, now: datetime) -> Standing:
    """One query over the cards of `user`."""
    by = days.ends(user, days.study_day(user, now))
    live = Q(suspended=False) & (Q(buried_until=None) | Q(buried_until__lte=now))
    found = (
        Card.objects.for_user(user)
        .standing()
        .aggregate(
            n_cards=Count("id"),
            n_suspended=Count("id", filter=Q(suspended=True)),
            n_new=Count("id", filter=live & Q(state=State.NEW)),
            n_due=Count("id", filter=live & ~Q(state=State.NEW) & Q(due__lt=by)),
        )
    )
    return Standing(**{name.removeprefix("n_"): count for name, count in found.items()})
