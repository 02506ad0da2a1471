"""The admin of the shared decks. Cards and reviews are private and never here."""

from django import forms
from django.contrib import admin

from drills.models import Deck, Entry
from writing.admin import SharedContentAdmin
from writing.forms import TextField


@admin.register(Deck)
class DeckAdmin(SharedContentAdmin):
    list_display = ("title", "kind", "order", "published", "retired_at", "edited_at")
    list_filter = ("kind", "published")
    search_fields = ("title", "summary")
    markdown_fields = ("intro",)


class EntryForm(forms.ModelForm):
    title = TextField(max_length=200)
    front = TextField(max_length=300)

    class Meta:
        model = Entry
        fields = (
            "key", "deck", "order", "published", "title", "front", "blank", "fillings", "answer",
            "note", "tags",
        )  # fmt: skip

    def clean(self):
        sent = super().clean() or {}
        front, blank, fillings = (sent.get(name) for name in ("front", "blank", "fillings"))
        if blank and f"[{blank}]" not in (front or ""):
            self.add_error("blank", f"The front has no “[{blank}]” to fill.")
        if bool(blank) != bool(fillings):
            self.add_error("fillings", "A blank and what may fill it come together.")
        return sent


@admin.register(Entry)
class EntryAdmin(SharedContentAdmin):
    form = EntryForm
    list_display = ("title", "deck", "order", "published", "retired_at", "edited_at")
    list_filter = ("deck", "published")
    list_select_related = ("deck",)
    search_fields = ("title", "front", "answer")
    markdown_fields = ("answer", "note")
