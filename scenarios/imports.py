"""Scenarios from a document into the library, without taking anything away."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from scenarios.models import Scenario
from scenarios.outline import Outline, fill, outline_of

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
EDITED = "kept as it was edited here"
SHIPPED = "kept as it comes with the site"
MADE_HERE = "kept as it was made here"


@dataclass(frozen=True)
class Imported:
    """What became of one scenario of the document: one of the words above."""

    key: str
    outline: Outline
    outcome: str

    @property
    def taken(self) -> bool:
        """Does the library now hold what the document says?"""
        return self.outcome in (NEW, UPDATED, UNCHANGED)


def take_in(outlines: Mapping[str, Outline], source: str) -> list[Imported]:
    """Store `outlines` by their keys, all or none; `source` names the document they are from.

    What is there already changes only if it came from an import and nobody edited it since.
    """
    with transaction.atomic():
        there = Scenario.objects.select_for_update().filter(key__in=outlines)
        rows = {row.key: row for row in there}
        return [
            Imported(key, outline, _store(key, outline, rows.get(key), source))
            for key, outline in outlines.items()
        ]


def _store(key: str, outline: Outline, row: Scenario | None, source: str) -> str:
    if row and not row.retired_at and outline_of(row) == outline:
        return UNCHANGED
    if row and row.edited_at:
        return EDITED
    if row and row.source_digest:
        return SHIPPED
    if row and not row.imported_from:
        return MADE_HERE
    outcome = UPDATED if row else NEW
    row = row or Scenario(key=key)
    row.imported_from, row.retired_at = source[:200], None
    fill(row, outline)
    return outcome
