"""Where you should be by now, against where you are.

Pure: plain values in and out, `now` passed in, minutes as floats, datetimes aware. A plan is a list
of blocks, each with a range of minutes ("2–3 hours") and a count of items; the ranges are fitted to
the time there is, and each item gets an equal share of its block.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# Under this many minutes nobody is behind: people read, drink and answer the door.
TOLERANCE = 5


@dataclass(frozen=True)
class BlockWork:
    """A block's time range in minutes (None: no time is given) and its items by state.

    `earlier` of those done or left out were so before the clock started, which gives them no time.
    """

    low: int | None
    high: int | None
    open: int = 0
    done: int = 0
    left_out: int = 0
    earlier: int = 0

    @property
    def total(self) -> int:
        """The items of this clock."""
        return self.open + self.done + self.left_out - self.earlier

    @property
    def asks(self) -> tuple[float, float]:
        """The minutes that the items of this clock ask for, at least and at most."""
        part = self.total / (self.total + self.earlier) if self.earlier else 1.0
        low = self.low or 0
        return low * part, max(self.high or 0, low) * part


@dataclass(frozen=True)
class Section:
    """A part that could be left out: `rank` 1 goes first, None is not marked as optional."""

    key: int
    title: str
    block: int
    open: int
    rank: int | None


@dataclass(frozen=True)
class Slot:
    """When a block is due, and the minutes it was given."""

    start: datetime
    end: datetime
    minutes: float


@dataclass(frozen=True)
class Standing:
    """How the plan stands at `now`; every figure in minutes.

    `behind` is negative when ahead. `short` is what is missing to finish by the deadline, 0 when
    it can be done. `shortened`: the time given is under what the blocks ask for at least.
    `current` is the block whose time it is, None before and after.
    """

    phase: str  # "before", "running" or "over"
    slots: tuple[Slot, ...]
    current: int | None
    needed: float
    behind: float
    short: float
    shortened: bool
    deadline: datetime

    @property
    def on_pace(self) -> bool:
        return abs(self.behind) < TOLERANCE


def fit(blocks: Sequence[BlockWork], minutes: float) -> list[float]:
    """Share `minutes` among the blocks, in their order.

    Inside the sum of the ranges every block moves the same way along its own range; below the sum
    of the lower ends all shrink in proportion; above the upper ends nothing grows, the rest is in
    reserve. Blocks without a range get none when others have one, else shares by item count.
    """
    lows, highs = [b.asks[0] for b in blocks], [b.asks[1] for b in blocks]
    low, high = sum(lows), sum(highs)
    if high == 0:
        items = sum(b.total for b in blocks)
        return [minutes * b.total / items if items else 0.0 for b in blocks]
    if minutes <= low:
        return [minutes * x / low for x in lows]
    along = min(1.0, (minutes - low) / (high - low)) if high > low else 0.0
    return [x + (y - x) * along for x, y in zip(lows, highs, strict=True)]


def in_full(blocks: Sequence[BlockWork], shares: Sequence[float]) -> list[float]:
    """The minutes of each block, but none under the lower end of its range."""
    return [max(share, block.asks[0]) for block, share in zip(blocks, shares, strict=True)]


def item_minutes(block: BlockWork, minutes: float) -> float:
    """The share of one item in a block that was given `minutes`."""
    return minutes / block.total if block.total else 0.0


def stand(blocks: Sequence[BlockWork], start: datetime, minutes: float, now: datetime) -> Standing:
    """Compare what is left to do with what the schedule leaves for it.

    needed  = the minutes of all open items (what is left out needs none)
    behind  = needed - (planned end - now), so an idle minute is a minute behind
    short   = needed in full - (deadline - now), never under 0: a plan that was given less than it
              asks for is on pace by its shortened blocks, and too long all the same
    """
    shares = fit(blocks, minutes)
    slots, at = [], start
    for share in shares:
        slots.append(Slot(at, at + timedelta(minutes=share), share))
        at = slots[-1].end
    deadline = start + timedelta(minutes=minutes)
    needed = sum(item_minutes(b, m) * b.open for b, m in zip(blocks, shares, strict=True))
    reference = max(now, start)
    behind = needed - (at - reference).total_seconds() / 60
    full = in_full(blocks, shares)
    asked = sum(item_minutes(b, m) * b.open for b, m in zip(blocks, full, strict=True))
    short = max(0.0, asked - (deadline - reference).total_seconds() / 60)
    shortened = sum(full) - sum(shares) >= TOLERANCE
    phase = "before" if now < start else "over" if now >= deadline else "running"
    current = next((i for i, slot in enumerate(slots) if slot.start <= now < slot.end), None)
    return Standing(phase, tuple(slots), current, needed, behind, short, shortened, deadline)


@dataclass(frozen=True)
class Cut:
    """A section to leave out, and the minutes that frees."""

    section: Section
    minutes: float


def leave_out(
    sections: Sequence[Section],
    blocks: Sequence[BlockWork],
    shares: Sequence[float],
    short: float,
) -> list[Cut]:
    """The fewest optional sections, least asked first, that win back `short` minutes.

    Only marked sections are proposed; a plan that marks none gets no guess.
    """
    cuts, won = [], 0.0
    marked = [(s.rank, n, s) for n, s in enumerate(sections) if s.rank is not None and s.open]
    for _, _, section in sorted(marked, key=lambda entry: entry[:2]):
        if won >= short:
            break
        freed = section.open * item_minutes(blocks[section.block], shares[section.block])
        if freed > 0:
            cuts.append(Cut(section, freed))
            won += freed
    return cuts
