"""One's own cards out to a file, and a file's cards in again, matched by their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from drills import anki, card_documents, own
from drills.card_texts import OF_ENTRY, CardText, canonical
from drills.cards import Card, Group
from drills.decks import Entry
from drills.own import Filing, guid_of
from drills.setting import Setting

MARKDOWN, ANKI = "markdown", "anki"
FORMATS = {MARKDOWN: card_documents, ANKI: anki}


def read(source: str | bytes, name: str) -> list[CardText]:
    """The cards of a file of either format. Raises DocumentError.

    Markdown has its cards below headings of level 2; whatever has none is read as Anki's, and so is
    what begins with Anki's own "#separator:tab", whatever lines its fields have.
    """
    text = source if isinstance(source, str) else source[:4_000_000].decode("utf-8", "replace")
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    headed = any(line.startswith("## ") for line in text.split("\n"))
    of_anki = "\t" in first or first.lower().startswith("#separator:")
    is_markdown = first.rstrip() == "---" or (headed and not of_anki)
    return (card_documents if is_markdown else anki).read(source, name)


def texts_of(user) -> list[CardText]:
    """Everything of `user`'s own in words: their cards, and what they wrote on shared ones."""
    written = Q(entry=None) | ~Q(front="") | ~Q(answer="") | ~Q(note="")
    cards = Card.objects.for_user(user).standing().filter(written).with_entry()
    rows = cards.select_related("entry__deck", "group", "filing").order_by("id")
    return [canonical(_text_of(card)) for card in rows]


def _text_of(card: Card) -> CardText:
    group = card.group if card.group and card.group.removed_at is None else None
    return CardText(
        OF_ENTRY + card.entry.key if card.entry else guid_of(card),
        card.prompt,
        card.answer,
        card.note,
        card.kind,
        "" if card.entry or group is None else group.title,
        list(card.tags),
    )


@dataclass(frozen=True)
class Change:
    """What keeping a card of a file would do: `kind` is "new", "changed", "back" or "same"."""

    kind: str
    new: CardText
    old: CardText | None = None
    card: Card | None = None

    @property
    def differs(self) -> list[str]:
        """Which parts are other than before."""
        names = {
            "front": "question", "answer": "answer", "note": "note", "kind": "kind",
            "project": "project", "tags": "tags",
        }  # fmt: skip
        if self.old is None:
            return []
        return [
            said
            for name, said in names.items()
            if getattr(self.old, name) != getattr(self.new, name)
        ]


def changes_in(user, found: Sequence[CardText]) -> list[Change]:
    """Each card of a file beside the reader's own of that name. Two queries."""
    cards = (
        Card.objects.for_user(user).with_entry().select_related("group", "filing", "entry__deck")
    )
    rows = {_name_of(card): card for card in cards.order_by("id")}
    keys = [text.entry for text in found if text.entry]
    entries = {entry.key: entry for entry in Entry.objects.published().filter(key__in=keys)}
    return [_change(text, rows.get(text.guid), entries.get(text.entry)) for text in found]


def _name_of(card: Card) -> str:
    return OF_ENTRY + card.entry.key if card.entry else guid_of(card)


def _change(text: CardText, card: Card | None, entry: Entry | None) -> Change:
    if entry or (card and card.entry):
        # The deck is not one's own project.
        text.project = ""
    if card is None:
        return Change("new", text)
    old = canonical(_text_of(card))
    if card.removed_at:
        return Change("back", text, old, card)
    return Change("same" if old == text else "changed", text, old, card)


def keep(user, found: Sequence[CardText], now: datetime) -> list[Change]:
    """Make the reader's cards say what the file says, in one transaction.

    A card that is known is updated, its words by a revision and its schedule left alone; another is
    new. What is the same already is not touched, so a second time changes nothing.
    """
    with transaction.atomic():
        # One import of a person at a time: what it reads is then what it writes over.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        planned = changes_in(user, found)
        groups = _Groups(user, now)
        keys = [change.new.entry for change in planned if change.new.entry]
        entries = Entry.objects.published().select_related("deck").in_bulk(keys, field_name="key")
        new: list[tuple[Card, str]] = []
        for change in planned:
            if change.kind == "same":
                continue
            card = _filled(user, change, entries.get(change.new.entry), groups, now)
            if card.pk is None:
                new.append((card, change.new.guid))
            else:
                card.save()
        Card.objects.bulk_create(card for card, _ in new)
        Filing.objects.bulk_create(
            Filing(owner=user, card=card, guid=guid, position=groups.next_position(card.group))
            for card, guid in new
            if card.entry is None
        )
        if any(change.kind != "same" for change in planned):
            Setting.replan(user.pk)
    return planned


def _filled(user, change: Change, entry: Entry | None, groups: "_Groups", now: datetime) -> Card:
    """The card of `change` with the file's words; not saved."""
    text, card = change.new, change.card
    if card is None:
        card = Card(owner=user, entry=entry, due=now, created_at=now)
    own_words = card.entry is None
    card.front = text.front if own_words or text.front != _front_of(card) else ""
    card.answer, card.note, card.tags = text.answer, text.note, list(text.tags)
    card.kind = text.kind if own_words else card.entry.deck.kind  # type: ignore[union-attr]
    card.group = groups.of(text.project) if own_words else card.group
    card.removed_at = None
    return card


def _front_of(card: Card) -> str:
    return canonical(CardText("-", card.entry.front)).front if card.entry else ""


class _Groups:
    """One's own groups by their titles, made where there is none."""

    def __init__(self, user, now: datetime):
        self.user, self.now = user, now
        self.found = {group.title: group for group in own.groups_of(user)}
        rows = Filing.objects.for_user(user).values("card__group")
        self.last: dict[int | None, int] = {
            row["card__group"]: row["at"] for row in rows.annotate(at=Max("position")).order_by()
        }

    def of(self, title: str) -> Group | None:
        if not title:
            return None
        if title not in self.found:
            self.found[title] = Group.objects.create(
                owner=self.user, title=title, created_at=self.now,
                position=min(len(self.found), 32_000),
            )  # fmt: skip
        return self.found[title]

    def next_position(self, group: Group | None) -> int:
        key = group.pk if group else None
        self.last[key] = (self.last.get(key) or 0) + 1
        return self.last[key]


def document(user, form: str) -> str:
    """The file of everything of `user`'s own, as `form` ("markdown" or "anki")."""
    return FORMATS[form].write(texts_of(user))
