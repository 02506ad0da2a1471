"""Which cards a day holds, and in which order. Pure: plain values in, ids out.

A day has so many minutes. A backlog takes its share of each day and the rest waits for the next,
so it is never a wall; the cards that lost most of their chance of recall come first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drills.scheduling import Memory, State, recall

NEW_SECONDS = 30
REVIEW_SECONDS = 12


@dataclass(frozen=True)
class Candidate:
    """A card that the day may hold: its id and its memory."""

    key: int
    memory: Memory


def plan_day(
    candidates: Sequence[Candidate],
    now: datetime,
    *,
    seconds: float,
    new: int,
    limit: datetime | None = None,
    retention: float,
) -> list[int]:
    """The ids of at most `seconds` worth of cards, at most `new` of them new, in order.

    What is due goes before what is new. New cards are spread evenly among the others, in the order
    in which they were given.
    """
    due = [c for c in candidates if c.memory.state != State.NEW]
    due.sort(key=lambda c: (recall(c.memory, now), c.key))
    due = due[: int(seconds // REVIEW_SECONDS)]
    seconds -= len(due) * REVIEW_SECONDS
    fresh = [c for c in candidates if c.memory.state == State.NEW]
    fresh = fresh[: min(new, int(seconds // NEW_SECONDS))]
    return [c.key for c in _spread(due, fresh)]


def _spread(many: Sequence[Candidate], few: Sequence[Candidate]) -> list[Candidate]:
    """Both in one list, each evenly over its length and in its own order."""
    placed = [
        ((place + 0.5) / len(part), number, card)
        for number, part in enumerate((many, few))
        for place, card in enumerate(part)
    ]
    return [card for _, _, card in sorted(placed, key=lambda entry: entry[:2])]
