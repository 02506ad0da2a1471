"""In, first half: a file checked whole, before anything of the account is touched.

Every value is checked by its column and every key against the file itself. Memory holds one line
and the ids, never the rows: those are read a second time by bringing.py.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts import time_zones
from accounts.models import User
from accounts.ownership import Owned
from accounts.portable import archive, columns, layout, notes
from accounts.portable.archive import NAME, Refused
from accounts.portable.columns import Wrong
from accounts.portable.rows import FORMAT, SETTINGS, UID, VERSION

HEADER = ("format", "version", "made_at", "account", "settings", "schema")
LONGEST_LINE = 4_000_000
MOST_BRACKETS = 200_000
LARGEST_ID = 2**62
# Rows between two words of how far it is.
TOLD_EVERY = 100


@dataclass(frozen=True)
class Limits:
    """Bytes of JSON, rows, and characters of text that have to be rendered."""

    size: int
    rows: int
    rendered: int


# What a page may take on while somebody waits, and what a terminal may.
FOR_A_PAGE = Limits(100_000_000, 200_000, 5_000_000)
FOR_A_TERMINAL = Limits(2_000_000_000, 10_000_000, 1_000_000_000)


@dataclass
class Found:
    """A checked file. `starts` says at which byte and line the rows of each model begin; `ids` are
    the old ids of each with their uids, in the order of the file."""

    file: IO[bytes]
    head: dict[str, Any] = field(default_factory=dict)
    starts: dict[type[Owned], tuple[int, int]] = field(default_factory=dict)
    ids: dict[type[Owned], dict[int, UUID]] = field(default_factory=lambda: defaultdict(dict))

    def __enter__(self) -> "Found":
        return self

    def __exit__(self, *reason: object) -> None:
        self.file.close()

    @property
    def count(self) -> int:
        return sum(map(len, self.ids.values()))

    def rows(self, model: type[Owned]) -> Iterator[dict[str, Any]]:
        """The rows of `model` as Python has them, with "id" and UID; keys still by old names."""
        if model not in self.starts:
            return
        at, number = self.starts[model]
        self.file.seek(at)
        for line in self.file:
            if line.startswith(b"]"):
                return
            yield row_of(model, parsed(line.removeprefix(b","), number), number)
            number += 1


def refused(message: str, line: int) -> Refused:
    return Refused(f"{NAME}, line {line}: {message}")


def parsed(line: bytes, number: int) -> Any:
    """The JSON of one line. Raises Refused."""
    if len(line) > LONGEST_LINE or line.count(b"[") + line.count(b"{") > MOST_BRACKETS:
        raise refused("This line is far longer than a row can be.", number)
    try:
        return json.loads(line.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise refused("This line is not JSON, or not in the form of an export.", number) from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def read(file: IO[bytes], limits: Limits, progress: Callable[[float], None] | None = None) -> Found:
    """Check the export in `file` (a zip). Raises Refused, which names the line of the mistake.

    `progress` is told which share of it was read, 0 to 1.
    """
    found = Found(archive.rows_of(file, limits.size))
    try:
        _Reader(found, limits, progress).read()
    except BaseException:
        found.file.close()
        raise
    return found


class _Reader:
    def __init__(self, found: Found, limits: Limits, progress: Callable[[float], None] | None):
        self.found, self.limits, self.progress = found, limits, progress
        self.size = found.file.seek(0, 2) or 1
        found.file.seek(0)
        self.number = 0
        self.rendered = 0
        self.uids: set[UUID] = set()
        # By model: each old id that is referred to, and from which line first.
        self.wanted: dict[type[Owned], dict[int, int]] = defaultdict(dict)

    def line(self) -> bytes:
        """The next line, without its end."""
        line = self.found.file.readline(LONGEST_LINE + 1)
        self.number += 1
        if not line.endswith(b"\n"):
            what = "The file ends here too early." if len(line) < LONGEST_LINE else "Too long."
            raise refused(what, self.number)
        return line[:-1]

    def read(self) -> None:
        self.header()
        while (line := self.line()) != b"}}":
            self.model(line)
        if self.found.file.read(1):
            raise refused("Something stands after the end.", self.number + 1)
        self.references()

    def header(self) -> None:
        if self.line() != b"{":
            raise refused("This is not the JSON of an export.", 1)
        head = self.found.head
        while (line := self.line()) != b'"rows": {':
            given = parsed(b"{" + line.removesuffix(b",") + b"}", self.number)
            name = next(iter(given), "")
            if len(given) != 1 or name not in HEADER or name in head:
                raise refused("This is not the head of an export.", self.number)
            head[name] = given[name]
        if head.get("format") != FORMAT:
            raise refused("This is not an export of a Prepsite account.", self.number)
        if head.get("version") != VERSION:
            raise refused(
                "This export was made by a newer Prepsite. Update this site, then try again.",
                self.number,
            )
        self.settings()

    def settings(self) -> None:
        given = self.found.head.get("settings")
        if not isinstance(given, dict) or set(given) != set(SETTINGS):
            raise refused("The settings are not those of an account.", self.number)
        for name in SETTINGS:
            try:
                value = columns.value_of(
                    cast(layout.Column, User._meta.get_field(name)), given[name]
                )
                if name == "time_zone":
                    value = time_zones.canonical(value)
            except (Wrong, ValidationError):
                raise refused(f"The setting {name} is not possible.", self.number) from None
            given[name] = value

    def model(self, line: bytes) -> None:
        """The rows of one model; `line` names it."""
        label = parsed(b"{" + line.removeprefix(b",") + b"]}", self.number)
        name = next(iter(label), "")
        model = layout.by_label().get(name)
        if model is None:
            raise refused(
                f"There are no rows of the kind “{name[:60]}” on this site. It may be older than "
                "the one the export comes from: update it, then try again.",
                self.number,
            )
        if model in self.found.starts or label[name] != []:
            raise refused(f"The rows of {name} stand here twice.", self.number)
        self.found.starts[model] = (self.found.file.tell(), self.number + 1)
        while (line := self.line()) != b"]":
            self.row(model, line.removeprefix(b","))

    def row(self, model: type[Owned], line: bytes) -> None:
        row = row_of(model, parsed(line, self.number), self.number)
        ids = self.found.ids[model]
        if row["id"] in ids or row[UID] in self.uids:
            raise refused(f"The id {row['id']} stands here twice.", self.number)
        ids[row["id"]] = row[UID]
        self.uids.add(row[UID])
        if self.progress and len(self.uids) % TOLD_EVERY == 0:
            self.progress(self.found.file.tell() / self.size)
        if len(self.uids) > self.limits.rows:
            raise refused(
                f"An export of more than {self.limits.rows:,} rows is brought in with "
                "manage.py import_account.",
                self.number,
            )
        for name, key in layout.own_keys(model).items():
            if row[name] is not None:
                self.wanted[key].setdefault(row[name], self.number)
        for each in model._meta.concrete_fields:
            if source := getattr(each, "source", None) if layout.is_derived(each) else None:
                self.rendered += len(row.get(source) or "")
        if self.rendered > self.limits.rendered:
            raise refused(
                "There is so much text in this export that it is brought in with "
                "manage.py import_account.",
                self.number,
            )

    def references(self) -> None:
        for model, wanted in self.wanted.items():
            for pk in wanted.keys() - self.found.ids[model].keys():
                raise refused(
                    f"This refers to {model._meta.label_lower} {pk}, which is not in the file.",
                    wanted[pk],
                )


def row_of(model: type[Owned], given: Any, number: int) -> dict[str, Any]:
    """The values of a row of `model`, each checked by its column. Raises Refused."""
    if not isinstance(given, dict):
        raise refused("A row is an object.", number)
    fields = layout.columns(model)
    row: dict[str, Any] = {}
    name = "id"
    try:
        row["id"] = columns.whole_number(given.get("id"), 1, LARGEST_ID)
        name = UID
        row[UID] = columns.uuid(given.get(UID))
        for field_ in fields:
            name = field_.name
            row[name] = _value(model, field_, given)
    except Wrong as wrong:
        raise refused(f"{name} {wrong}.", number) from None
    if unknown := given.keys() - row.keys():
        raise refused(f"There is no column “{min(unknown)[:60]}” on this site.", number)
    if problem := _problem(model, row):
        raise refused(problem, number)
    return row


def _value(model: type[Owned], field_: layout.Column, given: dict[str, Any]) -> Any:
    name = field_.name
    if name not in given:
        # A column that came after the export was made has its default.
        if not (field_.has_default() or field_.null or field_.blank):
            raise Wrong("is missing")
        return field_.get_default()
    value = given[name]
    if name in layout.own_keys(model):
        return None if value is None and field_.null else columns.whole_number(value, 1, LARGEST_ID)
    if name in layout.shared_keys(model):
        return None if value is None and field_.null else columns.plain_text(value, 300)
    value = columns.value_of(field_, value)
    if name in notes.of(model).addresses and not _is_path(value):
        raise Wrong("is not an address on this site")
    return value


def _is_path(text: Any) -> bool:
    if isinstance(text, list):
        return all(map(_is_path, text))
    return not text or (text.startswith("/") and text[1:2] not in ("/", "\\"))


def _problem(model: type[Owned], row: dict[str, Any]) -> str:
    """What the room of the model finds wrong with the row, or with the model it points at."""
    note = notes.of(model)
    if note.pointer and row[note.pointer[1]] not in layout.by_label():
        return f"{note.pointer[1]} names no kind of rows."
    if note.check:
        try:
            return note.check(row)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return "The row does not hold together."
    return ""
