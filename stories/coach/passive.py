"""The passive voice that hides who acted: a past form of "be" or "get", and a participle.

Left alone are:

- what came before the story ("had been written") and what can or must be ("could be moved");
- how a thing is ("is stored in S3", "was broken", "was already paid");
- what befell the teller ("I was asked") or nothing at all ("no order was lost");
- what names its doer ("was approved by the board"): "by me" and "by us" name nobody new, and "by
  hand", "by customer" or "by 40%" nobody;
- a purpose ("so that it was fair"), an indirect question ("how it was made"), a time ("once it was
  shown"), and the sentence that tells a lesson.
"""

from stories.coach.findings import Span
from stories.coach.lists import words
from stories.coach.participles import is_participle
from stories.coach.text import Text, Token

_PAST = frozenset({"was", "were", "wasn't", "weren't"})
_BEING = frozenset({"is", "are", "isn't", "aren't", "was", "were"})
_GET = frozenset({"got", "gets", "getting"})
_ADVERBS = words(
    """
    not never also then now finally already still just only soon even often all both once again
    later first thus therefore always almost ever quite so well further too long since being
    """
)
_BEFORE_THE_STORY = words(
    """
    had hadn't could couldn't should shouldn't would wouldn't must might may can will to
    """
)
_TELLER = frozenset({"i", "we", "you"})
_NOTHING = words("no none nothing nobody neither nowhere zero")
_NO_DOER = words(
    """
    me us myself ourselves one two hand then now default mistake accident design law mail e-mail
    email post phone name date chance half noon midnight monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october
    november december customer user account region country site severity priority category type
    kind size age value cost price weight name line step wave batch chunk row page field feature
    """
)
_NO_DOER_AFTER_ARTICLE = words(
    """
    end dozen hour day week month quarter year deadline date time third tenth half factor fifth
    fraction way minute book
    """
)
_LESSON = words("learned learnt lesson taught hindsight")
_FAR = 8  # tokens to look back for the subject and ahead for "by"


def passives(text: Text) -> list[Span]:
    """Where the passive hides the doer, from "was" to the participle."""
    tokens = text.tokens
    lessons = {token.sentence for token in tokens if token.lower in _LESSON}
    spans: list[Span] = []
    for index, token in enumerate(tokens):
        first = _first(tokens, index)
        if first is None or token.quoted or token.sentence in lessons:
            continue
        last = _participle(tokens, index)
        if last is None or _excused(tokens, first, last):
            continue
        spans.append(text.span(first, last))
    return spans


def _first(tokens: list[Token], index: int) -> int | None:
    """Where the verb begins that has its "be" at `index`; None when it is none of the past."""
    word = tokens[index].lower
    before = tokens[index - 1].lower if index else ""
    if word in _PAST or word in _GET:
        return index
    if word == "being" and before in _BEING - _PAST:
        return index - 1
    if word == "been":
        back = index - 1
        while back >= 0 and index - back <= 3:
            if tokens[back].lower in ("has", "have", "hasn't", "haven't", "'s"):
                earlier = tokens[back - 1].lower if back else ""
                return None if earlier in _BEFORE_THE_STORY else back
            if tokens[back].lower not in _ADVERBS:
                return None
            back -= 1
    return None


def _participle(tokens: list[Token], index: int) -> int | None:
    for ahead in range(index + 1, min(index + 5, len(tokens))):
        token = tokens[ahead]
        if token.sentence != tokens[index].sentence or not token.word:
            return None
        if token.lower == "already":
            return None
        if is_participle(token.lower):
            return ahead
        if token.lower not in _ADVERBS and not token.lower.endswith("ly"):
            return None
    return None


def _excused(tokens: list[Token], first: int, last: int) -> bool:
    if tokens[last].lower == "used" and last + 1 < len(tokens) and tokens[last + 1].lower == "to":
        return True
    return _subject_excuses(tokens, first) or _names_doer(tokens, last)


def _subject_excuses(tokens: list[Token], first: int) -> bool:
    sentence = tokens[first].sentence
    near = True
    for back in range(first - 1, max(first - 1 - _FAR, -1), -1):
        token = tokens[back]
        if token.sentence != sentence or token.text in ",;:()" or token.lower in ("and", "but"):
            return False
        if near and token.lower in _TELLER:
            return True
        if token.lower in _NOTHING:
            return True
        if token.lower == "not" and tokens[back + 1].lower in ("one", "a"):
            return True
        if token.lower in ("how", "once", "until"):
            return True
        if token.lower == "which" and back and tokens[back - 1].lower in ("at", "in", "on", "by"):
            return True
        if token.lower == "that" and back and tokens[back - 1].lower == "so":
            return True
        near = near and token.lower in _ADVERBS
    return False


def _names_doer(tokens: list[Token], last: int) -> bool:
    sentence = tokens[last].sentence
    for ahead in range(last + 1, min(last + 1 + _FAR, len(tokens) - 1)):
        token = tokens[ahead]
        if token.sentence != sentence or token.text in ",;:" or token.lower in _BEING:
            return False
        if token.lower == "by":
            return tokens[ahead - 1].lower != tokens[ahead + 1].lower and _is_doer(
                tokens, ahead + 1
            )
    return False


def _is_doer(tokens: list[Token], index: int) -> bool:
    word = tokens[index].lower
    if not tokens[index].word or word[0].isdigit() or word in _NO_DOER or word.endswith("ing"):
        return False
    if word in ("a", "an", "the", "this", "that", "every") and index + 1 < len(tokens):
        return tokens[index + 1].lower not in _NO_DOER_AFTER_ARTICLE
    return True
