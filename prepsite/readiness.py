"""How ready somebody is: figures in, a score from 0 to 100 and its reasons out. Pure.

Five parts, each a share from 0 to 1 of what a round of interviews asks for, weighed and added.
Every part counts what was reached and nothing that was missed: useful work never lowers the score.

    scenarios  the best score of each scenario: 0.4 for a finished attempt and 0.6 times its points;
               six scenarios at full points fill the part
    stories    half for four stories that are ready, a quarter for four told aloud, a quarter for
               the four themes, each shown by a story
    cards      the sum over all cards of min(1, chance of recall now / 0.9); a hundred fill it.
               Any answer, also a wrong one, sets the chance of its card to 1 for now; only time
               without study lowers it
    plan       items ticked, in any plan; forty fill the part
    playbook   notes and sections read; twenty fill the part

The weights are the share of an architect's interview loop that each part prepares: two design
rounds, one or two behavioural rounds, and in all of them the sentence that comes without searching.
They are a judgement, not a measurement; the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

ENOUGH_SCENARIOS = 6
ENOUGH_STORIES = 4
ENOUGH_CARDS = 100
ENOUGH_TICKS = 40
ENOUGH_READ = 20
# The chance of recall from which on a card counts whole (drills.scheduling.RETENTION).
KNOWN = 0.9

# What a finished attempt is worth before it is scored, and what the score adds at most.
FINISHED = 0.4
SCORED = 1 - FINISHED

STORY_WORTH = {"idea": 0.1, "draft": 0.4, "solid": 0.8, "polished": 1.0}

SCENARIOS, STORIES, CARDS, PLAN, PLAYBOOK = "scenarios", "stories", "cards", "plan", "playbook"
WEIGHTS = {SCENARIOS: 30, STORIES: 25, CARDS: 25, PLAN: 10, PLAYBOOK: 10}


@dataclass(frozen=True)
class Evidence:
    """What somebody has reached.

    `scenarios` holds one number for each scenario finished at least once: the best score as a share
    of full points, 0 where none was given. `stories` are statuses. `told` stories were told aloud
    and rated, `themes` of the four are shown. `remembered` is the sum over cards of
    min(1, chance of recall / 0.9), `seen` how many cards that sum runs over.
    """

    scenarios: Sequence[float] = ()
    stories: Sequence[str] = ()
    told: int = 0
    themes: int = 0
    remembered: float = 0.0
    seen: int = 0
    ticked: int = 0
    read: int = 0


@dataclass(frozen=True)
class Part:
    """`share` from 0 to 1 of `weight` points; `rule` says how they are reached, `figure` and
    `reason` what was counted."""

    name: str
    title: str
    share: float
    weight: int
    figure: str
    reason: str
    rule: str

    @property
    def points(self) -> float:
        return self.share * self.weight

    @property
    def percent(self) -> int:
        """For a bar: whole percents, 100 only when it is full."""
        return int(self.share * 100)


@dataclass(frozen=True)
class Readiness:
    parts: tuple[Part, ...]

    @property
    def exact(self) -> float:
        """0 to 100, for comparing; people read `score`."""
        return sum(part.points for part in self.parts)

    @property
    def score(self) -> int:
        """Whole points: the formula knows no finer ones."""
        return int(self.exact + 1e-9)

    @property
    def whole(self) -> dict[str, int]:
        """The points of each part in whole numbers that add up to `score`: rounded down, and what
        then is missing given to those that lost most by it."""
        points = {part.name: int(part.points + 1e-9) for part in self.parts}
        missing = self.score - sum(points.values())
        lost = sorted(self.parts, key=lambda part: points[part.name] - part.points)
        return points | {part.name: points[part.name] + 1 for part in lost[:missing]}

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


def readiness(evidence: Evidence) -> Readiness:
    """The score of `evidence` with its five parts, in the order of their weight."""
    return Readiness(
        (
            _scenarios(evidence),
            _stories(evidence),
            _cards(evidence),
            _plan(evidence),
            _playbook(evidence),
        )
    )


# What of the evidence each part counts, and how it makes its share of it.
_SHARES = {
    SCENARIOS: lambda e: min(
        1.0, sum(FINISHED + SCORED * best for best in e.scenarios) / ENOUGH_SCENARIOS
    ),
    STORIES: lambda e: _written(e.stories) / 2 + _of_four(e.told) / 4 + _of_four(e.themes) / 4,
    CARDS: lambda e: min(1.0, e.remembered / ENOUGH_CARDS),
    PLAN: lambda e: min(1.0, e.ticked / ENOUGH_TICKS),
    PLAYBOOK: lambda e: min(1.0, e.read / ENOUGH_READ),
}
_PART_OF = {
    "scenarios": SCENARIOS, "stories": STORIES, "told": STORIES, "themes": STORIES,
    "remembered": CARDS, "ticked": PLAN, "read": PLAYBOOK,
}  # fmt: skip


def gain(evidence: Evidence, **change) -> float:
    """The points that `change` would bring: what it makes of the fields it names, the others as
    they are. Only the parts that count those are worked out."""
    then = replace(evidence, **change)
    parts = {_PART_OF[name] for name in change}
    return sum(WEIGHTS[part] * (_SHARES[part](then) - _SHARES[part](evidence)) for part in parts)


def _written(stories: Sequence[str]) -> float:
    """How far the best ENOUGH_STORIES of `stories` are, from 0 to 1."""
    best = nlargest(ENOUGH_STORIES, (STORY_WORTH.get(status, 0.0) for status in stories))
    return sum(best) / ENOUGH_STORIES


def _of_four(count: int) -> float:
    return min(1.0, count / ENOUGH_STORIES)


def at_the_interview(evidence: Evidence, remembered: float) -> Readiness:
    """The score on the day of the interview, as far as it can be forecast: memory alone can be.

    `remembered` is that sum over cards as it is expected to stand then, those that will be new
    until then among them. The other parts are taken as they stand today.
    """
    return readiness(replace(evidence, remembered=remembered))


def _scenarios(evidence: Evidence) -> Part:
    practised, scored = len(evidence.scenarios), sum(best > 0 for best in evidence.scenarios)
    reason = f"{practised - scored} not scored yet." if practised > scored else ""
    figure = f"{practised} practised"
    return Part(
        SCENARIOS,
        "Scenarios",
        _SHARES[SCENARIOS](evidence),
        WEIGHTS[SCENARIOS],
        figure,
        reason,
        f"A finished attempt is worth {FINISHED:.1f}, its points up to {SCORED:.1f} more; of each "
        f"scenario the best attempt counts. {ENOUGH_SCENARIOS} at full points fill this part.",
    )


def _stories(evidence: Evidence) -> Part:
    ready = sum(status in ("solid", "polished") for status in evidence.stories)
    reason = (
        f"{min(evidence.told, len(evidence.stories))} told aloud, {evidence.themes} of 4 themes "
        "shown."
    )
    share = _SHARES[STORIES](evidence)
    worth = ", ".join(f"{status} {value:g}" for status, value in STORY_WORTH.items())
    rule = (
        f"Half of it are your best {ENOUGH_STORIES} stories ({worth}), a quarter "
        f"{ENOUGH_STORIES} that were told aloud and rated, a quarter the four themes, each shown "
        "by a story."
    )
    return Part(STORIES, "Stories", share, WEIGHTS[STORIES], f"{ready} ready", reason, rule)


def _cards(evidence: Evidence) -> Part:
    share = _SHARES[CARDS](evidence)
    reason = f"Of {evidence.seen} card{'' if evidence.seen == 1 else 's'} seen."
    figure = f"{int(evidence.remembered + 0.5)} known"
    rule = (
        "Each card counts by the chance that you remember it now, whole from "
        f"{KNOWN * 100:g}\N{NO-BREAK SPACE}% on; just answered, it is certain. {ENOUGH_CARDS} fill "
        "this part."
    )
    return Part(CARDS, "Justifications and cards", share, WEIGHTS[CARDS], figure, reason, rule)


def _plan(evidence: Evidence) -> Part:
    rule = f"Items ticked, in all plans; {ENOUGH_TICKS} fill this part."
    figure, share = f"{evidence.ticked} ticked", _SHARES[PLAN](evidence)
    return Part(PLAN, "Plan", share, WEIGHTS[PLAN], figure, "", rule)


def _playbook(evidence: Evidence) -> Part:
    rule = f"Notes and sections read; {ENOUGH_READ} fill this part."
    figure, share = f"{evidence.read} read", _SHARES[PLAYBOOK](evidence)
    return Part(PLAYBOOK, "Playbook", share, WEIGHTS[PLAYBOOK], figure, "", rule)
