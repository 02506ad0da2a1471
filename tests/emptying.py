"""Empty the tables after a test that committed: those with rows only, in one statement.

Django's own flush truncates every table and then makes permissions and triggers again, which
takes half a second a test. Here what a migrated database is born with (KEPT) stays, triggers
included, and a look into each table tells the few that need a DELETE.

A page that closes sends what was typed, and the server may store it at this very moment. The people
go first, and are waited for: who still writes holds a lock on its person, and what it wrote is seen
by the deletes after it. Where that ends as a deadlock the emptying is tried again.
"""

import time

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

KEPT = ("django_migrations", "django_content_type", "auth_permission")
# Without triggers and foreign keys, for this transaction: histories refuse to be deleted.
EMPTY = f"""
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    DELETE FROM accounts_user;
    FOR name IN
        SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN {KEPT!r}
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
END $$
"""


def empty(tries: int = 10) -> None:
    """Delete every row but those of KEPT. Raises OperationalError after so many deadlocks."""
    for left in reversed(range(tries)):
        try:
            with connection.cursor() as cursor:
                return cursor.execute(EMPTY) and None
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, DeadlockDetected):
                raise
            time.sleep(0.2)
    return None
