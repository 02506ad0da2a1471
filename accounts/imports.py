"""Exports that were sent to be brought in, and what an import brought."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

from accounts.ownership import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from accounts.portable import bringing

LIFE = timedelta(days=1)
HISTORY = "Earlier versions"
# Of what stands in no room.
NAMES = {"writing": HISTORY, "prepsite": "Study days"}


class ImportQuerySet(OwnedQuerySet):
    def live(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)


class Import(Owned):
    """A checked export that waits for its owner's word: `found` says what it would bring."""

    travels = False

    name = models.CharField(max_length=200)
    data = models.BinaryField()
    found = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_import")]

    def __str__(self) -> str:
        return self.name


class Brought(Owned):
    """A row that came with an import: its `uid`, the same on every site, and its id here."""

    travels = False

    model = models.CharField(max_length=100, editable=False)
    uid = models.UUIDField(editable=False)
    object_id = models.BigIntegerField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "uid"], name="brought_once")]
        indexes = [models.Index(fields=["owner", "model"], name="brought_of_model")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


def sweep(now: datetime) -> int:
    """Remove files that were sent and not brought in within their day; how many went."""
    return Import.objects.filter(expires_at__lte=now).delete()[0]


def told(tally: "bringing.Tally") -> list[dict[str, object]]:
    """What became of the rows, by room: its name and the numbers that are new, here and left."""
    rooms: dict[str, dict[str, int]] = {}
    for kind in ("new", "here", "left"):
        for model, count in getattr(tally, kind).items():
            name = _room(model)
            rooms.setdefault(name, {"new": 0, "here": 0, "left": 0})[kind] += count
    return [{"name": name, **counts} for name, counts in sorted(rooms.items(), key=_in_order)]


def _room(model: type[models.Model]) -> str:
    label = model._meta.app_label
    return NAMES.get(label) or str(apps.get_app_config(label).verbose_name)


def _in_order(room: tuple[str, object]) -> tuple[bool, str]:
    return room[0] == HISTORY, room[0]
