"""One value of one column to JSON, and back with every check that the column asks for.

Out and in again is exactly the same value: times keep their microseconds, numbers their bits.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models

# Far more than the site itself would save; in all, reading.py has limits of its own.
LONGEST_TEXT = 1_000_000
MOST_IN_A_LIST = 20_000
DEEPEST = 20
YEARS = range(1900, 2200)
# NUL cannot be stored, and half a surrogate pair cannot be sent.
_REFUSED = re.compile(r"[\x00\ud800-\udfff]")

_KINDS: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
    (models.DateTimeField, "time"),
    (models.DateField, "date"),
    (models.UUIDField, "uuid"),
    (models.JSONField, "json"),
    (ArrayField, "list"),
    (models.CharField, "text"),
    (models.TextField, "text"),
)


class Wrong(ValueError):
    """The value cannot stand in the column; the message says why."""


def kind_of(field: models.Field) -> str:
    """The kind of value `field` holds, as the schema names it."""
    for cls, kind in _KINDS:
        if isinstance(field, cls):
            return kind
    raise TypeError(f"{field} is of a kind that exports do not know: {type(field).__name__}")


def as_json(value: Any) -> str:
    """A value that JSON has no form for, as text: a time in UTC, a date, a UUID."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON")


def value_of(field: models.Field, given: Any) -> Any:
    """The value that `given`, from JSON, stands for. Raises Wrong."""
    if given is None:
        if not field.null:
            raise Wrong("is empty and must not be")
        return None
    read, choices, validators = _about(field)
    value = read(field, given)
    # An empty text stands where nothing was chosen; a number has no such way out.
    if choices and value != "" and value not in choices:
        raise Wrong("is none of the values that are known here")
    try:
        for validator in validators if value not in field.empty_values else ():
            validator(value)
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error
    return value


@cache
def _about(field: models.Field) -> tuple[Callable, frozenset, tuple]:
    """(reader, choices, validators) of a column: asked for every value, so looked up once."""
    choices = frozenset(value for value, _ in field.flatchoices)  # type: ignore[attr-defined]
    return _READERS[kind_of(field)], choices, tuple(field.validators)


def _boolean(field, given) -> bool:
    if not isinstance(given, bool):
        raise Wrong("is not true or false")
    return given


def whole_number(given: Any, low: int, high: int) -> int:
    """`given`, a whole number from `low` to `high`. Raises Wrong."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise Wrong("is not a whole number")
    if not low <= given <= high:
        raise Wrong("is out of its range")
    return given


def _integer(field, given) -> int:
    return whole_number(given, *_range(field.get_internal_type()))


@cache
def _range(kind: str) -> tuple[int, int]:
    low, high = connection.ops.integer_field_range(kind)
    return low or 0, high or 2**31


def _number(field, given) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise Wrong("is not a number")
    if not (math.isfinite(given) and abs(given) < 1e12):
        raise Wrong("is out of its range")
    return float(given)


def plain_text(given: Any, limit: int) -> str:
    """`given`, a text of at most `limit` characters that can be stored and shown. Raises Wrong."""
    if not isinstance(given, str):
        raise Wrong("is not a text")
    if len(given) > limit:
        raise Wrong(f"is {len(given):,} characters long, and {limit:,} fit")
    if _REFUSED.search(given):
        raise Wrong("holds characters that no text has")
    return given


def _text(field, given) -> str:
    return plain_text(given, field.max_length or LONGEST_TEXT)


def moment(given: Any) -> datetime:
    """The moment that an ISO time with its offset names. Raises Wrong."""
    try:
        value = datetime.fromisoformat(given)
        if value.tzinfo and value.year in YEARS:
            return value.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise Wrong("is not a time such as 2026-11-28T19:30:00+00:00")


def _time(field, given) -> datetime:
    return moment(given)


def _date(field, given) -> date:
    try:
        value = date.fromisoformat(given)
    except (TypeError, ValueError):
        raise Wrong("is not a date such as 2026-11-28") from None
    if value.year not in YEARS:
        raise Wrong("is not a date of these centuries")
    return value


def _uuid(field, given) -> UUID:
    return uuid(given)


def uuid(given: Any) -> UUID:
    """`given` as a UUID. Raises Wrong."""
    try:
        return UUID(plain_text(given, 36))
    except ValueError:
        raise Wrong("is not a UUID") from None


def _json(field, given) -> Any:
    _sound(given, DEEPEST)
    return given


def _sound(given: Any, depth: int) -> None:
    """Raises Wrong for JSON that is nested too deep or holds what cannot be stored."""
    if isinstance(given, str):
        plain_text(given, LONGEST_TEXT)
    elif isinstance(given, int | float) and not isinstance(given, bool):
        if not abs(given) < 1e15:
            raise Wrong("holds a number out of all range")
    elif isinstance(given, dict | list):
        if depth == 0:
            raise Wrong("is nested too deep")
        for each in [*given, *given.values()] if isinstance(given, dict) else given:
            _sound(each, depth - 1)


def _list(field, given) -> list:
    if not isinstance(given, list):
        raise Wrong("is not a list")
    if len(given) > MOST_IN_A_LIST:
        raise Wrong("is too long a list")
    return [value_of(field.base_field, each) for each in given]


_READERS = {
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "time": _time,
    "date": _date,
    "uuid": _uuid,
    "json": _json,
    "list": _list,
    "text": _text,
}
