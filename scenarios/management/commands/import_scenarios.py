"""Take the scenarios of a Markdown document into the library."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scenarios import documents
from scenarios.imports import Imported, take_in
from writing.documents import DocumentError


class Command(BaseCommand):
    help = (
        "Import scenarios from a Markdown document, one or several; safe to repeat. What was "
        "edited here, or comes with the site, is kept. A mistake names its file and line, and "
        "changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            with file.open("rb") as opened:
                source = opened.read(documents.MAX_BYTES + 1)
            outlines = documents.read(source, file.name)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}\nNothing was changed.") from error
        except DocumentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        imported = take_in(outlines, file.name)
        for each in imported:
            self.stdout.write(f"{each.key}: {_contents(each)} ({each.outcome})")
        taken = [each.outline for each in imported if each.taken]
        solved = sum(outline.has_solution for outline in taken)
        total = f"{len(taken)} scenario{'' if len(taken) == 1 else 's'}"
        self.stdout.write(f"imported {total}, {solved} with a model solution")


def _contents(imported: Imported) -> str:
    outline = imported.outline
    if not outline.has_solution:
        return "a prompt without a model solution"
    counts = [
        _count(outline.questions, "clarifying question"),
        _count(outline.choices, "choice"),
        _count(outline.trade_offs, "trade-off"),
    ]
    if outline.follow_ups:
        counts.append(_count(outline.follow_ups, "follow-up"))
    return ", ".join(counts)


def _count(found: list, what: str) -> str:
    return f"{len(found)} {what}{'' if len(found) == 1 else 's'}"
