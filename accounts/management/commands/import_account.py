"""Bring an export into an account."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from accounts.imports import told
from accounts.management.people import person
from accounts.management.progress import Bar
from accounts.portable import bringing, reading
from accounts.portable.archive import Refused


class Command(BaseCommand):
    help = (
        "Bring FILE, an export of an account, into the account NAME. What is there already is left "
        "as it is, so a second time changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--with-settings", action="store_true", help="take the settings of the file as well"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, name: str, file: Path, with_settings: bool, yes: bool, **options):
        user = person(name)
        try:
            with file.open("rb") as source:
                found = reading.read(source, reading.FOR_A_TERMINAL)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        with found:
            self.bring(user, found, with_settings, yes)

    def bring(self, user, found, settings: bool, yes: bool) -> None:
        bar = Bar(found.count, "Bringing in")
        try:
            if not yes:
                self.ask(bringing.look(user, found, settings=settings))
            tally = bringing.bring_in(user, found, settings=settings, progress=bar.at)
        except Refused as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        finally:
            bar.end()
        rows = "1 row is" if tally.changes == 1 else f"{tally.changes} rows are"
        self.stdout.write(f"{rows} new in the account of {user}.")

    def ask(self, tally: bringing.Tally) -> None:
        for room in told(tally):
            self.stdout.write(
                f"{room['name']:<18} {room['new']:>7} new  {room['here']:>7} here already  "
                f"{room['left']:>7} left out"
            )
        if tally.missing:
            named = ", ".join(sorted(tally.missing)[:8])
            self.stdout.write(f"Not on this site, so left out where needed: {named}")
        try:
            answer = input("Bring them in? [y/N] ")
        except EOFError as error:
            raise CommandError(
                "Nothing was changed: nobody is there to answer. --yes brings them in unasked."
            ) from error
        if answer.strip().lower() != "y":
            raise CommandError("Nothing was changed.")
