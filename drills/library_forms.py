"""What people may send to the library of the drills room."""

import uuid

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from drills.cards import Group
from drills.decks import Kind
from drills.forms import TagsForm
from writing.forms import DocumentForm, MarkdownField, TextField

LONGEST_ANSWER = 5000


class KeyedForm(forms.Form):
    """A form whose `key` makes asking twice the same as once."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class GroupForm(KeyedForm):
    """A project or subject of one's own."""

    title = TextField(max_length=200, label="Name")
    summary = TextField(max_length=300, required=False, label="What it is")


class SentenceForm(forms.Form):
    answer = MarkdownField(required=False, max_length=LONGEST_ANSWER)


class LineForm(KeyedForm):
    """A new entry of a group: its question."""

    front = TextField(label="Which choice?", max_length=300)


class CardForm(KeyedForm, TagsForm):
    """A card of one's own, of any kind."""

    kind = forms.ChoiceField(choices=Kind.choices, initial=Kind.JUSTIFICATION)
    front = TextField(label="Question", max_length=300)
    answer = MarkdownField(
        label="Your answer",
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )
    group = forms.ModelChoiceField(
        Group.objects.none(), label="Project", required=False, empty_label="No project"
    )

    field_order = ("kind", "front", "answer", "group", "tags", "key")

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """Into which group of one's own a card goes; none takes it out of all."""

    group = forms.ModelChoiceField(Group.objects.none(), required=False)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class ChoiceForm(forms.Form):
    """A technology choice of a page of this site, at the address `source`."""

    front = TextField()
    answer = MarkdownField(required=False, max_length=LONGEST_ANSWER)
    note = MarkdownField(required=False, max_length=20_000)
    source = TextField()
    source_title = TextField(required=False)

    def clean_source(self) -> str:
        source = self.cleaned_data["source"]
        if not source.startswith("/") or not url_has_allowed_host_and_scheme(source, None):
            raise forms.ValidationError("A source is a page of this site.")
        return source


class FileInForm(DocumentForm):
    """Cards from a file, or pasted. `name` is what its errors call the file."""

    file = forms.FileField(
        required=False,
        label="A file",
        help_text="Text that Anki exported, or Markdown.",
        widget=forms.FileInput(
            attrs={"accept": ".txt,.tsv,.csv,.md,.markdown,text/plain,text/markdown,text/csv"}
        ),
    )
    name = TextField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 8
