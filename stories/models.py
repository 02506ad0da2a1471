"""A person's stories, what they rest on, what they show, and how often they were told."""

from collections.abc import Mapping
from typing import Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.ownership import Owned, OwnedQuerySet
from stories.coach.text import spoken_words
from stories.library import Competency, Part, Prompt, Question, QuestionCompetency
from stories.rehearsals import Length, Rehearsal, Scheduled
from writing.fields import RenderedField
from writing.markdown import to_html
from writing.models import Written

__all__ = [
    "Angle", "Competency", "Dismissal", "Length", "Match", "Metric", "OwnCompetency", "Part",
    "Prompt", "Question", "QuestionCompetency", "Rehearsal", "Shows", "Story", "StorySetting",
]  # fmt: skip


class OwnCompetency(Owned):
    """A theme or competency of one's own, beside the shared ones."""

    title = models.CharField(max_length=120)
    is_theme = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["owner", "id"], name="own_competency_owner")]
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("title"),
                condition=Q(removed_at=None),
                name="own_competency_once",
            )
        ]

    @property
    def value(self) -> str:
        """How forms and addresses name it."""
        return f"own-{self.pk}"

    def __str__(self) -> str:
        return self.title


def story_name(title: str) -> str:
    return title.strip() or "Untitled story"


def change(before: str, after: str, unit: str) -> str:
    """Figures in a line: "6 → 0.3 hours", or one of them where only one stands."""
    figures = " → ".join(filter(None, [before, after]))
    return f"{figures} {unit}".strip() if figures else ""


class StoryQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def tellable(self) -> Self:
        """What is good enough to be told: the pages for the train and the printer."""
        return self.kept().filter(status__in=Story.TELLABLE)

    def with_metrics(self) -> Self:
        """With `.kept_metrics`, in one more query."""
        kept = Metric.objects.filter(removed_at=None)
        return self.prefetch_related(Prefetch("metrics", kept, to_attr="kept_metrics"))

    def with_angles(self) -> Self:
        """With `.kept_angles`, those in which something stands, in one more query."""
        kept = Angle.objects.filter(removed_at=None).exclude(text="")
        return self.prefetch_related(Prefetch("angles", kept, to_attr="kept_angles"))


class Story(Scheduled, Written):
    """One STAR story. There is one canonical text; angles adapt it, copies never do."""

    writing = ("title", "situation", "task", "action", "result", "signal")

    class Status(models.TextChoices):
        IDEA = "idea", "Idea"
        DRAFT = "draft", "Draft"
        SOLID = "solid", "Solid"
        POLISHED = "polished", "Polished"

    TELLABLE = (Status.SOLID, Status.POLISHED)

    title = models.CharField(max_length=200, blank=True)
    situation = models.TextField(blank=True)
    task = models.TextField(blank=True)
    action = models.TextField(blank=True)
    result = models.TextField(blank=True)
    signal = models.TextField("level signal", blank=True)
    situation_html = RenderedField("situation")
    task_html = RenderedField("task")
    action_html = RenderedField("action")
    result_html = RenderedField("result")
    signal_html = RenderedField("signal")
    words = models.PositiveIntegerField(default=0, editable=False)

    theme = models.ForeignKey(
        Competency,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"group": Competency.Group.THEME},
    )
    own_theme = models.ForeignKey(
        OwnCompetency, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.IDEA)
    target = models.PositiveSmallIntegerField(choices=Length.choices, default=Length.MEDIUM)
    # The theme whose guided outline stands beside the text.
    outline = models.ForeignKey(
        Competency, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The story's name in files, and what makes a double click one story.
    uid = models.UUIDField(default=uuid4, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        ordering = ["-updated_at", "-id"]
        indexes = [models.Index(fields=["owner", "-updated_at"], name="story_owner")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "uid"], name="story_once"),
            models.CheckConstraint(
                condition=Q(theme=None) | Q(own_theme=None), name="story_has_one_theme"
            ),
        ]

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).kept()

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        html = {f"{name}_html": str(to_html(text)) for name, text in texts.items() if name in PARTS}
        return {**html, "words": self.count_words()}

    def count_words(self) -> int:
        """Spoken words, as the coach counts them, without the title and the level signal."""
        return sum(spoken_words(getattr(self, part)) for part in SPOKEN)

    def save(self, *args, **kwargs):
        self.words = self.count_words()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("stories:story", args=[self.pk])

    @property
    def name(self) -> str:
        return story_name(self.title)

    @property
    def tellable(self) -> bool:
        return self.status in self.TELLABLE

    @property
    def any_theme(self) -> "Competency | OwnCompetency | None":
        """The theme, shared or own; an own one that was removed is none."""
        own = self.own_theme
        return self.theme or (own if own and not own.removed_at else None)

    @property
    def theme_value(self) -> str:
        """The theme as forms and addresses name it: "modernization", "own-12" or ""."""
        theme = self.any_theme
        return theme.value if theme else ""

    def __str__(self) -> str:
        return self.name


SPOKEN = ("situation", "task", "action", "result")
PARTS = (*SPOKEN, "signal")


class StoryRow(Written):
    """A line that belongs to a story and is written by itself."""

    story: models.ForeignKey
    story_id: int
    position: models.PositiveSmallIntegerField

    class Meta:
        abstract = True

    @classmethod
    def writing_rows(cls, user):
        rows = cls.objects.for_user(user).filter(removed_at=None, story__removed_at=None)
        return rows.select_related("story")

    def get_absolute_url(self) -> str:
        return reverse("stories:story", args=[self.story_id])


class Metric(StoryRow):
    """A number the story rests on: "Release time, from 6 h to 20 min, by the build log"."""

    writing = ("name", "before", "after", "unit", "measured")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="metrics")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    measured = models.CharField("how measured", max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    request_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["owner", "story", "position"], name="metric_of_story")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key"], name="metric_once_per_request")
        ]

    @property
    def change(self) -> str:
        return change(self.before, self.after, self.unit)

    def __str__(self) -> str:
        return self.name or "A metric"


class Angle(StoryRow):
    """One line on how to tell the story to a given company, or for a given question."""

    writing = ("told_to", "text")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="angles")
    position = models.PositiveSmallIntegerField(default=0)
    told_to = models.CharField("company or question", max_length=200, blank=True)
    text = models.CharField("how to tell it", max_length=500, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    request_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["owner", "story", "position"], name="angle_of_story")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key"], name="angle_once_per_request")
        ]

    def __str__(self) -> str:
        return self.told_to or "An angle"


class Shows(Owned):
    """A competency that a story shows, in the first place or in the second."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="shows")
    competency = models.ForeignKey(
        Competency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    own = models.ForeignKey(OwnCompetency, null=True, on_delete=models.CASCADE, related_name="+")
    primary = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "shows"
        indexes = [models.Index(fields=["owner", "story"], name="shows_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(competency=None, own__isnull=False)
                | Q(competency__isnull=False, own=None),
                name="shows_one_thing",
            ),
            models.UniqueConstraint(
                fields=["story", "competency"],
                condition=Q(competency__isnull=False),
                name="shows_once",
            ),
            models.UniqueConstraint(
                fields=["story", "own"], condition=Q(own__isnull=False), name="shows_own_once"
            ),
        ]


class Match(Owned):
    """The story one would tell for a question: the first choice or the second, and how it fits."""

    class Rank(models.IntegerChoices):
        FIRST = 1, "First choice"
        SECOND = 2, "Second choice"

    class Fit(models.IntegerChoices):
        STRETCH = 1, "A stretch"
        FAIR = 2, "Fair"
        STRONG = 3, "Strong"

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField(choices=Rank.choices)
    fit = models.PositiveSmallIntegerField(choices=Fit.choices, default=Fit.FAIR)

    class Meta:
        verbose_name_plural = "matches"
        ordering = ["rank"]
        indexes = [models.Index(fields=["owner", "question"], name="match_owner")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "question", "rank"], name="one_story_a_rank"),
            models.UniqueConstraint(fields=["owner", "question", "story"], name="one_rank_a_story"),
        ]


class Dismissal(Owned):
    """A finding of the coach that this story need not hear again (stories/coach)."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="dismissals")
    finding = models.CharField(max_length=200)
    dismissed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["owner", "story"], name="dismissal_owner")]
        constraints = [models.UniqueConstraint(fields=["story", "finding"], name="dismissed_once")]


class StorySetting(Owned):
    """How fast this person speaks."""

    words_a_minute = models.PositiveSmallIntegerField(
        default=150, validators=[MinValueValidator(60), MaxValueValidator(300)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_story_setting")]
