"""Make a plan template of a Markdown document."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from plans.documents import from_document
from plans.models import PlanTemplate
from writing.documents import DocumentError, read_file


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
        except (DocumentError, OSError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        key = document.meta.get("id") or slugify(outline.title)[:100] or "plan"
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
