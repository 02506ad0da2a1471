"""What interviewers look for and ask: competencies, guided outlines, behavioural questions.

Shared content, from the files in stories/content or the admin. A story shows competencies, a
question asks for some: that is how the one finds the other.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from writing.content import SharedContent


class Part(models.TextChoices):
    """The parts of a story, in the order in which it is told."""

    SITUATION = "situation", "Situation"
    TASK = "task", "Task"
    ACTION = "action", "Action"
    RESULT = "result", "Result"
    METRICS = "metrics", "Metrics"
    SIGNAL = "signal", "Level signal"


class Competency(SharedContent):
    """A column of the matrix: a story theme, a core signal or a Leadership Principle."""

    class Group(models.TextChoices):
        THEME = "theme", "Themes"
        SIGNAL = "signal", "Core signals"
        PRINCIPLE = "principle", "Leadership Principles"

    group = models.CharField(max_length=10, choices=Group.choices)
    order = models.PositiveSmallIntegerField(default=500)
    title = models.CharField(max_length=120)
    means = models.TextField(blank=True, help_text="One sentence: what it is.")
    listens_for = models.TextField(blank=True, help_text="What an interviewer listens for.")
    write_next = models.TextField(blank=True, help_text="What to write when no story shows it.")

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "competencies"
        indexes = [models.Index(fields=["group", "order"], name="competency_group")]

    @property
    def value(self) -> str:
        """How forms and addresses name it; own ones are "own-12"."""
        return self.key

    def __str__(self) -> str:
        return self.title


class Prompt(models.Model):
    """One question of a theme's guided outline."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="prompts")
    part = models.CharField(max_length=10, choices=Part.choices)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Question(SharedContent):
    """A behavioural question, as an interviewer asks it."""

    subject = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=500)
    text = models.CharField(max_length=300)
    listens_for = models.TextField(blank=True, help_text="What makes an answer sound senior.")
    follow_ups = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    competencies = models.ManyToManyField(
        Competency, through="QuestionCompetency", related_name="questions"
    )

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="question_order")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("stories:question", args=[self.key])


class QuestionCompetency(models.Model):
    """What a question asks for; the one at position 0 is what it is mainly after."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="asks_for")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="asked_by")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "question competencies"
        constraints = [
            models.UniqueConstraint(fields=["question", "competency"], name="asks_once"),
            models.CheckConstraint(condition=Q(position__gte=0), name="asks_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.competency)
