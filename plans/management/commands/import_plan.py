"""Make a plan template of a Markdown document."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from plans.documents import from_document
from plans.models import PlanTemplate
from writing.content import is_key
from writing.documents import Document, DocumentError, read_file


class Command(BaseCommand):
    help = (
        "Make a plan template of a Markdown FILE, or bring the one it made before up to date. "
        "A mistake names its file and line, and changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="also over a shipped template of the same id, or one edited in the admin",
        )

    def handle(self, *args, file: Path, replace: bool, **options):
        try:
            document = read_file(file)
            outline = from_document(document)
            key = _key(document, outline.title)
        except (DocumentError, OSError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        with transaction.atomic():
            row = PlanTemplate.objects.select_for_update().filter(key=key).first()
            if row and (row.source_digest or row.edited_at) and not replace:
                which = "was edited in the admin" if row.edited_at else "came with Prepsite"
                raise CommandError(
                    f'The template "{row.title}" ({key}) {which} and is kept. '
                    "Give the document another id or title, or use --replace."
                )
            row = row or PlanTemplate(key=key)
            row.source_digest, row.edited_at, row.retired_at = "", None, None
            row.fill(outline)
        blocks, sections, items = outline.counts()
        self.stdout.write(
            f'imported "{outline.title}": {blocks} blocks, {sections} sections, {items} items'
        )


def _key(document: Document, title: str) -> str:
    """The permanent id that the document names, or one of its title; DocumentError for no id."""
    key = document.meta.get("id")
    if key is None:
        return slugify(title)[:100].strip("-") or "plan"
    if not is_key(key):
        raise document.error(
            f'The id "{key[:100]}" must be lower-case words with hyphens, at most 100 characters.',
            document.meta_lines["id"],
        )
    return key
