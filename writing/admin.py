"""What the rooms' admin pages share: the Markdown editor, and the mark of an edited row."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.db import IntegrityError, models
from django.shortcuts import redirect
from django.utils import timezone
from markdownx.widgets import AdminMarkdownxWidget

from writing.forms import MarkdownField, TextField

# For `formfield_overrides`, where texts are short and many: an editor with a preview for each of
# fifty would be a slow page. A SlugField is a CharField, and keeps its own field all the same.
SMALL_TEXTS = {
    models.TextField: {"form_class": MarkdownField,
                       "widget": forms.Textarea(attrs={"rows": 2, "cols": 90})},
    models.CharField: {"form_class": TextField,
                       "widget": forms.TextInput(attrs={"class": "vTextField"})},
    models.SlugField: {},
}  # fmt: skip


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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form. Sent twice at once, as by a double click, it makes one row and leads to it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            made = self.get_queryset(request).filter(key=request.POST.get("key", "")).first()
            if object_id or made is None:
                raise
            self.message_user(request, "The form came twice; it was saved once.", messages.INFO)
            where = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return redirect(where, made.pk)
