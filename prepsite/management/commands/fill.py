"""Make people with six weeks of study behind them: one to look at, many to measure with."""

from importlib.util import find_spec

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.ownership import owned_models

WIDE = 32


class Command(BaseCommand):
    help = (
        "Add users with six weeks of study each, for demonstration and load tests. Not for a site "
        "that somebody uses."
    )

    def add_arguments(self, parser):
        parser.add_argument("--users", type=int, default=1, help="how many there should be")
        parser.add_argument("--name", default="demo", help="the first one; the others are numbered")

    def handle(self, *args, users: int, name: str, **options):
        if find_spec("factory") is None or find_spec("tests") is None:
            raise CommandError("fill needs the development packages: run `make setup` first.")
        if users < 1:
            raise CommandError("--users takes a number from 1 on.")
        from tools.demo.candidate import DAYS, Candidate
        from tools.demo.copies import spread

        people = get_user_model()
        first, made = people.objects.get_or_create(
            username=name,
            defaults={"time_zone": "Europe/Berlin", "time_zone_confirmed": True},
        )
        if made:
            first.set_unusable_password()
            first.save()
            for day in Candidate(first, timezone.now()).live():
                self.progress(f"{name}, day by day", day, DAYS)
        else:
            self.stdout.write(f"{name} is there already.")
        known = people.objects.filter(username__startswith=f"{name}-").count()
        if users - 1 > known:
            fresh = [
                people(username=f"{name}-{n}", password="!", time_zone="Europe/Berlin",  # noqa: S106
                       time_zone_confirmed=True)
                for n in range(known + 2, users + 1)
            ]  # fmt: skip
            tables = sum(model.travels for model in owned_models())
            with transaction.atomic():
                owners = [each.pk for each in people.objects.bulk_create(fresh)]
                for number, table in enumerate(spread(first, owners), 1):
                    self.progress(f"{len(owners)} copies, {table}", number, tables)

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar on a terminal; one line at the end elsewhere."""
        share = done / total if total else 1
        if self.stdout.isatty():
            bar = "█" * round(WIDE * share) + "·" * (WIDE - round(WIDE * share))
            self.stdout.write(f"\r{bar} {share:4.0%} {what:<48.48}", ending="")
        if done >= total:
            self.stdout.write(f"\n{what}: done" if self.stdout.isatty() else f"{what}: done")
