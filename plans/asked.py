"""What was asked in an interview, how the answer went, and whether it was brought back."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ownership import Owned, OwnedQuerySet
from drills import asked
from plans.interviews import Interview, Went

# What the words of a question that none of the rooms has become when they are brought back.
VERB, BACK = "Make a card of it", "In your drills"


class AskedQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        """Those that were not removed, of interviews that were not."""
        return self.filter(removed_at=None, interview__removed_at=None)

    def weak(self) -> Self:
        """Those that went badly."""
        return self.kept().filter(went=Went.WEAK)

    def brought_back(self) -> Self:
        """Those that went badly and were sent back into practice, the latest first."""
        return self.weak().filter(again_at__isnull=False).order_by("-again_at", "-id")


class Asked(Owned):
    """One thing that was asked. `source` and `key` name it among what the rooms have
    (drills/asked.py); both are empty for new words. `title`, `label` and `address` are copied, so
    that the line still reads when what it names is gone. `before` is what undo needs.
    """

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="asked", db_index=False
    )
    source = models.CharField(max_length=20, blank=True, editable=False)
    key = models.CharField(max_length=200, blank=True, editable=False)
    title = models.CharField(max_length=300)
    label = models.CharField(max_length=60, blank=True, editable=False)
    address = models.CharField(max_length=300, blank=True, editable=False)
    went = models.CharField(max_length=6, choices=Went.choices, blank=True)
    again_at = models.DateTimeField(null=True, editable=False)
    before = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    # Made by the page that asked for it, so that asking twice makes one.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "asked"
        indexes = [
            models.Index(fields=["owner", "interview", "id"], name="asked_in_interview"),
            models.Index(
                fields=["owner", "-again_at"],
                condition=Q(went="weak", removed_at=None),
                name="asked_weak",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key"], name="asked_once_per_request")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its line in the debrief. The key in it stays, wherever the account is brought."""
        return f"{self.interview.debrief_url}#asked-{self.request_key}"

    @property
    def known(self) -> asked.Source | None:
        """The source that it came from; None for new words."""
        return asked.named(self.source) if self.source else None

    @property
    def verb(self) -> str:
        """What the button says that brings it back."""
        return self.known.verb if self.known else VERB

    @property
    def back(self) -> str:
        """What is said of it once it was brought back."""
        return self.known.back if self.known else BACK

    @property
    def is_weak(self) -> bool:
        return self.went == Went.WEAK
