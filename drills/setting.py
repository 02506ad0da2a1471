"""What a person decided about their drills, and the plan of the day that follows from it."""

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.ownership import Owned
from drills.scheduling import RETENTION
from prepsite.compiled import compiled


class Setting(Owned):
    """One row a person. `queue` is the day's list of cards in order, by id, made at `planned_at`
    for `planned_day`; None there asks for a new plan. `extra_minutes` were asked for on top that
    day. `aimed_at` is the interview that the due dates of the cards are aimed at now."""

    new_a_day = models.PositiveSmallIntegerField(
        "new cards a day", default=10, validators=[MaxValueValidator(500)]
    )
    minutes_a_day = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    retention = models.FloatField(
        "desired retention",
        default=RETENTION,
        validators=[MinValueValidator(0.7), MaxValueValidator(0.97)],
    )
    interview_at = models.DateTimeField("hour of the interview", null=True, blank=True)

    aimed_at = models.DateTimeField(null=True, editable=False)
    planned_day = models.DateField(null=True, editable=False)
    planned_at = models.DateTimeField(null=True, editable=False)
    extra_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    queue = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    # Until the interview, as planned: [moment, share if the plan is kept, share if it stops here].
    forecast = models.JSONField(null=True, editable=False)
    # Due cards that the plan leaves for later days.
    left_for_later = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_drill_setting")]

    def __str__(self) -> str:
        return f"{self.new_a_day} new cards, {self.minutes_a_day} minutes a day"

    @classmethod
    def of(cls, user) -> "Setting":
        """The settings of `user`; the first call makes them. One query otherwise."""
        found = _setting(user.pk)
        return found[0] if found else cls.objects.get_or_create(owner=user)[0]

    @classmethod
    def replan(cls, owner_id: int) -> None:
        """Have the plan of the day made anew when it is next asked for."""
        cls.objects.filter(owner=owner_id).update(planned_day=None)

    @classmethod
    def lead_to(cls, owner_id: int, at: datetime | None) -> None:
        """Aim at the interview at `at`, or at none; the plan of the day follows when it changed."""
        rows = cls.objects.filter(owner=owner_id)
        moved = rows.filter(
            ~models.Q(interview_at=at) if at else models.Q(interview_at__isnull=False)
        )
        if not moved.update(interview_at=at, planned_day=None):
            cls.objects.get_or_create(owner_id=owner_id, defaults={"interview_at": at})

    def limit(self, now: datetime) -> datetime | None:
        """The hour no interval may pass: the interview's, until it is over."""
        return self.interview_at if self.interview_at and self.interview_at > now else None

    def stands(self, day: date, now: datetime) -> bool:
        """Is the plan the one of `day`, aimed as it should be?"""
        return self.planned_day == day and self.aimed_at == self.limit(now)


@compiled
def _setting(owner: int) -> models.QuerySet:
    return Setting.objects.for_user(owner)
