"""What the plan page shows, put together from rows already fetched. No queries of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from plans import pace
from plans.lines import PlanLine
from plans.models import Block, Item, Plan
from plans.outline import Kind
from prepsite.compiled import compiled


@dataclass
class BlockView:
    """A block with its lines and where its items stand."""

    block: Block
    name: str = ""  # the shortest that no other block of the plan has too
    lines: list[PlanLine] = field(default_factory=list)
    open: int = 0
    done: int = 0
    left_out: int = 0
    earlier: int = 0  # done or left out before the clock started
    minutes: float = 0.0
    slot: pace.Slot | None = None
    current: bool = False
    width: int = 1  # of the day's line, in twelfths

    @property
    def total(self) -> int:
        """What there is to do: everything that was not left out."""
        return self.open + self.done

    def work(self) -> pace.BlockWork:
        return pace.BlockWork(
            self.block.low, self.block.high, self.open, self.done, self.left_out, self.earlier
        )

    @property
    def asks(self) -> tuple[float, float]:
        """The minutes that what is still open asks for, at least and at most."""
        return replace(self.work(), earlier=self.done + self.left_out).asks

    def hour(self) -> dict[str, object]:
        """Its place in the day's line, for a clock that is set: {% row %} draws it."""
        begins = timezone.localtime(self.slot.start) if self.slot else None
        return {
            "look": SafeString(f"w{self.width}{' current' if self.current else ''}"),
            "done": SafeString(self.done),
            "total": SafeString(self.total or 1),
            "name": self.name,
            "instant": SafeString(begins.isoformat() if begins else ""),
            "clock": SafeString(f"{begins:%H:%M}" if begins else ""),
            "current": self.current,
        }

    @property
    def rows(self) -> list[dict[str, object]]:
        return [line.row() for line in self.lines]

    @property
    def item_minutes(self) -> float:
        return pace.item_minutes(self.work(), self.minutes)


@dataclass
class Board:
    """The whole page: blocks, totals, the pace and the next thing to do.

    `low` and `high` are the minutes that what is still open asks for, to the quarter of an hour.
    """

    plan: Plan
    blocks: list[BlockView]
    # What was taken off the page, the last first.
    removed: list[PlanLine] = field(default_factory=list)
    next_item: PlanLine | None = None
    standing: pace.Standing | None = None
    cuts: list[pace.Cut] = field(default_factory=list)
    begins: str = ""  # the hour at which the clock starts, with its day if that is not today
    until: str = ""  # the hour at which the time is over, with its day if that is another

    @property
    def low(self) -> int:
        return _quarter(sum(view.asks[0] for view in self.blocks))

    @property
    def high(self) -> int:
        return _quarter(sum(view.asks[1] for view in self.blocks))

    @property
    def done(self) -> int:
        return sum(b.done for b in self.blocks)

    @property
    def total(self) -> int:
        return sum(b.total for b in self.blocks)

    @property
    def percent(self) -> str:
        return f"{100 * self.done // self.total} %" if self.total else ""

    @property
    def finished(self) -> bool:
        return self.total > 0 and self.done == self.total

    @cached_property
    def hours(self) -> list[dict[str, object]]:
        """The day's line: the blocks that have time."""
        return [view.hour() for view in self.blocks if view.minutes]

    def line(self, pk: int) -> PlanLine:
        return next(line for b in self.blocks for line in b.lines if line.pk == pk)


def next_open(lines: Iterable[PlanLine]) -> PlanLine | None:
    """The first line, in the order of the page, that can be ticked and is still open."""
    return next((line for line in lines if line.is_open and line.ticks), None)


def sections(views: Sequence[BlockView]) -> list[pace.Section]:
    """Every section with the open items under it."""
    found = []
    for index, view in enumerate(views):
        heading, count = None, 0
        for line in [*view.lines, None]:
            if line is None or line.kind == Kind.SECTION:
                if heading is not None:
                    found.append(pace.Section(heading.pk, heading.text, index, count, heading.rank))
                heading, count = line, 0
            elif line.is_open and line.ticks:
                count += 1
    return found


def build(plan: Plan, blocks: Iterable[Block], items: Iterable[PlanLine], now: datetime) -> Board:
    """Arrange `items` (in page order within each block) under `blocks` and work out the pace."""
    views, removed = _arranged(blocks, items, plan.starts_at)
    removed.sort(key=lambda item: item.removed_at or now, reverse=True)
    board = Board(plan, views, removed, next_open(line for view in views for line in view.lines))
    if board.next_item:
        board.next_item.is_next = True
    if plan.starts_at and plan.minutes:
        _time(board, plan.starts_at, plan.minutes, now)
    return board


def _arranged(
    blocks: Iterable[Block], items: Iterable[PlanLine], starts_at: datetime | None
) -> tuple[list[BlockView], list[PlanLine]]:
    """The blocks with their lines counted, and what was taken off the page."""
    views = {block.id: BlockView(block) for block in blocks}
    removed = []
    for item in items:
        if item.removed_at:
            removed.append(item)
            continue
        view = views[item.block_id]
        view.lines.append(item)
        if item.ticks:
            view.open += item.is_open
            view.done += item.done_at is not None
            view.left_out += not item.is_open and item.done_at is None
            settled = item.done_at or item.left_out_at
            view.earlier += bool(settled and starts_at and settled < starts_at)
    names = Counter(view.block.name for view in views.values())
    for view in views.values():
        view.name = view.block.name if names[view.block.name] == 1 else str(view.block)
    return list(views.values()), removed


def _time(board: Board, starts_at: datetime, minutes: int, now: datetime) -> None:
    """Put the hours to the blocks, and say how the plan stands and what could go."""
    work = [view.work() for view in board.blocks]
    board.standing = standing = pace.stand(work, starts_at, minutes, now)
    board.begins = hour(starts_at, now)
    board.until = hour(standing.deadline, max(now, starts_at))
    for index, (view, slot) in enumerate(zip(board.blocks, standing.slots, strict=True)):
        view.slot, view.minutes = slot, slot.minutes
        view.current = index == standing.current
        view.width = max(1, round(12 * slot.minutes / minutes))
        if board.next_item and board.next_item.block_id == view.block.id:
            board.next_item.minutes = round(view.item_minutes)
    if standing.short >= pace.TOLERANCE and standing.phase != "over":
        full = pace.in_full(work, [slot.minutes for slot in standing.slots])
        board.cuts = pace.leave_out(sections(board.blocks), work, full, standing.short)


def _quarter(minutes: float) -> int:
    return round(minutes / 15) * 15


def hour(moment: datetime, beside: datetime) -> str:
    """17:00 in the reader's zone; Sunday 17:00 when `beside` is on another day, and Sunday
    20 December, 17:00 when that is not the next Sunday."""
    moment = timezone.localtime(moment)
    days = (moment.date() - timezone.localtime(beside).date()).days
    if not days:
        return f"{moment:%H:%M}"
    if 0 < days < 7:
        return f"{moment:%A %H:%M}"
    return f"{moment:%A} {moment.day} {moment:%B}, {moment:%H:%M}"


def after_state(view: Board, item: Item, before: str) -> list[PlanLine]:
    """The lines to draw again after `item` went from state `before`: itself, then those whose
    "next" mark moved."""
    lines = {line.pk: line for b in view.blocks for line in b.lines}
    changed = [lines[item.pk]]
    now_state = (lines[item.pk].done_at, lines[item.pk].left_out_at)
    shadow = lines[item.pk]
    shadow.done_at = item.plan.created_at if before == Item.State.DONE else None
    shadow.left_out_at = item.plan.created_at if before == Item.State.LEFT_OUT else None
    was_next = next_open(lines.values())
    shadow.done_at, shadow.left_out_at = now_state
    for line in (was_next, view.next_item):
        if line is not None and line not in changed:
            changed.append(line)
    return changed


def load(plan: Plan, now: datetime) -> Board:
    """Two queries whatever the size of the plan: its blocks, and its lines without their notes."""
    return build(plan, _blocks(plan.owner_id, plan.pk), PlanLine.of(plan), now)


@compiled
def _blocks(owner: int, plan: int) -> QuerySet:
    return Block.objects.for_user(owner).filter(plan=plan)
