"""One person's rows, copied for many more people, by the database itself.

Every private table gets the same rows once for each new owner; keys between them are moved by a
fixed distance, so that a million rows are a few statements and no row passes through Python.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

from accounts.models import User
from accounts.ownership import owned_models

# Their triggers would write what is copied anyway (history), or refuse it (what is finished).
QUIET = "SET LOCAL session_replication_role = replica"


def spread(source: User, owners: list[int]) -> Iterator[str]:
    """Copy every row of `source` for each of `owners`, who have none. Yields each table's name when
    it is done. Needs a database user that may set session_replication_role."""
    # What does not travel to another installation (devices, exports) is nobody else's, either.
    tables = [m for m in owned_models() if m.travels and m._meta.app_label != "sample"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(QUIET)
        steps = {model: _step(cursor, model, source) for model in tables}
        for model in tables:
            _copy(cursor, model, steps, source, owners)
            yield model._meta.db_table
        for model in tables:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _step(cursor, model: type[models.Model], source: User) -> tuple[int, int]:
    """(distance to the first copy, distance between copies) of a table's keys."""
    table = model._meta.db_table
    cursor.execute(
        f"SELECT coalesce(min(id), 0), coalesce(max(id), 0), "
        f"(SELECT coalesce(max(id), 0) FROM {table}) FROM {table} WHERE owner_id = %s",
        [source.pk],
    )
    lowest, highest, last = cursor.fetchone()
    return last - lowest + 1, highest - lowest + 1


def _moved(column: str, step: tuple[int, int]) -> str:
    return f"{column} + {step[0]} + (o.place - 1) * {step[1]}"


def _copy(cursor, model, steps, source: User, owners: list[int]) -> None:
    table = model._meta.db_table
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.GeneratedField):
            continue
        name = f's."{field.column}"'
        if field.primary_key:
            name = _moved(name, steps[model])
        elif field.name == "owner":
            name = "o.id"
        elif field.is_relation and field.related_model in steps:
            name = _moved(name, steps[field.related_model])
        elif table == "writing_revision" and field.name == "object_id":
            name = _object(steps)
        elif table == "drills_setting" and field.name == "queue":
            name = f"(SELECT coalesce(array_agg(q {_moved('', steps[_card()])}), '{{}}') " \
                   "FROM unnest(s.queue) AS q)"  # fmt: skip
        elif isinstance(field, models.TextField | models.CharField) and not field.choices:
            name = _addressed(name, steps) if field.name in ("source", "address") else name
        columns.append(f'"{field.column}"')
        values.append(name)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM {table} AS s "
        "CROSS JOIN unnest(%s::bigint[]) WITH ORDINALITY AS o(id, place) WHERE s.owner_id = %s",
        [owners, source.pk],
    )


def _card() -> type[models.Model]:
    return apps.get_model("drills", "Card")


def _object(steps) -> str:
    """The key of the row that a revision belongs to, by the revision's model."""
    cases = " ".join(
        f"WHEN '{model._meta.label_lower}' THEN {_moved('s.object_id', step)}"
        for model, step in steps.items()
    )
    return f"CASE s.model {cases} ELSE s.object_id END"


def _addressed(name: str, steps) -> str:
    """An address of a page. What it leads to is the source's own row: made empty where it has a
    number, since the copy's number is not known from the text."""
    return f"CASE WHEN {name} ~ '/[0-9]+/' THEN '' ELSE {name} END"
