"""Queries that are put together once.

Django builds the SQL of a query anew each time it is asked. For a large one that takes ten times as
long as Postgres takes to answer it, and the SQL is always the same: only the values in it change.
So a query that a page asks every time is written as ever, in a function of its values, and marked:

    @compiled
    def stories(owner: int, since: datetime) -> QuerySet:
        return Story.objects.for_user(owner).filter(updated_at__gte=since).values("pk", "title")

    stories(user.pk, now)  # a list of what the queryset yields

Rows are never kept, only the SQL. The function is called with stand-ins for its values, twice, with
other ones and in another time zone each time: where the query depends on any of them in any way but
by holding it, the two differ, and it is refused. A value that may be None makes another query, in a
function of its own.

The server does the same: what it worked out about a query is kept with each connection, once the
query has been asked five times (PREPSITE_PREPARE in the settings).
"""

import functools
import inspect
import uuid
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404
from django.utils.timezone import override
from psycopg import Connection, Cursor
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.numeric import Int8

# Zones that nobody lives in, so that what looks at the reader's is seen to.
_ZONES = timezone(timedelta(minutes=7)), timezone(timedelta(minutes=11))
# What stands for the n-th value of each type, unlike anything that a query holds by itself.
_STAND_INS: dict[Any, Callable[[int], Any]] = {
    int: lambda n: 4_018_226_397 + n,
    str: lambda n: f"\ue000{n}\ue000",
    uuid.UUID: lambda n: uuid.UUID(int=4_018_226_397 + n),
    date: lambda n: date(1903, 1, 1) + timedelta(days=n),
    datetime: lambda n: datetime(1903, 1, 1, microsecond=n, tzinfo=UTC),
    list[int]: lambda n: [4_018_226_397 + n, n],
}


class _Cursor(Cursor[Any]):
    """Sends values beside the SQL, which then is the same each time, and kept by the server.

    Instants are read by psycopg's C. Django reads each in Python, which takes ten times as long, to
    put in a zone of its own; it has seen to it that the connection is in UTC, so they are equal.
    """

    def __init__(self, connection: Connection):
        super().__init__(connection)
        self.adapters.register_loader("timestamptz", TimestamptzLoader)


def _cursor(database: str) -> CursorWrapper:
    """One of the above, wrapped as Django wraps its own, to count and to tell."""
    connection = connections[database]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # The stubs ask for a wrapper where Django takes what it wraps.
    cursor: Any = _Cursor(connection.connection)
    if connection.queries_logged:
        return connection.make_debug_cursor(cursor)
    return connection.make_cursor(cursor)


def _bigint(value: int) -> int:
    """Of one type, however large: to the server, a query with a value of another type is another
    one. What is larger than any key stays as it is, and is found nowhere."""
    return Int8(value) if -(2**63) <= value < 2**63 else value


@dataclass(frozen=True)
class _Place:
    """Where the value `name` stands among the parameters; `cast` is the driver's type for it."""

    name: str
    cast: Callable[[Any], Any] | None

    def filled(self, values: Mapping[str, Any]) -> Any:
        value = values[self.name]
        if self.cast:
            value = self.cast(value)
        if type(value) is int:
            return _bigint(value)
        return [_bigint(each) for each in value] if type(value) is list else value


@dataclass(frozen=True)
class _Made:
    rows: Any  # a QuerySet, of which more is asked than its type knows
    compiler: SQLCompiler
    sql: str
    params: list[Any]

    @functools.cached_property
    def converters(self) -> dict:
        """What makes the values of a row ours, by column."""
        return self.compiler.get_converters(
            [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        )


class Compiled:
    """A function from values to rows, whose SQL is made at the first call."""

    def __init__(self, build: Callable[..., QuerySet]):
        functools.update_wrapper(self, build)
        self.build = build
        kinds = inspect.get_annotations(build, eval_str=True)
        self.kinds = {name: kind for name, kind in kinds.items() if name != "return"}

    def __call__(self, *given: Any) -> list[Any]:
        """The rows for the values `given`, in the function's order. One query."""
        if None in given:
            raise ValueError(f"{self.build.__qualname__} was made for values, and given None.")
        made, values = self._made, dict(zip(self.kinds, given, strict=True))
        params = tuple(
            each.filled(values) if isinstance(each, _Place) else each for each in made.params
        )
        with _cursor(made.rows.db) as cursor:
            cursor.execute(made.sql, params)
            found = cursor.fetchall()
        compiler, query = copy(made.compiler), copy(made.rows.query)
        compiler.connection = connections[made.rows.db]
        # Django's own iteration over rows goes on from here, and finds the work done.
        compiler.execute_sql = lambda *args, **options: [found]  # type: ignore[assignment]
        compiler.get_converters = lambda *args: made.converters  # type: ignore[method-assign]
        query.get_compiler = lambda *args, **options: compiler  # type: ignore[method-assign]
        rows = type(made.rows)(made.rows.model, query, made.rows.db)
        rows._iterable_class, rows._fields = made.rows._iterable_class, made.rows._fields
        return list(rows)

    def one_or_404(self, *given: Any) -> Any:
        """The one row for the values `given`; Http404 when there is none."""
        rows = self(*given)
        if len(rows) != 1:
            raise Http404
        return rows[0]

    @functools.cached_property
    def _made(self) -> _Made:
        """The SQL, with a place for each value. TypeError where it depends on more than those."""
        ours, others = self._stand_ins(1), self._stand_ins(1 + len(self.kinds))
        made, other = self._make(ours, _ZONES[0]), self._make(others, _ZONES[1])
        if made.sql != other.sql or made.rows._prefetch_related_lookups:
            raise TypeError(f"{self.build.__qualname__} is not one query, the same for all values.")
        params = [
            mine if mine == theirs else self._place(mine, theirs, ours, others)
            for mine, theirs in zip(made.params, other.params, strict=True)
        ]
        if lost := set(self.kinds) - {each.name for each in params if isinstance(each, _Place)}:
            raise TypeError(f"{self.build.__qualname__} does not hold {', '.join(lost)}.")
        return _Made(made.rows, made.compiler, made.sql, params)

    def _stand_ins(self, start: int) -> dict[str, Any]:
        return {
            name: _STAND_INS[kind](n) for n, (name, kind) in enumerate(self.kinds.items(), start)
        }

    def _make(self, values: Mapping[str, Any], zone: timezone) -> _Made:
        with override(zone):
            rows = self.build(**values)
            compiler = rows.query.get_compiler(rows.db)
            sql, params = compiler.as_sql()
        return _Made(rows, compiler, sql, list(params))

    def _place(self, mine: Any, theirs: Any, ours: Mapping, others: Mapping) -> _Place:
        """Which value stands where `mine` was, and `theirs` the other time."""
        for name, stand_in in ours.items():
            if mine == stand_in and theirs == others[name]:
                return _Place(name, None if type(mine) is type(stand_in) else type(mine))
        raise TypeError(f"{self.build.__qualname__} makes {mine!r} of its values.")


def compiled(build: Callable[..., QuerySet]) -> Compiled:
    """Have the SQL of the queryset that `build` returns made once a process. See above."""
    return Compiled(build)


def among(column: str, keys: list[int]) -> Func:
    """`column` is one of `keys`, however many. Django's `__in` is other SQL for each number of
    them, so that `compiled` refuses it."""
    return Func(
        F(column),
        Value(keys, ArrayField(BigIntegerField())),
        arg_joiner=" = ANY(",
        template="(%(expressions)s))",
        output_field=BooleanField(),
    )
