"""How far a long request is, told while it works.

What a transaction writes nobody sees before its end, and an import is one transaction. So this has
a connection of its own, and what it writes stands at once. It is a courtesy: where it cannot write,
the work goes on.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model
from psycopg import sql

# Seconds between two writes.
EVERY = 0.4

# Given a share of the work, 0 to 1.
Tell = Callable[[float], None]


@contextmanager
def telling(row: Model, column: str) -> Iterator[Tell]:
    """A function that keeps the share of the work which is done in `column` of `row`, as whole
    percent, at most every 0.4 seconds. It waits for nobody: least of all for the work itself."""
    update = sql.SQL(
        "UPDATE {table} SET {column} = %s WHERE id IN "
        "(SELECT id FROM {table} WHERE id = %s FOR UPDATE SKIP LOCKED)"
    ).format(table=sql.Identifier(row._meta.db_table), column=sql.Identifier(column))
    last = time.monotonic() - EVERY

    def tell(share: float) -> None:
        nonlocal last
        if time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        try:
            with other.cursor() as cursor:
                cursor.execute(update, [round(100 * min(1.0, share)), row.pk])
        except Error:
            last += 60

    with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as other:
        yield tell
