"""Telling a story aloud: what is kept of each telling, and the columns of a story's schedule."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.ownership import OwnedQuerySet
from drills.scheduling import Memory, State
from stories.library import Part
from writing.models import Written

# A telling that was never stopped is a page somebody walked away from.
LONGEST = 7200


class Length(models.IntegerChoices):
    """The versions in which a story is told, in seconds."""

    SHORT = 30, "30 seconds"
    MEDIUM = 120, "2 minutes"
    LONG = 300, "5 minutes"


class Scheduled(models.Model):
    """When a story is told again: the columns of `drills.scheduling.Memory` under names of their
    own. `due_at` is null until the story has been told once."""

    recall_state = models.CharField(
        max_length=10, choices=State.choices, default=State.NEW, editable=False
    )
    recall_step = models.PositiveSmallIntegerField(null=True, default=0, editable=False)
    stability = models.FloatField(null=True, editable=False)
    difficulty = models.FloatField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    last_rated_at = models.DateTimeField(null=True, editable=False)

    SCHEDULE = (
        "recall_state", "recall_step", "stability", "difficulty", "due_at", "last_rated_at",
    )  # fmt: skip

    class Meta:
        abstract = True

    def memory(self, now: datetime) -> Memory:
        """The schedule as the scheduler takes it; a story never told is due at `now`."""
        return Memory(
            State(self.recall_state), self.recall_step, self.stability, self.difficulty,
            self.due_at or now, self.last_rated_at,
        )  # fmt: skip

    @staticmethod
    def columns(memory: Memory) -> dict[str, object]:
        """`memory` as columns."""
        return {
            "recall_state": memory.state, "recall_step": memory.step,
            "stability": memory.stability, "difficulty": memory.difficulty,
            "due_at": memory.due, "last_rated_at": memory.last_review,
        }  # fmt: skip

    def snapshot(self) -> dict[str, object]:
        """The schedule as JSON, exactly: `restored` reads it."""
        values = {name: getattr(self, name) for name in self.SCHEDULE}
        return {
            name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
        }

    @classmethod
    def restored(cls, snapshot: Mapping[str, object]) -> dict[str, object]:
        """The columns that a snapshot holds."""
        values = {name: snapshot[name] for name in cls.SCHEDULE}
        for name in ("due_at", "last_rated_at"):
            value = values[name]
            values[name] = datetime.fromisoformat(value) if isinstance(value, str) else value
        return values


class RehearsalQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def rated(self) -> Self:
        """Those that count: told to the end, and judged."""
        return self.kept().filter(rating__isnull=False)

    def open(self) -> Self:
        """Under way, or stopped and not judged yet; the last begun first."""
        return self.kept().filter(rating=None).order_by("-told_at", "-pk")


class Rehearsal(Written):
    """One telling aloud. The recording, if there is one, never leaves the device.

    It begins at `told_at`, ends at `stopped_at`, and counts once it has a rating. Both moments are
    the server's, so that a reload, a sleeping tab and another device read the same clock.
    """

    writing = ("remark",)

    class Rating(models.IntegerChoices):
        LOST = 1, "Lost the thread"
        ROUGH = 2, "Rough"
        GOOD = 3, "Good"
        EASY = 4, "By heart"

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="rehearsals")
    length = models.PositiveSmallIntegerField(choices=Length.choices)
    told_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, editable=False)
    seconds = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(LONGEST)])
    rating = models.PositiveSmallIntegerField(choices=Rating.choices, null=True)
    rated_at = models.DateTimeField(null=True, editable=False)
    # The parts whose text was looked at while telling.
    revealed = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    remark = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The story's schedule before the rating, so that undo puts it back.
    before = models.JSONField(default=dict, editable=False)
    request_key = models.UUIDField(editable=False)

    objects = RehearsalQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["owner", "story", "-told_at"], name="rehearsal_of_story")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"], name="rehearsal_once_per_request"
            ),
            models.UniqueConstraint(
                fields=["owner", "story"],
                condition=Q(stopped_at=None, removed_at=None),
                name="one_telling_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rating=None, rated_at=None)
                | Q(rating__isnull=False, rated_at__isnull=False, stopped_at__isnull=False),
                name="rated_once_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"Told in {self.seconds} s"

    def get_absolute_url(self) -> str:
        return reverse("stories:rehearse", args=[self.story_id])

    @classmethod
    def writing_rows(cls, user):
        rows = cls.objects.for_user(user).kept().filter(story__removed_at=None)
        return rows.select_related("story")

    # Verbs.

    @classmethod
    def start(cls, story, length: int, *, key: UUID, now: datetime) -> "Rehearsal":
        """A telling of `story` begun at `now`; or the one this `key` made, or the one under way.

        One that was never stopped makes room for it.
        """
        mine = cls.objects.filter(owner=story.owner_id, story=story)
        with transaction.atomic():
            type(story).objects.select_for_update().only("pk").get(pk=story.pk)
            if made := cls.objects.filter(owner=story.owner_id, request_key=key).first():
                return made
            for row in mine.kept().filter(stopped_at=None):
                if not row.forgotten(now):
                    return row
                row.throw_away(now)
            return cls.objects.create(
                owner_id=story.owner_id, story=story, length=length, told_at=now,
                updated_at=now, request_key=key,
            )  # fmt: skip

    def stop(self, now: datetime, seconds: int | None = None) -> None:
        """End the telling. `seconds`, where the page sent them, are when Stop was pressed: the
        request may have come later. Stopped already, it stays as it is."""
        told = self.elapsed(now)
        told = min(told, LONGEST, seconds if seconds is not None else told)
        stopped_at = self.told_at + timedelta(seconds=told)
        rows = Rehearsal.objects.filter(pk=self.pk, stopped_at=None)
        if rows.update(seconds=told, stopped_at=stopped_at):
            self.seconds, self.stopped_at = told, stopped_at

    def throw_away(self, now: datetime) -> None:
        """Take it off the pages; one under way ends with it, so that it can come back."""
        self.stop(now)
        rows = Rehearsal.objects.filter(pk=self.pk, removed_at=None)
        if rows.update(removed_at=now):
            self.removed_at = now

    def reveal(self, part: str) -> None:
        """Note that the text of `part` was looked at. After the end it is no longer looking."""
        with transaction.atomic():
            row = Rehearsal.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if row.running and part not in row.revealed:
                row.revealed = [*row.revealed, part]
                row.save(update_fields=["revealed"])
        self.revealed = row.revealed

    # The clock.

    @property
    def running(self) -> bool:
        return self.stopped_at is None

    def elapsed(self, now: datetime) -> int:
        """Whole seconds since it began, up to `now`."""
        return max(0, int((now - self.told_at).total_seconds()))

    def forgotten(self, now: datetime) -> bool:
        return self.running and self.elapsed(now) > LONGEST

    @property
    def over(self) -> int:
        """Seconds beyond its version; below zero where it was shorter."""
        return self.seconds - self.length

    @property
    def short(self) -> int:
        """Seconds to spare; below zero where it was longer."""
        return -self.over

    @property
    def looked_at(self) -> str:
        """The parts whose text was looked at, in words."""
        return ", ".join(Part(part).label for part in self.revealed)
