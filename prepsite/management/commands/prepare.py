"""Make the database ready to serve the site it belongs to."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts import owner
from prepsite import prepared

# Any number will do, as long as every process that prepares this database uses the same.
LOCK = 2_026_11_20
DIGEST = "prepare:content"


class Command(BaseCommand):
    help = (
        "Apply migrations, make the cache table, load the starter content, and say how a server "
        "gets its owner; safe to repeat."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--changed", action="store_true", help="load the content only if its files changed"
        )

    def handle(self, *args, changed: bool, **options):
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        with _alone():
            self.migrate()
            call_command("createcachetable", verbosity=0)
            call_command("search_index", changed=True, stdout=self.stdout)
            self.load_content(only_changed=changed)
            call_command("sweep", stdout=self.stdout)
            owner.announce()
            with connection.cursor() as cursor:
                prepared.remember(cursor)

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            self.stdout.write(f"Applying {len(pending)} migration{'s' * (len(pending) > 1)}")
            call_command("migrate", interactive=False, verbosity=0)

    def load_content(self, *, only_changed: bool) -> None:
        if "load_content" not in get_commands():
            return
        digest = _content_digest()
        # Kept in the database itself, so that it goes with a restored or an emptied one.
        if only_changed and cache.get(DIGEST) == digest:
            return
        self.stdout.write("Loading the starter content")
        call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        cache.set(DIGEST, digest, timeout=None)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: several processes may start at once, and a killed run may have left one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _content_digest() -> str:
    """A digest that changes with the content files and with the code that reads them."""
    digest = hashlib.sha256()
    for pattern in ("*/content/**/*", "*/documents.py", "*/content.py"):
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            if file.is_file():
                digest.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
