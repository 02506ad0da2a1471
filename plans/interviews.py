"""Interviews to come and those that have been: several at once, the next one leading."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import known_zone
from accounts.ownership import OwnedQuerySet
from plans import countdown
from writing.fields import RenderedField
from writing.markdown import to_html
from writing.models import Written

LONGEST = 600  # minutes: a day of rounds


class Went(models.TextChoices):
    """How an answer went, or all of an interview."""

    WEAK = "weak", "Weak"
    FAIR = "fair", "Fair"
    STRONG = "strong", "Strong"


class InterviewQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def upcoming(self, now: datetime) -> Self:
        """Those to come or under way at `now`, the earliest first; not what one withdrew from."""
        rows = self.kept().exclude(outcome=Interview.Outcome.WITHDRAWN)
        return rows.filter(ends_at__gt=now).order_by("at", "id")

    def past(self, now: datetime) -> Self:
        """Those that are over at `now` or were withdrawn from, the latest first."""
        over = Q(ends_at__lte=now) | Q(outcome=Interview.Outcome.WITHDRAWN)
        return self.kept().filter(over).order_by("-at", "-id")

    def next(self, now: datetime):
        """The interview that everything follows: the earliest not over; or None. One query."""
        return self.upcoming(now).first()

    def to_debrief(self, now: datetime) -> Self:
        """Those that took place and were not looked back on yet, the latest first."""
        rows = self.past(now).exclude(outcome=Interview.Outcome.WITHDRAWN)
        return rows.filter(debriefed_at=None)

    def without_texts(self) -> Self:
        """For lists, which do not show what was written."""
        return self.defer("stack", "stack_html", "notes", "notes_html", "improve", "improve_html")


class Interview(Written):
    """One conversation with a company: when and where, what to know before, what came of it.

    `at` is the moment it begins; `time_zone` is where the hour was said, so that it can be read
    the way it was agreed. `ends_at` follows from `at` and `minutes` at every save.
    """

    writing = ("stack", "notes", "improve")

    class Kind(models.TextChoices):
        SCREENING = "screening", "Screening"
        SYSTEM_DESIGN = "system-design", "System design"
        CODING = "coding", "Coding"
        BEHAVIOURAL = "behavioural", "Behavioural"
        HIRING_MANAGER = "hiring-manager", "Hiring manager"
        PANEL = "panel", "Panel"
        OTHER = "other", "Something else"

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting"
        NEXT_ROUND = "next-round", "Next round"
        OFFER = "offer", "Offer"
        NO = "no", "No"
        WITHDRAWN = "withdrawn", "Withdrawn"

    company = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    round = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.SYSTEM_DESIGN)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(LONGEST)]
    )
    ends_at = models.DateTimeField(editable=False)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    place = models.CharField("place or link", max_length=500, blank=True)
    interviewers = models.CharField(max_length=300, blank=True)

    stack = models.TextField("what is known of their stack", blank=True)
    stack_html = RenderedField("stack")
    notes = models.TextField(blank=True)
    notes_html = RenderedField("notes")

    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    went = models.CharField(max_length=6, choices=Went.choices, blank=True)
    improve = models.TextField("what to do better", blank=True)
    improve_html = RenderedField("improve")
    debriefed_at = models.DateTimeField(null=True, blank=True, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Made by the page that asked for it, so that asking twice makes one; its name in calendars.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Counts the changes of hour and place: a calendar takes the entry with the higher one.
    edition = models.PositiveIntegerField(default=0, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["owner", "at"], name="interview_owner_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"], name="interview_once_per_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.sort}"

    @property
    def sort(self) -> str:
        """What sort of interview it is, in lower case: "system design"."""
        if self.kind != self.Kind.OTHER:
            return self.get_kind_display().lower()
        return self.round or "interview"

    def save(self, *args, update_fields=None, **kwargs):
        self.ends_at = self.at + timedelta(minutes=self.minutes)
        if update_fields is not None and {"at", "minutes"} & set(update_fields):
            update_fields = [*update_fields, "ends_at"]
        super().save(*args, update_fields=update_fields, **kwargs)

    # Writing.

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).kept()

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        return {f"{name}_html": str(to_html(text)) for name, text in texts.items()}

    # Addresses.

    def get_absolute_url(self) -> str:
        return reverse("interviews:interview", args=[self.pk])

    @property
    def debrief_url(self) -> str:
        return reverse("interviews:debrief", args=[self.pk])

    @property
    def link(self) -> str:
        """The place, where it is an address of the web that can be opened; else empty."""
        scheme, found, rest = self.place.partition("://")
        usable = found and rest and scheme.lower() in ("http", "https")
        return self.place if usable and not any(c.isspace() for c in self.place) else ""

    # When.

    @property
    def zone(self) -> ZoneInfo:
        """Where its hour was said; UTC where this machine does not know the stored name."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def local(self) -> datetime:
        """When it begins, by the clocks of its own zone."""
        return self.at.astimezone(self.zone)

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at

    @property
    def withdrawn(self) -> bool:
        return self.outcome == self.Outcome.WITHDRAWN

    def countdown(self, now: datetime, zone: ZoneInfo) -> str:
        """How far off it is, for a reader in `zone`: "in 3 days"."""
        return countdown.countdown(self.at, self.ends_at, now, zone)
