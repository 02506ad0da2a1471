"""Rows of writing, and the history that every one of them has."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self, cast

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.ownership import Owned, OwnedQuerySet
from writing.autosave.triggers import KeepHistory


class Written(Owned):
    """An owned row in which a person writes.

    A room names its text fields in `writing`; the row then has a save address, a history page and
    the database's two triggers (writing/autosave/triggers.py), which the room's next migration
    installs. Rows are saved through the save address, a form or `save()`; the version counts each
    change of text whichever it was.
    """

    writing: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        """Save, and read the version that the database gave. One more query for an update."""
        adding = self._state.adding
        super().save(*args, update_fields=update_fields, **kwargs)
        if not adding and (update_fields is None or set(update_fields) & set(self.writing)):
            self.refresh_from_db(fields=["version", "updated_at"])

    @classmethod
    def writing_rows(cls, user) -> models.QuerySet:
        """The rows `user`, or who has that id, may read and write; narrow it to hide, for example,
        removed rows."""
        return cls.objects.for_user(user)

    def writing_locked(self, now: datetime) -> str:
        """Why this row cannot be written now, as a sentence; empty when it can."""
        return ""

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        """Columns that follow from the text, such as stored HTML, for the same UPDATE.

        `texts` holds the new text of each changed field; the row already has them.
        """
        return {}

    def get_absolute_url(self) -> str:
        """The page on which this row is written. A room must say."""
        raise NotImplementedError(f"{type(self).__name__} needs get_absolute_url")

    def writing_texts(self) -> dict[str, str]:
        return {name: getattr(self, name) or "" for name in self.writing}

    @classmethod
    def writing_field(cls, name: str) -> models.Field:
        return cast(models.Field, cls._meta.get_field(name))

    @property
    def writing_label(self) -> str:
        return self._meta.label_lower

    @property
    def save_url(self) -> str:
        return reverse("writing:save", args=[self.writing_label, self.pk])

    @property
    def history_url(self) -> str:
        return reverse("writing:history", args=[self.writing_label, self.pk])


def written_model(label: str) -> type[Written]:
    """The model that `label` (app.model) names, if people write in it; Http404 otherwise."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, Written) or label != model._meta.label_lower:
        raise Http404
    return model


def spliced(before: str, change: str | list) -> str:
    """`change` is a whole text, or [characters kept in front, characters cut, text put there]."""
    if isinstance(change, str):
        return change
    front, cut, put = change
    return before[:front] + put + before[front + cut :]


class RevisionQuerySet(OwnedQuerySet):
    def of(self, row: Written) -> Self:
        """The revisions of one row, the refused texts among them."""
        return self.filter(owner=row.owner_id, model=row.writing_label, object_id=row.pk)

    def accepted(self) -> Self:
        return self.exclude(kind=Revision.Kind.KEPT)


class Revision(Owned):
    """One saved text of one row; or one that could not be saved, kept all the same.

    Append-only, by trigger. Every acknowledged save is a revision for as long as the account
    lives. What keeps that small: `fields` holds only what changed, a long text as the splice that
    makes it from the version before (so an hour of typing costs what was typed), and every
    KEYFRAME-th version whole, so that reading one folds a bounded number. The history page shows
    a burst of saves as one entry; nothing is thrown away for it.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", "Saved"
        RESTORED = "restored", "Restored"
        KEPT = "kept", "Not applied, kept"

    model = models.CharField(max_length=100, editable=False)
    object_id = models.BigIntegerField(editable=False)
    # Null for a text that was kept and not applied: it is no version of the row.
    version = models.PositiveIntegerField(null=True, editable=False)
    base_version = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, editable=False)
    fields = models.JSONField(editable=False)
    whole = models.BooleanField(editable=False)
    tab = models.UUIDField(null=True, editable=False)
    key = models.UUIDField(null=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    saved_at = models.DateTimeField(editable=False)

    objects = RevisionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "model", "object_id", "version"], name="one_revision_a_version"
            )
        ]
        # For the days somebody wrote on, whatever they wrote in.
        indexes = [models.Index(fields=["owner", "saved_at"], name="revision_when")]
        triggers = [KeepHistory()]

    def texts(self) -> dict[str, str]:
        """The text of each field as it stood after this; of a kept one, the fields it holds.

        One query, of at most KEYFRAME rows.
        """
        if self.kind == self.Kind.KEPT:
            return dict(self.fields)
        line = Revision.objects.filter(
            owner=self.owner_id,
            model=self.model,
            object_id=self.object_id,
            version__lte=self.version,
        )
        whole = line.filter(whole=True).order_by("-version").values("version")[:1]
        since = line.filter(version__gte=Coalesce(models.Subquery(whole), 0)).order_by("version")
        texts: dict[str, str] = {}
        for fields in since.values_list("fields", flat=True):
            for field, change in fields.items():
                texts[field] = spliced(texts.get(field, ""), change)
        return texts

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}, {self.kind} {self.saved_at:%Y-%m-%d %H:%M} UTC"


# A row of writing as well, with a file of its own.
from writing.diagrams import Diagram  # noqa: E402, F401
