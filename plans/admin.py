"""Plan templates for staff: the blocks on the template's page, the lines on the block's."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from plans.models import PlanTemplate, TemplateBlock, TemplateLine
from writing.admin import MarkdownAdminMixin, SharedContentAdmin

LAST = 32_000


class PlacedForm(forms.ModelForm):
    """A row with its place in the order; one that names none goes to the end."""

    position = forms.IntegerField(required=False, min_value=0, max_value=LAST)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST if position is None else position


class BlockInline(admin.TabularInline):
    model = TemplateBlock
    form = PlacedForm
    fields = ["position", "label", "title", "low", "high"]
    extra = 0
    show_change_link = True
    ordering = ["position"]


class LineInline(MarkdownAdminMixin, admin.TabularInline):
    model = TemplateLine
    form = PlacedForm
    fields = ["position", "kind", "depth", "text", "rank"]
    extra = 1
    ordering = ["position"]
    markdown_fields = ("text",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget.attrs["rows"] = 2  # one line of a list, not a page
        return field


@admin.register(PlanTemplate)
class PlanTemplateAdmin(SharedContentAdmin):
    """A template and its blocks in order; "Change" beside a block opens its lines."""

    list_display = ["title", "order", "published", "edited_at", "retired_at"]
    list_editable = ["order", "published"]
    search_fields = ["title", "goal"]
    fields = ["key", "title", "goal", "summary", "order", "published", "edited_at", "retired_at"]
    inlines = [BlockInline]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.settle()


@admin.register(TemplateBlock)
class TemplateBlockAdmin(MarkdownAdminMixin, admin.ModelAdmin):
    """A block and its lines in order; saving it counts as editing its template."""

    list_display = ["__str__", "template", "position"]
    list_filter = ["template"]
    ordering = ["template", "position"]
    fields = ["template_link", "position", "label", "title", "focus", "intro", ("low", "high")]
    readonly_fields = ["template_link"]
    markdown_fields = ("intro",)
    inlines = [LineInline]

    def has_add_permission(self, request):
        return False  # a block is added on its template's page

    @admin.display(description="template")
    def template_link(self, block):
        url = reverse("admin:plans_plantemplate_change", args=[block.template_id])
        return format_html('<a href="{}">{}</a>', url, block.template)

    def view_on_site(self, block):
        return block.template.get_absolute_url()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        block = form.instance
        PlanTemplate.objects.filter(pk=block.template_id).update(edited_at=timezone.now())
        block.renumber()
        block.template.settle()

    def response_post_save_change(self, request, obj):
        return redirect("admin:plans_plantemplate_change", obj.template_id)

    def delete_model(self, request, obj):
        PlanTemplate.objects.filter(pk=obj.template_id).update(edited_at=timezone.now())
        super().delete_model(request, obj)
        obj.template.settle()
