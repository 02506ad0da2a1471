"""The site, and an admin with the Markdown editor on a model that happens to have a text."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import path

from prepsite.urls import handler404, handler500, urlpatterns
from writing.admin import MarkdownAdminMixin

__all__ = ["handler404", "handler500", "urlpatterns"]


class EntryAdmin(MarkdownAdminMixin, admin.ModelAdmin):
    fields = ("change_message",)
    markdown_fields = ("change_message",)


editor_admin = admin.AdminSite("editor_admin")
editor_admin.register(LogEntry, EntryAdmin)
urlpatterns = [path("editor-admin/", editor_admin.urls), *urlpatterns]
