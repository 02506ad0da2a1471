"""Everything of one person to a file."""

import os
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from accounts import exports
from accounts.management.people import person
from accounts.management.progress import Bar


class Command(BaseCommand):
    help = (
        "Write everything that NAME wrote to FILE (a zip): Markdown to read, and one JSON with "
        "every row, which import_account or the account page of any Prepsite brings back."
    )

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("file", type=Path)

    def handle(self, *args, name: str, file: Path, **options):
        user = person(name)
        steps = exports.steps()
        bar = Bar(len(steps), "")
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            # Beside it first: a run that is cut short leaves no half of a file by that name.
            with beside.open("w+b") as out:
                os.fchmod(out.fileno(), 0o600)
                exports.write(out, user, timezone.now(), lambda done: bar.at(done, steps[done]))
            beside.replace(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        finally:
            bar.end()
            beside.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {file} ({file.stat().st_size / 1024:.0f} KiB)")
