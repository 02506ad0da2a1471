"""Plans: an outline of blocks and lines, shared as a template, copied when somebody starts it.

A template (shared content) and a plan (one person's own) have the same shape: blocks in order, each
with lines in order. A section is a line of kind `section`; what follows it, up to the next one,
is in it. So moving a line is one number, and the page is two queries.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.ownership import Owned
from plans.outline import BlockFields, Kind, LineFields, Outline
from writing.content import SharedContent
from writing.fields import RenderedField
from writing.markdown import to_html
from writing.models import Written


class PlanTemplate(SharedContent):
    """A plan that anyone can start. Comes from a Markdown file or the admin."""

    title = models.CharField(max_length=200)
    goal = models.TextField(blank=True)
    summary = models.CharField(
        max_length=300, blank=True, help_text="One sentence for the list: what it is good for."
    )
    order = models.PositiveSmallIntegerField(default=100)
    # Counted when the template is saved, so that the list of templates counts nothing.
    item_count = models.PositiveIntegerField(default=0, editable=False)
    low = models.PositiveIntegerField(default=0, editable=False)
    high = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:template", args=[self.key])

    def settle(self) -> None:
        """Number the blocks in their order and count items and minutes, after any change."""
        _renumber(self.blocks.order_by("position", "pk"))
        self.__dict__.pop("_rows", None)
        outline = self.outline()
        lines = [line for block in outline.blocks for line in block.lines]
        self.item_count = sum(line.kind == Kind.TASK for line in lines)
        self.low, self.high = outline.low, outline.high
        self.save(update_fields=["item_count", "low", "high"])

    def outline(self) -> Outline:
        """The template as plain values."""
        return Outline(
            self.title,
            self.goal,
            self.summary,
            self.order,
            [block.outline(block.lines.all()) for block in self.rows()],
        )

    @cached_property
    def _rows(self) -> list["TemplateBlock"]:
        return list(self.blocks.prefetch_related("lines"))

    def rows(self) -> list["TemplateBlock"]:
        """The blocks with their lines; two queries, once."""
        return self._rows

    def fill(self, outline: Outline) -> None:
        """Replace everything in the template by `outline`; call it in a transaction."""
        self.title, self.goal = outline.title, outline.goal
        self.summary, self.order = outline.summary, outline.order
        self.save()
        self.blocks.all().delete()
        for i, block in enumerate(outline.blocks):
            row = TemplateBlock.objects.create(template=self, position=i, **block.fields())
            TemplateLine.objects.bulk_create(
                TemplateLine(block=row, position=j, **line.fields())
                for j, line in enumerate(block.lines)
            )
        self.settle()


class TemplateBlock(BlockFields):
    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="blocks")

    class Meta:
        ordering = ["template", "position", "pk"]
        verbose_name = "block of a template"
        verbose_name_plural = "blocks of templates"

    def renumber(self) -> None:
        """Number the lines 0, 1, 2, … in their order."""
        _renumber(self.lines.order_by("position", "pk"))


class TemplateLine(LineFields):
    block = models.ForeignKey(TemplateBlock, on_delete=models.CASCADE, related_name="lines")

    class Meta:
        ordering = ["block", "position", "pk"]
        verbose_name = "line"


def _renumber(rows: models.QuerySet) -> None:
    changed = [row for at, row in enumerate(rows) if row.position != at]
    for at, row in enumerate(rows):
        row.position = at
    rows.model.objects.bulk_update(changed, ["position"])


class Plan(Owned):
    """One run of a plan. `run` counts the runs of the same title; earlier ones are kept."""

    template = models.ForeignKey(
        PlanTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=200)
    goal = models.TextField(blank=True)
    run = models.PositiveSmallIntegerField(default=1)
    # Made by the page that asked for the plan, so that asking twice makes one.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="plan_owner_created")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key"], name="plan_once_per_request")
        ]

    def __str__(self) -> str:
        return self.title if self.run == 1 else f"{self.title}, run {self.run}"

    def set_pace(self, starts_at: datetime | None, minutes: int | None) -> None:
        self.starts_at, self.minutes = starts_at, minutes
        self.save(update_fields=["starts_at", "minutes"])

    @classmethod
    def start(
        cls,
        owner,
        outline: Outline,
        *,
        key: uuid.UUID,
        now: datetime,
        template: PlanTemplate | None = None,
    ) -> "Plan":
        """Copy `outline` into a new plan of `owner`, or return the one this `key` already made."""
        with transaction.atomic():
            earlier = cls.objects.for_user(owner).filter(title=outline.title)
            plan, made = cls.objects.get_or_create(
                owner=owner,
                request_key=key,
                defaults={
                    "template": template,
                    "title": outline.title,
                    "goal": outline.goal,
                    "run": earlier.count() + 1,
                    "created_at": now,
                },
            )
            if made:
                plan.copy(outline, now)
        return plan

    def copy(self, outline: Outline, now: datetime) -> None:
        """Fill an empty plan from `outline`; ticks of the outline become ticks made `now`."""
        blocks = Block.objects.bulk_create(
            Block(owner_id=self.owner_id, plan=self, position=i, **block.fields())
            for i, block in enumerate(outline.blocks)
        )
        Item.objects.bulk_create(
            Item(
                owner_id=self.owner_id,
                plan=self,
                block=row,
                position=i,
                done_at=now if line.done else None,
                left_out_at=now if line.left_out and not line.done else None,
                note=line.note,
                **line.fields(),
            )
            for row, block in zip(blocks, outline.blocks, strict=True)
            for i, line in enumerate(block.lines)
        )


class Block(Owned, BlockFields):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="blocks", db_index=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["owner", "plan", "position"], name="block_in_plan"),
            models.Index(fields=["plan"], name="block_plan"),
        ]


class Tickable:
    """Where a line of one's own plan stands."""

    kind: str
    done_at: datetime | None
    left_out_at: datetime | None

    @property
    def state(self) -> str:
        if self.done_at:
            return Item.State.DONE
        return Item.State.LEFT_OUT if self.left_out_at else Item.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.left_out_at is None

    @property
    def ticks(self) -> bool:
        """Can it be ticked? Headings and tips cannot."""
        return self.kind not in (Kind.SECTION, Kind.TIP)


class Item(Tickable, Written, LineFields):
    """A line of one's own plan: open, done or left out, with a note that keeps its history."""

    writing = ("note",)

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        LEFT_OUT = "left-out"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items", db_index=False)
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="items", db_index=False)
    done_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    note_html = RenderedField("note")
    request_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["owner", "plan", "position"], name="item_in_plan"),
            models.Index(fields=["plan"], name="item_plan"),
            models.Index(fields=["block", "position"], name="item_in_block"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"],
                condition=Q(request_key__isnull=False),
                name="item_once_per_request",
            )
        ]

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).filter(plan__removed_at=None)

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        return {"note_html": str(to_html(texts["note"]))} if "note" in texts else {}

    def get_absolute_url(self) -> str:
        return reverse("plans:item", args=[self.pk])


# Interviews stand in files of their own.
from plans.asked import Asked  # noqa: E402, F401
from plans.interviews import Interview  # noqa: E402, F401
