"""How the sheet of the morning fits two pages of A4: the largest type that holds each of them.

Pure: texts in, sizes out. The figures belong to static/css/sheet.css: the front has two columns of
90 mm, the back tables over the whole width. They are on the careful side.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from writing.morning import Line, Table

# Type sizes in points; the last is the floor.
SIZES = (11.0, 10.0, 9.0, 8.0, 7.5)
PAGE = 262.0  # mm that a page holds below its title
COLUMN, WIDTH = 90.0, 186.0  # mm
LEADING = 1.34
POINT = 0.3528  # mm
LETTER = 0.47  # of the size: the mean width of a letter, with its share of a space
HEADING, GAP = 2.2, 0.55  # lines that a group's heading takes, and between entries
NAME, CELL = 0.2, 4.0  # the first column's share of the width, and mm of a cell's padding


@dataclass(frozen=True)
class Fit:
    """`size` counts from 0, the largest type; `over` is how many lines are too many for it."""

    size: int
    over: int = 0


def front(groups: Sequence[Sequence[Line]]) -> Fit:
    """The groups of lines in two columns of one page."""
    return _fit(lambda em: _entries(groups, em), columns=2)


def back(tables: Sequence[Table]) -> Fit:
    """The tables below each other on one page."""
    return _fit(lambda em: sum(_table(table, em) for table in tables), columns=1)


def _fit(height, columns: int) -> Fit:
    """The largest size at which `height(em)`, in lines, has room."""
    over = 0.0
    for size, points in enumerate(SIZES):
        em = points * POINT
        # Columns of whole entries never come out even.
        room = columns * PAGE / (em * LEADING) - (columns - 1) * 3
        over = height(em) - room
        if over <= 0:
            return Fit(size)
    return Fit(len(SIZES) - 1, math.ceil(over))


def _entries(groups: Sequence[Sequence[Line]], em: float) -> float:
    letters = COLUMN / (em * LETTER)
    lines = 0.0
    for group in groups:
        lines += HEADING if group else 0
        for line in group:
            lines += _lines(line.title, letters) + _lines(line.text, letters) + GAP
    return lines


def _table(table: Table, em: float) -> float:
    share = (1 - NAME) / max(1, len(table.headings) - 1)
    widths = [NAME, *(share for _ in table.headings[1:])]
    letters = [(WIDTH * width - CELL) / (em * LETTER) for width in widths]
    rows = sum(
        max(_lines(cell, room) for cell, room in zip(row, letters, strict=True)) + GAP
        for row in table.rows
    )
    return HEADING * 2 + rows


def _lines(text: str, letters: float) -> int:
    return math.ceil(len(text) / letters)
