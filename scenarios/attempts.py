"""One person's attempt at a scenario: its clock and its verbs.

What is written in it stands in scenarios/sheets.py. An attempt copies what it was shown (answers,
follow-ups), so that a later edition of the scenario changes no attempt. A finished one can only be
read: the database refuses every change of it and of what belongs to it (scenarios/guards.py).
"""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.ownership import Owned, OwnedQuerySet
from scenarios import clock
from scenarios.guards import KeepFinished, OnlyWhileOpen
from scenarios.models import Scenario

LINES = 10
ENOUGH_QUESTIONS = 5


class Mode(models.TextChoices):
    TIMED = clock.Mode.TIMED, "Against the clock"
    UNTIMED = clock.Mode.UNTIMED, "Without a clock"
    CLARIFY = clock.Mode.CLARIFY, "Only clarify"


class Phase(models.TextChoices):
    CLARIFY = clock.Phase.CLARIFY, "Clarify"
    HIGH_LEVEL = clock.Phase.HIGH_LEVEL, "High level"
    DRILL_DOWN = clock.Phase.DRILL_DOWN, "Drill down"
    WRAP_UP = clock.Phase.WRAP_UP, "Wrap up"


class AttemptQuerySet(OwnedQuerySet):
    def of(self, scenario: Scenario) -> Self:
        return self.filter(scenario=scenario)

    def open(self) -> Self:
        return self.filter(finished_at=None)

    def standing(self) -> Self:
        """Without those that were discarded."""
        return self.filter(discarded_at=None)

    def with_clock(self) -> Self:
        """With what the clock is read from, in two more queries."""
        return self.prefetch_related("phase_starts", "pauses")


class Attempt(Owned):
    """`number` counts one's attempts at the scenario. `shown_early_at` is set when the model
    solution was opened before the end. `covered` of `prepared` questions are the figures as they
    were at the finish. An open attempt may be discarded, which hides it until it is restored."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.TIMED)
    number = models.PositiveSmallIntegerField(default=1)
    # Made by the page that offered the start, so that asking twice makes one.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    shown_early_at = models.DateTimeField(null=True, editable=False)
    discarded_at = models.DateTimeField(null=True, editable=False)
    covered = models.PositiveSmallIntegerField(null=True, editable=False)
    prepared = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["owner", "scenario", "-created_at"], name="attempt_owner_scenario"
            ),
            models.Index(fields=["owner", "-created_at"], name="attempt_owner_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"], name="attempt_once_per_request"
            )
        ]
        triggers = [KeepFinished()]

    def __str__(self) -> str:
        return f"{self.scenario}, attempt {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("scenarios:attempt", args=[self.pk])

    @classmethod
    def start(
        cls, owner, scenario: Scenario, mode: str, *, key: uuid.UUID, now: datetime
    ) -> "Attempt":
        """A new attempt with its first phase begun, or the one that this `key` already made.

        If that one was discarded since, a new one: the page with its key was gone back to.
        """
        from scenarios.sheets import prepare

        with transaction.atomic():
            attempt, made = cls.objects.get_or_create(
                owner=owner,
                request_key=key,
                defaults={
                    "scenario": scenario,
                    "mode": mode,
                    "created_at": now,
                    "number": cls.objects.for_user(owner).of(scenario).count() + 1,
                },
            )
            if made:
                first = clock.PHASES[clock.Mode(mode)][0]
                PhaseStart.objects.create(owner=owner, attempt=attempt, phase=first, started_at=now)
                prepare(attempt)
        if attempt.discarded_at:
            return cls.start(owner, scenario, mode, key=uuid.uuid4(), now=now)
        return attempt

    @cached_property
    def starts(self) -> dict[clock.Phase, datetime]:
        return {clock.Phase(row.phase): row.started_at for row in self.phase_starts.all()}

    def reading(self, now: datetime) -> clock.Reading:
        """The clock at `now`."""
        pauses = [clock.Interval(row.started_at, row.ended_at) for row in self.pauses.all()]
        return clock.read(clock.Mode(self.mode), self.starts, pauses, now, self.finished_at)

    @property
    def may_compare(self) -> bool:
        """Has the model solution been earned, or asked for all the same?"""
        return bool(self.finished_at or self.shown_early_at)

    def _locked(self) -> "Attempt":
        """This attempt, nobody else changing its state until the transaction ends."""
        return Attempt.objects.for_user(self.owner_id).select_for_update().get(pk=self.pk)

    def open_phase(self, phase: str, now: datetime) -> bool:
        """Move the clock to `phase`, the next one; a pause ends. False when it is not the next.

        Opening a phase that is open changes nothing, so a button pressed twice opens one.
        """
        with transaction.atomic():
            fresh = self._locked()
            reading = fresh.reading(now)
            if fresh.finished_at or reading.opened(phase) or reading.next != phase:
                return reading.opened(phase)
            fresh._end_pause(now)
            PhaseStart.objects.create(
                owner_id=self.owner_id, attempt=fresh, phase=phase, started_at=now
            )
        return True

    def pause(self, now: datetime) -> None:
        """Stop the clock. Stopped already, it stays as it is."""
        with transaction.atomic():
            fresh = self._locked()
            if not fresh.finished_at:
                Pause.objects.get_or_create(
                    owner_id=self.owner_id,
                    attempt=fresh,
                    ended_at=None,
                    defaults={"started_at": now},
                )

    def resume(self, now: datetime) -> None:
        with transaction.atomic():
            fresh = self._locked()
            if not fresh.finished_at:
                fresh._end_pause(now)

    def _end_pause(self, now: datetime) -> None:
        for pause in self.pauses.filter(ended_at=None):
            pause.ended_at = max(now, pause.started_at)
            pause.save(update_fields=["ended_at"])

    def show(self, now: datetime) -> None:
        """Open the model solution before the end; the attempt remembers when."""
        with transaction.atomic():
            fresh = self._locked()
            if not fresh.may_compare:
                fresh.shown_early_at = now
                fresh.save(update_fields=["shown_early_at"])

    def discard(self, now: datetime) -> None:
        """Take an open attempt out of sight, its words kept. A finished one stays."""
        with transaction.atomic():
            fresh = self._locked()
            if not fresh.finished_at:
                fresh.discarded_at = fresh.discarded_at or now
                fresh.save(update_fields=["discarded_at"])

    def restore(self) -> None:
        """Bring a discarded attempt back, as it was."""
        with transaction.atomic():
            fresh = self._locked()
            if fresh.discarded_at:
                fresh.discarded_at = None
                fresh.save(update_fields=["discarded_at"])

    def finish(self, now: datetime) -> None:
        """End the attempt. From here on it can only be read. Finished already, it stays so."""
        from scenarios.sheets import questions_covered

        with transaction.atomic():
            fresh = self._locked()
            if fresh.finished_at:
                return
            fresh._end_pause(now)
            fresh.covered, fresh.prepared = questions_covered(fresh)
            fresh.finished_at = now
            fresh.save(update_fields=["covered", "prepared", "finished_at"])

    def earlier(self) -> AttemptQuerySet:
        """One's finished attempts at the same scenario before this one, newest first."""
        others = Attempt.objects.for_user(self.owner_id).filter(scenario=self.scenario_id)
        return others.filter(finished_at__isnull=False, created_at__lt=self.created_at)


class PhaseStart(Owned):
    """When a phase began; it lasts until the next one begins."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="phase_starts")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "attempt", "phase"], name="phase_begins_once")
        ]
        triggers = [OnlyWhileOpen()]


class Pause(Owned):
    """From when to when the clock stood; `ended_at` is null while it stands."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at", "id"]
        indexes = [models.Index(fields=["owner", "attempt"], name="pause_of_attempt")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "attempt"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
                name="pause_ends_after_it_begins",
            ),
        ]
        triggers = [OnlyWhileOpen()]

    @property
    def length(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.ended_at else None
