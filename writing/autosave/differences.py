"""What changed between two texts, word by word. Pure: strings in, pieces and safe HTML out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from rapidfuzz.distance import Indel

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
# Beyond this many differing words and spaces lines are compared, beyond as many lines it says that
# everything changed. The comparison takes time and memory in the product of both lengths, a 64th of
# it as bits: 10,000 by 10,000 is some 25 MB. (difflib took 26 s for 1,500 repetitive words.)
LIMIT = 10_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text: in both (`same`), only in the first (`cut`) or the second (`put`)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces that make `before` (same and cut) and `after` (same and put), in order."""
    return list(_gathered(_steps(before, after)))


def _steps(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pairs of stretches, one of each text: equal, or one in place of the other."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    front = _common(old, new)
    back = _common(old[front:][::-1], new[front:][::-1])
    yield ("".join(old[:front]),) * 2
    yield from _aligned(old[front : len(old) - back], new[front : len(new) - back])
    yield ("".join(old[len(old) - back :]),) * 2


def _common(one: list[str], other: list[str]) -> int:
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The longest common subsequence of both, and what stands between its members."""
    if max(len(old), len(new)) > LIMIT:
        old = "".join(old).splitlines(keepends=True)
        new = "".join(new).splitlines(keepends=True)
    if max(len(old), len(new)) > LIMIT:
        old, new = ["".join(old)], ["".join(new)]
    for step in Indel.opcodes(old, new):
        yield (
            "".join(old[step.src_start : step.src_end]),
            "".join(new[step.dest_start : step.dest_end]),
        )


def _gathered(steps: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    """Pieces in which several changed words with only spaces between them are one change."""
    cut = put = spaces = ""
    for old, new in steps:
        if old == new and (cut or put) and old.isspace():
            spaces += old
        elif old == new and old:
            yield from _change(cut, put)
            yield Piece("same", spaces + old)
            cut = put = spaces = ""
        else:
            cut, put, spaces = cut + spaces + old, put + spaces + new, ""
    yield from _change(cut, put)
    if spaces:
        yield Piece("same", spaces)


def _change(cut: str, put: str) -> Iterator[Piece]:
    if cut:
        yield Piece("cut", cut)
    if put:
        yield Piece("put", put)


def as_html(pieces: list[Piece]) -> SafeString:
    """Escaped text with <ins> and <del>, each with words for those who hear the page."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> str:
    if piece.kind == "same":
        return piece.text
    tag, said = ("del", "removed") if piece.kind == "cut" else ("ins", "added")
    return format_html(
        '<{tag}><span class="visually-hidden">[{said}: </span>{text}'
        '<span class="visually-hidden">]</span></{tag}>',
        tag=tag,
        said=said,
        text=piece.text,
    )


def summary(pieces: list[Piece]) -> str:
    """The change in a sentence: "3 words added, 1 removed"."""
    if all(piece.kind == "same" for piece in pieces):
        return "No difference"
    put = " ".join(piece.text for piece in pieces if piece.kind == "put")
    cut = " ".join(piece.text for piece in pieces if piece.kind == "cut")
    if put.split() == cut.split():
        return "Only spaces and line breaks differ"
    added, removed = len(_WORD.findall(put)), len(_WORD.findall(cut))
    if not added and not removed:
        return "Only punctuation differs"
    return f"{added} word{'' if added == 1 else 's'} added, {removed} removed"
