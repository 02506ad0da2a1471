"""Whether a story names a trade-off: what was given up, or what else was weighed.

Some turns of phrase say so by themselves ("at the cost of", "could have"). Otherwise a sentence
must hold a contrast and a cost ("slower, but"), or a choice with its reason and a comparison.
This is the least certain of the coach's findings: see tests/stories/coach/test_measure.py.
"""

import re

from stories.coach.findings import Span
from stories.coach.text import Text


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")(?!\w)")


_CHOICE = (
    r"(?:chose|choose|chosen|picked|took|opted|went with|preferred|kept|decided|favou?red|vetoed"
    r"|declined|refused|recommended)"
)
_BY_ITSELF = _any(
    r"trade ?-?offs?",
    r"trad(?:ed|ing) \w{1,30}(?: \w{1,30}){0,3} (?:for|against|off)",
    r"at the (?:cost|expense|price|risk) of",
    r"the (?:price|cost|risk|downside) (?:was|is|of)",
    r"in (?:exchange|return)",
    r"g(?:a|i)v(?:e|es|en|ing) (?:it |that |this )?up",
    r"sacrific(?:e|ed|es|ing)",
    r"accept(?:ed|ing)? (?:that|the|this|it|some|more|less|slower|higher|lower|losing|having|a)",
    r"(?:down-?side|drawback|disadvantage|compromise)s?",
    r"pros and cons",
    r"weigh(?:ed|ing)",
    r"alternatives?",
    r"(?<!was )(?<!were )(?<!is )considered",
    r"(?:ruled|priced) (?:\w{1,30} ){0,2}out",
    r"rejected (?:it|the|a|that)",
    r"(?:decided|decide|argued) against",
    r"(?<!was )(?<!were )(?<!been )turned (?:(?:it|that|this) down|down (?:the|a|an|that|my))",
    r"left (?:\w{1,30} ){1,6}for later|postponed",
    r"(?:chose|decided|preferred|agreed|declined) not to",
    r"declined to",
    r"(?:would|could|might|'d)(?: \w{1,30})?(?: have|'ve)(?! been (?:impossible|better|nice))",
    r"(?:it|this|that|which|choice|ceiling|limit) mean(?:s|t)"
    r"(?! (?:different|the same|nothing|something|well))",
    r"paid for (?:it|that|this)",
    r"paid (?:twice|with|a price)",
    r"pay(?:ing)? (?:twice|with|a price)",
    r"(?:it|that|this|which)(?: did)? cost (?:us|me|them)",
    r"cost(?:s|ing)? (?:us|me) ",
    r"(?:a|one|two) (?:day|week|minute|second|month)s? (?:longer|slower)",
    r"(?:it|that|this|which) (?:slowed|delayed|pushed|set) (?:\w{1,30} ){1,4}(?:back )?by",
    r"los(?:es?|t|ing) the (?:ability|option|chance)",
    r"in favou?r of",
    r"knowing (?:that|it|full)",
    r"knowingly",
    r"on purpose",
    r"bargain(?:ed)?",
    r"which [^.,]{0,40}(?:complained|disliked|hated|found)",
    r"tension between",
    r"(?:two|three|four|several) (?:\w{1,30} )?"
    r"(?:options|ways|paths|approaches|designs|repairs|routes)",
)
# A result compares with the time before; what follows weighs something in an action only.
_IN_ACTION = _any(
    r"better (?:\w{1,30} ){0,3}than",
    r"(?:more|less|fewer) (?:\w{1,30} ){0,4}than",
    r"(?:even )?though|although",
    r"instead of",
    r"in place of",
    _CHOICE + r"\b[^.]{0,140}\b(?:over|rather than|and not|than)",
)

_CONTRAST = _any(r"but|even if|whereas|while|yet|however|instead|rather than|despite|nevertheless")
_COST = _any(
    r"slow(?:er|est|s|ed)?|longer|expensive|dear(?:er)?|costs?|prices?|lose|loses|losing|waits?|doubled",
    r"risks?|risky|worse|less|fewer|stale|poor(?:er)?|ugly|unfair|extra|harder|tie[sd]",
    r"complex(?:ity)?|complicated|lock-?in|better|cheap(?:er|est)?|fast(?:er|est)?|safe(?:r|st)?",
    r"simpl(?:e|er|est)|easier|cleaner|quick(?:er|est)?|no longer|couldn't|wouldn't|can't",
    r"(?:can|could|would) not",
)
_CHOSE = _any(_CHOICE)
_REASON = _any(r"since|because|as it|so that|so")

_DECISION = re.compile(
    r"\bI (?:then |also )?(?:chose|decided|picked|selected|opted|went with|proposed|replaced|moved|"
    r"used|built|introduced|designed|wrote|made|set up)\b",
    re.I,
)


def names_trade_off(action: Text, result: Text, signal: Text) -> bool:
    """Whether the story says what a choice cost, or what else was weighed."""
    if any(_BY_ITSELF.search(text.lower) for text in (action, result, signal)):
        return True
    return bool(_IN_ACTION.search(action.lower)) or any(
        _weighs(sentence) for text in (action, signal) for sentence in text.sentences
    )


def _weighs(sentence: str) -> bool:
    if not _COST.search(sentence):
        return False
    if _CONTRAST.search(sentence):
        return True
    return bool(_CHOSE.search(sentence) and _REASON.search(sentence))


def decision(text: Text) -> Span | None:
    """Where the action decides something: the place for a trade-off."""
    match = _DECISION.search(text.plain)
    return match.span() if match else None
