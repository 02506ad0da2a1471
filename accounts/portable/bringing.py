"""In, second half: the rows of a checked file into an account, all of them or none.

What the account has already, known by its uid, is left as it is with everything that belongs to
it; so are rows for which another stands in their place (the same card of a deck, the same day).
Everything else is new here, under new ids, with its own times and versions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

import pgtrigger
from django.db import DatabaseError, connection, models, transaction

from accounts.imports import Brought
from accounts.models import User
from accounts.ownership import Owned
from accounts.portable import layout, notes, rows
from accounts.portable.addresses import Addresses
from accounts.portable.archive import Refused
from accounts.portable.reading import Found
from accounts.portable.rows import UID

BATCH = 500
MOST_NAMED = 8


@dataclass
class Tally:
    """What became of the rows of each model; `missing` names shared content that is not here."""

    new: Counter[type[Owned]] = field(default_factory=Counter)
    here: Counter[type[Owned]] = field(default_factory=Counter)
    left: Counter[type[Owned]] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)

    @property
    def changes(self) -> int:
        return self.new.total()


def look(
    user: User,
    found: Found,
    *,
    settings: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """What `bring_in` would do. It is done and taken back, so this is no guess. Raises Refused.

    `progress` is told how many rows were dealt with.
    """
    return _bring(user, found, settings=settings, keep=False, progress=progress)


def bring_in(
    user: User,
    found: Found,
    *,
    settings: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Put the rows of `found` into the account of `user`, in one transaction. Raises Refused.

    With `settings`, the file's settings (of the person and of each room) take the place of those
    here. `progress` is told how many rows were dealt with.
    """
    return _bring(user, found, settings=settings, keep=True, progress=progress)


def _bring(user, found, *, settings, keep, progress=None) -> Tally:
    try:
        with transaction.atomic():
            # One at a time for one person: a second click then finds everything here.
            user = User.objects.select_for_update().get(pk=user.pk)
            bringer = _Bringer(user, found, settings=settings, keep=keep, progress=progress)
            with pgtrigger.ignore(*_quiet()):
                bringer.bring()
            bringer.finish()
            transaction.set_rollback(not keep)
    except DatabaseError as error:
        raise Refused("The rows of this file do not hold together, so none was taken.") from error
    return bringer.tally


def _quiet() -> list[str]:
    """The triggers that would write what the file brings."""
    return [
        f"{model._meta.app_label}.{model.__name__}:{name}"
        for model in layout.travelling()
        for name in notes.of(model).quiet
    ]


class _Bringer:
    def __init__(self, user: User, found: Found, *, settings: bool, keep: bool, progress):
        self.user, self.found = user, found
        self.settings, self.keep, self.progress = settings, keep, progress
        self.tally = Tally()
        # By model: old ids to the ids here, and the old ids of rows that are not new.
        self.ids: dict[type[Owned], dict[int, int]] = {}
        self.aside: dict[type[Owned], set[int]] = defaultdict(set)
        self.shared: dict[type[models.Model], dict[str, int]] = {}
        self.addresses = Addresses(self.ids)
        self.done = 0

    def bring(self) -> None:
        """All rows, each model after those it refers to."""
        for model in layout.travelling():
            self.ids[model] = self.name(model)
        for model in layout.travelling():
            self.model(model)

    def name(self, model: type[Owned]) -> dict[int, int]:
        """Old ids to ids here: of the row that is here already, else a fresh one."""
        wanted = self.found.ids.get(model, {})
        known = self.known(model) if wanted else {}
        ids = {old: known[uid] for old, uid in wanted.items() if uid in known}
        self.aside[model] |= ids.keys()
        fresh = fresh_ids(model, len(wanted) - len(ids))
        return ids | dict(zip(sorted(wanted.keys() - ids.keys()), fresh, strict=True))

    def known(self, model: type[Owned]) -> dict[UUID, int]:
        """The rows of `model` that are here, by uid."""
        mine = model._base_manager.filter(owner=self.user)
        here = set(mine.values_list("pk", flat=True))
        origin = self.user.origin
        known = {rows.uid_of(origin, model, pk): pk for pk in here} if origin else {}
        brought = rows.uids_from_elsewhere(self.user, model)
        known |= {uid: pk for pk, uid in brought.items() if pk in here}
        if self.settings and layout.is_setting(model):
            # The file's own takes its place, unless that is what stands here.
            wanted = self.found.ids[model].values()
            mine.exclude(pk__in=[known[uid] for uid in wanted if uid in known]).delete()
        return known

    def model(self, model: type[Owned]) -> None:
        for batch in batches(self.new_rows(model)):
            self.insert(model, batch)

    def new_rows(self, model: type[Owned]) -> Iterator[tuple[int, UUID, Owned]]:
        """(old id, uid, row) of each row of the file that is to be added."""
        twin = notes.of(model).twin
        twins: dict[Any, int] = {}
        if twin and self.found.ids.get(model):
            mine = model._base_manager.filter(owner=self.user)
            twins = {twin(row): row["id"] for row in mine.values()}
        for row in self.found.rows(model):
            old = row["id"]
            if old in self.aside[model]:
                self.tally.here[model] += 1
            elif twin and (there := twins.get(twin(row))):
                self.tally.here[model] += 1
                self.aside[model].add(old)
                self.ids[model][old] = there
            elif made := self.made(model, row):
                yield old, row[UID], made
            else:
                self.leave(model, old)

    def leave(self, model: type[Owned], old: int) -> None:
        self.tally.left[model] += 1
        self.aside[model].add(old)
        self.ids[model].pop(old, None)

    def made(self, model: type[Owned], row: dict[str, Any]) -> Owned | None:
        """The row as it will stand here; None for one that has no place."""
        note = notes.of(model)
        values = {name: value for name, value in row.items() if name not in ("id", UID)}
        for name in layout.belongs_to(model):
            if values[name] in self.aside[layout.own_keys(model)[name]]:
                return None
        for name, key in layout.own_keys(model).items():
            here = self.ids[key].get(values[name])
            if here is None and values[name] is not None and not layout.can_be_empty(model, name):
                return None
            values[name] = here
        for name, shared in layout.shared_keys(model).items():
            here = self.shared_id(shared, values[name])
            if here is None and values[name] is not None:
                self.tally.missing.add(values[name])
                if not layout.can_be_empty(model, name):
                    return None
            values[name] = here
        if note.pointer and not self.point(values, *note.pointer):
            return None
        for name, label in (note.ids or {}).items():
            known = self.ids[layout.by_label()[label]]
            values[name] = [known[old] for old in values[name] if old in known]
        for name in (*note.addresses, *note.texts):
            values[name] = self.addresses.mapped(values[name])
        return self.instance(model, self.ids[model][row["id"]], values)

    def shared_id(self, model: type[models.Model], name: str | None) -> int | None:
        if name is None:
            return None
        if model not in self.shared:
            self.shared[model] = rows.shared_names(model)
        return self.shared[model].get(name)

    def point(self, values: dict[str, Any], name: str, by: str) -> bool:
        """Turn the id in the column `name` to the row here; False when that row is not new."""
        model, old = layout.by_label()[values[by]], values[name]
        if old in self.aside[model]:
            return False
        if old not in self.ids[model]:
            # The row went and its history stayed. An id that nothing else will ever have.
            self.ids[model][old] = fresh_ids(model, 1)[0]
        values[name] = self.ids[model][old]
        return True

    def instance(self, model: type[Owned], pk: int, values: dict[str, Any]) -> Owned:
        named = {model._meta.get_field(n).attname: value for n, value in values.items()}  # type: ignore[union-attr]
        made = model(pk=pk, owner_id=self.user.pk, **named)
        if not self.keep:
            # Only looking: what takes time is left out.
            for each in model._meta.concrete_fields:
                if layout.is_derived(each) and (source := getattr(each, "source", None)):
                    setattr(made, source, "")
        return made

    def insert(self, model: type[Owned], batch: list[tuple[int, UUID, Owned]]) -> None:
        model._base_manager.bulk_create([row for *_, row in batch], ignore_conflicts=True)
        ids = [row.pk for *_, row in batch]
        stand = set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
        for old, _, row in batch:
            if row.pk not in stand:
                self.leave(model, old)
        placed = [(uid, row.pk) for _, uid, row in batch if row.pk in stand]
        self.tally.new[model] += len(placed)
        self.done += len(batch)
        if self.keep:
            self.remember(model, placed)
        if self.progress:
            self.progress(self.done)

    def remember(self, model: type[Owned], placed: list[tuple[UUID, int]]) -> None:
        """Note which rows came with this file, so that a second import knows them."""
        label = model._meta.label_lower
        Brought.objects.bulk_create(
            [Brought(owner=self.user, model=label, uid=uid, object_id=pk) for uid, pk in placed],
            update_conflicts=True,
            unique_fields=["owner", "uid"],
            update_fields=["object_id"],
        )

    def finish(self) -> None:
        """Settings, and the checks and changes that need every row in its place."""
        if self.settings:
            User.objects.filter(pk=self.user.pk).update(**self.found.head["settings"])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for each in notes.looks():
            if problem := each(self.user):
                raise Refused(problem)
        for follow in notes.followers():
            follow(self.user, self.tally.new)


def fresh_ids(model: type[Owned], count: int) -> list[int]:
    """`count` ids of `model` that nothing has or will have, in rising order. One query."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', count],
        )
        return sorted(pk for (pk,) in cursor.fetchall())


def batches(each: Iterator) -> Iterator[list]:
    while batch := list(islice(each, BATCH)):
        yield batch
