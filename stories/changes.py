"""What is done to stories and their rows: begun, ordered, removed, brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from stories.library import Competency
from stories.models import OwnCompetency, Shows, Story, StoryRow

Row = TypeVar("Row", bound=StoryRow)


def begin(owner, uid: UUID, now: datetime, **fields: object) -> Story:
    """A new story with `fields`, or the one that this `uid` already made. Twice makes one."""
    row, _ = Story.objects.get_or_create(
        owner=owner, uid=uid, defaults={"created_at": now, "updated_at": now, **fields}
    )
    return row


def _locked(story: Story) -> Story:
    """One change of a story's rows at a time; inside a transaction."""
    return Story.objects.select_for_update().only("pk").get(pk=story.pk)


def add_row(
    model: type[Row], story: Story, key: UUID, fields: Mapping[str, str] | None = None
) -> Row:
    """One more row at the end, or the row that this `key` already made."""
    with transaction.atomic():
        _locked(story)
        rows = model.objects.filter(story=story)
        last = rows.aggregate(last=Max("position"))["last"] or 0
        row, _ = model.objects.get_or_create(
            owner_id=story.owner_id,
            request_key=key,
            defaults={"story": story, "position": last + 1, **(fields or {})},
        )
    return row  # type: ignore[return-value]


def move_row(row: StoryRow, direction: str) -> None:
    """One step "up" or "down" among the rows that stand; at the end nothing happens."""
    model = type(row)
    with transaction.atomic():
        _locked(row.story)
        rows = list(model.objects.filter(story=row.story_id, removed_at=None).only("position"))
        at = next((n for n, each in enumerate(rows) if each.pk == row.pk), None)
        to = None if at is None else at + (1 if direction == "down" else -1)
        if at is None or to is None or not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for position, each in enumerate(rows, 1):
            each.position = position
        # Not the text: the rows' versions and their histories stay as they are.
        model.objects.bulk_update(rows, ["position"])


def set_removed(row, removed_at: datetime | None) -> None:
    """Take a row off the pages, or bring it back with None. What was removed first stays so."""
    if (row.removed_at is None) != (removed_at is None):
        row.removed_at = removed_at
        row.save(update_fields=["removed_at"])


def show(story: Story, thing: Competency | OwnCompetency, level: str) -> int | None:
    """Have `story` show a competency in the first place ("primary"), the second, or not at all
    ("none"). Returns the key of the row that says so."""
    what: dict[str, Any] = {"own" if isinstance(thing, OwnCompetency) else "competency": thing}
    rows = Shows.objects.filter(owner=story.owner_id, story=story)
    if level == "none":
        rows.filter(**what).delete()
        return None
    row, _ = rows.update_or_create(
        owner_id=story.owner_id, story=story, **what, defaults={"primary": level == "primary"}
    )
    return row.pk


def name_own(row: OwnCompetency) -> bool:
    """Save an own theme or competency; False when one of its name stands already."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "own_competency_once" in str(error):
            return False
        raise
    return True
