"""Whether a story says what was learned.

Two signs. Turns of phrase ("in hindsight", "taught me") count wherever they stand. And a result
tells of the past: where its "I" changes to the present or to "would", the teller reflects ("I test
on the oldest hardware first", "I'd begin with the database", "had I asked sooner").
"""

import re

from stories.coach.lists import words
from stories.coach.participles import IRREGULAR
from stories.coach.text import Text

_PHRASES = re.compile(
    r"""\b(?:
      i(?:\ have|'ve)?(?:\ \w+)?\ learn(?:ed|t)
    | (?<!machine\ )learn(?:ed|t|ing)?\ (?:to|that|how|from)
    | lessons? | take-?aways? | in\ hindsight | with\ hindsight | looking\ back | in\ retrospect
    | i\ (?:found\ out|discovered|understood|realis?ed|realiz?ed|noticed|came\ to)\b
    | next\ time | should(?:\ have|'ve)
    | (?:taught|showed?n?|told|reminded|convinced|made|for)\ me
    | (?<!report\ )(?<!reports\ )(?<!reported\ )(?<!reporting\ )to\ me
    | (?:stayed|stuck)\ with\ me | what\ i\ (?:took|take|keep)
    | ever\ since | since\ then | from\ then\ on | (?:from|since)\ that\ day
    | these\ days | nowadays | i(?:'m|\ am)\b[^.]{0,60}\ (?:today|now)
    | \w+ing\b[^.]{0,60}\ beats\ \w+ing
    | my\ (?:own\ )?mistake | changed\ (?:how|the\ way)\ i | (?:if|were|had)\ i
    )(?!\w)""",
    re.X,
)
# The same words outside of a result may be part of the deed: only the plainest count there.
_PLAINEST = re.compile(
    r"\b(?:i (?:have )?learn(?:ed|t)|lesson|in hindsight|taught me|should(?: have|'ve)"
    r"|next time)(?!\w)"
)
_REFLECTS = words("i'd would should will i'll could")
_ADVERBS = words("now always also still never only rather really first therefore today since")
# Past forms beside the participles, and what is an opinion and no lesson.
_PAST_OR_OPINION = words(
    """
    was had did got went came gave took began knew saw wrote drew drove broke chose spoke grew flew
    threw forgot became ran swam sang rose woke wore tore bore fell ate hid froze stole shook
    could might am am'nt think guess suppose believe hope feel mean say find remember don't didn't
    couldn't wasn't hadn't wouldn't i'm and or to who
    """
)


def names_lesson(action: Text, result: Text, signal: Text) -> bool:
    """Whether the story says what was learned or is done otherwise since."""
    return bool(
        _PHRASES.search(result.lower)
        or _PLAINEST.search(action.lower)
        or _PHRASES.search(signal.lower)
        or _reflects(result)
    )


def _reflects(result: Text) -> bool:
    tokens = result.tokens
    for index, token in enumerate(tokens):
        if token.quoted:
            continue
        if token.lower in ("i'd", "i'll"):
            return True
        if token.lower != "i":
            continue
        ahead = index + 1
        while ahead < len(tokens) and tokens[ahead].lower in _ADVERBS:
            ahead += 1
        if ahead < len(tokens) and tokens[ahead].word and _now(tokens[ahead].lower):
            return True
    return False


def _now(verb: str) -> bool:
    """Whether the word after "I" is "would" or a verb in the present."""
    if verb in _REFLECTS:
        return True
    return (
        verb not in _PAST_OR_OPINION and verb not in IRREGULAR and not verb.endswith(("ed", "'d"))
    )
