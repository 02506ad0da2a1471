"""One thing the coach found: what it is, which words it points at, what to do."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from stories.coach.text import Text

IDENTITY_LENGTH = 200  # what a dismissal can hold
_NOT_WORDS = re.compile(r"[\W_]+")

Span = tuple[int, int]


class Kind(StrEnum):
    """What can be found, in the order in which it is worth mending. The values are permanent."""

    EMPTY = "part-empty"
    NO_NUMBER = "no-number"
    BURIED = "buried-outcome"
    WE = "we"
    NO_TRADE_OFF = "no-trade-off"
    NO_LESSON = "no-lesson"
    NO_SIGNAL = "no-signal"
    OVER_TIME = "over-time"
    LONG = "part-long"
    SHORT = "part-short"
    PASSIVE = "passive"
    JARGON = "jargon"
    HEDGE = "hedge"
    HABIT = "habit"


# What is said about these words, and no others; the rest is said about a part as a whole.
ABOUT_WORDS = frozenset({Kind.PASSIVE, Kind.JARGON, Kind.HEDGE, Kind.HABIT})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in `part`.

    `spans` are offsets into the raw text of that part, the first the one to jump to; `quotes` the
    words there. Both are empty when nothing can be pointed at. `name` is the kind in a word or two,
    `message` says what to do in one sentence, `why` gives the reason, `weak` and `strong` show it.
    """

    kind: Kind
    part: str
    name: str
    message: str
    why: str
    weak: str
    strong: str
    spans: tuple[Span, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def span(self) -> Span | None:
        return self.spans[0] if self.spans else None

    @property
    def quote(self) -> str:
        return self.quotes[0] if self.quotes else ""

    @property
    def identity(self) -> str:
        """The same for the same finding after an edit nearby: kind, part, the words it is about.

        Case, spaces and punctuation do not count. At most 200 characters.
        """
        words = ""
        if self.kind in ABOUT_WORDS:
            words = unicodedata.normalize("NFC", self.quote[:500].casefold())
            words = _NOT_WORDS.sub(" ", words).strip()
        return f"{self.kind}:{self.part}:{words}"[:IDENTITY_LENGTH].rstrip()


def quotes(text: Text, spans: tuple[Span, ...]) -> tuple[str, ...]:
    return tuple(text.raw[start:end] for start, end in spans)
