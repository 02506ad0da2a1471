"""What will be remembered at the interview: by card, and as a share day by day until then.

Pure: plain values in and out. For the share of a library alone, `scheduling.recall_expression`
asks the database without reading a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drills.lookahead import FIRST_RATINGS, Outlook
from drills.scheduling import DAY, MODEL, Memory, Rating, State, recall


@dataclass(frozen=True)
class Point:
    """One moment of the forecast: the expected shares remembered just then if the study goes on as
    planned, and if it stops today."""

    at: datetime
    planned: float
    stopped: float


def after_review(memory: Memory, now: datetime, at: datetime) -> float:
    """The chance that the card is remembered at `at`, if it is reviewed at `now`.

    What the answer will be is not known: the mean over being remembered (rated Good) and forgotten;
    over the usual first answers for a new card.
    """
    days = (at - now).total_seconds() / DAY
    stability, difficulty, last = memory.stability, memory.difficulty, memory.last_review
    if stability is None or difficulty is None or last is None:
        return sum(
            share * MODEL.recall(MODEL.first(rating)[0], days)
            for rating, share in zip(Rating, FIRST_RATINGS, strict=True)
        )
    since = (now - last).total_seconds() / DAY
    if memory.state == State.REVIEW:
        # The evening's cards on the next morning: another day, if not yet 24 hours.
        since = max(1.0, since)
    chance = MODEL.recall(stability, since)
    good, again = (
        MODEL.after(stability, difficulty, since, rating)[0]
        for rating in (Rating.GOOD, Rating.AGAIN)
    )
    return chance * MODEL.recall(good, days) + (1 - chance) * MODEL.recall(again, days)


def curve(memories: Sequence[Memory], now: datetime, outlook: Outlook) -> list[Point]:
    """The forecast from now to the interview, at each session the outlook looks at and at the end.

    The line of an unbroken plan supposes that every session is held and every answer comes as the
    model expects; an outlook reckons with bunches of cards, so their rounding is taken out.
    """
    if not memories:
        return []
    seen = [memory for memory in memories if memory.state != State.NEW]
    moments = [*outlook.times, outlook.end]
    points = []
    for number, days in enumerate(moments):
        at = now + timedelta(days=days)
        stopped = sum(recall(memory, at) for memory in seen)
        planned = stopped + outlook.remembered(number) - outlook.remembered_without(days)
        points.append(Point(at, *(min(1.0, n / len(memories)) for n in (planned, stopped))))
    return points
