"""What people may send to the stories room."""

import uuid

from django import forms

from stories import showing
from stories.library import Competency
from stories.models import Length, OwnCompetency, Story
from writing.forms import DocumentForm, MarkdownField, TextField

NO_THEME = ("", "No theme")


def request_key(value: str | None) -> uuid.UUID:
    """The key a page sent with its form, or a fresh one when it sent none that can be read."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return uuid.uuid4()


class AboutForm(forms.Form):
    """Theme, status, length and guide of a story.

    Only what differs from what the page showed is applied: two tabs that each change one of
    these change two.
    """

    theme = forms.ChoiceField(required=False, show_hidden_initial=True)
    status = forms.ChoiceField(choices=Story.Status.choices, show_hidden_initial=True)
    target = forms.TypedChoiceField(
        choices=Length.choices, coerce=int, label="Length", show_hidden_initial=True
    )
    outline = forms.ChoiceField(required=False, label="Guide", show_hidden_initial=True)

    def __init__(self, story: Story, user, library: showing.Library, data=None):
        super().__init__(
            data,
            initial={
                "theme": story.theme_value,
                "status": story.status,
                "target": story.target,
                "outline": story.outline.key if story.outline else "",
            },
        )
        self.story, self.user = story, user
        known = library.themes
        if story.theme and story.theme.key not in dict(known):
            known.insert(0, (story.theme.key, story.theme.title))
        self.fields["theme"].choices = [NO_THEME, *known]  # type: ignore[attr-defined]
        guided = library.guides
        if story.outline and story.outline.key not in dict(guided):
            guided.insert(0, (story.outline.key, story.outline.title))
        self.fields["outline"].choices = [("", "None"), *guided]  # type: ignore[attr-defined]

    def save(self) -> Story:
        """Apply what was changed."""
        story, given = self.story, self.cleaned_data
        columns: list[str] = []
        if "theme" in self.changed_data and given["theme"] != story.theme_value:
            thing = showing.thing_named(self.user, given["theme"])
            story.theme = thing if isinstance(thing, Competency) else None
            story.own_theme = thing if isinstance(thing, OwnCompetency) else None
            columns += ["theme", "own_theme"]
        if "outline" in self.changed_data:
            story.outline = Competency.objects.filter(key=given["outline"]).first()
            columns.append("outline")
        for name in ("status", "target"):
            if name in self.changed_data:
                setattr(story, name, given[name])
                columns.append(name)
        if columns:
            story.save(update_fields=columns)
        return story


class OwnCompetencyForm(forms.Form):
    title = TextField(max_length=120, label="Name")
    is_theme = forms.BooleanField(
        required=False,
        label="It is a theme",
        help_text="A story has one theme, and may show any number of competencies.",
    )


class BringForm(DocumentForm):
    """Stories of one's own, as a file or as pasted text."""

    nothing = "Paste a story, or choose the file it is in."
    too_large = "The file is larger than 1 MB. A story is text: send less of it."
    field_order = ("text", "file")

    text = forms.CharField(
        required=False, strip=False, label="Paste your text",
        widget=forms.Textarea(attrs={"rows": 14, "class": "writing"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Or choose a file"


class PastedForm(forms.Form):
    """A story that was split into its parts, to be corrected before it is kept."""

    keep = forms.BooleanField(required=False, initial=True, label="Keep this story")
    title = TextField(max_length=200, required=False, label="Title")
    situation = MarkdownField(required=False, label="Situation")
    task = MarkdownField(required=False, label="Task")
    action = MarkdownField(required=False, label="Action")
    result = MarkdownField(required=False, label="Result")
    signal = MarkdownField(required=False, label="Level signal")
    metrics = MarkdownField(
        required=False,
        max_length=5_000,
        label="Metrics",
        help_text="One a line, such as “Release time: 6 → 0.3 hours”.",
    )


class SpeedForm(forms.Form):
    """How fast somebody speaks."""

    words_a_minute = forms.IntegerField(min_value=60, max_value=300, label="Words a minute")
