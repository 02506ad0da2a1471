"""What the page of a telling shows beside its clock: the parts in time, and the tellings drawn.

Pure: figures in, figures out. Seconds throughout; the chart is in units of its own view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stories.coach.timing import TARGETS

# The clock's line goes on a while after the target, so that overtime can be seen.
LINE, BEYOND = 1000, 250
GAP = 4


@dataclass(frozen=True)
class Span:
    """The time of one part: from `start` to `end` seconds, and where that lies on the line."""

    part: str
    start: int
    end: int
    x: int
    width: int


def spans(length: int) -> list[Span]:
    """How the parts of a telling of `length` seconds share its time: the coach's target shares."""
    shares = {part: (low + high) / 2 for part, (low, high) in TARGETS.items()}
    whole = sum(shares.values())
    found, begun = [], 0.0
    for part, share in shares.items():
        ended = begun + share / whole
        x = round(begun * LINE)
        width = round(ended * LINE) - x - GAP
        found.append(Span(part, round(begun * length), round(ended * length), x, width))
        begun = ended
    return found


@dataclass(frozen=True)
class Line:
    """How far the clock is along its line: within the target, and beyond it."""

    within: int
    beyond: int


def line(seconds: int, length: int) -> Line:
    at = seconds * LINE / length
    return Line(round(min(at, LINE)), round(min(max(at - LINE, 0), BEYOND)))


@dataclass(frozen=True)
class Bar:
    """One telling: up to the target, and what is over it on top."""

    x: float
    width: float
    y: float
    height: float
    over_y: float
    over_height: float
    seconds: int
    label: str
    says: bool
    says_small: bool  # on a phone, where words need twice the room


@dataclass(frozen=True)
class Chart:
    """Seconds of each telling against the target, the oldest at the left."""

    width: int
    height: int
    bars: list[Bar]
    target: int
    target_y: float


WIDE, HIGH, FOOT, HEAD = 640, 170, 20, 18
MOST = 24


def chart(tellings: Sequence[tuple[int, str]], target: int) -> Chart:
    """(seconds, label) of each telling of one version, the oldest first; the last MOST of them."""
    shown = list(tellings)[-MOST:]
    top = max([target * 1.25, *(seconds for seconds, _ in shown)])
    scale = (HIGH - FOOT - HEAD) / top
    ground = HIGH - FOOT
    step = WIDE / max(len(shown), 8)
    width = min(step * 0.62, 34)
    bars = []
    for number, (seconds, label) in enumerate(shown):
        within = min(seconds, target) * scale
        over = max(seconds - target, 0) * scale
        bars.append(
            Bar(
                x=round(number * step + (step - width) / 2, 1),
                width=round(width, 1),
                y=round(ground - within, 1),
                height=round(within, 1),
                over_y=round(ground - within - over, 1),
                over_height=round(over, 1),
                seconds=seconds,
                label=label,
                # Words at every bar while they have room; then at every third.
                says=step >= 44 or (len(shown) - 1 - number) % 3 == 0,
                says_small=step >= 72 or (len(shown) - 1 - number) % 3 == 0,
            )
        )
    return Chart(WIDE, HIGH, bars, target, round(ground - target * scale, 1))
