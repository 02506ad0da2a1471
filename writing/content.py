"""Shared content: rows that come from Markdown files and may be edited in the admin.

A room has a model, a folder of files, and two functions. `parse` turns a document into whatever
the room likes and raises `document.error(message, line)` for a mistake; it writes nothing. `apply`
puts that into a row and saves it, children too:

    class Template(SharedContent):
        title = models.CharField(max_length=200)

        def fill(self, outline):
            self.title = outline.title
            self.save()

    # in the room's AppConfig.ready()
    register(ContentSource(Template, Path(__file__).parent / "content", parse, Template.fill))

Each file begins with front matter that holds its permanent `id`, the row's `key`. With
`split=True` a file holds many rows instead, one for each heading of level 2, whose first list entry
"- id: …" is the key. `load_content` reads them all; what it changes and what it leaves alone is
said at `load`.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction

from writing.documents import Cut, Document, DocumentError, cut, properties, read

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LONGEST_KEY = 100
# Any number, as long as every process that loads content takes the same.
_LOCK = 0x636F6E74656E74


def is_key(text: str) -> bool:
    """May `text` be a permanent id: lower-case words with hyphens, 100 characters at most?"""
    return len(text) <= _LONGEST_KEY and bool(_KEY.match(text))


class SharedQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What users see: published, and not retired."""
        return self.filter(published=True, retired_at=None)


class SharedContent(models.Model):
    """A row that belongs to everybody. Its `key` is permanent: links and files name it."""

    key = models.SlugField(max_length=100, unique=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    published = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        abstract = True


@dataclass(frozen=True)
class ContentSource:
    """Where a room's shared content comes from.

    `parse(document)` returns anything; `apply(row, parsed)` fills and saves `row`, an unsaved one
    for a new key. Raise `version` when either changes what becomes of the same file: every file
    is then applied again.

    With `split`, a row is a section of a file: `parse` gets the document that
    `writing.documents.Cut.document` makes of it, for `writing.documents.properties` to read. The
    row changes with its section, its place in the file or the front matter, and no other does.
    """

    model: type[SharedContent]
    folder: Path
    parse: Callable[..., Any]
    apply: Callable[..., Any]
    version: int = 1
    split: bool = False


@dataclass
class Report:
    """What loading did to the rows of one room, as keys."""

    name: str
    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0

    def __str__(self) -> str:
        counts = [
            f"{len(keys)} {word}"
            for word in ("new", "updated", "restored", "retired")
            if (keys := getattr(self, word))
        ]
        if self.kept:
            counts.append(f"{len(self.kept)} kept as edited here ({', '.join(self.kept)})")
        if self.unchanged or not counts:
            counts.append(f"{self.unchanged} unchanged")
        return f"{self.name}: {', '.join(counts)}"


class ContentErrors(Exception):
    """Every mistake that was found; nothing was changed. `str` has one line for each."""

    def __init__(self, errors: list[DocumentError]):
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


_sources: dict[type[SharedContent], ContentSource] = {}


def register(source: ContentSource) -> None:
    """Have `load` read this source; a second registration for the model takes its place."""
    _sources[source.model] = source


def sources() -> list[ContentSource]:
    return list(_sources.values())


def load(
    now: datetime,
    *,
    only: list[ContentSource] | None = None,
    again: bool = False,
    replace: frozenset[str] = frozenset(),
) -> list[Report]:
    """Bring the rows in line with the files, all of them or, with ContentErrors, none.

    A file whose digest its row already has costs nothing. A row edited in the admin, or made
    there, is kept and reported, unless its key is in `replace`. A row whose file went away is
    retired, never deleted, and restored when the file comes back. `again` applies unchanged files
    too. One process at a time does this; a second one waits and then finds nothing to do.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        loaders = [_Loader(source, now, again, replace) for source in only or sources()]
        for loader in loaders:
            loader.check()
        errors = [error for loader in loaders for error in loader.errors]
        if errors:
            raise ContentErrors(errors)
        return [loader.write() for loader in loaders]


@dataclass
class _File:
    """A file, or a section of one, that begins at `line`."""

    name: str
    line: int
    digest: str
    key: str
    parsed: Any = None
    changed: bool = True


def _file_key(document: Document) -> tuple[str, int]:
    """The id of a file and its line."""
    return document.require("id"), document.meta_lines["id"]


def _section_key(document: Document) -> tuple[str, int]:
    section, entries, _ = properties(document)
    if next(iter(entries), "") != "id":
        raise document.error('The first entry below a heading is "- id: …".', section.line + 1)
    return entries["id"].text, entries["id"].line


class _Loader:
    """One room's files and rows."""

    def __init__(self, source: ContentSource, now: datetime, again: bool, replace: frozenset[str]):
        self.source, self.now, self.again, self.replace = source, now, again, replace
        self.rows = {row.key: row for row in source.model._base_manager.all()}
        self.files: dict[str, _File] = {}
        self.errors: list[DocumentError] = []
        self.report = Report(str(source.model._meta.verbose_name_plural))

    def check(self) -> None:
        """Read every file; a mistake is collected in `errors`."""
        folder = self.source.folder
        if not folder.is_dir():
            # An empty folder would retire everything; a missing one is a broken installation.
            self.errors.append(DocumentError(str(folder), 1, "The content folder is missing."))
            return
        known = {row.source_digest: row.key for row in self.rows.values() if row.source_digest}
        for path in sorted(folder.glob("*.md")):
            name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
            for text in self._texts(path, name):
                try:
                    self._add(self._read(name, text, known))
                except DocumentError as error:
                    self.errors.append(error)

    def _texts(self, path: Path, name: str) -> Iterator[bytes | Cut]:
        """The texts of the rows in a file."""
        try:
            source = path.read_bytes()
            if not self.source.split:
                yield source
            elif sections := cut(source, name):
                yield from sections
            else:
                raise DocumentError(name, 1, 'The file has no section: a heading "## …".')
        except OSError as error:
            words = error.strerror or "The file cannot be read."
            self.errors.append(DocumentError(name, 1, words))
        except DocumentError as error:
            self.errors.append(error)

    def _add(self, file: _File) -> None:
        if file.key in self.files:
            other = self.files[file.key]
            where = f"{other.name}:{other.line}" if self.source.split else other.name
            raise DocumentError(file.name, file.line, f'{where} has the id "{file.key}" too.')
        self.files[file.key] = file

    def _read(self, name: str, text: bytes | Cut, known: dict[str, str]) -> _File:
        line = text.line if isinstance(text, Cut) else 1
        digest = self._digest(text)
        if digest in known and not self.again and known[digest] not in self.replace:
            return _File(name, line, digest, known[digest], changed=False)
        document = text.document(name) if isinstance(text, Cut) else read(text, name)
        key, at = _section_key(document) if self.source.split else _file_key(document)
        if not is_key(key):
            raise document.error(
                f'The id "{key}" must be lower-case words with hyphens, '
                f"at most {_LONGEST_KEY} characters.",
                at,
            )
        return _File(name, line, digest, key, self.source.parse(document))

    def _digest(self, text: bytes | Cut) -> str:
        if isinstance(text, Cut):
            whole = f"{text.head}\0{text.title}\0{text.position}\0{text.text}"
            text = whole.encode("utf-8", "surrogatepass")
        return hashlib.sha256(b"%d\0%b" % (self.source.version, text)).hexdigest()

    def write(self) -> Report:
        for key, file in self.files.items():
            self._write(key, file, self.rows.get(key))
        gone = [
            row.key
            for row in self.rows.values()
            if row.key not in self.files and row.source_digest and not row.retired_at
        ]
        self.report.kept += [key for key in gone if self.rows[key].edited_at]
        self.report.retired = [key for key in gone if not self.rows[key].edited_at]
        if self.report.retired:
            rows = self.source.model._base_manager.filter(key__in=self.report.retired)
            rows.update(retired_at=self.now)
        return self.report

    def _write(self, key: str, file: _File, row: SharedContent | None) -> None:
        if row and key not in self.replace and (row.edited_at or not row.source_digest):
            self.report.kept.append(key)
        elif row and row.retired_at and not file.changed:
            self.source.model._base_manager.filter(pk=row.pk).update(retired_at=None)
            self.report.restored.append(key)
        elif file.changed:
            (self.report.updated if row else self.report.new).append(key)
            self._apply(file, row or self.source.model(key=key))
        else:
            self.report.unchanged += 1

    def _apply(self, file: _File, row: SharedContent) -> None:
        row.source_digest, row.edited_at, row.retired_at = file.digest, None, None
        try:
            self.source.apply(row, file.parsed)
        except DocumentError as error:
            raise ContentErrors([error]) from error
        except (DatabaseError, ValidationError) as error:
            words = "; ".join(getattr(error, "messages", None) or [str(error).strip()])
            raise ContentErrors(
                [DocumentError(file.name, file.line, f"This cannot be stored: {words}")]
            ) from error
