"""What people may send to the drills room."""

import uuid

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from drills.decks import Kind
from drills.scheduling import Rating
from drills.setting import Setting
from writing.forms import MarkdownField, TextField

_LONGEST_TYPED = 5000


class ShownForm(forms.Form):
    """What a page remembers of the card it shows: a key for its answer, and since when."""

    key = forms.UUIDField(required=False)
    shown = forms.FloatField(required=False, min_value=0)
    typed = MarkdownField(required=False, max_length=_LONGEST_TYPED)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class RateForm(forms.Form):
    """A rating, the turn of the card that it answers, and the key of the page it comes from.

    `shown` is when the card was shown, in seconds since 1970 by the server's clock.
    """

    rating = forms.TypedChoiceField(choices=Rating.choices, coerce=lambda value: Rating(int(value)))
    turn = forms.IntegerField(min_value=0)
    key = forms.UUIDField()
    shown = forms.FloatField(required=False, min_value=0)


class TagsForm(forms.Form):
    tags = TextField(required=False, help_text="With commas between them, such as “storage, cost”.")

    def clean_tags(self) -> list[str]:
        words = [" ".join(tag.split()).lower() for tag in self.cleaned_data["tags"].split(",")]
        tags = list(dict.fromkeys(word for word in words if word))
        if any(len(tag) > 60 for tag in tags):
            raise forms.ValidationError("A tag is at most 60 characters long.")
        return tags


class AddForm(forms.Form):
    """A card from another page: its words, and the address on this site that it came from."""

    front = TextField()
    answer = MarkdownField(required=False, max_length=5000)
    note = MarkdownField(required=False, max_length=20_000)
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    source = TextField(required=False)
    source_title = TextField(required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.JUSTIFICATION

    def clean_source(self) -> str:
        source = self.cleaned_data["source"]
        local = source.startswith("/") and url_has_allowed_host_and_scheme(source, None)
        if source and not local:
            raise forms.ValidationError("A source is a page of this site.")
        return source


class SettingForm(forms.ModelForm):
    """How much a day, how sure, and when the interview is, in the reader's own time zone.

    With `followed` the hour comes from one's interviews, and is not asked for.
    """

    interview_at = forms.DateTimeField(
        label="Interview",
        required=False,
        help_text="With its hour, the queue aims at what you will remember then. "
        "Empty: learn for good.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    percent = forms.IntegerField(
        label="Wanted chance of recall, in per cent",
        min_value=70,
        max_value=97,
        error_messages=dict.fromkeys(("min_value", "max_value"), "From 70 to 97 per cent."),
        help_text="Per cent, 70 to 97. 90 suits most.",
    )

    class Meta:
        model = Setting
        fields = ("new_a_day", "minutes_a_day", "interview_at")
        help_texts = {"minutes_a_day": "Twenty minutes are about a hundred cards."}
        error_messages = {
            "new_a_day": {
                "min_value": "None is the least.",
                "max_value": "500 a day are the most.",
            },
            "minutes_a_day": {
                "min_value": "A day needs at least one minute.",
                "max_value": "600 minutes a day are the most.",
            },
        }

    def __init__(self, *args, followed: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if followed:
            del self.fields["interview_at"]
        self.fields["percent"].initial = round(self.instance.retention * 100)

    def save(self, commit=True):
        setting = super().save(commit=False)
        setting.retention = self.cleaned_data["percent"] / 100
        setting.planned_day = None
        names = [name for name in self.Meta.fields if name in self.fields]
        setting.save(update_fields=[*names, "retention", "planned_day"])
        return setting
