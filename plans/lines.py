"""The lines of a plan as its page shows them: few columns of each, and how its row looks.

A page has hundreds of them, and a model instance takes longer to make than its row to draw.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from plans import outline
from plans.models import Item, Plan, Tickable
from prepsite.addresses import address
from prepsite.compiled import compiled

COLUMNS = (
    "pk", "block_id", "kind", "depth", "text", "html", "rank", "done_at", "left_out_at",
    "removed_at",
)  # fmt: skip


@compiled
def _columns(owner: int, plan: int) -> QuerySet:
    items = Item.objects.for_user(owner).filter(plan=plan)
    rows = items.annotate(has_note=Q(note__gt="")).order_by("position", "id")
    return rows.values_list(*COLUMNS, "has_note")


@dataclass(slots=True)
class PlanLine(Tickable):
    """One line; `is_next` marks the next to do, with about how many `minutes`."""

    pk: int
    block_id: int
    kind: str
    depth: int
    text: str
    html: SafeString
    rank: int | None
    done_at: datetime | None
    left_out_at: datetime | None
    removed_at: datetime | None
    has_note: bool
    is_next: bool = False
    minutes: int = 0

    @classmethod
    def of(cls, plan: Plan) -> list[Self]:
        """The lines of `plan` in page order, without their notes. One query."""
        return [cls(*row) for row in _columns(plan.owner_id, plan.pk)]

    def outline(self) -> outline.Line:
        return outline.Line(self.kind, self.text, self.depth, bool(self.done_at), self.rank)

    def row(self) -> dict[str, object]:
        """What its row is drawn from: a dictionary, which a template reads twice as quickly, and
        made of numbers and our own words, so that nothing but the remark has to be escaped."""
        number, url = str(self.pk), address("plans:item", self.pk)
        return {
            "ticks": self.ticks,
            "heading": self.kind == outline.Kind.SECTION,
            "html": self.html,
            "ref": SafeString(number),
            "url": SafeString(url),
            "flip_url": SafeString(f"{url}tick/" if self.done_at is None else f"{url}open/"),
            "pressed": SafeString("false" if self.done_at is None else "true"),
            "look": SafeString(self.look),
            "remark": self.remark,
            "door": SafeString("your note" if self.has_note else "note"),
        }

    @property
    def look(self) -> str:
        """The classes of its row."""
        state = " done" if self.done_at else " struck" if self.left_out_at else ""
        depth = f" depth-{self.depth}" if self.depth else ""
        return f"item{state}{depth}{' next' if self.is_next else ''}"

    @property
    def remark(self) -> str:
        if self.is_next:
            return f"Next, about {self.minutes} min" if self.minutes else "Next"
        return "Left out" if self.left_out_at else ""
