"""A card as a page shows it: the question, the answer beside the model, four buttons."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from drills import answering, browsing, words
from drills.cards import Card
from drills.queue import Left
from drills.scheduling import Memory, Rating
from drills.setting import Setting
from writing.autosave.differences import Piece, as_html, differences
from writing.markdown import plain

# With fewer words in common the marks would cover everything and show nothing.
ALIKE = 0.35
SAID = {
    Rating.AGAIN: "forgot it",
    Rating.HARD: "with effort",
    Rating.GOOD: "knew it",
    Rating.EASY: "at once",
}


@dataclass(frozen=True)
class Button:
    """One of the four: its rating, and when the card would come back."""

    rating: Rating
    interval: str

    @property
    def label(self) -> str:
        return self.rating.label

    @property
    def said(self) -> str:
        return SAID[self.rating]


@dataclass
class Showing:
    """`card` as it is shown to its owner at `now`. `key` names the answer that this page will
    give; `typed` is what was written before the reveal. No queries."""

    user: object
    card: Card
    setting: Setting
    left: Left
    now: datetime
    typed: str = ""
    revealed: bool = False
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    since: float | None = None
    undo: int | None = None
    leech: Card | None = None

    @property
    def shown(self) -> str:
        """When the card was first shown, in seconds since 1970."""
        return f"{self.since or self.now.timestamp():.3f}"

    @cached_property
    def buttons(self) -> list[Button]:
        later = answering.preview(self.user, self.card, self.setting, self.now)
        return [Button(rating, self._interval(memory)) for rating, memory in later.items()]

    def _interval(self, memory: Memory) -> str:
        limit = self.setting.limit(self.now)
        if limit and memory.due >= limit:
            return "interview"
        return words.interval(memory.due - self.now)

    @cached_property
    def chance(self) -> str:
        """How likely the card is remembered at the hour of the interview; "" without one, and
        for a new card."""
        return browsing.chance_of(self.card, self.setting.limit(self.now))

    # What the answer is held against: one's own sentence, else the model.

    @property
    def has_own(self) -> bool:
        return bool(self.card.answer.strip())

    @property
    def reference(self) -> str:
        if self.has_own or not self.card.entry:
            return plain(self.card.answer)
        return self.card.entry.answer_text

    @cached_property
    def _pieces(self) -> list[Piece]:
        return differences(self.typed.strip(), self.reference.strip())

    @cached_property
    def alike(self) -> bool:
        """Do the two texts share enough words for marks to be of use?"""
        same = sum(len(p.text.split()) for p in self._pieces if p.kind == "same")
        return same >= ALIKE * max(len(self.reference.split()), 1)

    @property
    def exact(self) -> bool:
        return all(piece.kind == "same" for piece in self._pieces)

    @property
    def typed_html(self) -> SafeString:
        """What was typed, with what the reference does not have."""
        if not self.alike:
            return as_html([Piece("same", self.typed.strip())])
        return as_html([piece for piece in self._pieces if piece.kind != "put"])

    @property
    def reference_html(self) -> SafeString:
        """The reference, with what was not typed."""
        if not self.alike:
            return as_html([Piece("same", self.reference)])
        return as_html([piece for piece in self._pieces if piece.kind != "cut"])
