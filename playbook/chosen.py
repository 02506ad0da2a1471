"""What a person has chosen for the sheet of the morning."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.ownership import Owned

LONGEST_KEY = 300


class MorningSheet(Owned):
    """The lines that its owner chose, by the addresses that are their keys; without a row the
    suggestion stands."""

    chosen = ArrayField(models.CharField(max_length=LONGEST_KEY), default=list, blank=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_morning_sheet")]

    def __str__(self) -> str:
        return "The sheet of the morning"
