"""One's own projects and entries: made, named, ordered, taken out and put back."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.ownership import Owned
from drills.cards import Card, CardQuerySet, Group
from drills.decks import Entry, Kind
from drills.setting import Setting

# Names from the file a card came with are kept whole, so that importing again finds it.
LONGEST_GUID = 200
_NAMESPACE = uuid.UUID("6f5d3c3e-2f0d-5b1c-9a3f-8f1f6a1f7d11")


class Filing(Owned):
    """How a card stands in one's own library: its place in its group, and the name that files know
    it by. Beside the card and not in it: an answer changes the card's row with all its indexes,
    and none of this."""

    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="filing")
    position = models.PositiveIntegerField(default=0)
    guid = models.CharField(max_length=LONGEST_GUID, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "guid"], condition=~Q(guid=""), name="filing_once_per_guid"
            )
        ]

    def __str__(self) -> str:
        return self.guid or f"place {self.position}"


class Peek(Owned):
    """The model of an entry was asked for before a sentence of one's own stood."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "entry"], name="one_peek_an_entry")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} UTC"


def guid_of(card: Card) -> str:
    """The name by which a file knows `card`: the one it came with, else one of its own for good.

    Needs `filing` to be fetched. Cards of shared entries go by the entry's key instead.
    """
    filing = getattr(card, "filing", None)
    if filing and filing.guid:
        return filing.guid
    return str(uuid.uuid5(_NAMESPACE, f"{card.pk} {card.created_at.isoformat()}"))


def peek(owner, entry: Entry, now: datetime) -> None:
    """Remember that the model was looked at first; the first time counts."""
    Peek.objects.get_or_create(owner=owner, entry=entry, defaults={"at": now})


def groups_of(owner) -> models.QuerySet:
    return Group.objects.for_user(owner).filter(removed_at=None)


def filed(cards: CardQuerySet) -> CardQuerySet:
    """`cards` in the order of their groups, with filing and group fetched."""
    return cards.select_related("filing", "group").order_by(
        models.F("filing__position").asc(nulls_last=True), "id"
    )


def add_group(owner, title: str, summary: str, key: uuid.UUID) -> Group:
    """A group at the end; the same words with the same `key` are the same group."""
    key = uuid.uuid5(key, title)
    last = Group.objects.for_user(owner).aggregate(at=Max("position"))["at"]
    return Group.objects.get_or_create(
        owner=owner,
        request_key=key,
        defaults={
            "title": title,
            "summary": summary,
            "position": 0 if last is None else min(last + 1, 32_000),
        },
    )[0]


def add_card(
    owner,
    key: uuid.UUID | str,
    now: datetime,
    *,
    front: str,
    answer: str = "",
    note: str = "",
    kind: str = Kind.JUSTIFICATION,
    group: Group | None = None,
    tags: Sequence[str] = (),
) -> tuple[Card, bool]:
    """A card of one's own at the end of `group`, and whether this call made it.

    `key` names it for good: asked for again with the same key, it is the same card.
    """
    last = Filing.objects.for_user(owner).filter(card__group=group).aggregate(at=Max("position"))
    filing = Filing(owner=owner, guid=str(key), position=(last["at"] or 0) + 1)
    try:
        with transaction.atomic():
            filing.card = Card.objects.create(
                owner=owner, front=front, answer=answer, note=note, kind=kind, group=group,
                tags=list(tags), due=now, created_at=now,
            )  # fmt: skip
            filing.save()
            Setting.replan(owner.pk)
    except IntegrityError:
        there = Filing.objects.for_user(owner).select_related("card").get(guid=str(key))
        return there.card, False
    return filing.card, True


def file(card: Card, group: Group | None) -> None:
    """Put `card` at the end of `group`, or in none."""
    with transaction.atomic():
        rows = Filing.objects.for_user(card.owner_id)
        last = rows.filter(card__group=group).aggregate(at=Max("position"))["at"]
        Card.objects.filter(pk=card.pk).update(group=group)
        rows.update_or_create(
            card=card,
            defaults={"position": (last or 0) + 1},
            create_defaults={"owner_id": card.owner_id, "position": (last or 0) + 1},
        )


def step_group(group: Group, direction: str) -> None:
    """One place up or down among one's groups."""
    with transaction.atomic():
        rows = list(groups_of(group.owner_id).select_for_update().order_by("position", "id"))
        for position, row in enumerate(_stepped(rows, group, direction)):
            if row.position != position:
                Group.objects.filter(pk=row.pk).update(position=position)


def step_card(card: Card, direction: str) -> None:
    """One place up or down within its group."""
    with transaction.atomic():
        cards = Card.objects.for_user(card.owner_id).standing().filter(group=card.group_id)
        rows = list(filed(cards.filter(entry=None, kind=card.kind)))
        # Locked in one order, so that two devices at once wait for each other.
        list(Filing.objects.for_user(card.owner_id).select_for_update().order_by("id"))
        placed = [
            Filing(owner_id=card.owner_id, card=row, position=position)
            for position, row in enumerate(_stepped(rows, card, direction), 1)
        ]
        Filing.objects.bulk_create(
            placed, update_conflicts=True, unique_fields=["card"], update_fields=["position"]
        )


def _stepped(rows: list, row: models.Model, direction: str) -> list:
    here = next((n for n, each in enumerate(rows) if each.pk == row.pk), None)
    there = None if here is None else here + {"up": -1, "down": 1}.get(direction, 0)
    if here is not None and there is not None and 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    return rows


def remove_group(group: Group, now: datetime) -> int:
    """Take the group out with its cards; how many there were. Nothing is deleted."""
    with transaction.atomic():
        Group.objects.filter(pk=group.pk).update(removed_at=now)
        cards = Card.objects.for_user(group.owner_id).filter(group=group)
        return take_out(cards, now)


def restore_group(group: Group) -> None:
    """Bring the group back with the cards that went with it."""
    with transaction.atomic():
        if group.removed_at:
            cards = Card.objects.for_user(group.owner_id)
            cards.filter(group=group, removed_at=group.removed_at).update(removed_at=None)
        Group.objects.filter(pk=group.pk).update(removed_at=None)
        Setting.replan(group.owner_id)


def take_out(cards: CardQuerySet, now: datetime) -> int:
    """Out of study: `cards` keep their words and their schedule for when they come back."""
    return cards.standing().update(removed_at=now)


def put_back(owner_id: int, cards: CardQuerySet) -> None:
    with transaction.atomic():
        cards.update(removed_at=None)
        Setting.replan(owner_id)
