"""Competencies, their outlines and behavioural questions, for staff. Stories are not here."""

from django import forms
from django.contrib import admin
from django.db import models

from stories.library import Competency, Prompt, Question, QuestionCompetency
from stories.models import Shows, Story
from writing.admin import SMALL_TEXTS, SharedContentAdmin
from writing.forms import LinesField


class QuestionForm(forms.ModelForm):
    follow_ups = LinesField(required=False, help_text="One a line.")


class PromptInline(admin.StackedInline):
    model = Prompt
    extra = 0
    ordering = ("position", "id")
    formfield_overrides = SMALL_TEXTS
    fields = (("position", "part"), "text", "hint")
    verbose_name = "question of the outline"
    verbose_name_plural = "guided outline"


class AsksForInline(admin.TabularInline):
    model = QuestionCompetency
    extra = 0
    ordering = ("position", "id")
    fields = ("position", "competency")
    verbose_name = "competency"
    verbose_name_plural = "competencies it asks for, the main one first"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("competency")


class LibraryAdmin(SharedContentAdmin):
    """What both have in common."""

    formfield_overrides = SMALL_TEXTS
    list_editable = ("order",)
    ordering = ("order",)
    save_on_top = True

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(Competency)
class CompetencyAdmin(LibraryAdmin):
    """A theme with its outline, a core signal or a Leadership Principle."""

    list_display = ("title", "group", "order", "published", "edited_at", "retired_at")
    list_filter = ("group", "published")
    search_fields = ("title", "means")
    prepopulated_fields = {"key": ("title",)}
    inlines = (PromptInline,)
    fieldsets = (
        (None, {"fields": ("title", "key", ("group", "order"), "published")}),
        ("For the reader", {"fields": ("means", "listens_for", "write_next")}),
        ("Where it comes from", {"classes": ("collapse",), "fields": ("edited_at", "retired_at")}),
    )

    def has_delete_permission(self, request, obj=None):
        """Only what nothing names; the rest is unpublished, and people's stories stay whole."""
        if obj is None:
            return False
        used = (
            Shows._base_manager.filter(competency=obj).exists()
            or Story._base_manager.filter(models.Q(theme=obj) | models.Q(outline=obj)).exists()
            or QuestionCompetency.objects.filter(competency=obj).exists()
        )
        return not used and super().has_delete_permission(request, obj)


@admin.register(Question)
class QuestionAdmin(LibraryAdmin):
    """A behavioural question, with the competencies it asks for."""

    form = QuestionForm
    list_display = ("text", "subject", "order", "published", "edited_at", "retired_at")
    list_filter = ("published", "subject")
    search_fields = ("text", "subject")
    prepopulated_fields = {"key": ("text",)}
    inlines = (AsksForInline,)
    fieldsets = (
        (None, {"fields": ("text", "key", ("subject", "order"), "published")}),
        ("For the reader", {"fields": ("listens_for", "follow_ups")}),
        ("Where it comes from", {"classes": ("collapse",), "fields": ("edited_at", "retired_at")}),
    )

    def has_delete_permission(self, request, obj=None):
        """People's choices of stories hang on a question: it is unpublished, not deleted."""
        return False
