"""The shape of a plan: blocks in order, lines in order, as plain values and as model fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from writing.fields import RenderedField

MAX_DEPTH = 3
MAX_MINUTES = 24 * 60


class Kind(models.TextChoices):
    """What a line is. Sections and tips are read; everything else is ticked."""

    SECTION = "section", "Section heading"
    TASK = "task", "Item"
    TIP = "tip", "Tip"


@dataclass
class Line:
    """One line: its Markdown text, how deep it is nested (0 to 3), and whether it is ticked.

    `rank` on a section says how early it may be left out when time is short (1 first). `left_out`
    and `note` exist in plans of one's own only.
    """

    kind: str
    text: str
    depth: int = 0
    done: bool = False
    rank: int | None = None
    left_out: bool = False
    note: str = ""

    def fields(self) -> dict[str, Any]:
        """The columns that every line has; what somebody made of it is the plan's own business."""
        own = ("done", "left_out", "note")
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in own}


@dataclass
class OutlineBlock:
    """A stretch of the day: "Morning", its title, focus, an introduction and a range of minutes."""

    title: str
    label: str = ""
    focus: str = ""
    intro: str = ""
    low: int | None = None
    high: int | None = None
    lines: list[Line] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """The columns of a row, without its lines."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "lines"}


@dataclass
class Outline:
    title: str
    goal: str = ""
    summary: str = ""
    order: int = 100
    blocks: list[OutlineBlock] = field(default_factory=list)

    @property
    def low(self) -> int:
        return sum(block.low or 0 for block in self.blocks)

    @property
    def high(self) -> int:
        return sum(block.high or block.low or 0 for block in self.blocks)

    @property
    def suggested_hours(self) -> float | None:
        """The middle of the range in hours, to the quarter; None when no block gives a time."""
        return suggested_minutes(self.low, self.high) / 60 or None

    def counts(self) -> tuple[int, int, int]:
        """(blocks, sections, items); a tip is counted with the items, a heading is not."""
        lines = [line for block in self.blocks for line in block.lines]
        sections = sum(line.kind == Kind.SECTION for line in lines)
        return len(self.blocks), sections, len(lines) - sections


def suggested_minutes(low: int, high: int) -> int:
    """The middle of a range of minutes, to the quarter of an hour; 0 where there is none."""
    return round((low + high) / 2 / 15) * 15


class AnyLine(Protocol):
    def outline(self) -> Line: ...


class BlockFields(models.Model):
    """The columns a template's block and a plan's block share."""

    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=100, blank=True, help_text="For example: Morning.")
    title = models.CharField(max_length=200, blank=True)
    focus = models.CharField(max_length=300, blank=True)
    intro = models.TextField(blank=True)
    intro_html = RenderedField("intro")
    low = models.PositiveSmallIntegerField(
        "minutes, at least", null=True, blank=True, validators=[MaxValueValidator(MAX_MINUTES)]
    )
    high = models.PositiveSmallIntegerField(
        "minutes, at most", null=True, blank=True, validators=[MaxValueValidator(MAX_MINUTES)]
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ": ".join(part for part in (self.label, self.title) if part) or "Block"

    @property
    def name(self) -> str:
        """The shortest thing to call it: the part of the day, else the title."""
        return self.label or self.title or "Block"

    def clean(self) -> None:
        if self.low and self.high and self.low > self.high:
            raise ValidationError({"high": "The upper end must not be under the lower end."})

    def outline(self, lines: Iterable["AnyLine"]) -> OutlineBlock:
        return OutlineBlock(
            self.title,
            self.label,
            self.focus,
            self.intro,
            self.low,
            self.high,
            [line.outline() for line in lines],
        )


class LineFields(models.Model):
    """The columns a template's line and a plan's item share. `html` is rendered when saved."""

    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TASK)
    depth = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MAX_DEPTH)])
    text = models.TextField()
    html = RenderedField("text", inline=True)
    rank = models.PositiveSmallIntegerField(
        "leave out",
        null=True,
        blank=True,
        help_text="On a section: 1 is left out first when time is short; empty is never proposed.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text[:80]

    def outline(self) -> Line:
        return Line(
            self.kind, self.text, self.depth, bool(getattr(self, "done_at", None)), self.rank
        )
