"""A room as small as can be: one kind of written row. Installed in tests only."""

from datetime import datetime

from django.db import models
from django.urls import reverse

from accounts.ownership import OwnedQuerySet
from writing.models import Written


class Note(Written):
    """Two texts with a title; read-only once finished."""

    writing = ("title", "text", "aside")

    title = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    aside = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "id"], name="sample_note_owner")]

    def __str__(self) -> str:
        return self.title or f"Note {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("sample:note", args=[self.pk])

    def writing_locked(self, now: datetime) -> str:
        return "This note is finished and can no longer be changed." if self.finished_at else ""

    def writing_derived(self, texts):
        return {"words": len(self.text.split())} if "text" in texts else {}
