"""Habits told in place of deeds: "I always talk to everyone" answers no "tell me about a time"."""

from stories.coach.findings import Span
from stories.coach.lists import words
from stories.coach.text import Text

_OFTEN = words("always usually generally typically normally often")
_TRY = words("try tend aim strive")


def habits(text: Text) -> list[Span]:
    """Where the teller says what they use to do, and not what they did."""
    tokens = text.tokens
    spans: list[Span] = []
    for index, token in enumerate(tokens):
        if token.lower != "i" or token.quoted:
            continue
        first, second, third = (_lower(text, index + ahead) for ahead in (1, 2, 3))
        if first in _OFTEN and _present(second):
            spans.append(text.span(index, index + 1))
        elif first in ("would", "will") and second in _OFTEN and _present(third):
            spans.append(text.span(index, index + 2))
        elif first in _TRY and second in ("to", "for"):
            spans.append(text.span(index, index + 1))
    return spans


def _lower(text: Text, index: int) -> str:
    return text.tokens[index].lower if index < len(text.tokens) else ""


def _present(verb: str) -> bool:
    """ "I always ask", not "I always asked": the past is a deed, however often it was done."""
    return verb[:1].isalpha() and not verb.endswith("ed")
