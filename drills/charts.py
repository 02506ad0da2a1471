"""Shapes for server-drawn SVG: where each bar, dot and cell lies. Pure: figures in, places out.

Places are in the units of a view box, as strings, so that no locale changes them. Colours are the
style sheet's: a shape carries a class.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from drills.words import percent

CELL, GAP = 12, 3
STEP = CELL + GAP
WIDTH, HEIGHT = 480, 170
LEFT, BOTTOM, TOP = 34, 22, 8
# The curves stand between their axis and the figures at their end, in the letters of a phone.
CURVE = (46, WIDTH - 54)
# 95 % of a normal distribution lie within so many standard deviations.
Z = 1.959964


def at(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Cell:
    """A day of the heat map: its place, its level 0 to 3, and what it says."""

    x: str
    y: str
    level: int
    day: date
    count: int

    @property
    def shade(self) -> str:
        """The class of its level."""
        return f"d{self.level}"

    @property
    def said(self) -> str:
        """ "Sat 28 Nov: 12"; a template takes ten times as long to write a date."""
        return f"{self.day:%a} {self.day.day} {self.day:%b}: {self.count}"


@dataclass(frozen=True)
class Label:
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Heat:
    """A heat map of whole weeks, Monday above; `weeks` are the same days as rows of a table."""

    width: int
    height: int
    cells: list[Cell]
    months: list[Label]
    weekdays: list[Label]
    weeks: list[tuple[date, list[int | None]]]


def heat(counts: Mapping[date, int], today: date, weeks: int = 26) -> Heat:
    """The last `weeks` weeks up to today; days to come are left out."""
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    steps = thresholds([counts.get(first + timedelta(days=n), 0) for n in range(7 * weeks)])
    cells, rows = [], []
    for week in range(weeks):
        monday = first + timedelta(days=7 * week)
        row: list[int | None] = []
        for weekday in range(7):
            day = monday + timedelta(days=weekday)
            count = counts.get(day, 0)
            row.append(count if day <= today else None)
            if day <= today:
                level = sum(count >= step for step in steps) if count else 0
                x, y = 26 + week * STEP, 16 + weekday * STEP
                cells.append(Cell(at(x), at(y), level, day, count))
        rows.append((monday, row))
    weekdays = [Label("0", at(16 + n * STEP + 9.5), "MTWTFSS"[n]) for n in (0, 2, 4)]
    return Heat(
        26 + weeks * STEP, 16 + 7 * STEP, cells, _months(first, weeks), weekdays, rows[::-1]
    )


def _months(first: date, weeks: int) -> list[Label]:
    """The name of each month over the week in which it begins, and of the first where it fits."""
    weekly = [first + timedelta(days=7 * week) for week in range(weeks)]
    found = [
        (week, f"{monday + timedelta(days=6):%b}")
        for week, monday in enumerate(weekly)
        if (monday + timedelta(days=6)).day <= 7
    ]
    if not found or found[0][0] >= 3:
        found.insert(0, (0, f"{first:%b}"))
    return [Label(at(26 + week * STEP), "9", text) for week, text in found]


def thresholds(counts: Sequence[int]) -> list[float]:
    """From which count a day has level 1, 2 and 3: thirds of what a full day is like.

    A full day is one that nine of ten days of study stay below, so one long day pales no others.
    """
    studied = sorted(count for count in counts if count)
    if not studied:
        return [1, 2, 3]
    full = studied[min(len(studied) - 1, int(len(studied) * 0.9))]
    return [1, max(2.0, full / 3), max(3.0, full * 2 / 3)]


@dataclass(frozen=True)
class Share:
    """`kept` of `tested`, the interval in which the true share lies 19 times of 20, and the share
    that was predicted; all None where nothing was tested."""

    tested: int
    kept: int
    predicted: float | None
    share: float | None = None
    low: float | None = None
    high: float | None = None


def share(tested: int, kept: int, expected: float) -> Share:
    """A share with its Wilson score interval at 95 %. `expected` is the sum of the predictions.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927); it stays within 0 and 1 and is honest about small counts.
    """
    if tested <= 0:
        return Share(0, 0, None)
    p, n, zz = kept / tested, tested, Z * Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(tested, kept, expected / tested, p, low, high)


@dataclass(frozen=True)
class Axis:
    """A line across with its figure; `y` is its place."""

    y: str
    text: str


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    count: int
    label: str


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    axes: list[Axis]
    labels: list[Label]


def bars(counts: Sequence[int], names: Sequence[str], ticks: Mapping[int, str]) -> Bars:
    """One bar for each count; `names` say what each is, `ticks` what stands below which."""
    top = nice_top(max(counts, default=0))
    wide = (WIDTH - LEFT) / max(1, len(counts))
    found = []
    for n, (count, name) in enumerate(zip(counts, names, strict=True)):
        y = _y(count / top)
        height = max(0.0, HEIGHT - BOTTOM - y)
        x = LEFT + n * wide + wide * 0.12
        found.append(Bar(at(x), at(y), at(wide * 0.76), at(height), count, name))
    axes = [Axis(at(_y(n / 2)), f"{top * n / 2:g}") for n in range(3)]
    labels = [Label(at(LEFT + (n + 0.5) * wide), at(HEIGHT - 6), t) for n, t in ticks.items()]
    return Bars(found, axes, labels)


def nice_top(highest: int) -> int:
    """The least of 2, 4, 10, 20, 40, 100, … that is not below `highest`: halves are whole."""
    top = 2
    while top < highest:
        top = top * 5 // 2 if str(top)[0] == "4" else top * 2
        if str(top)[0] == "8":
            top = top * 10 // 8
    return top


@dataclass(frozen=True)
class Dot:
    """A share as a dot with its interval from `low` to `high`; `predicted` is a short line."""

    x: str
    y: str
    low: str
    high: str
    predicted: str
    before: str
    after: str
    share: Share
    label: str


@dataclass(frozen=True)
class Dots:
    dots: list[Dot]
    axes: list[Axis]
    labels: list[Label]


def dots(shares: Sequence[Share], names: Sequence[str], ticks: Mapping[int, str]) -> Dots:
    """Shares side by side, over an axis that begins at the tenth below all of them."""
    lows = [s.low for s in shares if s.low is not None]
    floor = min(0.8, math.floor(min(lows, default=0.8) * 10) / 10)
    wide = (WIDTH - LEFT) / max(1, len(shares))

    def place(value: float | None) -> float:
        return _y(((value or 0) - floor) / (1 - floor))

    found = []
    for n, (each, name) in enumerate(zip(shares, names, strict=True)):
        if each.share is None:
            continue
        x = LEFT + (n + 0.5) * wide
        reach = min(12.0, wide * 0.36)
        found.append(
            Dot(
                at(x), at(place(each.share)), at(place(each.low)), at(place(each.high)),
                at(place(each.predicted)), at(x - reach), at(x + reach), each, name,
            )
        )  # fmt: skip
    marks = [round(floor + (1 - floor) * n / 2, 2) for n in range(3)]
    axes = [Axis(at(place(mark)), f"{mark * 100:g} %") for mark in marks]
    labels = [Label(at(LEFT + (n + 0.5) * wide), at(HEIGHT - 6), t) for n, t in ticks.items()]
    return Dots(found, axes, labels)


@dataclass(frozen=True)
class Curves:
    """Two lines over the same days, as `points` of a polyline, and the ground under the first."""

    planned: str
    stopped: str
    area: str
    axes: list[Axis]
    labels: list[Label]
    end_planned: Label
    end_stopped: Label
    left: str
    right: str


def curves(
    hours: Sequence[float], planned: Sequence[float], stopped: Sequence[float],
    ticks: Mapping[float, str],
) -> Curves | None:  # fmt: skip
    """Shares (0 to 1) at each of `hours` from now; None with fewer than two. `ticks` name hours.

    The axis begins at one half where nothing lies below it, so that the lines can be told apart.
    """
    if len(hours) < 2 or hours[-1] <= hours[0]:
        return None
    left, right = CURVE

    def x(hour: float) -> float:
        return left + (hour - hours[0]) / (hours[-1] - hours[0]) * (right - left)

    bottom = 0.5 if min(*planned, *stopped) >= 0.5 else 0.0

    def y(share: float) -> float:
        return _y((share - bottom) / (1 - bottom))

    def line(shares: Sequence[float]) -> str:
        return " ".join(f"{at(x(h))},{at(y(s))}" for h, s in zip(hours, shares, strict=True))

    upper = line(planned)
    floor = at(HEIGHT - BOTTOM)
    ends = [y(planned[-1]), y(stopped[-1])]
    if abs(ends[1] - ends[0]) < 13:
        ends[1] = ends[0] + 13
    texts = [
        percent(share).replace("over ", ">").replace("under ", "<")
        for share in (planned[-1], stopped[-1])
    ]
    return Curves(
        upper,
        line(stopped),
        f"{at(left)},{floor} {upper} {at(right)},{floor}",
        [Axis(at(_y(n / 2)), f"{100 * (bottom + (1 - bottom) * n / 2):g} %") for n in range(3)],
        [Label(at(x(hour)), at(HEIGHT - 6), text) for hour, text in ticks.items()],
        Label(at(right + 5), at(ends[0] + 3.5), texts[0]),
        Label(at(right + 5), at(ends[1] + 3.5), texts[1]),
        at(left),
        at(right),
    )


def _y(part: float) -> float:
    """The place of a part (0 to 1) of the height."""
    return TOP + (1 - min(1.0, max(0.0, part))) * (HEIGHT - BOTTOM - TOP)
