"""The written paraphrases of this folder, and what came of matching them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenarios import documents
from scenarios.coverage import PreparedQuestion, matches

HERE = Path(__file__).parent
CONTENT = Path(documents.__file__).parent / "content"
NOTHING = "nothing"


@cache
def prepared(slug: str) -> tuple[PreparedQuestion, ...]:
    """The prepared questions of a content file, keyed by their text."""
    name = f"{slug}.md"
    outline = documents.read((CONTENT / name).read_text(encoding="utf-8"), name)[slug]
    return tuple(
        PreparedQuestion(q.text, q.text, q.category, tuple(q.aliases), q.answer)
        for q in outline.questions
    )


def slugs() -> list[str]:
    return sorted(path.stem for path in CONTENT.glob("*.md"))


def expected(slug: str, label: str) -> set[str]:
    """The keys that a label stands for: the opening words of a question, or of two."""
    if label == NOTHING:
        return set()
    keys = set()
    for opening in label.split(" + "):
        (key,) = [q.key for q in prepared(slug) if q.key.startswith(opening)]
        keys.add(key)
    return keys


@dataclass(frozen=True)
class Line:
    slug: str
    label: str
    asked: str


def read(name: str) -> Iterator[Line]:
    slug = label = ""
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            slug, label = line[2:], ""
        elif line.startswith("= "):
            label = line[2:]
        elif line.strip() and label:
            yield Line(slug, label, line.strip())


@dataclass
class Measure:
    paraphrases: int = 0
    off_topic: int = 0
    given: int = 0  # matches
    right: int = 0
    answered: int = 0  # off-topic questions that got an answer

    @property
    def precision(self) -> float:
        return self.right / self.given

    @property
    def recall(self) -> float:
        return self.right / self.paraphrases

    def __str__(self) -> str:
        return (
            f"{self.paraphrases} paraphrases, {self.off_topic} off-topic: "
            f"precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"{self.answered} off-topic answered"
        )


def measure(*names: str) -> Measure:
    total = Measure()
    for line in (line for name in names for line in read(name)):
        keys = expected(line.slug, line.label)
        found = {m.key for m in matches(line.asked, prepared(line.slug))}
        total.paraphrases += len(keys)
        total.off_topic += not keys
        total.given += len(found)
        total.right += len(found & keys)
        total.answered += bool(found) and not keys
    return total
