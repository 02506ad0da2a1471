"""`python -m tools.migrations`: does any migration lock or break what still runs beside it?

Only our own apps, and not the migrations that create tables: nothing runs on those yet.
"""

import os
import sys

import django
from django.conf import settings

from prepsite import database


def main() -> int:
    """The number of migrations with errors, as an exit code (0 or 1)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepsite.settings")
    with database.running(database.data_dir()):
        django.setup()
        from django_migration_linter import MigrationLinter

        linter = MigrationLinter(
            str(settings.BASE_DIR),
            include_apps=[a for a in settings.INSTALLED_APPS if (settings.BASE_DIR / a).is_dir()],
            # Both lock a table for as long as its index takes: moments, at any size this site has.
            exclude_migration_tests=("CREATE_INDEX", "ADD_UNIQUE"),
            # They changed tables that nobody had been given yet.
            ignore_name=("0002_telling", "0004_no_finished_at", "0007_chosen_by_address"),
            ignore_initial_migrations=True,
            no_cache=True,
            quiet=("ok", "ignore"),
        )
        linter.lint_all_migrations()
        linter.print_summary()
        return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
