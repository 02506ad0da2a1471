"""Exports that were sent to be brought in, and what an import brought."""

from datetime import datetime, timedelta

from django.db import models

from accounts.ownership import Owned, OwnedQuerySet

LIFE = timedelta(days=1)


class ImportQuerySet(OwnedQuerySet):
    def live(self, now: datetime) -> models.QuerySet:
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
