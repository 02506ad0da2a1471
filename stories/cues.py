"""Cue words of a story's part: enough to go on, never enough to read out. Pure.

A part gives the first words of its first sentence, and from every sentence after that what one
needs to say it: its numbers, its names, what one did, or else how it begins.
"""

import re
from dataclasses import dataclass

MOST = 6  # cues beside the opening
OPENING = 5  # words
BEGINNING = 4  # words of a sentence without a number or a name
LONGEST = 12_000  # characters: a quarter of an hour aloud
SHARE = 0.6  # of the words of a part that its cues may hold

_FENCE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.M | re.S)
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()]*\)")
_MARKER = re.compile(r"^\s{0,12}(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+|>\s?)+(?:\[[ xX]\]\s+)?")
_MARKS = re.compile(r"[*_`~|\\]+")
# A full stop inside a number or an address ends nothing.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
# Nor does a mark inside one: 02:10, 41,000.
_CLAUSE_END = re.compile(r"[,;:](?!\d)|\(|\s[-–—]\s")

_SPELLED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|twice"
)
_NUMBER = (
    r"(?<!\w)(?:[$€£]\s?)?\d(?:[\d.,:/]*\d)?(?:\s?%|[a-zA-Z]{1,3}\b)?"
    rf"|\b(?i:{_SPELLED})\b|\b[Oo]ne(?=\s(?:second|minute|hour|day|week|month|quarter|year)\b)"
)
# A number takes the word it counts with it, or the word that it numbers: "week three".
_FIGURE = re.compile(rf"(?:{_NUMBER})(?:\s(?!(?:{_SPELLED})\b)[a-z]{{2,}})?")
_NUMBERED = re.compile(r"\b[a-z]{3,}\s$")
_BARE = re.compile(rf"(?i:{_SPELLED})")
_NAME = re.compile(r"\b(?:[A-Z][\w&/.-]*\w)(?:\s[A-Z][\w&/.-]*\w)*")
# "…, and I chose blue-green": what one did, where it does not begin the sentence.
_DEED = re.compile(r"(?<=\sI\s)[^\s,;:.]+\s(?:(?:a|an|the|my|our|its|their)\s)?[^\s,;:.]+")
_SHAPED = re.compile(r"[A-Z].*[A-Z0-9]|\d")  # AWS, DynamoDB, S3: a name wherever it stands
_IDLE = {
    "a", "after", "all", "an", "and", "are", "as", "at", "because", "been", "before", "but", "by",
    "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its",
    "more", "not", "of", "on", "or", "our", "out", "over", "per", "she", "so", "than", "that",
    "the", "their", "then", "there", "they", "this", "to", "until", "was", "we", "were", "when",
    "where", "which", "while", "who", "with", "without",
}  # fmt: skip


@dataclass(frozen=True)
class Cues:
    """`opening`: the first words of the part. `words`: what follows, in the order of telling.
    Both are empty where there is too little text to hide any of it."""

    opening: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cue:
    text: str
    sentence: int
    at: int
    rank: int  # 0 the first of its sentence, 1 the second, …


def cues(markdown: str, most: int = MOST) -> Cues:
    """The cues of one part, at most `most` beside its opening and SHARE of its words in all."""
    sentences = _sentences(markdown[:LONGEST])
    allowed = int(SHARE * sum(len(sentence.split()) for sentence in sentences))
    if not allowed:
        return Cues()
    opening = _opening(sentences[0], min(OPENING, (allowed + 1) // 2))
    found = _found(sentences, opening)
    chosen: list[_Cue] = []
    left = allowed - len(opening.split())
    for cue in sorted(found, key=lambda cue: (cue.rank, cue.sentence)):
        if len(chosen) == most:
            break
        if len(cue.text.split()) <= left:
            chosen.append(cue)
            left -= len(cue.text.split())
    chosen.sort(key=lambda cue: (cue.sentence, cue.at))
    return Cues(opening, tuple(cue.text for cue in chosen))


def _sentences(markdown: str) -> list[str]:
    """The sentences and list items, without their markup and code."""
    text = _LINK.sub(r"\1", _FENCE.sub("", markdown))
    paragraphs: list[str] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        bare = _MARKS.sub("", _MARKER.sub("", line)).strip()
        if lines and (not bare or _MARKER.match(line)):
            paragraphs.append(" ".join(lines))
            lines = []
        if bare:
            lines.append(bare)
    if lines:
        paragraphs.append(" ".join(lines))
    found = (part.strip() for whole in paragraphs for part in _SENTENCE_END.split(whole))
    return [" ".join(sentence.split()) for sentence in found if any(map(str.isalnum, sentence))]


def _opening(sentence: str, most: int) -> str:
    clause = _CLAUSE_END.split(sentence, maxsplit=1)[0].split()
    words = clause if 2 <= len(clause) <= most else sentence.split()
    return " ".join(words[:most]).rstrip(".,;:")


def _found(sentences: list[str], opening: str) -> list[_Cue]:
    """Every cue there is, each text once."""
    seen = {opening.lower()}
    cues: list[_Cue] = []
    for number, sentence in enumerate(sentences):
        start = len(opening) if number == 0 else 0
        rank = 0
        for at, text in _telling(sentence, start):
            if text.lower() not in seen:
                seen.add(text.lower())
                cues.append(_Cue(text, number, at, rank))
                rank += 1
        beginning = " ".join(sentence.split()[:BEGINNING]).rstrip(".,;:")
        free = all(cue.at >= len(beginning) for cue in cues if cue.sentence == number)
        if number and free and beginning.lower() not in seen:
            seen.add(beginning.lower())
            cues.append(_Cue(beginning, number, 0, min(rank, 1)))
    return cues


def _telling(sentence: str, start: int) -> list[tuple[int, str]]:
    """(position, words) of the numbers, names and deeds from `start` on."""
    found: list[tuple[int, str]] = []
    for match in _FIGURE.finditer(sentence, start):
        words = match.group().rstrip(".,:/").split(" ")
        if len(words) > 1 and words[-1] in _IDLE:
            words.pop()
        figure, at = " ".join(words), match.start()
        if _BARE.fullmatch(figure):
            before = _NUMBERED.search(sentence, start, at)
            if not before or before.group().strip() in _IDLE:
                continue  # "four of them": nothing to go on
            figure, at = before.group() + figure, before.start()
        found.append((at, figure))
    for match in _NAME.finditer(sentence, start):
        name = match.group().rstrip(".")
        # The first word of a sentence is capital whatever it is.
        if match.start() == 0 and not _SHAPED.search(name):
            continue
        if name != "I" and _free(found, match):
            found.append((match.start(), name))
    found += [
        (match.start(), match.group())
        for match in _DEED.finditer(sentence, start)
        if _free(found, match)
    ]
    return sorted(found)


def _free(found: list[tuple[int, str]], match: re.Match) -> bool:
    """Does `match` overlap nothing of what was found?"""
    return not any(at < match.end() and match.start() < at + len(text) for at, text in found)
