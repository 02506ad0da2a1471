"""When a story is told again. Pure: the drills' scheduler, with what differs for a story.

A card of drills comes back within minutes until it sticks. Nobody tells a story three times in a
quarter of an hour, so a telling that went at all waits for another day; only a lost thread asks
for another try at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from drills import scheduling
from drills.scheduling import RETENTION, Memory, Rating, State


@dataclass(frozen=True)
class Aim:
    """The chance of recall at which a story is due again, and the hour of the interview."""

    retention: float = RETENTION
    limit: datetime | None = None


def after(
    memory: Memory, rating: int, now: datetime, aim: Aim, elapsed: int | None = None
) -> Memory:
    """The memory after a telling rated 1 to 4 at `now`; `elapsed`: study days since the last.

    ValueError for an unknown rating and for a `now` without a time zone.
    """
    told = scheduling.review(
        memory, rating, now, retention=aim.retention, limit=aim.limit, elapsed=elapsed
    )
    if rating == Rating.AGAIN:
        return told
    return aimed(replace(told, state=State.REVIEW, step=None), now, aim)


def preview(
    memory: Memory, now: datetime, aim: Aim, elapsed: int | None = None
) -> Mapping[int, Memory]:
    """What each rating at `now` would lead to."""
    return {int(rating): after(memory, rating, now, aim, elapsed) for rating in Rating}


def aimed(memory: Memory, now: datetime, aim: Aim) -> Memory:
    """The memory, due as an interview that was set, moved or is over since makes it due."""
    return scheduling.aim(memory, now, retention=aim.retention, limit=aim.limit)
