"""What people may send about an interview."""

import uuid
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.forms import TimeZoneField
from plans import local_time
from plans.interviews import LONGEST, Interview, Went
from writing.forms import TextField

# Beyond these the arithmetic of time zones says nothing any more.
YEARS = range(2000, 2100)
FIRST, SECOND = "first", "second"


class InterviewForm(forms.ModelForm):
    """What one knows of an interview before it. Cleaning turns date, hour and zone into `at`.

    `which` is asked for in the night in which the clocks go back, and the hour comes twice.
    """

    company = TextField(max_length=120, label="Company")
    role = TextField(max_length=120, required=False, label="Role")
    round = TextField(max_length=120, required=False, label="Round")
    day = forms.DateField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give a date, for example 2026-12-03."},
    )
    hour = forms.TimeField(
        label="Begins at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Give the time of day, for example 10:00."},
    )
    which = forms.CharField(required=False)
    time_zone = TimeZoneField(help_text="Where that hour is meant.")
    minutes = forms.IntegerField(
        label="Minutes",
        initial=60,
        min_value=5,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"max_value": "Ten hours at most: write a longer day as two interviews."},
    )
    place = TextField(max_length=500, required=False, label="Place or link")
    interviewers = TextField(max_length=300, required=False, label="Who will be there")
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Which edition is being changed; another one was saved since, in another window.
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Interview
        fields = (
            "company", "role", "round", "kind", "time_zone", "minutes", "place", "interviewers",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.two: list[tuple[str, str]] = []
        if self.instance.pk:
            self.initial["edition"] = self.instance.edition
            local = self.instance.local
            self.initial["day"], self.initial["hour"] = local.date(), local.time()
            if local_time.comes_twice(local):
                self._offer(local.replace(fold=0), local.replace(fold=1))
                self.initial["which"] = SECOND if local.fold else FIRST
        else:
            self.initial.setdefault("time_zone", timezone.get_current_timezone_name())

    def _offer(self, first: datetime, second: datetime) -> None:
        """Ask which of two moments is meant, told apart by how far clocks are ahead of UTC."""
        self.two = [
            (FIRST, f"The first {first:%H:%M}, at {local_time.offset(first)}"),
            (SECOND, f"The second {second:%H:%M}, at {local_time.offset(second)}"),
        ]

    def over(self, there: Interview) -> None:
        """Keep what was sent, to be saved over `there` once that was seen."""
        sent = cast(QueryDict, self.data).copy()
        sent[self.add_prefix("edition")] = str(there.edition)
        self.data = sent

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError("Give a year between 2000 and 2099.")
        return day

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self):
        data = super().clean() or {}
        if {"day", "hour", "time_zone"} <= data.keys():
            self._set_moment(data)
        return data

    def _set_moment(self, data) -> None:
        """Set `at` of the interview, or say why that hour is no moment or two."""
        zone, hour = ZoneInfo(data["time_zone"]), data["hour"]
        which = {FIRST: 0, SECOND: 1}.get(data["which"])
        where = local_time.place(data["time_zone"])
        try:
            self.instance.at = local_time.moment(data["day"], hour, zone, which)
        except local_time.NoSuchHour as error:
            self.add_error(
                "hour",
                f"The clocks in {where} go forward that night and skip {hour:%H:%M}. "
                f"Did you mean {error.before:%H:%M} or {error.after:%H:%M}?",
            )
        except local_time.HourTwice as error:
            self._offer(error.first, error.second)
            self.add_error(
                "which",
                f"The clocks in {where} go back that night, so {hour:%H:%M} comes twice. "
                "Choose one of the two.",
            )


class AskedForm(forms.Form):
    """Something that was asked: `pick` names one of the things found, else it is new words."""

    q = TextField(max_length=300, required=False, label="A question, a topic, a scenario")
    pick = forms.CharField(required=False)
    key = forms.UUIDField(required=False)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self):
        data = super().clean() or {}
        if not data.get("pick") and not data.get("q") and "q" not in self.errors:
            self.add_error("q", "Write what was asked, in a few words.")
        return data


class WentForm(forms.Form):
    went = forms.ChoiceField(choices=Went.choices, required=False)


class OutcomeForm(forms.ModelForm):
    class Meta:
        model = Interview
        fields = ("outcome",)


class DebriefForm(forms.ModelForm):
    """How all of it went, and what became of it."""

    went = forms.ChoiceField(
        label="How did it go?", choices=Went.choices, required=False, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(label="Outcome", choices=Interview.Outcome.choices)

    class Meta:
        model = Interview
        fields = ("went", "outcome")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # With what to do better: without a script Done brings that along.
        for field in self.fields.values():
            field.widget.attrs["form"] = "words"
