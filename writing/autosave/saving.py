"""The one way a text is saved: atomic, from a version, once.

A save costs one SELECT ... FOR UPDATE and one UPDATE, in one transaction; the database writes the
revision in the same UPDATE. Only a stale version costs more: the look-up of an earlier answer to
the same key, and the row that keeps the loser's text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Func, Value

from prepsite.compiled import Compiled, compiled
from writing.autosave.triggers import PROVENANCE
from writing.models import Revision, Written


@dataclass(frozen=True)
class Saved:
    """The text is stored, as `version`. `texts` holds what the row has beyond what was sent: the
    whole row when others changed it since `version` was read, else nothing."""

    version: int
    saved_at: datetime
    row: Written = field(compare=False, repr=False)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Somebody saved since. `row` is the text as it stands, `mine` what was sent; it is kept as
    the revision `kept` and applied to nothing."""

    row: Written
    mine: Mapping[str, str]
    kept: Revision


@dataclass(frozen=True)
class Locked:
    """The row can no longer be written, for `reason` (a sentence); what was sent is kept."""

    row: Written
    mine: Mapping[str, str]
    kept: Revision
    reason: str


Outcome = Saved | Conflict | Locked


@cache
def _row(model: type[Written]) -> Compiled:
    """The row of a `model` to save to, locked; with it the transaction is told what saves."""

    @compiled
    def row(owner: int, pk: int, note: str) -> models.QuerySet:
        told = Func(
            Value(PROVENANCE),
            Value(note),
            Value(True),
            function="set_config",
            output_field=models.TextField(),
        )
        rows = model.writing_rows(owner).filter(pk=pk).annotate(_told=told)
        return rows.select_for_update(of=("self",))

    return row


def save(
    model: type[Written],
    owner: int,
    pk: int,
    base: int,
    fields: Mapping[str, str],
    key: UUID,
    now: datetime,
    *,
    tab: UUID | None = None,
    kind: str = Revision.Kind.SAVED,
) -> Outcome:
    """Store `fields` (clean texts by field name) in the row `pk`, if it is still at version `base`.

    The row is one of those that `owner`, a user's id, may write: `model.writing_rows(owner)`. `key`
    names this save: the same key, base and text again get the first answer again, so a retry after
    a lost response saves once. Equal text makes no revision. Raises the model's DoesNotExist.
    """
    label = model._meta.label_lower
    note = {"model": label, "id": pk, "base": base, "key": str(key), "kind": str(kind)}
    if tab:
        note["tab"] = str(tab)
    with transaction.atomic():
        # The setting rides along with the lock: a round trip less than on its own.
        found = _row(model)(owner, pk, json.dumps(note))
        if not found:
            raise model.DoesNotExist
        row = found[0]
        changed = {name: text for name, text in fields.items() if getattr(row, name) != text}
        reason = row.writing_locked(now)
        if row.version == base and not reason:
            return _write(row, changed, now) if changed else Saved(base, row.updated_at, row)
        earlier = _answered(row, base, key, fields)
        if earlier:
            return Saved(base + 1, earlier.saved_at, row)
        if not changed:
            return Saved(row.version, row.updated_at, row, row.writing_texts())
        kept = _keep(row, base, fields, key, tab, now)
        return Locked(row, fields, kept, reason) if reason else Conflict(row, fields, kept)


def _write(row: Written, changed: dict[str, str], now: datetime) -> Saved:
    for name, text in changed.items():
        setattr(row, name, text)
    written = (
        type(row)
        ._base_manager.filter(pk=row.pk, version=row.version)
        .update(**changed, **row.writing_derived(changed), version=F("version") + 1, updated_at=now)
    )
    if not written:  # The row is locked, so this cannot be; and "Saved" must never be a guess.
        raise RuntimeError(f"{row.writing_label} {row.pk} was not written")
    row.version, row.updated_at = row.version + 1, now
    return Saved(row.version, now, row)


def _answered(row: Written, base: int, key: UUID, fields: Mapping[str, str]) -> Revision | None:
    """The revision that this very save made, when its first answer was lost."""
    made = Revision.objects.of(row).accepted().filter(version=base + 1, key=key).first()
    if made and fields.items() <= made.texts().items():
        return made
    return None


def _keep(row, base, fields, key, tab, now) -> Revision:
    """Keep a text that could not be applied; one row however often the same text is sent."""
    same = Revision.objects.of(row).filter(kind=Revision.Kind.KEPT, fields=dict(fields)).first()
    return same or Revision.objects.create(
        owner_id=row.owner_id,
        model=row.writing_label,
        object_id=row.pk,
        base_version=max(base, 0),
        kind=Revision.Kind.KEPT,
        fields=dict(fields),
        whole=False,
        key=key,
        tab=tab,
        saved_at=now,
    )
