"""Behavioural questions and the stories told for them: choices, cover, the draw. Pure.

A question has up to two choices. A single one is the first; a second without a first does not
exist, so that taking the first away moves the second up.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stories.coverage import NONE, PRIMARY, SECONDARY, THEME, Row

FIRST, SECOND = 1, 2
STRETCH, FAIR, STRONG = 1, 2, 3


@dataclass(frozen=True)
class Choice:
    """`story` is its id; `fit` is STRETCH, FAIR or STRONG."""

    story: int
    fit: int = FAIR


Choices = tuple[Choice, ...]


def choose(choices: Choices, rank: int, story: int, fit: int) -> Choices:
    """`choices` with `story` at `rank` (FIRST or SECOND).

    Whatever stood there goes, but for the story's own other place: the first chosen as the second,
    or the other way round, changes places. The same choice twice is the same as once.
    """
    at = rank - 1
    old = next((n for n, choice in enumerate(choices) if choice.story == story), None)
    places = list(choices)
    if old is not None:
        places[old] = Choice(story, fit)
        if at < len(places):
            places[old], places[at] = places[at], places[old]
    elif at < len(places):
        places[at] = Choice(story, fit)
    else:
        places.append(Choice(story, fit))
    return tuple(places)


def clear(choices: Choices, story: int) -> Choices:
    """`choices` without `story`."""
    return tuple(choice for choice in choices if choice.story != story)


NO_STORY, WEAK, NO_SECOND, COVERED = "none", "weak", "second", "covered"
STATES = {
    NO_STORY: "No story",
    WEAK: "Weak",
    NO_SECOND: "Second choice missing",
    COVERED: "Covered",
}


def state(choices: Choices, statuses: Mapping[int, str]) -> str:
    """How well a question is covered; `statuses` maps story ids to their status.

    Weak is a first choice that is a stretch, or that is no more than an idea yet.
    """
    if not choices:
        return NO_STORY
    first = choices[0]
    if first.fit == STRETCH or statuses.get(first.story) == "idea":
        return WEAK
    return COVERED if len(choices) > 1 else NO_SECOND


# Which story to tell

_LEVEL = {THEME: 2, PRIMARY: 2, SECONDARY: 1, NONE: 0}
_READY = {"polished": 3, "solid": 2, "draft": 1}


@dataclass(frozen=True)
class Suggestion:
    """A story for a question: the refs they share, and the fit to begin with."""

    row: Row
    shared: tuple[str, ...]
    fit: int
    score: int


def suggest(refs: Sequence[str], rows: Iterable[Row]) -> list[Suggestion]:
    """The stories that show what a question asks for, the best first.

    `refs` are the question's competencies, what it is mainly after first; that one counts three
    times, the others twice, and a primary showing double a secondary one. Between equals the
    story further along comes first.
    """
    found = []
    for row in rows:
        shared = tuple(ref for ref in refs if row.level(ref) != NONE)
        if not shared:
            continue
        score = sum(_LEVEL[row.level(ref)] * (3 if ref == refs[0] else 2) for ref in shared)
        found.append(Suggestion(row, shared, fit_of(refs, row), score))
    return sorted(found, key=lambda each: (-each.score, -_READY.get(each.row.status, 0)))


def fit_of(refs: Sequence[str], row: Row) -> int:
    """The fit to begin with: strong when the story shows in the first place what the question is
    mainly after, a stretch when they share nothing."""
    levels = [row.level(ref) for ref in refs]
    if levels and _LEVEL[levels[0]] == _LEVEL[PRIMARY]:
        return STRONG
    return FAIR if any(_LEVEL[level] for level in levels) else STRETCH


# Ask me one

# How often each state is drawn, one question against another.
ODDS = {NO_STORY: 6, WEAK: 3, NO_SECOND: 1, COVERED: 0}


def draw(states: Mapping[str, str], last: str, chance: random.Random) -> str | None:
    """The key of one question, by chance weighted with ODDS; None when there is none.

    Never `last`, the one asked before, while there is another. Once all are covered, each is as
    likely as the next.
    """
    keys = [key for key in states if key != last] or list(states)
    if not keys:
        return None
    odds = [ODDS[states[key]] for key in keys]
    return chance.choices(keys, odds if any(odds) else None)[0]
