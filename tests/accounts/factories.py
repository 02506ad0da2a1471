"""Rows about an account itself, for tests."""

import uuid

from django.utils import timezone

from accounts.devices import Device
from accounts.exports import LIFE, Export, ExportPart
from accounts.imports import Brought, Import


def account_with(canary: str, owner) -> dict[str, object]:
    """A row of each private model of the room, with `canary` in its words; names for addresses."""
    now = timezone.now()
    device = Device.objects.create(
        owner=owner, session_key=f"{canary}-{owner.pk}", agent=canary, began_at=now, seen_at=now
    )
    export = Export.objects.create(
        owner=owner, started_at=now, expires_at=now + LIFE, made_at=now, total=3, done=3,
        problem=canary,
    )  # fmt: skip
    ExportPart.objects.create(owner=owner, export=export, name=canary, data=canary.encode())
    Import.objects.create(
        owner=owner, name=canary, data=b"", found={"canary": canary}, sent_at=now,
        expires_at=now + LIFE,
    )  # fmt: skip
    Brought.objects.create(owner=owner, model=f"x.{canary}", uid=uuid.uuid4(), object_id=1)
    return {"device": device.pk}
