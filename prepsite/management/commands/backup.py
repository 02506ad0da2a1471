"""Write everything to one file."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from prepsite.backup import BackupError, make


class Command(BaseCommand):
    help = "Write the database and the uploads to FILE (a tar). The site may run meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            size = make(file.resolve())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backed up to {file} ({size / 1024:.0f} KiB)")
