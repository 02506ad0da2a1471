"""Playbooks and study notes, which everybody reads, and what one person writes beside them."""

from collections.abc import Mapping
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from accounts.ownership import OwnedQuerySet
from playbook.blocks import blocks_of
from playbook.chosen import MorningSheet
from playbook.drawings import Drawing
from playbook.readings import Reading
from writing.content import SharedContent
from writing.fields import RenderedField
from writing.markdown import inline_html, to_html
from writing.models import Written

__all__ = [
    "Drawing", "Learning", "MorningSheet", "Playbook", "Reading", "Row", "Section", "Step",
    "StudyNote",
]  # fmt: skip


class Playbook(SharedContent):
    """A reference in sections, such as the technical framework. `key` is its address."""

    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=500)
    summary = models.CharField(max_length=300, blank=True)
    goal = models.TextField(blank=True)
    goal_html = RenderedField("goal")
    imported_from = models.CharField(max_length=200, blank=True, editable=False)

    # How many of its sections the reader knows, where a page has counted them.
    known: int = 0

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="playbook_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("playbook:playbook", args=[self.key])


class Section(models.Model):
    """What stands under one heading; its kind says how its rows are shown."""

    class Kind(models.TextChoices):
        PROSE = "prose", "Prose"
        LEVELS = "levels", "Levels, side by side"
        QUESTIONS = "questions", "Question types"
        STEPS = "steps", "Steps"
        MATRIX = "matrix", "Decision matrix"
        PHRASES = "phrases", "Phrases"
        PATTERNS = "patterns", "Patterns"
        ANTI_PATTERNS = "anti-patterns", "Anti-patterns"
        CHECKLIST = "checklist", "Checklist"
        LIST = "list", "List"

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=100)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.PROSE)
    intro = models.TextField(blank=True)
    intro_html = RenderedField("intro")
    closing = models.TextField(blank=True, help_text="What stands below the rows.")
    closing_html = RenderedField("closing")

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["playbook", "key"], name="section_key_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return f"{self.playbook.get_absolute_url()}#{self.key}"

    @property
    def intro_url(self) -> str:
        """Where its intro stands; a card of it links back here."""
        return f"{self.playbook.get_absolute_url()}#intro-of-{self.key}"

    @property
    def closing_url(self) -> str:
        return f"{self.playbook.get_absolute_url()}#closing-of-{self.key}"

    @property
    def know_url(self) -> str:
        return reverse("playbook:know-section", args=[self.playbook.key, self.key])

    @property
    def forget_url(self) -> str:
        return reverse("playbook:forget-section", args=[self.playbook.key, self.key])


# How a matrix is narrowed down: playbook/matrix.py reads these fields, nobody else.
FITS = ("access", "consistency", "scale", "team", "cost")


def _is_shown(label: str) -> bool:
    return label not in FITS and not label.startswith("not ")


class Row(models.Model):
    """One row, entry or step. `key` is permanent within its playbook: cards point at it."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="rows")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="rows")
    key = models.SlugField(max_length=100)
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=200, blank=True, help_text="The heading above it.")
    name = models.TextField()
    # [[label, text], …] in their order; the label is "" for an entry that has but one text.
    fields = models.JSONField(default=list, blank=True)
    body = models.TextField(blank=True)
    body_html = RenderedField("body", top=4)
    starter = models.TextField(blank=True, help_text="Steps: the text that one's own begins with.")
    low = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Minutes, at least.")
    high = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Minutes, at most.")
    # [[label, address], …]
    links = models.JSONField(default=list, blank=True)
    name_html = RenderedField("name", inline=True)
    fields_html = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["playbook", "key"], name="row_key_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.fields_html = [[label, str(inline_html(text))] for label, text in self.fields]
        super().save(*args, **kwargs)

    # The reader's own card of this row, where a page has looked it up.
    card: int | None = None
    # The step as that reader has made it their own (playbook/steps.py), likewise.
    framed: object = None

    @cached_property
    def values(self) -> dict[str, str]:
        """The text under each label, labels in lower case."""
        return {label.lower(): text for label, text in self.fields}

    @property
    def fits(self) -> bool:
        """Does it say what it fits, so that answers can rule it out?"""
        return any(label in FITS for label, _ in self.fields)

    @property
    def shown(self) -> list[list[str]]:
        """The fields that people read; the others say how a matrix is to be narrowed down."""
        return [pair for pair in self.fields if _is_shown(pair[0])]

    @cached_property
    def cells(self) -> list[tuple[str, SafeString]]:
        """Label and HTML of what is shown. The column holds what the sanitiser returned."""
        return [(label, SafeString(html)) for label, html in self.fields_html if _is_shown(label)]

    @property
    def url(self) -> str:
        return f"{self.playbook.get_absolute_url()}#{self.key}"


class StudyNote(SharedContent):
    """A note of 200 to 400 words on one subject of the plan; its cards are in the drills room."""

    title = models.CharField(max_length=200)
    area = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=500)
    summary = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="When its facts were checked.")
    terms = ArrayField(
        models.CharField(max_length=80),
        default=list,
        db_default=[],
        blank=True,
        help_text="Lower case. A plan's item that contains one of them opens this note.",
    )
    body = models.TextField()
    # [[heading, Markdown, HTML], …]: each paragraph can become a card (playbook/blocks.py).
    blocks = models.JSONField(default=list, editable=False)
    # What is shown only after one's own drawing: the model, as Markdown with a diagram.
    model_drawing = models.TextField(blank=True)
    model_drawing_html = RenderedField("model_drawing", top=2)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="study_note_order")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.blocks = blocks_of(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("playbook:note", args=[self.key])

    @property
    def know_url(self) -> str:
        return reverse("playbook:know-note", args=[self.key])

    @property
    def forget_url(self) -> str:
        return reverse("playbook:forget-note", args=[self.key])

    @property
    def html(self) -> SafeString:
        """The whole note. The blocks hold what the sanitiser returned."""
        return SafeString("".join(html for _, _, html in self.blocks))


class Step(Written):
    """One's own text for a step of the framework, beside the starter that everybody has."""

    writing = ("text",)

    # A row that leaves the playbook takes nobody's text with it.
    row = models.ForeignKey(Row, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.TextField(editable=False)
    text = models.TextField(blank=True)
    text_html = RenderedField("text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "row"], name="one_step_a_row")]

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).select_related("row__playbook")

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        return {"text_html": str(to_html(texts["text"]))} if "text" in texts else {}

    def get_absolute_url(self) -> str:
        return reverse("playbook:step", args=[self.pk])

    def __str__(self) -> str:
        return f"My step: {self.name}"


class LearningQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        return self.filter(removed_at=None)


class Learning(Written):
    """A note of one's own: what was learned, where, in practice or in a real interview."""

    writing = ("title", "text")

    class Kind(models.TextChoices):
        READING = "reading", "Reading"
        PRACTICE = "practice", "Practice"
        INTERVIEW = "interview", "Real interview"

    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    text_html = RenderedField("text")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.READING)
    company = models.CharField(max_length=120, blank=True)
    taken_on = models.DateField()
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source = models.CharField("where it was taken", max_length=300, blank=True)
    source_title = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    request_key = models.UUIDField(null=True, editable=False)
    # Stored, so that a search reads an index and never the texts.
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("company", weight="B", config="english")
        + SearchVector("text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-id"]
        indexes = [
            models.Index(fields=["owner", "-taken_on", "-id"], name="learning_owner"),
            GinIndex(fields=["search"], name="learning_search"),
            GinIndex(fields=["tags"], name="learning_tags"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"],
                condition=Q(request_key__isnull=False),
                name="learning_once_per_request",
            )
        ]

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).kept()

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        return {"text_html": str(to_html(texts["text"]))} if "text" in texts else {}

    def get_absolute_url(self) -> str:
        return reverse("playbook:learning", args=[self.pk])

    def __str__(self) -> str:
        return self.title.strip() or "A note"
