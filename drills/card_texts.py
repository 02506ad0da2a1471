"""A card as files carry it: plain values, the same for both formats, with their checks."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from drills.decks import Kind
from drills.own import LONGEST_GUID
from writing.documents import DocumentError
from writing.text import clean_text

MOST_CARDS = 2000
LONGEST_FRONT, LONGEST_TEXT, LONGEST_TAG, LONGEST_PROJECT = 300, 100_000, 60, 200
# The name of a shared entry's card: it is the same card on every installation.
OF_ENTRY = "entry:"
_NAMESPACE = uuid.UUID("0b8f7f58-6f0a-5b0e-8c1e-3d1f4a9e2c55")
_GUID = re.compile(r"[!-~]+\Z")


@dataclass
class CardText:
    """`guid` names the card for good; `project` is the title of a group of one's own, or ""."""

    guid: str
    front: str
    answer: str = ""
    note: str = ""
    kind: str = Kind.FACT
    project: str = ""
    tags: list[str] = field(default_factory=list)
    line: int = field(default=0, compare=False)

    @property
    def entry(self) -> str:
        """The key of the shared entry that it is a card of; "" for one of one's own."""
        return self.guid.removeprefix(OF_ENTRY) if self.guid.startswith(OF_ENTRY) else ""


def canonical(text: CardText) -> CardText:
    """The same card as any file would say it: one line each, tags in their form."""
    return CardText(
        text.guid,
        clean_text(text.front, one_line=True),
        body(text.answer),
        body(text.note),
        text.kind,
        clean_text(text.project, one_line=True),
        tags(text.tags),
        text.line,
    )


def body(text: str) -> str:
    """A text of several lines; one of nothing but space is none."""
    text = clean_text(text)
    return text if text.strip() else ""


def tags(found: Sequence[str]) -> list[str]:
    """Tags as the site keeps them: lower case, single spaces, no commas, each once."""
    words = [" ".join(clean_text(tag).replace(",", " ").split()).lower() for tag in found]
    return list(dict.fromkeys(word for word in words if word))


def named(front: str) -> str:
    """A name for a card that came without one: the same question is the same card."""
    return str(uuid.uuid5(_NAMESPACE, front))


def check(found: Sequence[CardText], name: str) -> None:
    """DocumentError for what cannot be kept."""

    def wrong(line: int, message: str) -> DocumentError:
        return DocumentError(name, line, message)

    if not found:
        raise wrong(1, "There is no card in this file.")
    if len(found) > MOST_CARDS:
        raise wrong(found[MOST_CARDS].line, f"A file holds at most {MOST_CARDS:,} cards.")
    seen: dict[str, int] = {}
    for text in found:
        if not text.front or len(text.front) > LONGEST_FRONT:
            raise wrong(text.line, f"A question has 1 to {LONGEST_FRONT} characters.")
        if len(text.guid) > LONGEST_GUID or not _GUID.match(text.guid):
            raise wrong(
                text.line, f"An id has 1 to {LONGEST_GUID} letters, digits and signs, no spaces."
            )
        if text.guid in seen:
            raise wrong(text.line, f"This card stands in line {seen[text.guid]} already.")
        if max(len(text.answer), len(text.note)) > LONGEST_TEXT:
            raise wrong(text.line, f"A text has at most {LONGEST_TEXT:,} characters.")
        if text.kind not in Kind.values:
            known = ", ".join(Kind.values)
            raise wrong(text.line, f"“{text.kind[:40]}” is not a kind: choose one of {known}.")
        if len(text.project) > LONGEST_PROJECT:
            raise wrong(text.line, f"A project’s name has at most {LONGEST_PROJECT} characters.")
        if any(len(tag) > LONGEST_TAG for tag in text.tags):
            raise wrong(text.line, f"A tag has at most {LONGEST_TAG} characters.")
        seen[text.guid] = text.line
