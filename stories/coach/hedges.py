"""Words that take back what was just said: few, and only where they hedge."""

from stories.coach.findings import Span
from stories.coach.lists import words
from stories.coach.text import Text

_ALONE = words("basically probably maybe hopefully somewhat arguably")
_AFTER_I = words("think guess suppose")
_NOT_BEFORE_KIND_OF = words(
    """
    a an the this that these those what which some any every same new different another each one
    two right wrong all no own other first only best
    """
)
_QUANTITY = words(
    """
    once twice a an one two three four five six ten twenty half every the
    """
)  # "perhaps once a month" is an estimate


def hedges(text: Text) -> list[Span]:
    """Where the text hedges, speech that it quotes left out."""
    tokens = text.tokens
    spans: list[Span] = []
    for index, token in enumerate(tokens):
        if token.quoted or not token.word:
            continue
        before = tokens[index - 1].lower if index else ""
        after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if (token.lower in _ALONE and not after[:1].isdigit()) or (
            token.lower == "perhaps" and after not in _QUANTITY and not after[:1].isdigit()
        ):
            spans.append((token.start, token.end))
        elif token.lower in _AFTER_I and before == "i":
            spans.append((tokens[index - 1].start, token.end))
        elif token.lower in ("kind", "sort") and after == "of":
            if before not in _NOT_BEFORE_KIND_OF:
                spans.append((token.start, tokens[index + 1].end))
        elif token.lower == "involved" and before in ("was", "were") and after == "in":
            spans.append((tokens[index - 1].start, tokens[index + 1].end))
    return spans
