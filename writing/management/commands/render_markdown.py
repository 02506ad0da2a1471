"""Render every stored text again, after a change to the rules of writing/markdown.py."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from writing.fields import RenderedField


class Command(BaseCommand):
    help = "Render every stored Markdown text again."

    def handle(self, **options):
        for model in apps.get_models():
            fields = [f for f in model._meta.local_fields if isinstance(f, RenderedField)]
            if fields:
                changed = self._render(model, fields)
                self.stdout.write(f"{model._meta.label}: {changed} rendered again")

    def _render(self, model, fields) -> int:
        changed = 0
        keys = list(model._base_manager.values_list("pk", flat=True))
        for key in keys:
            # Row by row under a lock: a save in between must not be overwritten.
            with transaction.atomic():
                row = model._base_manager.select_for_update().filter(pk=key).first()
                new = {f.attname: str(f.render(row)) for f in fields} if row else {}
                new = {name: html for name, html in new.items() if getattr(row, name) != html}
                if new:
                    model._base_manager.filter(pk=key).update(**new)
                    changed += 1
        return changed
