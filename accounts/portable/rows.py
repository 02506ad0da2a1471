"""Out: the rows of an account, a line of JSON each. docs/export.md has the format."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import connection, models, transaction

from accounts.models import User
from accounts.ownership import Owned
from accounts.portable import layout, notes
from accounts.portable.columns import as_json

FORMAT = "prepsite-account"
VERSION = 1
# Not "uid": a story has a column of that name.
UID = "_uid"
SETTINGS = ("time_zone", "time_zone_confirmed", "day_starts_at", "theme")


# Made once: json.dumps would make one for every row.
line = json.JSONEncoder(ensure_ascii=False, default=as_json).encode


def origin_of(user: User) -> UUID:
    """What the uids of rows that began in this account are made from; the first call makes it."""
    User.objects.filter(pk=user.pk, origin=None).update(origin=uuid4())
    user.refresh_from_db(fields=["origin"])
    assert user.origin  # noqa: S101  # nosec B101
    return user.origin


def uid_of(origin: UUID, model: type[models.Model], pk: int) -> UUID:
    """The uid of a row that began in the account of `origin`."""
    return uuid5(origin, f"{model._meta.label_lower}:{pk}")


def uids_from_elsewhere(user: User, model: type[Owned]) -> dict[int, UUID]:
    """The uids of the rows that an import brought, by their ids here. One query."""
    from accounts.imports import Brought

    rows = Brought.objects.for_user(user).filter(model=model._meta.label_lower)
    return dict(rows.values_list("object_id", "uid"))


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction whose every query sees the database as it was at its first.

    Inside of a transaction that has begun already it can change nothing about that.
    """
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def document(user: User, now: datetime) -> Iterator[str]:
    """The lines of the JSON file of all rows of `user`, as they stood at one moment.

    One query a model and one a model for where rows came from, in one snapshot: a page that saves
    meanwhile is either whole in it or not at all.
    """
    origin = origin_of(user)
    with one_moment():
        user.refresh_from_db(fields=SETTINGS)
        settings = {name: getattr(user, name) for name in SETTINGS}
        yield "{\n"
        yield f'"format": "{FORMAT}",\n"version": {VERSION},\n'
        yield f'"made_at": "{now.isoformat()}",\n"account": "{origin}",\n'
        yield f'"settings": {line(settings)},\n"schema": {line(layout.schema())},\n"rows": {{\n'
        for place, model in enumerate(layout.travelling()):
            yield f'{"," if place else ""}"{model._meta.label_lower}": [\n'
            yield from _rows(user, origin, model)
            yield "]\n"
        yield "}}\n"


def _rows(user: User, origin: UUID, model: type[Owned]) -> Iterator[str]:
    """The rows of one model, in the order of their ids."""
    brought = uids_from_elsewhere(user, model)
    shared = {name: _names(key) for name, key in layout.shared_keys(model).items()}
    fields = layout.columns(model)
    values = model._base_manager.filter(owner=user).order_by("pk")
    separator = ""
    for pk, *row in values.values_list("pk", *(f.attname for f in fields)).iterator():
        uid = brought.get(pk) or uid_of(origin, model, pk)
        said: dict[str, Any] = {"id": pk, UID: str(uid)}
        for field, value in zip(fields, row, strict=True):
            known = shared.get(field.name)
            said[field.name] = value if known is None or value is None else known.get(value)
        yield f"{separator}{line(said)}\n"
        separator = ","


def _names(model: type[models.Model]) -> dict[int, str]:
    """The permanent names of shared rows by id."""
    return {pk: name for name, pk in shared_names(model).items()}


def shared_names(model: type[models.Model]) -> dict[str, int]:
    """The ids of shared rows by their permanent name. One query."""
    if natural := notes.natural(model):
        return dict(natural.names())
    return dict(model._base_manager.values_list("key", "pk"))
