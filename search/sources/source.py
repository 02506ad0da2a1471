"""How one kind of page is said, and the SQL that all of them share."""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True)
class Feed:
    """A table whose rows are in a page's text: a change of `columns` changes that text.

    `ids` is SQL for the ids of the pages that a changed row belongs to; `r` is that row.
    """

    model: type[Model]
    columns: str = ""
    ids: str = "r.id"

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Source:
    """One kind of page. The first feed is the table whose ids the SELECT gives."""

    kind: str
    room: str
    select: str
    feeds: tuple[Feed, ...]


def lines(*parts: str) -> str:
    """SQL for the parts that there are, each on a line."""
    return f"concat_ws(E'\\n', {', '.join(parts)})"


def published(name: str) -> str:
    """SQL: the shared row `name` is what users see."""
    return f"{name}.published AND {name}.retired_at IS NULL"


def rows(text: str, table: type[Model], where: str) -> str:
    """SQL for `text` of all rows of a table, each on a line; the row is `x`."""
    return (
        f"(SELECT string_agg({text}, E'\\n' ORDER BY x.id) "
        f"FROM {table._meta.db_table} x WHERE {where})"
    )
