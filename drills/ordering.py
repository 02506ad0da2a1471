"""Which cards a day holds, and in which order. Pure: plain values in, keys out.

Without an interview: what is due, the longest overdue first, and new cards spread among it. A day
has so many seconds; what does not fit waits for the next, so a backlog is never a wall.

With one: what adds most to the share remembered at its hour, per second, with an eye on what the
sessions still to come can do better (`drills.lookahead`). A review that a later day does better is
left to it, so a day may hold less than its minutes. Nothing is asked twice on one day for the
interview's sake: the short steps of learning bring cards back by themselves. In the last session
nothing follows, and the order is that of cramming: plain gain per second. The limit on new cards is
for life without a date; with one, the minutes are the limit.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from drills.lookahead import WORTH, Bunch, Costs, Outlook, session_days
from drills.scheduling import DAY, Memory, State

SHORT_STEPS = (State.LEARNING, State.RELEARNING)
# Cards of about the same memory are reckoned with as one: log stability and difficulty in so many
# steps to the unit; so many days since the last review told apart, those beyond by their ratio.
# Fine for a card's own gain; coarse for the prices, which only need the sum of all.
FINE = (10.0, 2.0, 14)
COARSE = (1.5, 0.34, 3)


class Place(NamedTuple):
    """Where a memory stands, rounded: steps of log stability and of difficulty, whole days since
    the last review (0: reviewed on this study day)."""

    stability: int
    difficulty: int
    since: int


@dataclass(frozen=True)
class Candidate:
    """A card that the day may hold: its key and its memory."""

    key: int
    memory: Memory


@dataclass(frozen=True)
class Day:
    """The keys of the day's cards in order. `waiting` counts due cards left to later days,
    `seconds` is what the cards are expected to take. `outlook` is there with an interview."""

    keys: list[int]
    waiting: int
    seconds: float
    outlook: Outlook | None = None


def sessions_until(interview: datetime, ends: datetime) -> int:
    """The days with a session before the interview, today's included, where today ends at `ends`.

    The interview's own day has none, unless it is today.
    """
    return max(1, math.ceil((interview - ends).total_seconds() / DAY))


def plan_day(
    candidates: Sequence[Candidate],
    now: datetime,
    *,
    ends: datetime,
    seconds: float,
    daily: float | None = None,
    new: int | None = None,
    interview: datetime | None = None,
    costs: Costs | None = None,
) -> Day:
    """The cards of the day that ends at `ends`, worth at most `seconds`.

    `candidates` are all cards that take part, due or not; new ones in the order in which they are
    to come. `daily` is the seconds of each later day (those of today by default), `new` the most
    new cards without an interview (None: no limit). Cards in their short steps are no part of
    the keys, for they come by themselves; their time is taken off.
    """
    costs = costs or Costs()
    stepping = sum(1 for c in candidates if c.memory.state in SHORT_STEPS and c.memory.due < ends)
    room = max(0.0, seconds - stepping * costs.review)
    if interview is None or interview <= now:
        return _by_due_date(candidates, ends, room, new, costs)
    outlook = look_ahead(
        [c.memory for c in candidates],
        now,
        interview,
        ends=ends,
        room=room,
        daily=seconds if daily is None else daily,
        costs=costs,
    )
    return _by_gain(candidates, now, ends, room, outlook)


def look_ahead(
    memories: Sequence[Memory],
    now: datetime,
    interview: datetime,
    *,
    ends: datetime,
    room: float,
    daily: float,
    costs: Costs | None = None,
) -> Outlook:
    """The sessions until `interview`: today's, until `ends`, with `room` seconds, each later one
    with `daily`."""
    sessions = sessions_until(interview, ends)
    days = session_days(sessions)
    widths = [after - day for day, after in zip(days, [*days[1:], sessions], strict=True)]
    counts = Counter(_place(m, now, ends, COARSE) for m in memories if m.stability)
    return Outlook(
        days,
        [max(room, 1.0), *(max(width * daily, 1.0) for width in widths[1:])],
        (interview - now).total_seconds() / DAY,
        [_bunch(place, COARSE, count) for place, count in counts.items()],
        sum(1 for m in memories if not m.stability),
        costs,
    )


def _by_due_date(
    candidates: Sequence[Candidate], ends: datetime, room: float, new: int | None, costs: Costs
) -> Day:
    due = [c for c in candidates if c.memory.state == State.REVIEW and c.memory.due < ends]
    due.sort(key=lambda c: (c.memory.due, c.key))
    held = due[: int(room // costs.review)]
    left = room - len(held) * costs.review
    fresh = [c for c in candidates if c.memory.state == State.NEW]
    most = int(left // costs.new)
    fresh = fresh[: most if new is None else min(new, most)]
    taken = len(held) * costs.review + len(fresh) * costs.new
    return Day([c.key for c in _mixed(held, fresh)], len(due) - len(held), taken)


def _by_gain(
    candidates: Sequence[Candidate],
    now: datetime,
    ends: datetime,
    room: float,
    outlook: Outlook,
) -> Day:
    groups: dict[Place | None, list[int]] = {}
    for candidate in candidates:
        memory = candidate.memory
        if memory.state == State.NEW:
            groups.setdefault(None, []).append(candidate.key)
        elif memory.state == State.REVIEW:
            place = _place(memory, now, ends, FINE)
            if place.since:
                groups.setdefault(place, []).append(candidate.key)
    keys: list[int] = []
    taken = 0.0
    for best, cost in _best_first(groups, outlook):
        for key in groups[best]:
            if taken + cost > room:
                break
            keys.append(key)
            taken += cost
        if taken + outlook.costs.review > room:
            break
    held = set(keys)
    due = (c for c in candidates if c.memory.state == State.REVIEW and c.memory.due < ends)
    return Day(keys, sum(1 for c in due if c.key not in held), taken, outlook)


def _best_first(
    places: Iterable[Place | None], outlook: Outlook
) -> Iterator[tuple[Place | None, float]]:
    """The places worth a review today, best first, each with the seconds of one card.

    Most of a large library is far from its turn, so the gain of a place is worked out only when
    its ceiling, which is cheap, comes to the top.
    """
    heap: list[tuple[float, int, Place | None, float | None]] = []
    for number, place in enumerate(places):
        if place is None:
            heap.append((-outlook.gain_of_new(), number, None, outlook.costs.new))
        else:
            heap.append((-outlook.ceiling(_bunch(place, FINE)), number, place, None))
    heapify(heap)
    while heap and heap[0][0] < -WORTH:
        _, number, place, cost = heappop(heap)
        if cost is not None or place is None:
            yield place, cost or outlook.costs.new
        else:
            gain, cost = outlook.gain(_bunch(place, FINE))
            heappush(heap, (-gain, number, place, cost))


def _place(memory: Memory, now: datetime, ends: datetime, steps: tuple[float, float, int]) -> Place:
    stability, difficulty, last = memory.stability, memory.difficulty, memory.last_review
    if stability is None or difficulty is None or last is None:
        raise ValueError("A new card has no place among memories.")
    since = 0
    if last < ends - timedelta(days=1):
        since = max(1, round((now - last).total_seconds() / DAY))
    if since > steps[2]:
        beyond = round(math.log(since / steps[2]) * steps[2] / 2)
        since = round(steps[2] * math.exp(beyond * 2 / steps[2]))
    return Place(round(math.log(stability) * steps[0]), round(difficulty * steps[1]), since)


def _bunch(place: Place, steps: tuple[float, float, int], count: float = 1) -> Bunch:
    difficulty = min(max(place.difficulty / steps[1], 1.0), 10.0)
    return Bunch(math.exp(place.stability / steps[0]), difficulty, place.since, count)


def _mixed(many: Sequence[Candidate], few: Sequence[Candidate]) -> list[Candidate]:
    """Both lists in one, each in its order and evenly over the whole."""
    placed = [
        ((number + 0.5) / len(part), which, card)
        for which, part in enumerate((many, few))
        for number, card in enumerate(part)
    ]
    return [card for _, _, card in sorted(placed, key=lambda entry: entry[:2])]
