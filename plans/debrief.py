"""Looking back on an interview: what was asked, how it went, and weak answers brought back."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from drills import asked as registry
from drills import asked_cards
from drills.asked import Thing
from drills.sources import Offer
from plans.asked import Asked, AskedQuerySet
from plans.interviews import Interview


def of(interview: Interview) -> AskedQuerySet:
    """What was asked in it, in the order in which it was noted."""
    rows = Asked.objects.for_user(interview.owner_id)
    return rows.filter(interview=interview, removed_at=None).order_by("id")


def add(interview: Interview, title: str, thing: Thing | None, key: uuid.UUID) -> Asked:
    """Note that `thing` was asked, or a question in new words; the same with one `key` is one.

    What is on the list already stays as it is.
    """
    named: dict[str, object] = {"title": title, "source": "", "key": ""}
    if thing:
        named = {"source": thing.source, "key": thing.key}
        there = of(interview).filter(**named).first()
        if there:
            return there
        named |= {"title": thing.title[:300], "label": thing.label, "address": thing.address}
    words = thing.value if thing else title
    return Asked.objects.get_or_create(
        owner_id=interview.owner_id,
        request_key=uuid.uuid5(key, f"{interview.pk} {words}"),
        defaults=named | {"interview": interview},
    )[0]


def _locked(row: Asked) -> Asked:
    """This row, nobody else bringing it back until the transaction ends."""
    return Asked.objects.select_for_update(of=("self",)).select_related("interview").get(pk=row.pk)


def bring_back(user, row: Asked, now: datetime) -> bool:
    """Have it practised again, by its room's own way; False when it was brought back already.

    New words become a card whose source is this line of the debrief.
    """
    with transaction.atomic():
        fresh = _locked(row)
        if fresh.again_at:
            return False
        before = _again(user, fresh, now)
        Asked.objects.filter(pk=fresh.pk).update(again_at=now, before=before)
    return True


def _again(user, row: Asked, now: datetime) -> dict:
    if row.known:
        try:
            return row.known.again(user, row.key, now)
        except ObjectDoesNotExist:
            pass  # It is gone since. Its words are still here.
    made = asked_cards.make(
        user,
        now,
        front=row.title,
        source=row.get_absolute_url(),
        source_title=f"Asked at {row.interview.company}",
    )
    return made | {"words": True}


def take_back(user, row: Asked, now: datetime) -> bool:
    """Undo `bring_back`; False when that cannot be, since it was practised since."""
    with transaction.atomic():
        fresh = _locked(row)
        if fresh.again_at is None:
            return True
        if fresh.known and "words" not in fresh.before:
            undone = fresh.known.undo(user, fresh.key, fresh.before, now)
        else:
            source = fresh.get_absolute_url()
            undone = asked_cards.unmake(user, fresh.before, now, source=source)
        if undone:
            Asked.objects.filter(pk=fresh.pk).update(again_at=None, before={})
    return undone


def bring_all_back(user, interview: Interview, now: datetime) -> int:
    """Bring back every weak answer that was not yet; how many there were."""
    rows = of(interview).weak().filter(again_at=None)
    return sum(bring_back(user, row, now) for row in rows)


def take_all_back(user, interview: Interview, now: datetime) -> bool:
    """Undo the last time that weak answers were brought back. False when one of them stays."""
    rows = of(interview).filter(again_at__isnull=False)
    last = rows.order_by("-again_at").values_list("again_at", flat=True).first()
    undone = [take_back(user, row, now) for row in rows.filter(again_at=last)]
    return all(undone)


def to_practise(user) -> list[Asked]:
    """Weak answers that were brought back and not practised since, the latest first.

    One query, and one for each sort of thing among them.
    """
    rows = list(Asked.objects.for_user(user).brought_back().select_related("interview"))
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        keys[row.source].add(row.key if row.source else row.get_absolute_url())
    last = {name: _practised(user, name, found) for name, found in keys.items()}
    waiting = []
    for row in rows:
        at = last[row.source].get(row.key if row.source else row.get_absolute_url())
        if at is None or (row.again_at and at <= row.again_at):
            waiting.append(row)
    return waiting


def _practised(user, name: str, keys: Iterable[str]):
    if not name:
        return asked_cards.answered(user, list(keys), "source")
    source = registry.named(name)
    return source.practised(user, list(keys)) if source else {}


def offers(user, by: datetime) -> list[Offer]:
    """What the drills' page of the day shows: those that no schedule brings by itself."""
    return [
        Offer(
            title=f"Practise “{row.title}” again",
            address=row.address,
            due=row.again_at,
            minutes=row.known.waits,
            kind=f"Asked at {row.interview.company}",
        )
        for row in to_practise(user)
        if row.known and row.known.waits and row.again_at
    ]


def counts(rows: Iterable[Asked]) -> dict[str, int]:
    """How many of `rows` are weak, and weak and not brought back."""
    weak = [row for row in rows if row.is_weak]
    return {"weak": len(weak), "left": sum(row.again_at is None for row in weak)}
