"""One's own drawing for a note that asks for one, and the moment at which the model was shown."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.urls import reverse

from writing.fields import RenderedField
from writing.markdown import to_html
from writing.models import Written

START = "flowchart TB\n"


class Drawing(Written):
    """A diagram and its reasons, drawn before the model is shown. Somebody who drew on paper has
    an empty one: `compared_at` alone decides what they see."""

    writing = ("diagram", "why")

    # A note that leaves the shelf takes nobody's drawing with it.
    note = models.ForeignKey(
        "playbook.StudyNote", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200, editable=False)
    diagram = models.TextField(blank=True)
    why = models.TextField(blank=True)
    why_html = RenderedField("why")
    compared_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "note"], name="one_drawing_a_note")]

    @classmethod
    def of(cls, user, note) -> "Drawing":
        """The drawing of `user` for `note`; made when there is none."""
        values = {"name": note.title, "diagram": START}
        return cls.objects.get_or_create(owner=user, note=note, defaults=values)[0]

    @classmethod
    def show_model(cls, user, note, now: datetime | None) -> None:
        """Show the model beside `note` from `now` on; None puts it away again."""
        row = cls.of(user, note)
        cls.objects.filter(pk=row.pk).update(compared_at=now)

    @property
    def is_drawn(self) -> bool:
        """Does it hold more than its first line?"""
        return bool(self.diagram.strip() != START.strip() and self.diagram.strip())

    @property
    def html(self) -> str:
        """The diagram as a picture; empty where nothing is drawn."""
        return to_html(f"```mermaid\n{self.diagram.strip()}\n```") if self.is_drawn else ""

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        return {"why_html": str(to_html(texts["why"]))} if "why" in texts else {}

    def get_absolute_url(self) -> str:
        return reverse("playbook:drawing", args=[self.pk])

    def __str__(self) -> str:
        return f"My drawing: {self.name}"
