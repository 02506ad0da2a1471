"""Scenarios for staff: everything on one page, in the order in which it is read."""

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.forms import SimpleArrayField
from django.urls import reverse_lazy

from scenarios.attempts import Attempt
from scenarios.models import Choice, FollowUp, Pillar, Question, Scenario, TradeOff
from writing.admin import SMALL_TEXTS, SharedContentAdmin
from writing.diagrams import MAX_SOURCE, canonical
from writing.forms import LinesField, MarkdownField, TextField


class TermsField(SimpleArrayField):
    """Terms separated by commas, kept in lower case, each once."""

    def clean(self, value):
        terms = [" ".join(term.lower().split()) for term in super().clean(value)]
        return list(dict.fromkeys(term for term in terms if term))


class DiagramField(MarkdownField):
    """Mermaid; the page draws it below while it is written (static/js/diagram-preview.js)."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={
            "rows": 14, "cols": 90, "spellcheck": "false",
            "data-diagram-preview": reverse_lazy("writing:diagram-preview"),
        })  # fmt: skip
        super().__init__(**{"widget": widget, "max_length": MAX_SOURCE, **kwargs})

    def clean(self, value):
        return canonical(super().clean(value))


class ScenarioForm(forms.ModelForm):
    title = TextField(max_length=200, widget=forms.TextInput(attrs={"class": "vLargeTextField"}))
    diagram = DiagramField(required=False, help_text="Mermaid, without the fence.")
    patterns = TermsField(
        forms.CharField(max_length=60), required=False,
        help_text="Terms of the field, separated by commas.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )  # fmt: skip


class QuestionForm(forms.ModelForm):
    aliases = LinesField(
        required=False, label="Also asked as",
        help_text="One wording a line: what a candidate's own question is matched with.",
    )  # fmt: skip


class ChoiceForm(forms.ModelForm):
    pillars = forms.MultipleChoiceField(
        choices=Pillar.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class PartInline(admin.StackedInline):
    """Rows in their order, closed until they are wanted."""

    extra = 0
    ordering = ("position", "id")
    classes = ("collapse",)
    formfield_overrides = SMALL_TEXTS


class QuestionInline(PartInline):
    model = Question
    form = QuestionForm
    fields = (("position", "category"), "text", "why", "answer", "aliases")


class ChoiceInline(PartInline):
    model = Choice
    form = ChoiceForm
    fields = (("position", "name"), "why", "instead_of", "pillars")


class TradeOffInline(PartInline):
    model = TradeOff
    fields = (("position", "title"), "text")


class FollowUpInline(PartInline):
    model = FollowUp
    fields = (("position", "minute"), "title", "strong", "weak")


@admin.register(Scenario)
class ScenarioAdmin(SharedContentAdmin):
    """A scenario with its questions, choices, trade-offs and follow-ups."""

    form = ScenarioForm
    list_display = (
        "title", "domain", "difficulty", "minutes", "order", "has_solution", "published",
        "edited_at", "retired_at",
    )  # fmt: skip
    list_filter = ("published", "has_solution", "domain", "difficulty")
    list_editable = ("order",)
    search_fields = ("title", "prompt")
    actions = ("publish", "unpublish")
    prepopulated_fields = {"key": ("title",)}
    save_on_top = True
    readonly_fields = (*SharedContentAdmin.readonly_fields, "imported_from")  # type: ignore[assignment]
    markdown_fields = (
        "prompt", "intro", "estimate", "flows", "data_model", "failure_modes", "cost",
        "path_to_scale", "scale_10", "scale_100", "ic5", "ic6", "ic7",
    )  # fmt: skip
    inlines = (QuestionInline, ChoiceInline, TradeOffInline, FollowUpInline)
    fieldsets = (
        (None, {"fields": ("title", "key", "published")}),
        ("In the catalogue", {
            "fields": (("domain", "difficulty"), ("minutes", "order"), "patterns")}),
        ("Before practice", {"fields": ("prompt", "intro")}),
        ("Architecture", {
            "classes": ("collapse",), "fields": ("estimate", "flows", "diagram", "data_model")}),
        ("Trade-offs and path to scale", {
            "classes": ("collapse",),
            "fields": ("failure_modes", "cost", "path_to_scale", "scale_10", "scale_100")}),
        ("What each level sounds like", {
            "classes": ("collapse",), "fields": ("ic5", "ic6", "ic7")}),
        ("Where it comes from", {
            "classes": ("collapse",), "fields": ("imported_from", "edited_at", "retired_at")}),
    )  # fmt: skip

    class Media:
        js = [forms.Script("js/diagram-preview.js", type="module"),
              forms.Script("js/diagrams.js", type="module")]  # fmt: skip
        css = {"all": ["css/admin/scenarios.css"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def has_delete_permission(self, request, obj=None):
        """Only what nobody has practised; the rest is unpublished, and attempts stay readable."""
        if obj is None or Attempt._base_manager.filter(scenario=obj).exists():
            return False
        return super().has_delete_permission(request, obj)

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, rows):
        self._set_published(request, rows, True, "published")

    @admin.action(description="Unpublish", permissions=["change"])
    def unpublish(self, request, rows):
        self._set_published(request, rows, False, "no longer published")

    def _set_published(self, request, rows, value: bool, words: str) -> None:
        changed = rows.exclude(published=value)
        count = changed.count()
        for row in changed:
            self.log_change(request, row, [{"changed": {"fields": ["Published"]}}])
        # No mark of an edit: no file says whether a scenario is published.
        changed.update(published=value)
        self.message_user(request, f"{count} {words}.", messages.SUCCESS)
