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

    def checked(self, now: datetime) -> Self:
        """Those that wait for their owner's word."""
        return self.live(now).exclude(found={})


class Import(Owned):
    """An export that was sent. Once it is checked, it waits for its owner's word: `found` says what
    it would bring. `progress` is how far a request is that checks it or brings it in, in percent.
    """

    travels = False

    name = models.CharField(max_length=200)
    data = models.BinaryField()
    found = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_import")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def begin(cls, user, name: str, data: bytes, now: datetime) -> "Import":
        """The file that `user` sent, not checked yet, in place of one sent before."""
        values = {
            "name": name[:200].replace("\x00", ""), "data": data, "found": {}, "progress": 0,
            "sent_at": now, "expires_at": now + LIFE,
        }  # fmt: skip
        return cls.objects.update_or_create(owner=user, defaults=values)[0]


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
