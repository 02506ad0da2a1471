"""Which numbers measure an outcome, and which only date, label or count the way there."""

import re

from stories.coach.findings import Span
from stories.coach.lists import words
from stories.coach.text import Text, Token

_LONG_TIME = words(
    """
    day days week weeks month months quarter quarters year years sprint sprints
    """
)
_UNITS = _LONG_TIME | words(
    """
    percent percentage point points times x fold ms millisecond milliseconds second seconds
    minute minutes hour hours night nights page pages incident incidents ticket tickets dollar
    dollars euro euros pound pounds gb tb mb
    """
)
_SPELLED = words(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    hundreds thousand thousands million millions dozen
    """
)
_CHANGE_BY_ITSELF = words(
    """
    half halved doubled tripled quadrupled halves doubles twice zero twofold threefold tenfold
    """
)
_FRACTIONS = words("third quarter fifth tenth thirds quarters")
_WHEN = words(
    """
    in within after over for during last next first past every took since
    """
)
_AROUND = words(
    """
    the a about around roughly some only just another nearly almost
    """
)
_LATER = words("later ago before afterwards since")
_NEVER = words("no none nobody nothing never without hasn't haven't")
_LABELS = words(
    """
    version phase level section team week day step part tier sprint chapter room floor release
    iso rfc http tls soc pci type grade story number no act article option stage round wave
    """
)
_MONTHS = words(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sept oct nov dec
    """
)
_CLOCK = frozenset({"am", "pm", "a.m", "p.m", "o'clock"})
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_MOVED = words(
    """
    dropped fell rose went shrank grew improved climbed sank halved doubled tripled decreased
    increased declined jumped down up
    """
)
_CUT = words(
    """
    reduced cut saved lowered raised shortened improved brought took
    """
)
_VAGUE = words(
    """
    significantly substantially dramatically greatly considerably massively drastically hugely
    better faster slower cheaper happier smoother quicker easier improved improvement fewer less
    more success successful happy great much many lot loved liked satisfied reliable grateful
    """
)


def measures(text: Text) -> list[int]:
    """The tokens at which a measure of something stands."""
    return [index for index in range(len(text.tokens)) if _measures(text, index)]


def _word(tokens: list[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _measures(text: Text, index: int) -> bool:
    tokens = text.tokens
    word = tokens[index].lower
    if word[0].isdigit():
        return _digits_measure(text, index)
    if all(piece in _SPELLED for piece in word.split("-")):
        return _spelled_measures(tokens, index)
    if word in _CHANGE_BY_ITSELF:
        after, then = _word(tokens, index + 1), _word(tokens, index + 2)
        return not (word == "half" and (after in ("a", "an") or then in _LONG_TIME))
    if word in _FRACTIONS:
        return _word(tokens, index + 1) == "of" or _word(tokens, index - 2) == "by"
    return word.endswith("fold") and len(word) > 5 and word not in ("manifold", "scaffold")


def _digits_measure(text: Text, index: int) -> bool:
    tokens = text.tokens
    word, before, after = tokens[index].lower, _word(tokens, index - 1), _word(tokens, index + 1)
    if word.endswith("%"):
        return True
    if _ORDINAL.match(word) or after in _CLOCK or word.endswith(("am", "pm")):
        return False
    if before in _LABELS or before in _MONTHS or after in _MONTHS:
        return False
    if _PLAIN_YEAR.match(word) and before not in "$€£" and after not in _UNITS:
        return False
    if _names_version(text, index):
        return False
    return not _says_when(tokens, index)


def _names_version(text: Text, index: int) -> bool:
    """ "Java 17", "Python 3.11": a capital in mid-sentence and then a number."""
    before = text.tokens[index - 1] if index else None
    if before is None or not before.word or not before.text[0].isupper():
        return False
    same = before.sentence == text.tokens[index].sentence
    return same and len(before.text) > 1 and not text.starts_sentence(index - 1)


def _spelled_measures(tokens: list[Token], index: int) -> bool:
    after, before = _word(tokens, index + 1), _word(tokens, index - 1)
    if after in _SPELLED:
        return False  # the last word of "two hundred" decides
    then = _word(tokens, index + 2)
    if after in ("of", "in") and (then in _SPELLED or then[:1].isdigit()):
        return True
    if after == "of" and then in ("the", "our"):
        return True
    if before in ("of", "in", "to") and _word(tokens, index - 2) in _SPELLED | {"one"}:
        return True
    if before == "from":
        return True  # "from nine a week to two"
    return after in _UNITS and not _says_when(tokens, index)


def _says_when(tokens: list[Token], index: int) -> bool:
    """ "after three months", "in 2 weeks", "six weeks later": when it was, not how much."""
    after = _word(tokens, index + 1)
    if after not in _LONG_TIME:
        return False
    if _word(tokens, index + 2) in _LATER:
        return True
    if _compared(tokens, index) or _not_once(tokens, index):
        return False
    back = index - 1
    while back >= index - 3 and _word(tokens, back) in _AROUND:
        back -= 1
    return _word(tokens, back) in _WHEN


def _compared(tokens: list[Token], index: int) -> bool:
    """ "After ten weeks where the plan had said thirty": a second number in the sentence."""
    for token in tokens[index + 2 : index + 14]:
        if token.sentence != tokens[index].sentence:
            return False
        if token.lower in _SPELLED:
            return True
    return False


def _not_once(tokens: list[Token], index: int) -> bool:
    """ "No deletion in 16 months": what did not happen, and for how long, is a measure."""
    sentence = tokens[index].sentence
    before = tokens[max(index - 12, 0) : index]
    return any(token.sentence == sentence and token.lower in _NEVER for token in before)


def buried_in_action(text: Text) -> Span | None:
    """The outcome's number in the second half of an action: something moved, and by how much."""
    tokens = text.tokens
    found = [index for index in measures(text) if index > len(tokens) // 2]
    for index in found:
        verb = _moved(tokens, index)
        if verb is not None:
            return text.span(verb, index)
    return None


def _moved(tokens: list[Token], index: int) -> int | None:
    """The verb within twelve tokens before the number at `index` that says how it changed."""
    sentence, link = tokens[index].sentence, ""
    for back in range(index - 1, max(index - 13, -1), -1):
        token = tokens[back]
        if token.sentence != sentence:
            return None
        if token.lower in ("from", "by", "to", "at"):
            link = token.lower
        elif (token.lower in _MOVED and link) or (token.lower in _CUT and link in ("by", "from")):
            return back
    return None


def vague_words(text: Text) -> Span | None:
    """The first words that claim an outcome without measuring it ("much faster")."""
    tokens = text.tokens
    for index, token in enumerate(tokens):
        if token.lower in _VAGUE:
            last = index
            while _word(tokens, last + 1) in _VAGUE:
                last += 1
            return text.span(index, last)
    return None
