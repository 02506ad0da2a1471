"""Study notes: one file a note; its cards are dealt out by the drills room."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from drills.decks import Deck, Entry, EntryOutline, EntryQuerySet, Kind
from playbook.models import StudyNote
from writing.documents import Document, List, Node, Section, plain, write_nodes

CARDS = "Cards"
MODEL = "Model drawing"
FEWEST_CARDS = 3
HELD = ("title", "area", "order", "summary", "checked_on", "body", "model_drawing", "terms")
_LABELLED = re.compile(r"(id|answer|tags|fill)\s*:\s+(?P<text>.+)\Z", re.DOTALL)


@dataclass
class CardText:
    """One card of a note: `key` is permanent, `answer` short, `body` the explanation."""

    key: str
    front: str
    answer: str
    body: str = ""


@dataclass
class NoteText:
    title: str
    area: str
    order: int
    summary: str
    checked_on: date | None
    body: str
    model_drawing: str = ""
    terms: list[str] = field(default_factory=list)
    cards: list[CardText] = field(default_factory=list)


def from_document(document: Document) -> NoteText:
    """The note that a file of playbook/content/notes holds. Raises DocumentError."""
    body: list[Node] = []
    drawing: list[Node] = []
    cards: list[CardText] = []
    for node in document.nodes:
        if isinstance(node, Section) and plain(node.text) == CARDS:
            cards = [_card(document, card) for card in node.children if isinstance(card, Section)]
        elif isinstance(node, Section) and plain(node.text) == MODEL:
            drawing = list(node.children)
        else:
            body.append(node)
    if len(cards) < FEWEST_CARDS:
        raise document.error(f"A note needs {FEWEST_CARDS} cards or more under “## {CARDS}”.")
    if not document.title:
        raise document.error("The title is missing: a line “# Title” at the top.")
    checked = document.meta.get("checked", "")
    try:
        checked_on = date.fromisoformat(checked) if checked else None
        order = int(document.meta.get("order", "500"))
    except ValueError as error:
        raise document.error(
            f"The front matter's order or date cannot be read: {error}."
        ) from error
    return NoteText(
        title=plain(document.title),
        area=document.require("area"),
        order=order,
        summary=document.meta.get("summary", ""),
        checked_on=checked_on,
        body=write_nodes(body).strip(),
        model_drawing=write_nodes(drawing).strip() if drawing else "",
        terms=[
            term.strip().lower()
            for term in document.meta.get("opens", "").split(",")
            if term.strip()
        ],
        cards=cards,
    )


def _card(document: Document, section: Section) -> CardText:
    first = section.children[0] if section.children else None
    labels: dict[str, str] = {}
    if isinstance(first, List):
        for item in first.items:
            if not (found := _LABELLED.match(item.text)):
                raise document.error("A card's entries are “id: …” and “answer: …”.", item.line)
            labels[found[1]] = found["text"].strip()
    if not labels.get("id") or not labels.get("answer"):
        raise document.error("A card needs “- id: …” and “- answer: …”.", section.line)
    body = write_nodes(section.children[1:]).strip() if section.children[1:] else ""
    return CardText(labels["id"], plain(section.text), labels["answer"], body)


def fill(note: StudyNote, text: NoteText) -> None:
    """Make `note` hold `text`, and save it; deal its cards out to the drills."""
    for name in HELD:
        setattr(note, name, getattr(text, name))
    with transaction.atomic():
        note.save()
        deal(note, text.cards)


DECK = "study-notes"


def deck() -> Deck:
    """The deck that holds the cards of all notes."""
    return Deck.objects.get_or_create(
        key=DECK,
        defaults={
            "title": "Study notes",
            "kind": Kind.FACT,
            "order": 200,
            "summary": "What the study notes teach, three questions or more a note.",
        },
    )[0]


def cards_of(note: StudyNote) -> EntryQuerySet:
    """The published entries that were dealt out from `note`. Other decks may share its tag."""
    return Entry.objects.published().filter(deck__key=DECK, tags__contains=[tag_of(note)])


def tag_of(note: StudyNote) -> str:
    return note.key[:60]


def deal(note: StudyNote, cards: list[CardText]) -> None:
    """Make the drills' entries of `note` those of `cards`. One edited in the admin is kept; one
    that the note no longer holds is retired, so that nobody's schedule is lost."""
    home = deck()
    there = {row.key: row for row in Entry.objects.filter(tags__contains=[tag_of(note)], deck=home)}
    for place, card in enumerate(cards):
        row = there.pop(card.key, None) or Entry(key=card.key)
        if row.edited_at:
            continue
        row.retired_at = None
        row.fill(
            EntryOutline(
                deck=home.key,
                title=card.front[:200],
                front=card.front,
                answer=card.answer,
                note=card.body,
                order=note.order * 100 + place,
                tags=[tag_of(note)],
            )
        )
    gone = [row.pk for row in there.values() if not row.edited_at]
    Entry.objects.filter(pk__in=gone, retired_at=None).update(retired_at=timezone.now())
