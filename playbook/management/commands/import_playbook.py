"""Put a playbook from a Markdown document onto the shelf."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from playbook import documents
from playbook.imports import take_in
from playbook.outline import Outline
from writing.documents import DocumentError
from writing.documents.reading import MAX_BYTES


class Command(BaseCommand):
    help = (
        "Import a playbook from a Markdown document: every table row, list entry and step; safe "
        "to repeat. What was edited here, or comes with the site, is kept. A mistake names its "
        "file and line, and changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            with file.open("rb") as opened:
                source = opened.read(MAX_BYTES + 1)
            outline = documents.read(source, file.name)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}\nNothing was changed.") from error
        except DocumentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        imported = take_in(outline, file.name)
        for section in outline.sections:
            rows = _count(len(section.rows), "row") if section.rows else "text"
            self.stdout.write(f"{section.title}: {rows} ({section.kind})")
        self.stdout.write(
            f"imported “{outline.title}” as {imported.key}: {_totals(outline)} ({imported.outcome})"
        )


def _totals(outline: Outline) -> str:
    return f"{_count(len(outline.sections), 'section')}, {_count(outline.row_count, 'row')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
