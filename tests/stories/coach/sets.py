"""The written stories of this folder, what a reader expects of the coach, and what it found.

How the stories were labelled, before any rule was tuned:

- `we`: each "we" in the action that does the deed, unless it is one among enough "I"; a "we" inside
  what the teller proposed, asked or said is none.
- `passive`: in the action, what was done in the past without its doer. Not: a state, what came
  before the story ("had been"), what is possible, "I was asked", "nothing was lost".
- `jargon`: an acronym or a name of the house that an interviewer elsewhere cannot know, and that
  the story does not explain. Well-known products are none.
- `habit`: what the teller always does, in place of what was done.
- `no-number`: no measure of the outcome; a date, a version or the number of people one talked to is
  none. When the measure stands in the action alone, that is `buried-outcome` instead.
- `buried-outcome`: a listener waits for more than half of a long result before the first measure.
- `no-trade-off`, `no-lesson`: read as a listener would, whatever words are used.
- lengths: counted by hand against the shares.

`development` was looked at while the rules were written; `heldout` was written and labelled before
it was first measured, and no rule was changed for it. `development/another_hand.md` comes from a
second writer, `development/fresh_eyes.md` from a third.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from stories.coach import Finding, Story, coach

HERE = Path(__file__).parent
PARTS = ("situation", "task", "action", "result", "signal")


@dataclass(frozen=True)
class Label:
    kind: str
    part: str
    quote: str = ""  # empty: the part as a whole

    def names(self, kind: str, part: str, quote: str) -> bool:
        if (kind, part) != (self.kind, self.part):
            return False
        mine, found = self.quote.casefold(), quote.casefold()
        return not mine or (bool(found) and (mine in found or found in mine))


@dataclass(frozen=True)
class Written:
    story: Story
    labels: tuple[Label, ...]


@cache
def read(name: str) -> tuple[Written, ...]:
    """All stories of a set: `development` or `heldout`."""
    stories = []
    for path in sorted((HERE / name).glob("*.md")):
        text = "\n" + path.read_text(encoding="utf-8")
        stories += [one(section) for section in text.split("\n# ")[1:]]
    return tuple(stories)


def one(section: str) -> Written:
    head, *rest = section.split("\n## ")
    title, *options = head.strip().splitlines()
    given = dict(line.split(": ") for line in options if line)
    texts = {}
    for part in rest:
        name, _, body = part.partition("\n")
        texts[name.lower()] = body.strip()
    expected = texts.pop("expected")
    story = Story(
        title=title,
        theme=given.get("theme", ""),
        target=int(given["target"]) if "target" in given else None,
        **{part: texts[part] for part in PARTS},
    )
    labels = tuple(label for line in expected.splitlines() for label in read_labels(line, texts))
    return Written(story, labels)


def read_labels(line: str, texts: dict[str, str]) -> list[Label]:
    head, _, quotes = line.removeprefix("- ").partition(": ")
    kind, part = head.split(" ")
    labels = [Label(kind, part, quote) for quote in quotes.split(" | ")]
    for label in labels:
        assert label.quote in texts.get(part, ""), f"{label.quote!r} is not in the {part}"
    return labels


@dataclass
class Measure:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({counts})"


def places(finding: Finding) -> list[tuple[str, str, str]]:
    """One line for each place a finding points at."""
    quotes = finding.quotes or ("",)
    return [(finding.kind, finding.part, quote) for quote in quotes]


@cache
def measure(name: str) -> dict[str, Measure]:
    """What the coach finds in a set against the labels, by kind and under `all`."""
    result: dict[str, Measure] = {"all": Measure()}

    def note(kind: str, what: str, error: str = "") -> None:
        for key in ("all", kind):
            into = result.setdefault(key, Measure())
            setattr(into, what, getattr(into, what) + 1)
            into.errors += [error] if error else []

    for written in read(name):
        open_labels = list(written.labels)
        for finding in coach(written.story).findings:
            for place in places(finding):
                label = next((label for label in open_labels if label.names(*place)), None)
                if label:
                    open_labels.remove(label)
                    note(place[0], "right")
                else:
                    note(place[0], "wrong", f"wrong  {written.story.title}: {place}")
        for label in open_labels:
            note(label.kind, "missed", f"missed {written.story.title}: {label}")
    return result
