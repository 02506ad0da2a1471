"""Make the index of search anew."""

from django.core.management import BaseCommand

from search import index


class Command(BaseCommand):
    help = (
        "Make the index of search anew from the rooms' rows. The database keeps it by itself; "
        "this is for after changes made with the triggers off."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--changed", action="store_true", help="only if the triggers are not this version's"
        )

    def handle(self, *args, changed: bool, **options):
        if changed:
            if index.ensure():
                self.stdout.write("Indexed everything for search")
            return
        index.ensure()
        count = index.rebuild(lambda kind, rows: self.stdout.write(f"{kind}: {rows}"))
        self.stdout.write(f"{count} entries stand in the index")
