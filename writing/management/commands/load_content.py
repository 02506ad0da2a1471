"""Load the shared content of every room from its Markdown files."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from writing.content import ContentErrors, load


class Command(BaseCommand):
    help = (
        "Load the shared content of every room from its Markdown files; safe to repeat. Rows "
        "edited in the admin are kept. A mistake names its file and line, and changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="apply unchanged files too")
        parser.add_argument(
            "--replace", action="append", default=[], metavar="ID",
            help="take the file's edition although the row was edited; may be repeated",
        )  # fmt: skip

    def handle(self, *, again, replace, **options):
        try:
            reports = load(timezone.now(), again=again, replace=frozenset(replace))
        except ContentErrors as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        for report in reports:
            self.stdout.write(str(report))
