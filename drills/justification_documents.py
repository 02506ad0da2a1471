"""One's justifications as Markdown to read: the sentence of one's own, by deck and entry."""

from itertools import groupby

from django.db.models import Q

from drills.cards import Card
from drills.decks import Kind
from writing import documents
from writing.documents import Document, Node, Section

TITLE = "Justifications"


def write(user) -> str:
    """Everything `user` wrote on entries of the shared library; "" for nothing. One query."""
    written = ~Q(answer="") | ~Q(note="") | ~Q(front="")
    cards = (
        Card.objects.for_user(user)
        .standing()
        .with_entry()
        .filter(written, entry__isnull=False)
        .order_by("entry__deck__order", "entry__deck__title", "entry__order", "entry_id")
    )
    nodes: list[Node] = [
        Section(2, deck, [_entry(card) for card in those])
        for deck, those in groupby(cards, key=lambda card: _deck(card))
    ]
    return documents.write(Document(TITLE, nodes)) if nodes else ""


def _deck(card: Card) -> str:
    deck = card.entry.deck  # type: ignore[union-attr]
    return deck.title if deck.kind == Kind.JUSTIFICATION else f"{deck.title} (practice)"


def _entry(card: Card) -> Section:
    texts = [text for text in (card.answer, card.note) if text]
    nodes = [node for text in texts for node in documents.from_text(text)]
    return Section(3, card.entry.title, nodes)  # type: ignore[union-attr]
