"""Print the address at which the first account of a server is made."""

from django.core.management.base import BaseCommand

from accounts import owner


class Command(BaseCommand):
    help = "Make a one-time token for the first account on a server, and print its address."

    def handle(self, *args, **options):
        if owner.is_owned():
            self.stdout.write("This site has an owner; nothing to do.")
        elif not owner.needs_token():
            self.stdout.write("On your own machine no token is needed: open the site.")
        else:
            self.stdout.write(owner.announce() or "")
