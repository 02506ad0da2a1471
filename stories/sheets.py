"""How a story fits half a page: the largest type that holds it, and what is cut at the smallest.

Pure: Markdown in, Markdown out. The figures belong to static/css/story-print.css: two columns of
88 mm on half of an A4 page. They are on the careful side: a story that turns out longer than
reckoned makes its half of the page higher, and nothing is lost.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Type sizes in points; the last is the floor.
SIZES = (11.5, 10.5, 9.5, 8.5, 7.5)
COLUMN = 88.0  # mm
BODY = 112.0  # mm that two columns have below the title, without metrics
METRIC_ROW = 11.0  # mm of a row of three metrics
METRICS_A_ROW, METRIC_ROWS = 3, 2
LEADING = 1.36
POINT = 0.3528  # mm
LETTER = 0.46  # of the size: the mean width of a letter of Palatino, with its share of a space
LABEL = 1.0  # lines that the name of a part takes
GAP = 0.45  # lines between blocks

_SENTENCE = re.compile(r"[.!?][\"'”’)]*(?=\s)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


@dataclass(frozen=True)
class Piece:
    """One part on the sheet: `text` in Markdown, and the words of it that were left out."""

    name: str
    text: str
    left_out: int = 0


@dataclass(frozen=True)
class Fitted:
    """`size` counts from 0, the largest type; `pieces` are the parts that have a text."""

    size: int
    pieces: Sequence[Piece]

    @property
    def left_out(self) -> int:
        return sum(piece.left_out for piece in self.pieces)


def fit(parts: Mapping[str, str], metrics: int = 0) -> Fitted:
    """The parts (name to Markdown) on half a page, beside so many metrics.

    Where even the smallest type is too large, the longest parts are cut at the end of a sentence.
    """
    texts = {name: text for name, text in parts.items() if text.strip()}
    rows = min(math.ceil(metrics / METRICS_A_ROW), METRIC_ROWS)
    for size in range(len(SIZES)):
        letters, lines = _room(size, rows)
        heights = {name: _height(text, letters) for name, text in texts.items()}
        if sum(heights.values()) <= lines:
            return Fitted(size, [Piece(name, text) for name, text in texts.items()])
    most = _level(list(heights.values()), lines)
    pieces = [
        Piece(name, text) if heights[name] <= most else _cut(name, text, most, letters)
        for name, text in texts.items()
    ]
    return Fitted(len(SIZES) - 1, pieces)


def _room(size: int, metric_rows: int) -> tuple[float, float]:
    """Letters a line and lines in both columns, at one of SIZES."""
    em = SIZES[size] * POINT
    # Columns of whole paragraphs never come out even.
    uneven = 1.5
    return COLUMN / (em * LETTER), 2 * (BODY - METRIC_ROW * metric_rows) / (em * LEADING) - uneven


def _level(heights: list[float], room: float) -> float:
    """The height to which the highest are cut, so that all together have `room`."""
    for count, height in enumerate(sorted(heights)):
        left = len(heights) - count
        if height * left > room:
            return room / left
        room -= height
    return math.inf


def _blocks(text: str) -> list[str]:
    """Paragraphs, list items and fenced blocks."""
    blocks: list[str] = []
    fenced = fresh = False
    for line in text.strip().splitlines():
        opens = line.lstrip().startswith(("```", "~~~"))
        begins = not blocks or fresh or bool(_ITEM.match(line)) or opens
        if fenced or (line.strip() and not begins):
            blocks[-1] += f"\n{line}"
        elif line.strip():
            blocks.append(line)
        fenced = fenced != opens
        fresh = not fenced and (not line.strip() or opens)
    return blocks


def _lines(block: str, letters: float) -> float:
    if block.lstrip().startswith(("```", "~~~", "|")):
        rows = block.splitlines()
        return sum(max(1, math.ceil(len(row) * 1.3 / letters)) for row in rows) * 1.1
    indent = 3 if _ITEM.match(block) else 0
    return math.ceil((len(block) + 2) / (letters - indent))


def _height(text: str, letters: float) -> float:
    blocks = _blocks(text)
    return LABEL + sum(_lines(block, letters) + GAP for block in blocks)


def _cut(name: str, text: str, most: float, letters: float) -> Piece:
    """As much of `text` as `most` lines hold, up to the end of a sentence or else of a word."""
    kept: list[str] = []
    left = most - LABEL - 1  # the line that says it goes on
    for block in _blocks(text):
        need = _lines(block, letters) + GAP
        if need > left:
            if begun := _beginning(block, int(max(left - GAP, 0) * letters)):
                kept.append(begun)
            break
        kept.append(block)
        left -= need
    shown = "\n\n".join(kept)
    return Piece(name, shown, max(len(text.split()) - len(shown.split()), 1))


def _beginning(block: str, letters: int) -> str:
    """The first `letters` of a block; "" of one that makes no sense in part."""
    if block.lstrip().startswith(("```", "~~~", "|")) or letters < 40:
        return ""
    ends = [match.end() for match in _SENTENCE.finditer(block) if match.end() <= letters]
    begun = block[: ends[-1]] if ends else block[:letters].rpartition(" ")[0]
    # Half of a pair of marks would stand there as it is.
    for mark in ("**", "__", "`", "*"):
        if begun.count(mark) % 2:
            begun = begun.replace(mark, "")
    return begun
