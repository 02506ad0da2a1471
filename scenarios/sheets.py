"""What is written in an attempt. Every row saves itself as people type (writing/autosave).

One row a page, not one for the whole attempt: the high-level design open in one tab and the
drill-down in another are no conflict, and each has a history of its own.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse

from accounts.ownership import OwnedQuerySet
from scenarios import interviewer, rubric
from scenarios.attempts import LINES, Attempt, Mode, Phase
from scenarios.compare import tally
from scenarios.guards import AskedStays, OnlyWhileOpen
from scenarios.models import Category
from writing.models import Written

QUOTES = "“”\"' "
FINISHED = "This attempt is finished: it can be read, and no longer changed."


class AttemptWriting(Written):
    """Text of an open attempt, written on the page of `phase`."""

    phase: ClassVar[str]
    attempt: models.ForeignKey
    attempt_id: int

    class Meta:
        abstract = True

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).select_related("attempt")

    def writing_locked(self, now: datetime) -> str:
        return FINISHED if self.attempt.finished_at else ""

    def get_absolute_url(self) -> str:
        return reverse("scenarios:phase", args=[self.attempt_id, self.phase])

    def __str__(self) -> str:
        return f"{Phase(self.phase).label}, attempt {self.attempt.number}"


class ClarifySheet(AttemptWriting):
    phase = Phase.CLARIFY
    writing = ("scope",)

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="clarify")
    scope = models.TextField("scope and assumptions", blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "attempt"], name="clarify_sheet_owner")]
        triggers = [OnlyWhileOpen()]


class DesignSheet(AttemptWriting):
    phase = Phase.HIGH_LEVEL
    writing = ("design", "diagram")

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="high_level")
    design = models.TextField("the flow in words", blank=True)
    diagram = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "attempt"], name="design_sheet_owner")]
        triggers = [OnlyWhileOpen()]


class DrillDownSheet(AttemptWriting):
    phase = Phase.DRILL_DOWN
    writing = ("bottleneck", "schema")

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="drill_down")
    bottleneck = models.TextField(blank=True)
    schema = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "attempt"], name="drill_down_sheet_owner")]
        triggers = [OnlyWhileOpen()]


class WrapUpSheet(AttemptWriting):
    phase = Phase.WRAP_UP
    writing = ("more_time",)

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="wrap_up")
    more_time = models.TextField("with more time", blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "attempt"], name="wrap_up_sheet_owner")]
        triggers = [OnlyWhileOpen()]


class AskedQuestion(AttemptWriting):
    """One of ten lines. Once asked, it holds the prepared question that it matched and the answer
    as it was given, both copied; both are empty where the candidate was left to assume. A double
    question may match two: a line of text for each."""

    phase = Phase.CLARIFY
    writing = ("text",)

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("question", max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, editable=False)
    matched = models.TextField(blank=True, editable=False)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True, editable=False)
    answer = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "attempt", "position"], name="line_of_attempt"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, LINES)), name="line_is_one_of_ten"
            ),
        ]
        triggers = [OnlyWhileOpen(), AskedStays()]

    def writing_locked(self, now: datetime) -> str:
        if self.asked_at:
            return "This question was asked, and a question asked cannot be taken back."
        return super().writing_locked(now)

    @property
    def quotation(self) -> str:
        """The question and its answer as they stand in a design, in Markdown."""
        lines = [f"“{line.strip(QUOTES)}”" for line in self.answer.splitlines()]
        return "".join(f"> {line}\n" for line in [self.text, *lines])

    def __str__(self) -> str:
        return f"Question {self.position}, attempt {self.attempt.number}"


class ChoiceQuerySet(OwnedQuerySet):
    def standing(self) -> models.QuerySet:
        return self.filter(removed_at=None)


class AttemptChoice(AttemptWriting):
    """A technology chosen, and the one sentence that justifies it."""

    phase = Phase.DRILL_DOWN
    writing = ("name", "why")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("choice", max_length=200, blank=True)
    why = models.TextField("justification", blank=True)
    removed_at = models.DateTimeField(null=True, editable=False)
    request_key = models.UUIDField(editable=False)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["owner", "attempt", "position"], name="choice_of_attempt")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key"], name="choice_once_per_request")
        ]
        triggers = [OnlyWhileOpen()]

    def __str__(self) -> str:
        return f"{self.name or 'Choice'}, attempt {self.attempt.number}"


class FollowUpAnswer(AttemptWriting):
    """What the interviewer throws in at `minute` of the attempt, and what one says to it."""

    phase = Phase.DRILL_DOWN
    writing = ("text",)

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="follow_ups")
    position = models.PositiveSmallIntegerField()
    minute = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField("your answer", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "attempt", "position"], name="follow_up_of_attempt"
            )
        ]
        triggers = [OnlyWhileOpen()]

    def __str__(self) -> str:
        return self.title


def _score(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, null=True, blank=True, validators=[MaxValueValidator(rubric.POINTS[-1])]
    )


class Reflection(Written):
    """What one makes of a finished attempt: 0 to 2 on each signal, and a note for the next time.

    It is not part of the attempt, so it can be written when that is finished, and again later.
    """

    writing = ("next_time",)

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="reflection")
    next_time = models.TextField("next time", blank=True)
    trade_offs = _score("trade-off fluency")
    scalability = _score("scalability")
    data_pipelines = _score("data pipelines")
    build_or_buy = _score("build or buy")
    cost = _score("cost")
    scored_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["owner", "attempt"], name="reflection_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{s.field}__isnull": True}) | Q(**{f"{s.field}__lte": 2}),
                name=f"score_of_{s.field}",
            )
            for s in rubric.SIGNALS
        ]

    def __str__(self) -> str:
        return "Next time"

    def get_absolute_url(self) -> str:
        return reverse("scenarios:score", args=[self.attempt_id])

    @property
    def scores(self) -> dict[str, int | None]:
        return {signal.field: getattr(self, signal.field) for signal in rubric.SIGNALS}

    @property
    def total(self) -> int | None:
        """The points of a full score; None while a signal has none."""
        points = [each for each in self.scores.values() if each is not None]
        return sum(points) if len(points) == len(rubric.SIGNALS) else None


SHEETS = (DesignSheet, DrillDownSheet, WrapUpSheet)


def prepare(attempt: Attempt) -> None:
    """The empty rows of a new attempt, and the follow-ups as the scenario has them now."""
    own = {"owner_id": attempt.owner_id, "attempt": attempt}
    Reflection.objects.create(**own)
    ClarifySheet.objects.create(**own)
    AskedQuestion.objects.bulk_create(
        AskedQuestion(position=position, **own) for position in range(1, LINES + 1)
    )
    if attempt.mode == Mode.CLARIFY:
        return
    for sheet in SHEETS:
        sheet.objects.create(**own)
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(position=position, minute=row.minute, title=row.title, **own)
        for position, row in enumerate(attempt.scenario.follow_ups.all(), start=1)
    )


def questions_covered(attempt: Attempt) -> tuple[int, int]:
    """How many of the scenario's prepared questions were asked, and how many there are."""
    asked = attempt.lines.filter(asked_at__isnull=False)
    return tally(interviewer.covered(asked, attempt.scenario))


def ask(attempt: Attempt, position: int, text: str, now: datetime) -> AskedQuestion | None:
    """Ask `text` on line `position`; the answer is written beside it. None when no line is left.

    Asked twice, as by a double click, it is one question. When another tab has taken the line,
    the next free one is used.
    """
    with transaction.atomic():
        lines = list(attempt.lines.select_for_update())
        line = _line_for(lines, position, text)
        if line is None or line.asked_at:
            return line
        found = interviewer.answering(text, list(attempt.scenario.questions.all()))
        line.text, line.asked_at = text, now
        if found:
            line.category = found[0].category
            line.matched = "\n".join(question.text for question in found)
            line.answer = "\n".join(question.answer for question in found if question.answer)
        line.save(update_fields=["text", "asked_at", "matched", "category", "answer"])
    return line


def _line_for(lines: list[AskedQuestion], position: int, text: str) -> AskedQuestion | None:
    wanted = next((line for line in lines if line.position == position), None)
    if wanted and (not wanted.asked_at or wanted.text == text):
        return wanted
    free = [line for line in lines if not line.asked_at]
    return min(free, key=lambda line: (bool(line.text), line.position), default=None)


def quote(attempt: Attempt, line: AskedQuestion, now: datetime) -> None:
    """Put the answer of `line` at the end of the design, once."""
    with transaction.atomic():
        sheet = DesignSheet.objects.select_for_update().get(attempt=attempt)
        words = line.quotation
        if words.strip() in sheet.design:
            return
        before = sheet.design.rstrip()
        sheet.design = f"{before}\n\n{words}" if before else words
        sheet.updated_at = now
        sheet.save(update_fields=["design", "updated_at"])


def add_choice(attempt: Attempt, key: UUID) -> AttemptChoice:
    """An empty row for one more choice, or the row that this `key` already made."""
    last = attempt.choices.aggregate(last=Max("position"))["last"] or 0
    row, _ = AttemptChoice.objects.get_or_create(
        owner_id=attempt.owner_id,
        request_key=key,
        defaults={"attempt": attempt, "position": last + 1},
    )
    return row
