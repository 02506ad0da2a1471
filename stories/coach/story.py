"""What the coach reads: plain values, no rows."""

from dataclasses import dataclass

SPOKEN = ("situation", "task", "action", "result")
PARTS = (*SPOKEN, "signal")

WORDS_A_MINUTE = 150  # an unhurried speaker of English
VERSIONS = (30, 120, 300)  # seconds: the lengths in which a story is told


@dataclass(frozen=True, slots=True)
class Metric:
    """A number the story rests on, as written: before and after may be empty."""

    name: str
    before: str = ""
    after: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it stands in the page, saved or not.

    The five parts are Markdown. `words_a_minute` is the teller's speed; `target` the length to be
    told in, in seconds, or None; `theme` the key of the story's theme, or empty.
    """

    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    signal: str = ""
    metrics: tuple[Metric, ...] = ()
    words_a_minute: int = WORDS_A_MINUTE
    target: int | None = None
    theme: str = ""
