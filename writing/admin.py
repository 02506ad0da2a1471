"""What the rooms' admin pages share: the Markdown editor, and the mark of an edited row."""

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.utils import timezone
from markdownx.widgets import AdminMarkdownxWidget

from writing.forms import MarkdownField


class MarkdownAdminMixin(BaseModelAdmin):
    """Gives the TextFields named in `markdown_fields` the editor with a live preview.

    For a ModelAdmin and for inlines alike. A row added to an inline on the page has no preview
    until it is saved: the editor's script looks for its fields once, when the page has loaded.
    """

    markdown_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.markdown_fields:
            return db_field.formfield(form_class=MarkdownField, widget=AdminMarkdownxWidget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SharedContentAdmin(MarkdownAdminMixin, admin.ModelAdmin):
    """For models of `writing.content.SharedContent`: what is saved here, `load_content` keeps."""

    readonly_fields = ("edited_at", "retired_at")

    def get_readonly_fields(self, request, obj=None):
        # The key is permanent: links and files name it.
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "key") if obj else fields

    def save_model(self, request, obj, form, change):
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)
