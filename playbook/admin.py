"""Playbooks and study notes for staff: the sections on the playbook's page, the rows on theirs."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils import timezone

from playbook import field_lines
from playbook.models import Playbook, Row, Section, StudyNote
from writing.admin import MarkdownAdminMixin, SharedContentAdmin

SMALL: dict = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60})}}


class SectionInline(admin.TabularInline):
    model = Section
    fields = ["position", "title", "key", "kind"]
    extra = 0
    show_change_link = True
    ordering = ["position"]
    prepopulated_fields = {"key": ["title"]}


class RowForm(forms.ModelForm):
    """A row's fields as lines "label: text": JSON is nothing to write by hand."""

    lines = forms.CharField(
        label="Fields",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="One line a field, “label: text”; a line without a label is the entry's text. "
        "What is indented belongs to the field above it.",
    )
    see = forms.CharField(
        label="Links",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="One line a link: “/scenarios/photo-sharing/ The photo feed”.",
    )

    class Meta:
        model = Row
        fields = ["position", "key", "name", "group", "low", "high", "body", "starter"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["lines"] = field_lines.write(self.instance.fields)
        self.initial["see"] = "\n".join(f"{to} {label}" for label, to in self.instance.links)

    def clean_see(self) -> str:
        for line in self.cleaned_data["see"].splitlines():
            address, _, label = line.strip().partition(" ")
            if line.strip() and not (address.startswith("/") and label.strip()):
                raise forms.ValidationError(f"“{line}” is no path of this site with its words.")
        return self.cleaned_data["see"]

    def save(self, commit=True):
        self.instance.fields = field_lines.read(self.cleaned_data["lines"])
        links = [line.partition(" ") for line in _lines(self.cleaned_data["see"])]
        self.instance.links = [[label.strip(), address] for address, _, label in links]
        self.instance.playbook = self.instance.section.playbook
        return super().save(commit)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class RowInline(admin.StackedInline):
    model = Row
    form = RowForm
    extra = 0
    classes = ["collapse"]
    ordering = ["position"]
    formfield_overrides = SMALL
    fields = [
        ("position", "key", "group"), "name", "lines", "body", "starter", ("low", "high"), "see",
    ]  # fmt: skip


@admin.register(Playbook)
class PlaybookAdmin(SharedContentAdmin):
    """A playbook and its sections in order; "Change" beside a section opens its rows."""

    list_display = ["title", "order", "published", "edited_at", "retired_at"]
    list_editable = ["order", "published"]
    search_fields = ["title", "goal"]
    fields = [
        "key", "title", "goal", "summary", "order", "published", "edited_at", "retired_at",
    ]  # fmt: skip
    inlines = [SectionInline]

    def view_on_site(self, obj):
        return obj.get_absolute_url()


@admin.register(Section)
class SectionAdmin(MarkdownAdminMixin, admin.ModelAdmin):
    """A section and its rows. Saving it marks its playbook as edited: no load overwrites it."""

    list_display = ["title", "playbook", "kind", "position"]
    list_filter = ["playbook", "kind"]
    fields = ["playbook", "title", "key", "kind", "position", "intro", "closing"]
    readonly_fields = ["playbook"]
    markdown_fields = ("intro", "closing")
    inlines = [RowInline]

    def has_add_permission(self, request):
        return False  # a section is added on its playbook's page

    def view_on_site(self, obj):
        return f"{obj.playbook.get_absolute_url()}#{obj.key}"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        Playbook.objects.filter(pk=form.instance.playbook_id).update(edited_at=timezone.now())


@admin.register(StudyNote)
class StudyNoteAdmin(SharedContentAdmin):
    list_display = ["title", "area", "order", "published", "edited_at", "retired_at"]
    list_editable = ["order", "published"]
    list_filter = ["area", "published"]
    search_fields = ["title", "body"]
    markdown_fields = ("body", "model_drawing")
    fields = [
        "key", "title", "area", "order", "summary", "terms", "body", "model_drawing", "checked_on",
        "published", "edited_at", "retired_at",
    ]  # fmt: skip

    def view_on_site(self, obj):
        return obj.get_absolute_url()
