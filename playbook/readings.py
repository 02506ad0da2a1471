"""What a person has read and knows: a study note, or a section of a playbook."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ownership import Owned, OwnedQuerySet


@dataclass(frozen=True)
class Known:
    """The ids of the notes and of the sections that somebody knows."""

    notes: frozenset[int]
    sections: frozenset[int]


class ReadingQuerySet(OwnedQuerySet):
    def standing(self) -> models.QuerySet:
        """Those of notes and playbooks that are still on the shelf."""
        note = Q(note__published=True, note__retired_at=None)
        playbook = Q(section__playbook__published=True, section__playbook__retired_at=None)
        return self.filter(note | playbook)

    def known_to(self, user) -> Known:
        """What `user` knows. One query."""
        pairs = list(self.for_user(user).order_by().values_list("note_id", "section_id"))
        return Known(
            frozenset(note for note, _ in pairs if note),
            frozenset(section for _, section in pairs if section),
        )

    def mark(self, user, now: datetime, **what) -> None:
        """`user` knows `what` (note=… or section=…), since `now` unless it was marked before."""
        self.get_or_create(owner=user, **what, defaults={"read_at": now})

    def unmark(self, user, **what) -> None:
        """`what` is to be read again."""
        self.for_user(user).filter(**what).delete()


class Reading(Owned):
    """A note or a section that its owner knows, since `read_at`. One of the two is set; neither
    is where the row came from another site, whose note or section this one does not have."""

    note = models.ForeignKey(
        "playbook.StudyNote", null=True, on_delete=models.CASCADE, related_name="+"
    )
    section = models.ForeignKey(
        "playbook.Section", null=True, on_delete=models.CASCADE, related_name="+"
    )
    read_at = models.DateTimeField(default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-id"]
        indexes = [models.Index(fields=["owner", "read_at"], name="reading_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "note"], condition=Q(note__isnull=False), name="one_reading_a_note"
            ),
            models.UniqueConstraint(
                fields=["owner", "section"],
                condition=Q(section__isnull=False),
                name="one_reading_a_section",
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=True) | Q(section__isnull=True),
                name="reading_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Known: {self.note or self.section}"
