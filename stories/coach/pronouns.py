""" "We" in the action: the listener hires one person and wants to know what that person did.

A "we" counts when it opens a clause of its own ("we moved", "then we decided"). It does not count
where the teller is already there: "I proposed that we …", "what I knew about the tool we used", and
not in quoted speech. One "we" is forgiven beside two "I", two beside eight, and one more for each
further four: some things were done together, and saying so is honest.
"""

from stories.coach.findings import Span
from stories.coach.lists import words
from stories.coach.text import Text

WE = frozenset({"we", "we'd", "we've", "we'll", "we're"})
I = frozenset({"i", "i'd", "i've", "i'll", "i'm"})  # noqa: E741
_OPENERS = words(
    """
    and but so then or yet also finally next first second later afterwards instead together
    eventually meanwhile therefore thus because although though since while when whenever once
    until after before as if where there here again now soon still
    """
)
_PURPOSE = words("would could can should might")
_STATES = words("have are know need can can't want lose do don't")
_LINKS = words("that what how why whether which who things until where if")


def we(text: Text) -> tuple[Span, ...]:
    """Where the action says "we" and should say "I"; nothing while it is little enough."""
    told = 0  # "I" in the whole text
    spans: list[Span] = []
    own = -1  # the last sentence that has an "I" so far
    for index, token in enumerate(text.tokens):
        if token.quoted:
            continue
        if token.lower in I:
            told += 1
            own = token.sentence
        elif token.lower in WE and _counts(text, index, own == token.sentence):
            spans.append((token.start, token.end))
    return tuple(spans) if len(spans) > _forgiven(told) else ()


def _forgiven(told: int) -> int:
    return max(1, told // 4) if told >= 2 else 0


def _counts(text: Text, index: int, after_i: bool) -> bool:
    before = text.tokens[index - 1] if index else None
    ahead = index + 1
    while ahead < len(text.tokens) and text.tokens[ahead].lower in ("now", "still", "also", "all"):
        ahead += 1
    after = text.tokens[ahead].lower if ahead < len(text.tokens) else ""
    if before and before.lower in ("so", "that") and after in _PURPOSE:
        return False  # "a reporter, so we would know of new ones"
    if after in _STATES:
        return False  # "we have nine hundred": how things are
    if before is None or not after_i:
        return True
    if before.lower in _LINKS:
        return False
    return not before.word or before.lower in _OPENERS
