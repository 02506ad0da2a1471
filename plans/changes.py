"""What can be done to the lines of one's own plan. Every change is one short transaction."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from plans.models import Block, Item, Plan
from plans.outline import Kind


def set_state(item: Item, state: str, now: datetime, *, left_out: datetime | None = None) -> None:
    """Set a line's state; setting it twice is the same as once.

    A section cannot be ticked: leaving it out leaves out its open items, taking it back opens them;
    with `left_out` those that were left out at that moment, and not what was left out by itself.
    """
    if item.kind == Kind.SECTION:
        _set_section(item, state, now, left_out)
        return
    item.done_at = (item.done_at or now) if state == Item.State.DONE else None
    item.left_out_at = (item.left_out_at or now) if state == Item.State.LEFT_OUT else None
    Item.objects.filter(pk=item.pk).update(done_at=item.done_at, left_out_at=item.left_out_at)


def _set_section(heading: Item, state: str, now: datetime, left_out: datetime | None) -> None:
    rows = section_items(heading)
    if state == Item.State.LEFT_OUT:
        rows.filter(done_at=None, left_out_at=None).update(left_out_at=now)
    elif state == Item.State.OPEN:
        if left_out:
            rows = rows.filter(left_out_at=left_out)
        rows.filter(done_at=None).update(left_out_at=None)


def section_items(heading: Item):
    """The lines from a heading to the next one in its block."""
    block = Item.objects.for_user(heading.owner_id).filter(
        block_id=heading.block_id, removed_at=None
    )
    following = block.filter(position__gt=heading.position)
    end = following.filter(kind=Kind.SECTION).order_by("position").first()
    if end:
        following = following.filter(position__lt=end.position)
    return following.exclude(kind=Kind.TIP)


def set_text(item: Item, text: str) -> None:
    item.text = text
    item.save(update_fields=["text", "html"])


def add(plan: Plan, block: Block, text: str, key: uuid.UUID) -> Item:
    """Put a new item at the end of `block`; the same `text` with the same `key` is the same item.

    The key alone would not do: a page brought back by the Back button still carries the old one.
    """
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        last = Item.objects.filter(block=block).aggregate(at=Max("position"))["at"]
        item, _ = Item.objects.get_or_create(
            owner_id=plan.owner_id,
            request_key=uuid.uuid5(key, f"{block.pk} {text}"),
            defaults={
                "plan": plan,
                "block": block,
                "text": text,
                "position": 0 if last is None else last + 1,
            },
        )
    return item


def remove(item: Item, now: datetime) -> None:
    Item.objects.filter(pk=item.pk).update(removed_at=now)


def restore(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(removed_at=None)


def place(item: Item, block: Block, after: Item | None) -> None:
    """Move a line behind `after` in `block`, or to the block's top when `after` is None."""
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=item.plan_id)
        position = 0
        if after is not None:
            after.refresh_from_db(fields=["position"])
            position = after.position + 1
        rest = Item.objects.filter(block=block, position__gte=position).exclude(pk=item.pk)
        rest.update(position=F("position") + 1)
        Item.objects.filter(pk=item.pk).update(block=block, position=position)


def step(item: Item, direction: str) -> None:
    """Move a line one place up or down; past a block's end it goes into the neighbouring block."""
    blocks = list(Block.objects.for_user(item.owner_id).filter(plan_id=item.plan_id))
    lines: dict[int, list[Item]] = {block.id: [] for block in blocks}
    rows = Item.objects.for_user(item.owner_id).filter(plan_id=item.plan_id, removed_at=None)
    for row in rows.order_by("position", "id"):
        lines[row.block_id].append(row)
    order = [block.id for block in blocks]
    here, at = order.index(item.block_id), [r.id for r in lines[item.block_id]].index(item.id)
    own = [row for row in lines[item.block_id] if row.id != item.id]
    if direction == "up" and at > 0:
        place(item, blocks[here], own[at - 2] if at > 1 else None)
    elif direction == "down" and at < len(own):
        place(item, blocks[here], own[at])
    elif direction == "up" and here > 0:
        above = blocks[here - 1]
        place(item, above, lines[above.id][-1] if lines[above.id] else None)
    elif direction == "down" and here < len(blocks) - 1:
        place(item, blocks[here + 1], None)
