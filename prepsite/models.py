"""The rows of the site itself: the days somebody has studied."""

from django.db import models

from accounts.ownership import Owned


class Day(Owned):
    """A study day that is over: seconds spent in each room, and the readiness it ended with.

    Written once, when the next page of the dashboard asks (prepsite/activity.py): no page counts
    months of rows again, and a change of time zone moves no day of the past.
    """

    ROOMS = ("scenarios", "stories", "drills", "plans", "playbook")

    day = models.DateField()
    scenarios = models.PositiveIntegerField(default=0)
    stories = models.PositiveIntegerField(default=0)
    drills = models.PositiveIntegerField(default=0)
    plans = models.PositiveIntegerField(default=0)
    playbook = models.PositiveIntegerField(default=0)
    # As last shown on that day; null where no page was opened.
    readiness = models.PositiveSmallIntegerField(null=True)
    # False for the current day, whose seconds are counted live and whose row holds readiness alone.
    closed = models.BooleanField(default=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "day"], name="one_ledger_row_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {round(self.seconds / 60)} min"

    @property
    def seconds(self) -> int:
        return sum(getattr(self, room) for room in self.ROOMS)
