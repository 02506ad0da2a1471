"""Which version of the site a database was last made ready for.

`manage.py prepare` leaves a digest of the code and the content in the database itself, as the
comment on Django's table of migrations: so it goes with a copied, a restored or a dropped one.
`make run` reads it, and where nothing has changed since, it serves at once.
"""

import hashlib
from pathlib import Path

import psycopg

BASE = Path(__file__).resolve().parents[1]
TABLE = "django_migrations"


def version() -> str:
    """A digest that changes with the code, the content and the packages that are asked for."""
    digest = hashlib.sha256()
    rooms = sorted({file.parent for file in BASE.glob("[!.]*/apps.py")} | {BASE / "prepsite"})
    patterns = ("**/*.py", "content/**/*")
    files = {file for room in rooms for pattern in patterns for file in room.glob(pattern)}
    for file in sorted(files | {BASE / "requirements.txt"}):
        facts = file.stat()
        digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def is_ready(address: str) -> bool:
    """Whether the database at `address` (postgres://…) was made ready for this very version."""
    found = f"SELECT obj_description(to_regclass('{TABLE}'), 'pg_class')"
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            row = connection.execute(found).fetchone()
    except psycopg.Error:
        return False  # `prepare` says it better, or knows how to reach it.
    return row == (version(),)


def remember(cursor) -> None:
    """Note that the database is ready for this version; `cursor` is an open one of Django's."""
    cursor.execute(f"COMMENT ON TABLE {TABLE} IS '{version()}'")
