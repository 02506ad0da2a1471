"""A playbook from a document onto the shelf, without taking anything away."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from playbook.models import Playbook
from playbook.outline import Outline, fill, outline_of

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
EDITED = "kept as it was edited here"
SHIPPED = "kept as it comes with the site"
MADE_HERE = "kept as it was made here"


@dataclass(frozen=True)
class Imported:
    """What became of the document: one of the words above."""

    key: str
    outcome: str

    @property
    def taken(self) -> bool:
        """Does the shelf now hold what the document says?"""
        return self.outcome in (NEW, UPDATED, UNCHANGED)


@transaction.atomic
def take_in(outline: Outline, source: str, key: str = "") -> Imported:
    """Store `outline` under `key`, or under its title; `source` names the document it is from.

    What is there already changes only if it came from an import and nobody edited it since. The
    site's own playbook of the same title is another one: the import gets a key of its own.
    """
    key = key or f"imported-{slugify(outline.title)}"[:100].strip("-")
    row = Playbook.objects.select_for_update().filter(key=key).first()
    if row and not row.retired_at and outline_of(row) == outline:
        return Imported(key, UNCHANGED)
    if row and row.edited_at:
        return Imported(key, EDITED)
    if row and row.source_digest:
        return Imported(key, SHIPPED)
    if row and not row.imported_from:
        return Imported(key, MADE_HERE)
    outcome = UPDATED if row else NEW
    row = row or Playbook(key=key)
    row.imported_from, row.retired_at = source[:200], None
    fill(row, outline)
    return Imported(key, outcome)
