"""Do what time has brought about."""

from django.core.management import BaseCommand
from django.utils import timezone

from accounts import erasing


class Command(BaseCommand):
    help = (
        "Erase accounts whose two weeks are over, and remove expired exports, files sent, sessions "
        "and devices. Runs at every start of the site; on a server, run it once a day."
    )

    def handle(self, *args, **options):
        removed = {name: count for name, count in erasing.sweep(timezone.now()).items() if count}
        if removed:
            said = ", ".join(f"{count} {name}" for name, count in removed.items())
            self.stdout.write(f"Removed: {said}")
