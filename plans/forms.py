"""What people may send to the plans room, and what it becomes."""

import uuid
from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from plans.models import Plan
from plans.outline import MAX_MINUTES
from writing.forms import DocumentForm, TextField


def request_key(value: str | None) -> uuid.UUID:
    """The key a page sent with its form, or a fresh one when it sent none that can be read."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return uuid.uuid4()


def pace_to_start(hours: float | None) -> dict[str, object]:
    """What the clock's form proposes for a new plan; no clock where no block gives a time."""
    return {"start": "now", "hours": f"{hours:g}"} if hours else {"start": "none"}


def pace_as_set(plan: Plan, hours: float | None, now: datetime) -> dict[str, object]:
    """What the clock's form shows of a plan: its own clock while its day is today or tomorrow.

    Else `hours`, what is left asks for, are proposed from now on.
    """
    shown: dict[str, object] = {"start": "now", "hours": f"{hours:g}" if hours else None}
    if plan.starts_at and plan.minutes:
        begins = timezone.localtime(plan.starts_at)
        days = (begins.date() - timezone.localdate(now)).days
        if days in (0, 1):
            shown |= {"start": ("today", "tomorrow")[days], "at": f"{begins:%H:%M}",
                      "hours": f"{round(plan.minutes / 60, 2):g}"}  # fmt: skip
    return shown


class PaceForm(forms.Form):
    """When you start, and how long you have. `starts_at()` turns the answers into a moment."""

    START = [
        ("now", "Now"),
        ("today", "Today at"),
        ("tomorrow", "Tomorrow at"),
        ("none", "No clock"),
    ]

    start = forms.ChoiceField(choices=START, widget=forms.RadioSelect, initial="now", label="Start")
    at = forms.TimeField(
        required=False,
        label="Time of day",
        help_text="Only for “Today at” and “Tomorrow at”.",
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    hours = forms.DecimalField(
        label="Hours you have",
        help_text="Breaks included. None are needed without a clock.",
        min_value=0.25,
        max_value=MAX_MINUTES / 60,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
        error_messages={"max_value": "A day has 24 hours: give the hours you really have."},
    )

    def clean(self):
        data = super().clean() or {}
        if data.get("start") in ("today", "tomorrow") and not data.get("at"):
            self.add_error("at", "Give the time of day, for example 09:00.")
        if (
            data.get("start") not in (None, "none")
            and not data.get("hours")
            and ("hours" not in self.errors)
        ):
            self.add_error("hours", "Say how many hours you have, for example 8.")
        return data

    def starts_at(self, now: datetime) -> datetime | None:
        """The moment the clock starts, in the reader's zone; None for no clock."""
        start = self.cleaned_data["start"]
        if start == "none":
            return None
        if start == "now":
            return now
        day = timezone.localdate(now) + timedelta(days=start == "tomorrow")
        at: time = self.cleaned_data["at"]
        return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())

    def minutes(self) -> int | None:
        if self.cleaned_data["start"] == "none":
            return None
        return round(float(self.cleaned_data["hours"]) * 60)


class StartForm(PaceForm):
    """Starting a plan: the pace, and the key that makes asking twice make one plan."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class FitForm(forms.Form):
    """A start that the page of a plan proposed, as an ISO time with its offset, and the minutes."""

    start = forms.CharField(max_length=40)
    minutes = forms.IntegerField(min_value=15, max_value=MAX_MINUTES)

    def clean_start(self) -> datetime:
        try:
            start = datetime.fromisoformat(self.cleaned_data["start"])
        except ValueError:
            start = None
        if start is None or start.tzinfo is None or not 2000 <= start.year < 2100:
            raise forms.ValidationError("Give a time with its offset.")
        return start


class PlanForm(forms.ModelForm):
    title = TextField(max_length=200, label="Title")
    goal = TextField(max_length=1000, required=False, label="Goal")

    class Meta:
        model = Plan
        fields = ["title", "goal"]


class LineForm(forms.Form):
    """The text of one line."""

    text = TextField(max_length=1000, label="Text")


class AddForm(LineForm):
    block = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)


class UploadForm(DocumentForm):
    """A plan of one's own, as a Markdown file or pasted text."""

    nothing = "Choose a Markdown file or paste the text of a plan."
    too_large = "The file is larger than 1 MB. A plan is text: send less of it."

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Markdown file"
        self.fields["key"].initial = uuid.uuid4
