"""A part of a story as words and sentences, each at its place in the raw text.

Markdown does not disturb: marks become spaces of the same length, so that every offset is one into
the raw text. Every step is one pass without nested repetition: 100 kB of anything costs the same.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from stories.coach.lists import words

_FENCE = re.compile(r"^ {0,3}(```|~~~)[^\n]*\n.*?(?:^ {0,3}\1[^\n]*$|\Z)", re.M | re.S)
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\n]{0,2000}\))")
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")
_LINE_MARK = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+", re.M)
_MARKS = re.compile(r"[*`~\\|]|(?<![^\W_])_+|_+(?![^\W_])")
_BREAK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+>][ \t]|\d{1,9}[.)][ \t]|#))")
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:[^\W_]+)?(?:[-/][^\W_]+)*%?"  # 1,140 · 8.5% · 95th · 3x · 9-day
    r"|[^\W_]+(?:['’.\-/&+][^\W_]+)*"  # don't · CI/CD · Node.js · blue-green
    r"|[^\w\s]"
)
_WORD = re.compile(r"[^\W_]")
_ABBREVIATIONS = words("e.g i.e vs approx dr mr mrs ms st resp incl")


class Token(NamedTuple):
    """A word or a punctuation mark."""

    text: str
    lower: str
    start: int
    end: int
    sentence: int
    quoted: bool  # inside quotation marks: somebody's speech
    word: bool


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blank_link(match: re.Match[str]) -> str:
    return " " * len(match[1]) + match[2] + " " * len(match[3])


def without_markdown(raw: str) -> str:
    """The words of Markdown at their places, with spaces for its marks, code and addresses."""
    text = _FENCE.sub(_blank, raw)
    text = _LINK.sub(_blank_link, text)
    text = _ADDRESS.sub(_blank, text)
    text = _LINE_MARK.sub(_blank, text)
    return _MARKS.sub(_blank, text)


def spoken_words(raw: str) -> int:
    """How many words of some Markdown are spoken: `Text(raw).words`, without reading further."""
    return sum(_WORD.match(found) is not None for found in _TOKEN.findall(without_markdown(raw)))


@dataclass(frozen=True)
class Text:
    raw: str

    @cached_property
    def plain(self) -> str:
        return without_markdown(self.raw)

    @cached_property
    def lower(self) -> str:
        """For patterns that ask whether, not where; typographic apostrophes made plain."""
        return " ".join(token.lower for token in self.tokens)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences in lower case, words and marks apart by one space."""
        found: dict[int, list[str]] = {}
        for token in self.tokens:
            found.setdefault(token.sentence, []).append(token.lower)
        return [" ".join(words) for words in found.values()]

    @cached_property
    def tokens(self) -> list[Token]:
        breaks = [match.start() for match in _BREAK.finditer(self.raw)]
        tokens: list[Token] = []
        sentence, quoted, ended, passed = 0, False, False, 0
        for match in _TOKEN.finditer(self.plain):
            text, start, end = match[0], match.start(), match.end()
            word = _WORD.match(text) is not None
            block = bisect_right(breaks, start)
            if block != passed or (ended and word):
                sentence += 1
                quoted = quoted and block == passed
                ended, passed = False, block
            if text in '"“”„':
                quoted = text in "“„" or (text == '"' and not quoted)
            lower = text.lower().replace("’", "'")
            tokens.append(Token(text, lower, start, end, sentence, quoted, word))
            if text in ".!?…" and not (tokens[-2:-1] and tokens[-2].lower in _ABBREVIATIONS):
                ended = True
        return tokens

    @cached_property
    def words(self) -> int:
        """How many words are spoken."""
        return sum(token.word for token in self.tokens)

    def starts_sentence(self, index: int) -> bool:
        """Whether the token is the first word of its sentence."""
        before = index - 1
        while before >= 0 and not self.tokens[before].word:
            if self.tokens[before].sentence != self.tokens[index].sentence:
                return True
            before -= 1
        return before < 0 or self.tokens[before].sentence != self.tokens[index].sentence

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets from one token to another, both included."""
        return self.tokens[first].start, self.tokens[last].end

    def last_sentence(self) -> tuple[int, int]:
        """The offsets of the last sentence, and of nothing when there is none."""
        last = len(self.tokens) - 1
        if last < 0:
            return 0, 0
        first = last
        while first and self.tokens[first - 1].sentence == self.tokens[last].sentence:
            first -= 1
        return self.span(first, last)
