"""An export as it is made: in parts, a little with each request, because nothing runs behind.

The rows are read in one part, since they must be of one moment; the Markdown of each room is a part
of its own. What is made so far is in the database, so a reload, another worker or a killed one
goes on where the last part ended.
"""

import io
import logging
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import IO, Self

from django.db import models, transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.ownership import Owned, OwnedQuerySet
from accounts.portable import notes, reading, rows
from accounts.portable.archive import NAME, Refused

log = logging.getLogger("prepsite.accounts")
LIFE = timedelta(days=1)
# How long a request may work on an export, in seconds, before it answers; a part is not cut short.
SLICE = 1.0

README = """# Your Prepsite export

Everything you wrote on Prepsite, as of {now:%d %B %Y, %H:%M} UTC.

- The folders hold your work as Markdown, to read anywhere.
- `prepsite.json` holds every row: all texts with their history, schedules, settings, and what you
  removed. It has no password, no passkey and no session in it. Its form is described in
  `docs/export.md` of Prepsite.

To bring it all back: on any Prepsite, open Account, then Your data, and choose this file.
"""


class ExportQuerySet(OwnedQuerySet):
    def live(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)


class Export(Owned):
    """One person's export: `done` of `total` parts are made. `made_at` is set when it is whole.

    `problem` says why an import would not take it: a fault of ours, and no reason to keep
    somebody's own work from them.
    """

    travels = False

    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField()
    problem = models.TextField(blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_export")]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} parts"

    @property
    def is_ready(self) -> bool:
        return self.made_at is not None

    @property
    def doing(self) -> str:
        """What the next part is, in words."""
        return steps()[min(self.done, self.total - 1)]

    @property
    def filename(self) -> str:
        name = slugify(self.owner.username) or "account"
        return f"prepsite-{name}-{self.started_at:%Y-%m-%d}.zip"

    @classmethod
    def begin(cls, user: User, now: datetime) -> "Export":
        """The export that is being made, or a new one in place of what was made before."""
        with transaction.atomic():
            User.objects.select_for_update().only("pk").get(pk=user.pk)
            there = cls.objects.for_user(user).live(now).filter(made_at=None).first()
            if there:
                return there
            cls.objects.for_user(user).delete()
            return cls.objects.create(
                owner=user, started_at=now, expires_at=now + LIFE, total=len(steps())
            )

    def advance(self, now: datetime, seconds: float = SLICE) -> None:
        """Make the next parts for about `seconds`. While another request does, nothing."""
        end = time.monotonic() + seconds
        while not self.is_ready:
            if not self._one_part(now) or time.monotonic() >= end:
                break

    def _one_part(self, now: datetime) -> bool:
        with rows.one_moment():
            rows_ = Export.objects.select_for_update(skip_locked=True, of=("self",))
            held = rows_.filter(pk=self.pk).first()
            if held and not held.is_ready:
                held._make(now)
        self.refresh_from_db()
        return held is not None

    def _make(self, now: datetime) -> None:
        if self.done < self.total - 1:
            _keep(self, list(_part(self.owner, self.done, now)))
        else:
            self._pack(now)
        self.done += 1
        self.save()

    def _pack(self, now: datetime) -> None:
        """The zip out of the parts; read as an import would read it before it is offered."""
        out = io.BytesIO()
        parts = self.parts.order_by("pk").values_list("name", "data")
        _zip(out, ((name, bytes(data)) for name, data in parts.iterator()), self.started_at)
        try:
            reading.read(out, reading.FOR_A_TERMINAL).file.close()
        except Refused as error:
            # Theirs all the same: the Markdown is whole, and so is every row.
            log.error("An export cannot be read back: %s", error)
            self.problem = str(error)
        self.parts.all().delete()
        ExportPart.objects.create(owner_id=self.owner_id, export=self, name="", data=out.getvalue())
        self.made_at = now

    def file(self) -> bytes:
        """The whole zip, once it is ready."""
        return bytes(self.parts.get().data)


class ExportPart(Owned):
    """A file of an export that is being made; the zip itself, without a name, once it is."""

    travels = False

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=300, blank=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.name


def write(out: IO[bytes], user: User, now: datetime, tell: Callable[[int], None]) -> None:
    """The whole export of `user` into `out`. `tell` hears the number of each part as it begins."""

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(len(steps()) - 1):
            tell(number)
            yield from _part(user, number, now)
        tell(len(steps()) - 1)

    _zip(out, files(), now)


def _zip(out: IO[bytes], files: Iterable[tuple[str, bytes]], now: datetime) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.md", README.format(now=now))
        for name, data in files:
            archive.writestr(name, data)


def steps() -> list[str]:
    """What each part is, in words."""
    return ["Reading your rows", *(f"Writing {name}" for name in notes.folders()), "Packing"]


def _part(user: User, number: int, now: datetime) -> Iterable[tuple[str, bytes]]:
    """(name, bytes) of the files of a part."""
    if number == 0:
        yield NAME, "".join(rows.document(user, now)).encode()
        return
    name, writer = list(notes.folders().items())[number - 1]
    for file, text in writer(user):
        yield f"{name}/{file}", text.encode()


def _keep(export: Export, files: list[tuple[str, bytes]]) -> None:
    ExportPart.objects.bulk_create(
        [
            ExportPart(owner_id=export.owner_id, export=export, name=name, data=data)
            for name, data in files
        ],
        batch_size=100,
    )


def sweep(now: datetime) -> int:
    """Remove exports past their day; how many went."""
    old = list(Export.objects.filter(expires_at__lte=now))
    for export in old:
        export.delete()
    return len(old)
