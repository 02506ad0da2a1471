"""Words, spoken time and shares of a story's parts."""

from dataclasses import dataclass

from stories.coach.story import SPOKEN, VERSIONS, Story
from stories.coach.text import Text

# Target shares of a story in per cent. A band is left when a part is outside of the second pair.
TARGETS = {"situation": (15, 15), "task": (10, 10), "action": (50, 60), "result": (15, 20)}
BOUNDS = {"situation": (7, 25), "task": (3, 20), "action": (40, 70), "result": (10, 32)}
ENOUGH = 100  # words; below, one sentence more or less turns every share
GRACE = 1.15  # of the target: nobody times a story to the second


@dataclass(frozen=True, slots=True)
class PartTiming:
    """One part: `words`, `seconds` aloud, `share` of the whole (per cent) and its target band.

    `length` is "empty", "short", "right" or "long".
    """

    part: str
    words: int
    seconds: int
    share: int
    low: int
    high: int
    length: str

    @property
    def mark(self) -> int:
        """Where the target begins in a drawing 100 wide."""
        return self.low if self.high > self.low else self.low - 1

    @property
    def mark_width(self) -> int:
        """How wide the target is there; a single share is a dot."""
        return max(self.high - self.low, 2)


@dataclass(frozen=True, slots=True)
class Timing:
    """The whole story. `target` is in seconds; `fits` the shortest version it can be told in."""

    parts: tuple[PartTiming, ...]
    words: int
    seconds: int
    target: int | None
    fits: int | None

    @property
    def over(self) -> bool:
        limit = self.target or VERSIONS[-1]
        return self.seconds > limit * GRACE


def seconds(words: int, words_a_minute: int) -> int:
    """How long so many words take aloud, in seconds, rounded."""
    return round(words * 60 / words_a_minute)


def timing(story: Story, texts: dict[str, Text]) -> Timing:
    """The timing of a story whose parts were read already.

    Raises ValueError when `words_a_minute` is not positive.
    """
    if story.words_a_minute < 1:
        raise ValueError("words a minute must be positive")
    words = {part: texts[part].words for part in SPOKEN}
    total = sum(words.values())
    parts = tuple(_part(part, words, total, story.words_a_minute) for part in SPOKEN)
    whole = seconds(total, story.words_a_minute)
    fits = next((version for version in VERSIONS if whole <= version * GRACE), None)
    return Timing(parts, total, whole, story.target, fits)


def _part(part: str, words: dict[str, int], total: int, words_a_minute: int) -> PartTiming:
    own = words[part]
    share = own * 100 / total if total else 0
    low, high = BOUNDS[part]
    if not own:
        length = "empty"
    elif total < ENOUGH or not all(words.values()):
        length = "right"  # shares of a fragment say nothing
    else:
        length = "short" if share < low else "long" if share > high else "right"
    return PartTiming(part, own, seconds(own, words_a_minute), round(share), *TARGETS[part], length)
