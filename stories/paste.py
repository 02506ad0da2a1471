"""A story as people keep it in a document, split into its parts. Pure.

Parts are found by their labels, however they are set: "## Situation", "**Situation:** …", "S: …",
"What I did". Where no label stands, the paragraphs are dealt out in order, which is a guess and
said to be one: a page shows the parts for correction before anything is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stories.coach.lessons import names_lesson
from stories.coach.text import Text

MAX_STORIES = 40

# The words that open a part, beside its own name.
_WORDS = {
    "situation": ("situation", "context", "background", "the situation", "setting"),
    "task": ("task", "tasks", "challenge", "the challenge", "goal", "my task", "my role",
             "responsibility", "the task"),
    "action": ("action", "actions", "what i did", "approach", "my actions", "the action",
               "what we did", "solution"),
    "result": ("result", "results", "outcome", "outcomes", "impact", "the result"),
    "signal": ("level signal", "signal", "ic5 signal", "ic6 signal", "ic7 signal",
               "leadership signal"),
    # No part of its own: it is told, as the end of the result (stories/coach/lessons.py).
    "lesson": ("lesson", "lessons", "lessons learned", "lesson learned", "learning", "learnings",
               "what i learned", "what i learnt", "reflection"),
    "metrics": ("metrics", "key metrics", "numbers", "measures", "key numbers"),
}  # fmt: skip
_LETTERS = {"s": "situation", "t": "task", "a": "action", "r": "result", "l": "lesson"}
_PART = {word: part for part, words in _WORDS.items() for word in words}
_LABELS = "|".join(sorted(map(re.escape, _PART), key=len, reverse=True))

# "## Situation", "**Situation:** text", "- Situation: text", "Situation - text", "SITUATION"
_LABEL = re.compile(
    rf"\s{{0,3}}(?:[-*+]\s+)?(?:\#{{1,6}}\s*)?(?:\d+[.)]\s*)?[*_]{{0,3}}\(?"
    rf"(?:(?P<word>{_LABELS})|(?P<letter>[starl]))"
    rf"(?:\s*\([^)]{{0,60}}\))?\)?"
    rf"(?P<end>[*_]{{0,3}}\s*(?::|[-–—](?=\s))\s*[*_]{{0,3}}|[*_]{{1,3}}\s+|[*_]{{0,3}}\s*\#*\s*$"
    rf"|(?<=\))\s+)"
    rf"(?P<rest>.*)$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_BOLD = re.compile(r"\s*(?:\*\*|__)(?P<text>[^*_]+?)(?:\*\*|__)\s*:?\s*$")
_TITLE = re.compile(
    r"[*_]{0,2}(?:title|story(?:\s+\d+)?)\s*[:–—-]\s*[*_]{0,2}\s*(?P<text>\S.*)$", re.I
)
_BLOCK = re.compile(r"\s{0,3}(?:[-*+>#|`~]|\d+[.)])")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_METRIC = re.compile(
    r"(?P<name>.+?)\s*(?::|,)?\s+(?:from\s+)?(?P<before>[^\s→>]+)\s*"
    r"(?:→|-+>|=>|\bto\b)\s*(?P<after>\S+)(?:\s+(?P<unit>.{1,40}))?$"
)


@dataclass
class Pasted:
    """The parts of one story. `guessed` when no label told them apart."""

    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    signal: str = ""
    metrics: str = ""
    guessed: bool = False


@dataclass
class _Draft:
    """A story while it is read: the lines of its parts; "" holds what no label claims."""

    title: str = ""
    parts: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    at: str = ""

    def open(self, part: str) -> None:
        lines = self.parts.setdefault(part, [])
        if lines:
            lines.append("")
        self.at = part

    def add(self, line: str) -> None:
        self.parts[self.at].append(line)


def split(text: str) -> list[Pasted]:
    """The stories in a text, one or more, in their order; none for an empty one.

    A new story begins at a heading behind which all begins again, or where a second situation
    does. No word of the text is left out but labels, titles and rules between stories.
    """
    drafts = [_Draft()]
    lines = text.expandtabs(4).split("\n")
    letters = _uses_letters(lines)
    for line, label, rest in _labelled(_without_front_matter(lines), letters):
        draft = drafts[-1]
        if label:
            if label == "situation" and "situation" in draft.parts and len(drafts) < MAX_STORIES:
                title, above = _last_title(draft)
                drafts.append(draft := _Draft(title, {"": above}))
            draft.open(label)
            if rest:
                draft.add(rest)
        else:
            draft.add(line)
    found = [_pasted(draft) for draft in drafts]
    return [each for each in found if any((each.title, *_texts(each)))]


def metric_lines(text: str) -> list[dict[str, str]]:
    """The columns of a metric for each line: "Release time: 6 → 0.3 hours" becomes four of them;
    a line without an arrow is a name."""
    rows = []
    for line in text.split("\n"):
        line = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", line).strip()
        if not line:
            continue
        found = _METRIC.match(line)
        row = found.groupdict("") if found else {"name": line}
        if any(len(value) > _LIMITS[name] for name, value in row.items()):
            row = {"name": line[:120], "measured": line[120:420]}
        rows.append(row)
    return rows


_LIMITS = {"name": 120, "before": 60, "after": 60, "unit": 40}


def _texts(story: Pasted) -> tuple[str, ...]:
    return (story.situation, story.task, story.action, story.result, story.signal, story.metrics)


def _labelled(lines: list[str], letters: bool) -> Iterator[tuple[str, str, str]]:
    """(line, part, rest) of each line; the part is "" where the line is no label."""
    fence = ""
    for line in lines:
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        match = None if fence else _LABEL.match(line)
        if match and match["letter"] and not letters:
            match = None
        if match and match["word"] and not match["end"].strip() and match["rest"]:
            match = None  # a sentence that happens to begin with the word
        if match:
            part = _PART.get((match["word"] or "").lower()) or _LETTERS[match["letter"].lower()]
            yield line, part, match["rest"].strip()
        else:
            yield line, "", ""


def _uses_letters(lines: list[str]) -> bool:
    """Single letters are labels only where at least three of S, T, A and R are."""
    found = {m["letter"].lower() for line in lines if (m := _LABEL.match(line)) and m["letter"]}
    return len(found & set("star")) >= 3


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:60], 1):
            if line.strip() == "---":
                return lines[number + 1 :]
    return lines


def _is_title(line: str) -> str:
    """The title that a line is by its form; "" when it is none."""
    if found := _HEADING.match(line) or _BOLD.match(line):
        text = found["text"].strip().strip("*_").strip()
        named = _TITLE.match(text)
        return named["text"].strip().strip("*_").strip() if named else text
    found = _TITLE.match(line.strip())
    return found["text"].strip().strip("*_").strip() if found else ""


def _last_title(draft: _Draft) -> tuple[str, list[str]]:
    """Take the heading at the end of a story, with what is below: both are the next one's."""
    lines = draft.parts[draft.at]
    last = next((n for n in range(len(lines) - 1, -1, -1) if _is_title(lines[n])), None)
    if last is None:
        return "", []
    title, below = _is_title(lines[last]), lines[last + 1 :]
    del lines[last:]
    return title[:200], below


def _pasted(draft: _Draft) -> Pasted:
    loose = draft.parts.pop("")
    title, labelled = draft.title, bool(draft.parts)
    lesson = _tidy(draft.parts.pop("lesson", []))
    if not title:
        title, loose = _opening(loose, labelled)
    texts = {part: _tidy(lines) for part, lines in draft.parts.items()}
    rest = _tidy(loose)
    guessed = bool(rest) and not labelled
    if guessed:
        texts = _dealt(rest)
    elif rest:
        texts["situation"] = "\n\n".join(filter(None, [rest, texts.get("situation", "")]))
    if lesson:
        texts["result"] = "\n\n".join(filter(None, [texts.get("result", ""), _as_told(lesson)]))
    return Pasted(title=title, guessed=guessed, **texts)


def _as_told(lesson: str) -> str:
    """A lesson as the end of a result; where its own words do not say that it is one, its label
    does, which is gone with the headings."""
    if names_lesson(Text(""), Text(lesson), Text("")):
        return lesson
    gap = "\n\n" if _BLOCK.match(lesson) else " "
    return f"What I learned:{gap}{lesson}"


def _opening(lines: list[str], labelled: bool) -> tuple[str, list[str]]:
    """(title, the other lines): a heading, or a short first line with nothing around it."""
    at = next((n for n, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return "", lines
    # "# My stories" above "## The migration": the title is the last heading before the text.
    found = ""
    while at < len(lines) and (not lines[at].strip() or _is_title(lines[at])):
        found = _is_title(lines[at]) or found
        at += 1
    if found:
        return found[:200], lines[at:]
    line = lines[at].strip()
    alone = labelled or (at + 1 < len(lines) and not lines[at + 1].strip())
    if alone and len(line) <= 100 and not line.endswith((".", ",", ";")) and line[0].isalnum():
        return line, lines[at + 1 :]
    return "", lines[at:]


def _dealt(text: str) -> dict[str, str]:
    """The paragraphs of a text without labels: the first, the second, the middle, the last."""
    blocks = re.split(r"\n{2,}", text)
    match len(blocks):
        case 1:
            return {"situation": text}
        case 2:
            return {"situation": blocks[0], "action": blocks[1]}
        case 3:
            return dict(zip(("situation", "action", "result"), blocks, strict=True))
    first, second, *middle, last = blocks
    return {"situation": first, "task": second, "action": "\n\n".join(middle), "result": last}


def _tidy(lines: list[str]) -> str:
    """Lines as a text: without blank ends, without a rule at an end, without doubled gaps."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    text = re.sub(r"(?:\A|\n)\s*(?:-{3,}|\*{3,}|_{3,})\s*\Z", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
