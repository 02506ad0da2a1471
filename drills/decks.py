"""Decks and their entries: what everybody can learn, from drills/content or the admin."""

from dataclasses import dataclass, field, fields
from typing import Self
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from writing.content import SharedContent, SharedQuerySet
from writing.fields import RenderedField
from writing.markdown import plain


class Kind(models.TextChoices):
    """What a card practises; the value is what a file writes."""

    JUSTIFICATION = "justifications", "Justification"
    QUESTION = "questions", "Question"
    PHRASE = "phrases", "Phrase"
    COMPARISON = "comparisons", "Comparison"
    FACT = "facts", "Fact"


@dataclass
class DeckOutline:
    """A deck as its file says it."""

    title: str
    kind: str
    order: int
    summary: str
    intro: str


@dataclass
class EntryOutline:
    """An entry as its section says it; `deck` is the deck's key, `order` its line in the file."""

    deck: str
    title: str
    front: str
    answer: str
    note: str = ""
    order: int = 0
    tags: list[str] = field(default_factory=list)
    blank: str = ""
    fillings: list[str] = field(default_factory=list)


class DeckQuerySet(SharedQuerySet):
    def with_counts(self, user) -> Self:
        """Each with `size` (its entries), `taken` (those of them that are cards of `user`'s)."""
        from drills.cards import Card

        live = Q(entries__published=True, entries__retired_at=None)
        taken = (
            Card.objects.for_user(user)
            .standing()
            .filter(entry__deck=OuterRef("pk"), entry__published=True, entry__retired_at=None)
            .order_by()
            .values("entry__deck")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(size=Count("entries", filter=live), taken=Coalesce(Subquery(taken), 0))


class Deck(SharedContent):
    """Entries that belong together."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(default=500)
    summary = models.CharField(max_length=300, blank=True)
    intro = models.TextField(blank=True)
    intro_html = RenderedField("intro")

    objects = DeckQuerySet.as_manager()

    # What `with_counts` adds.
    size = 0
    taken = 0

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def missing(self) -> int:
        """Entries that are no cards of the reader's yet."""
        return self.size - self.taken

    def fill(self, outline: DeckOutline) -> None:
        for each in fields(outline):
            setattr(self, each.name, getattr(outline, each.name))
        self.save()


class EntryQuerySet(SharedQuerySet):
    def published(self) -> Self:
        return super().published().filter(deck__published=True, deck__retired_at=None)


class Entry(SharedContent):
    """A question with its model answer. `note` is shown below the model: why, figures, limits.

    A front may hold one blank, "[use case]"; `fillings` are what may stand in its place.
    """

    deck = models.ForeignKey(Deck, on_delete=models.PROTECT, related_name="entries", db_index=False)
    order = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    front = models.CharField(max_length=300)
    answer = models.TextField("model answer")
    answer_html = RenderedField("answer")
    note = models.TextField(blank=True)
    note_html = RenderedField("note", top=3)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    blank = models.CharField(max_length=60, blank=True, help_text="Without the brackets.")
    fillings = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["deck", "order", "id"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["deck", "order", "id"], name="entry_in_deck")]

    def __str__(self) -> str:
        return self.title

    def fill(self, outline: EntryOutline) -> None:
        for each in fields(outline):
            if each.name != "deck":
                setattr(self, each.name, getattr(outline, each.name))
        self.deck = Deck.objects.get(key=outline.deck)
        self.save()

    @property
    def answer_text(self) -> str:
        """The model answer without its Markdown."""
        return plain(self.answer)

    def filled(self, text: str, seed: str) -> str:
        """`text` with its blank filled by chance: always the same filling for the same `seed`."""
        if not self.fillings:
            return text
        chosen = self.fillings[crc32(seed.encode()) % len(self.fillings)]
        return text.replace(f"[{self.blank}]", chosen)
