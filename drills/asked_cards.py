"""What the drills have that can be asked: shared entries, one's own cards; both brought back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Max
from django.urls import reverse

from drills import answering
from drills.asked import MOST, Source, Thing, holding, id_in
from drills.cards import Card
from drills.decks import Entry, Kind
from drills.reviews import Review
from drills.scheduling import Rating
from drills.setting import Setting


def bring_back(user, card: Card, now: datetime) -> dict:
    """Have `card` asked first today; returns what `unmake` needs to undo it.

    An answer that failed in the interview is the truest review there is, so it is counted as one:
    forgotten, and due at once. A card that was set aside takes part again.
    """
    key = uuid4()
    before = {
        "review": str(key),
        "suspended": card.suspended,
        "buried_until": card.buried_until.isoformat() if card.buried_until else None,
    }
    answering.rate(
        user, card, Setting.of(user), Rating.AGAIN, turn=card.turn, key=key,
        milliseconds=0, now=now,
    )  # fmt: skip
    Card.objects.filter(pk=card.pk).update(due=now, suspended=False, buried_until=None)
    return before


def _leave(user, before: Mapping, now: datetime) -> bool:
    review = Review.objects.for_user(user).filter(key=before["review"]).first()
    if review is None or not answering.take_back(review, now):
        return False
    until = before["buried_until"]
    Card.objects.for_user(user).filter(pk=review.card_id).update(
        suspended=before["suspended"],
        buried_until=datetime.fromisoformat(until) if until else None,
    )
    return True


def make(user, now: datetime, *, front: str, source: str, source_title: str) -> dict:
    """A card of a question, once; the one there is already is brought back instead."""
    added = Card.objects.add(
        user, front=front, kind=Kind.QUESTION, source=source, source_title=source_title, now=now
    )
    return taken(added.card) if added.made else bring_back(user, added.card, now)


def taken(card: Card) -> dict:
    """What `unmake` needs of a card that came into study."""
    last = card.last_review
    return {"made": True, "last_review": last.isoformat() if last else None}


def unmake(user, before: Mapping, now: datetime, **which) -> bool:
    """Undo `make`, `taken` or `bring_back`; `which` names the card by its columns.

    A card that was made goes out of study, one that was there is as it was. False when it was
    answered since: it then stays.
    """
    if "made" not in before:
        return _leave(user, before, now)
    last = before["last_review"]
    last = datetime.fromisoformat(last) if last else None
    cards = Card.objects.for_user(user).filter(**which, last_review=last)
    return bool(cards.update(removed_at=now))


def is_sound(before: Mapping) -> bool:
    """Could `make`, `taken` or `bring_back` have returned this?"""
    if "made" in before:
        return before.keys() == {"made", "last_review"} and _is_time(before["last_review"])
    known = before.keys() == {"review", "suspended", "buried_until"}
    aside = known and isinstance(before["suspended"], bool) and _is_time(before["buried_until"])
    return aside and bool(UUID(before["review"]))


def _is_time(at: str | None) -> bool:
    return at is None or datetime.fromisoformat(at).tzinfo is not None


def answered(user, keys: Collection[str], field: str) -> Mapping[str, datetime]:
    """When the cards whose `field` is one of `keys` were answered last. One query."""
    cards = Card.objects.for_user(user).filter(**{f"{field}__in": keys})
    found = cards.values_list(field).annotate(at=Max("last_review")).order_by()
    return {str(key): at for key, at in found if at}


class Entries(Source):
    """Entries of the shared decks. One that was not taken yet is taken."""

    name, label, verb = "entry", "Card", "Drill it"
    back = "In your drills"

    def _rows(self):
        return Entry.objects.published().select_related("deck")

    def _thing(self, row: Entry) -> Thing:
        address = reverse("drills:deck", args=[row.deck.key])
        return Thing(self.name, row.key, row.title, address, row.deck.get_kind_display())

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        rows = self._rows().filter(holding(words, "title", "front"))
        return [self._thing(row) for row in rows.order_by("deck__order", "order", "id")[:MOST]]

    def get(self, user, key: str) -> Thing | None:
        row = self._rows().filter(key=key).first()
        return self._thing(row) if row else None

    def again(self, user, key: str, now: datetime) -> dict:
        entry = Entry.objects.select_related("deck").get(key=key)
        card = Card.objects.for_user(user).standing().filter(entry=entry).first()
        if card:
            return bring_back(user, card, now)
        Card.objects.adopt(user, [entry], now)
        return taken(Card.objects.for_user(user).get(entry=entry))

    def undo(self, user, key: str, before: Mapping, now: datetime) -> bool:
        return unmake(user, before, now, entry__key=key)

    def is_sound(self, before: Mapping) -> bool:
        return is_sound(before)

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        return answered(user, keys, "entry__key")


class OwnCards(Source):
    """Cards in one's own words."""

    name, label, verb = "card", "Your card", "Drill it"
    back = "In your drills"

    def _rows(self, user):
        return Card.objects.for_user(user).standing().filter(entry=None)

    def _thing(self, card: Card) -> Thing:
        address = card.get_absolute_url()
        return Thing(self.name, address, card.front, address, self.label)

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        rows = self._rows(user).filter(holding(words, "front")).only("owner", "front")
        return [self._thing(card) for card in rows.order_by("-id")[:MOST]]

    def get(self, user, key: str) -> Thing | None:
        card = self._rows(user).filter(pk=id_in(key)).first()
        return self._thing(card) if card else None

    def again(self, user, key: str, now: datetime) -> dict:
        # Also one that was taken out since: it was asked for.
        card = Card.objects.for_user(user).get(pk=id_in(key))
        Card.objects.filter(pk=card.pk).update(removed_at=None)
        return bring_back(user, card, now)

    def undo(self, user, key: str, before: Mapping, now: datetime) -> bool:
        return unmake(user, before, now)

    def is_sound(self, before: Mapping) -> bool:
        return is_sound(before)

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        ids = {str(id_in(key)): key for key in keys}
        return {ids[pk]: at for pk, at in answered(user, ids, "pk").items()}
