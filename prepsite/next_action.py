"""The one thing to do next: every room proposes, the time there is and the gain decide. Pure.

A proposal is worth the points of readiness it would add, asked of the same formula that the page
shows, and a bonus where waiting costs something: an interview that fades from memory, cards that
are being forgotten, an attempt half done. What was already studied today counts for less, so that
no room owns the suggestions, and what leaves most of the given time empty counts for less, too.
What the rooms propose stands in prepsite/proposals.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from prepsite.facts import Facts

CHOICES = (15, 30, 60, 90)
USUAL = 30
# A proposal may take this much longer than the time there is: nobody's estimate is better.
ELASTIC = 1.2
# What waiting costs, in points.
URGENT = {
    "begins": 60, "debrief": 40, "morning": 25, "weak": 10, "open": 8, "overdue": 8, "due": 4,
    "told": 3, "kind": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Action:
    """Something to do at `address` in about `minutes`. `key` names it for “Not now”; `gain` are the
    points of readiness it would add, `bonus` what waiting costs on top."""

    key: str
    part: str
    title: str
    reason: str
    minutes: int
    address: str
    label: str
    gain: float = 0.0
    bonus: float = 0.0


def choose(
    actions: Collection[Action],
    minutes: int,
    worked: Mapping[str, float],
    skipped: Collection[str] = (),
) -> Action | None:
    """The best of `actions` for `minutes`; `worked` are today's minutes by part.

    Those in `skipped` come only when nothing else is left, the one that was put off first before
    the others; None when there is nothing at all. Where nothing fits the time, the shortest is
    named: a beginning beats a list.
    """
    left = [action for action in actions if action.key not in skipped]
    fitting = [action for action in left or actions if action.minutes <= minutes * ELASTIC]
    if not fitting:
        return min(left or actions, key=lambda action: action.minutes, default=None)
    if not left:
        return min(fitting, key=lambda action: list(skipped).index(action.key))
    return max(fitting, key=lambda action: _worth(action, minutes, worked))


def _worth(action: Action, minutes: int, worked: Mapping[str, float]) -> float:
    fresh = 1 / (1 + worked.get(action.part, 0.0) / 20)
    filled = min(1.0, action.minutes / minutes)
    return (action.gain + action.bonus) * fresh * filled**0.35


def time_left(facts: Facts, minutes: int) -> int:
    """Of the `minutes` that somebody has, those before the next interview begins; 5 at least."""
    if facts.interview is None:
        return minutes
    until = (facts.interview.at - facts.now).total_seconds() / 60
    return max(5, min(minutes, int(until))) if until > 0 else minutes


def best_of(actions: Collection[Action], part: str) -> Action | None:
    """What one room proposes first, whatever the time."""
    own = [action for action in actions if action.part == part]
    return max(own, key=lambda action: action.gain + action.bonus, default=None)
