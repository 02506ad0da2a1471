"""When a card is due again, and how likely it is remembered: the only file that knows FSRS.

Plain values in and out; nothing is read from or written to the database. Reviews go through the
`fsrs` package (FSRS-6). Planning asks for the same formulas thousands of times, so `Model` holds
them on plain floats; tests hold both, and the SQL of `recall_expression`, to the same figures.

FSRS describes a memory by its *stability* S (the days after which it is recalled with a chance of
90 %) and its *difficulty* D (1 to 10). The chance of recall after t days is
R = (1 + F t / S) ** -w20 with F = 0.9 ** (-1 / w20) - 1.
Source: open-spaced-repetition, "The Algorithm", FSRS-6.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.db.models import F, FloatField, Func, IntegerChoices, TextChoices, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Power
from fsrs import Card, Scheduler
from fsrs import Rating as FsrsRating
from fsrs import State as FsrsState
from fsrs.scheduler import DEFAULT_PARAMETERS

RETENTION = 0.9
DAY = 86_400.0
# The last review before an interview belongs to the day before it: sleep, and no rush.
EVE = timedelta(days=1)


class Rating(IntegerChoices):
    """What the person says of their answer. Again means forgotten, and nothing else."""

    AGAIN = 1, "Again"
    HARD = 2, "Hard"
    GOOD = 3, "Good"
    EASY = 4, "Easy"


class State(TextChoices):
    NEW = "new", "New"
    LEARNING = "learning", "Learning"
    REVIEW = "review", "Review"
    RELEARNING = "relearning", "Relearning"


@dataclass(frozen=True)
class Memory:
    """A card's schedule, as a row stores it. Datetimes are aware, in UTC.

    `step` is the position among the short steps of learning, None in review. `stability` (days),
    `difficulty` and `last_review` are None while the card is new.
    """

    state: State
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    last_review: datetime | None


def fresh(now: datetime) -> Memory:
    """A new card, due at once."""
    return Memory(State.NEW, 0, None, None, _utc(now), None)


def review(
    memory: Memory,
    rating: Rating | int,
    now: datetime,
    *,
    retention: float = RETENTION,
    limit: datetime | None = None,
    elapsed: int | None = None,
) -> Memory:
    """The memory after an answer at `now`. Deterministic: a preview shows what will be.

    `retention` is the chance of recall at which a card is due again (0.7 to 0.97 make sense).
    `limit` is the hour of the interview; see `aim` for what it does to the due date. One that has
    passed counts for nothing. `elapsed`: whole days since the last review, where the caller counts
    days as people do (they begin at four in the morning); FSRS was fitted to such days. By
    default every 24 hours are a day, so that a card answered on two evenings, the second ten
    minutes earlier, counts as answered twice on one day.

    ValueError for an unknown rating and for a `now` without a time zone.
    """
    now = _utc(now)
    last_review = _utc(memory.last_review) if memory.last_review else None
    if last_review and elapsed is not None:
        last_review = now - timedelta(days=max(0, elapsed))
    # A card_id of its own keeps the package from making one up, for which it sleeps.
    card = Card(
        card_id=0,
        state=_TO_FSRS[State(memory.state)],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=last_review,
    )
    card, _ = _scheduler(retention).review_card(card, FsrsRating(int(rating)), now)
    after = Memory(
        _FROM_FSRS[card.state], card.step, card.stability, card.difficulty, card.due, now
    )
    return _within(after, now, limit, retention)


def preview(
    memory: Memory,
    now: datetime,
    *,
    retention: float = RETENTION,
    limit: datetime | None = None,
    elapsed: int | None = None,
) -> dict[Rating, Memory]:
    """What each rating at `now` would lead to; the arguments are those of `review`."""
    return {
        rating: review(memory, rating, now, retention=retention, limit=limit, elapsed=elapsed)
        for rating in Rating
    }


def aim(
    memory: Memory,
    now: datetime,
    *,
    retention: float = RETENTION,
    limit: datetime | None = None,
) -> Memory:
    """The same memory, due as its last review would make it due under this retention and limit.

    For when an interview is set, moved or over. With a limit no card in review is due after it:
    a due date that would pass it becomes the limit itself when the card will then still be
    recalled with a chance half-way between `retention` and certainty (nothing more is needed
    before the interview; `due >= limit` says so), and the day before the limit otherwise, if that
    day is still at least a day away. New cards and cards in their short steps keep their due date,
    which the limit only cuts.
    """
    now = _utc(now)
    if memory.state == State.REVIEW and memory.stability and memory.last_review:
        days = MODEL.interval(memory.stability, retention)
        memory = replace(memory, due=_utc(memory.last_review) + timedelta(days=days))
    return _within(memory, now, limit, retention)


def recall(memory: Memory, at: datetime) -> float:
    """The chance, 0 to 1, that the card is remembered at `at`; 0 for a new card.

    On whole days after the last review this is the package's own figure. Between them it follows
    the curve, where the package counts full days only and takes a card for certain until 24 hours
    have passed: the hours before an interview would then seem worth more than they are.
    """
    if memory.last_review is None or memory.stability is None:
        return 0.0
    days = (_utc(at) - _utc(memory.last_review)).total_seconds() / DAY
    return MODEL.recall(memory.stability, days)


def recall_expression(
    at: datetime,
    *,
    stability: str | Combinable = "stability",
    last_review: str | Combinable = "last_review",
) -> Combinable:
    """`recall` as SQL: `.aggregate(Sum(recall_expression(at)))` needs no row in Python.

    `stability` and `last_review` name the columns, or a path to them.
    """
    seconds = Func(
        Value(_utc(at)) - _column(last_review),
        function="EXTRACT",
        template="%(function)s(EPOCH FROM %(expressions)s)::double precision",
        output_field=FloatField(),
    )
    days = Greatest(seconds, Value(0.0)) / Value(DAY)
    base = Value(1.0) + Value(MODEL.factor) * days / _column(stability)
    return Coalesce(
        Power(base, Value(-MODEL.decay), output_field=FloatField()),
        Value(0.0),
        output_field=FloatField(),
    )


class Model:
    """The formulas of FSRS-6 on plain floats, for planning. Days and stabilities are in days.

    `weights` are the 21 parameters w0 to w20; by default those of the `fsrs` package. A memory is
    a pair (stability, difficulty).
    """

    def __init__(self, weights: Sequence[float] = DEFAULT_PARAMETERS):
        if len(weights) != len(DEFAULT_PARAMETERS):
            raise ValueError(f"FSRS-6 has {len(DEFAULT_PARAMETERS)} weights, not {len(weights)}.")
        self.weights = w = tuple(weights)
        self.decay = w[20]
        self.factor = 0.9 ** (-1 / w[20]) - 1
        self._easy = w[4] - math.exp(w[5] * 3) + 1
        self._growth = math.exp(w[8])
        self._loss = math.exp(w[17] * w[18])

    def recall(self, stability: float, days: float) -> float:
        """The chance of recall `days` after the last review."""
        return (1 + self.factor * max(days, 0.0) / stability) ** -self.decay

    def interval(self, stability: float, retention: float = RETENTION) -> int:
        """The whole days after which the chance of recall is down to `retention`, at least 1."""
        days = stability / self.factor * (retention ** (-1 / self.decay) - 1)
        return min(max(round(days), 1), 36_500)

    def first(self, rating: int) -> tuple[float, float]:
        """The memory after the first answer to a new card."""
        w = self.weights
        difficulty = w[4] - math.exp(w[5] * (rating - 1)) + 1
        return max(w[rating - 1], _LEAST), _clamped(difficulty)

    def after(
        self, stability: float, difficulty: float, days: float, rating: int
    ) -> tuple[float, float]:
        """The memory after an answer `days` after the last; under 1, it is the same day's."""
        w = self.weights
        if days < 1:
            change = math.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
            grown = stability * (change if rating == Rating.AGAIN else max(change, 1.0))
        elif rating == Rating.AGAIN:
            forgotten = 1 - self.recall(stability, days)
            grown = min(
                w[11]
                * difficulty ** -w[12]
                * ((stability + 1) ** w[13] - 1)
                * math.exp(forgotten * w[14]),
                stability / self._loss,
            )
        else:
            forgotten = 1 - self.recall(stability, days)
            gain = (
                self._growth
                * (11 - difficulty)
                * stability ** -w[9]
                * math.expm1(forgotten * w[10])
            )
            if rating == Rating.HARD:
                gain *= w[15]
            elif rating == Rating.EASY:
                gain *= w[16]
            grown = stability * (1 + gain)
        moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return max(grown, _LEAST), _clamped(w[7] * self._easy + (1 - w[7]) * moved)


# The least stability FSRS keeps, in days.
_LEAST = 0.001
MODEL = Model()
_TO_FSRS = {
    State.NEW: FsrsState.Learning,
    State.LEARNING: FsrsState.Learning,
    State.REVIEW: FsrsState.Review,
    State.RELEARNING: FsrsState.Relearning,
}
_FROM_FSRS = {fsrs: state for state, fsrs in _TO_FSRS.items() if state != State.NEW}


@lru_cache(maxsize=64)
def _scheduler(retention: float) -> Scheduler:
    return Scheduler(desired_retention=retention, enable_fuzzing=False)


def _within(memory: Memory, now: datetime, limit: datetime | None, retention: float) -> Memory:
    """The memory with its due date kept before the interview; see `aim`."""
    if limit is None or memory.due <= limit or limit <= now:
        return memory
    eve = limit - EVE
    needed = memory.state == State.REVIEW and recall(memory, limit) < (1 + retention) / 2
    return replace(memory, due=eve if needed and eve >= now + EVE else _utc(limit))


def _clamped(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


def _column(name: str | Combinable) -> Combinable:
    return F(name) if isinstance(name, str) else name


def _utc(moment: datetime) -> datetime:
    """The moment in the one time zone the package takes."""
    if moment.tzinfo is None:
        raise ValueError("A scheduler's moment needs a time zone.")
    return moment.astimezone(UTC)
