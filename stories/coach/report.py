"""The coach itself: a story in, its timing and its findings out."""

from collections.abc import Iterator
from dataclasses import dataclass

from stories.coach.advice import ADVICE, ANY_NUMBER, NUMBERS_OF_A_THEME
from stories.coach.findings import Finding, Kind, Span, quotes
from stories.coach.habits import habits
from stories.coach.hedges import hedges
from stories.coach.jargon import unexplained
from stories.coach.lessons import names_lesson
from stories.coach.numbers import buried_in_action, measures, vague_words
from stories.coach.passive import passives
from stories.coach.pronouns import we
from stories.coach.story import PARTS, SPOKEN, Story
from stories.coach.text import Text
from stories.coach.timing import Timing, timing
from stories.coach.trade_offs import decision, names_trade_off

MANY = 20  # findings of one kind: nobody reads on, and a page stays a page
LONG_RESULT = 40  # words: in a shorter one nothing is buried
SIGNAL_WORDS = 4  # fewer name a virtue and show nothing
WHOLE = "story"  # the part of a finding about the story as a whole

_NAMES = {
    "situation": "situation",
    "task": "task",
    "action": "action",
    "result": "result",
}
_ASKS = {
    "situation": "Say in two sentences where you were and what was wrong.",
    "task": "Say in one sentence what was yours to do, and by when.",
    "action": "Write down what you did, one deed a sentence.",
    "result": "Say what came of it, the number first.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the coach has to say. An unwritten story has a timing and no findings."""

    timing: Timing
    findings: tuple[Finding, ...]


def coach(story: Story) -> Report:
    """Time a story and find what weakens it, in the order in which it is worth mending.

    Pure, and linear in the length of the text. Raises ValueError when `words_a_minute` is not
    positive.
    """
    texts = {part: Text(getattr(story, part)) for part in PARTS}
    timed = timing(story, texts)
    if not timed.words:
        return Report(timed, ())
    found = [
        *_lengths(timed),
        *_outcome(story, texts),
        *_voice(texts),
        *_substance(texts),
        *_jargon(texts),
    ]
    order = list(Kind)
    found.sort(key=lambda finding: order.index(finding.kind))
    return Report(timed, tuple(_few(found)))


def _few(found: list[Finding]) -> Iterator[Finding]:
    count: dict[Kind, int] = {}
    for finding in found:
        count[finding.kind] = count.get(finding.kind, 0) + 1
        if count[finding.kind] <= MANY:
            yield finding


def _finding(
    kind: Kind, part: str, message: str, text: Text | None = None, *spans: Span | None
) -> Finding:
    there = tuple(span for span in spans if span)
    words = quotes(text, there) if text else ()
    advice = ADVICE[kind]
    return Finding(
        kind, part, advice.name, message, advice.why, advice.weak, advice.strong, there, words
    )


def _lengths(timed: Timing) -> Iterator[Finding]:
    for part in timed.parts:
        if part.length == "empty":
            yield _finding(Kind.EMPTY, part.part, _ASKS[part.part])
    long = [part for part in timed.parts if part.length == "long"]
    for part in long:
        spare = part.words - timed.words * part.high // 100
        yield _finding(
            Kind.LONG,
            part.part,
            f"Cut about {spare} words from the {_NAMES[part.part]}: it takes {part.share}% of the "
            f"story, and {part.high}% is enough.",
        )
    # What is too long makes the rest look short: cutting mends both.
    for part in [] if long else timed.parts:
        if part.length == "short":
            yield _finding(
                Kind.SHORT,
                part.part,
                f"Say more in the {_NAMES[part.part]}: it takes {part.share}% of the story, and "
                f"{part.low}% is the target.",
            )
    if timed.over:
        limit = timed.target or 300
        words = timed.words - timed.words * limit // timed.seconds
        yield _finding(
            Kind.OVER_TIME,
            WHOLE,
            f"Cut about {words} words: told aloud this takes {clock(timed.seconds)}, "
            f"and the target is {clock(limit)}.",
        )


def clock(seconds: int) -> str:
    """ "0:45", "2:10": minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _outcome(story: Story, texts: dict[str, Text]) -> Iterator[Finding]:
    result, action = texts["result"], texts["action"]
    if not result.words:
        return
    found = measures(result)
    if found:
        words_before = sum(token.word for token in result.tokens[: found[0]])
        if result.words >= LONG_RESULT and words_before > result.words / 2:
            yield _finding(
                Kind.BURIED,
                "result",
                "Open the result with this number, and tell how it came about afterwards.",
                result,
                result.span(found[0], found[0]),
            )
        return
    buried = buried_in_action(action)
    if buried:
        message = "Move this outcome from the action to the beginning of the result."
        yield _finding(Kind.BURIED, "action", message, action, buried)
        return
    place = vague_words(result) or result.last_sentence()
    yield _finding(Kind.NO_NUMBER, "result", _ask_for_number(story), result, place)


def _ask_for_number(story: Story) -> str:
    for metric in story.metrics:
        if metric.before.strip() and metric.after.strip():
            name, unit = metric.name.strip() or "it", metric.unit.strip()
            change = f"{name} from {metric.before.strip()} to {metric.after.strip()} {unit}".strip()
            return f"Say in the result what your metric says: {change}."
    hint = NUMBERS_OF_A_THEME.get(story.theme)
    return f"Put a number into the result: {f'for example {hint}' if hint else ANY_NUMBER}."


def _voice(texts: dict[str, Text]) -> Iterator[Finding]:
    action = texts["action"]
    spans = we(action)
    if spans:
        count = len(spans)
        times = "once" if count == 1 else f"{count} times"
        message = f"Say which part was yours: the action says “we” {times} where “I” should act."
        yield _finding(Kind.WE, "action", message, action, *spans[:MANY])
    # In a result the subject is the outcome ("the switch was made in May"): the passive may stay.
    for span in passives(action):
        message = f"Say who did it: “{_short(action, span)}” hides the doer."
        yield _finding(Kind.PASSIVE, "action", message, action, span)
    for span in habits(action):
        message = f"Tell what you did this one time in place of “{_short(action, span)} …”."
        yield _finding(Kind.HABIT, "action", message, action, span)
    for part in ("action", "result"):
        for span in hedges(texts[part]):
            message = f"Leave out “{_short(texts[part], span)}”, or say what you know for certain."
            yield _finding(Kind.HEDGE, part, message, texts[part], span)


def _short(text: Text, span: Span) -> str:
    words = text.raw[slice(*span)]
    return words if len(words) <= 60 else words[:57] + "…"


def _substance(texts: dict[str, Text]) -> Iterator[Finding]:
    action, result, signal = texts["action"], texts["result"], texts["signal"]
    if action.words and not names_trade_off(action, result, signal):
        message = "Name what your choice cost, or what else you weighed and why you left it."
        yield _finding(Kind.NO_TRADE_OFF, "action", message, action, decision(action))
    if result.words and not names_lesson(action, result, signal):
        message = "End the result with one sentence on what you learned or do differently now."
        yield _finding(Kind.NO_LESSON, "result", message, result, result.last_sentence())
    if signal.words < SIGNAL_WORDS:
        if signal.words:
            message = "Say in a sentence how the story shows it; a virtue by itself shows nothing."
            span = signal.span(0, len(signal.tokens) - 1)
            yield _finding(Kind.NO_SIGNAL, "signal", message, signal, span)
        else:
            message = "Note in one sentence what in this story shows your level."
            yield _finding(Kind.NO_SIGNAL, "signal", message)


def _jargon(texts: dict[str, Text]) -> Iterator[Finding]:
    spoken = {part: texts[part] for part in SPOKEN}
    for part, span in unexplained(spoken):
        words = _short(spoken[part], span)
        message = f"Explain “{words}” in a few words, or use a word that everybody knows."
        yield _finding(Kind.JARGON, part, message, spoken[part], span)
