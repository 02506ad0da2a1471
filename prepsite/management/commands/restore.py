"""Bring a backup back."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from prepsite.backup import BackupError, restore


class Command(BaseCommand):
    help = "Replace everything by what `backup` wrote to FILE. Stop the site first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, file: Path, yes: bool, **options):
        question = f"Replace the whole database by {file}? What it holds now is lost. [y/N] "
        try:
            agreed = yes or input(question).strip().lower() == "y"
        except EOFError as error:
            raise CommandError(
                "Nothing was changed: nobody is there to answer. --yes restores unasked."
            ) from error
        if not agreed:
            raise CommandError("Nothing was changed.")
        try:
            restore(file)
        except BackupError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"Restored from {file}")
