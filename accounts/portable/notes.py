"""What the rooms say about their rows, for files that leave this site and come back.

    # in the AppConfig.ready() of a room
    describe(Card, addresses=("source",), check=card_is_sound)
    leads_to("drills:edit", Card)
    folder("Drills", card_files)

Most columns need no note: keys to shared content and to one's own rows are found by themselves.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

# The values of a row by column, as Python has them. Returns what is wrong, or "".
Check = Callable[[Mapping[str, Any]], str]
# Given a user, the files of a room: (name within the room's folder, Markdown).
Writer = Callable[[Any], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Note:
    """`addresses` hold a path of this site or a list of them, `texts` Markdown with such paths in
    it; `ids` maps a column that lists ids to the label of their model; `pointer` is (column with an
    id, column with the label of its model). `quiet` names triggers that an import passes by, since
    it brings what they would write. `twin` makes what cannot stand twice in an account: a row of
    the file whose twin is there is that one."""

    addresses: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ids: Mapping[str, str] | None = None
    pointer: tuple[str, str] | None = None
    quiet: tuple[str, ...] = ()
    check: Check | None = None
    twin: Callable[[Mapping[str, Any]], Hashable] | None = None


@dataclass(frozen=True)
class Natural:
    """How a shared row without a unique `key` of its own is named in files. `names` gives the id
    of every row by its name."""

    names: Callable[[], Mapping[str, int]]


_notes: dict[type[models.Model], Note] = {}
_naturals: dict[type[models.Model], Natural] = {}
_views: dict[str, type[models.Model]] = {}
_folders: dict[str, Writer] = {}
_last: list[Callable[[Any], str]] = []
_after: list[Callable[[Any, Mapping[Any, int]], None]] = []


def describe(model: type[models.Model], **said: Any) -> None:
    """Say something about the columns of `model`; later notes are added to earlier ones."""
    before = _notes.get(model, Note())
    said["quiet"] = (*before.quiet, *said.get("quiet", ()))
    _notes[model] = Note(**{**before.__dict__, **said})


def of(model: type[models.Model]) -> Note:
    return _notes.get(model, Note())


def names(model: type[models.Model], known: Callable[[], Mapping[str, int]]) -> None:
    """Have rows of the shared `model` go by the names that `known` gives."""
    _naturals[model] = Natural(known)


def natural(model: type[models.Model]) -> Natural | None:
    return _naturals.get(model)


def leads_to(view: str, model: type[models.Model]) -> None:
    """The address of `view` begins with the id of a `model`, in columns that hold addresses."""
    _views[view] = model


def views() -> Mapping[str, type[models.Model]]:
    return _views


def folder(name: str, writer: Writer) -> None:
    """Have an export hold a folder of that name with what `writer` writes."""
    _folders[name] = writer


def folders() -> Mapping[str, Writer]:
    return _folders


def at_last(look: Callable[[Any], str]) -> None:
    """Ask `look(user)` once all rows are in; what it finds wrong (not "") undoes the import."""
    if look not in _last:
        _last.append(look)


def afterwards(do: Callable[[Any, Mapping[Any, int]], None]) -> None:
    """Call `do(user, new)` once all rows are in; `new` says how many of each model came."""
    if do not in _after:
        _after.append(do)


def followers() -> Iterable[Callable[[Any, Mapping[Any, int]], None]]:
    return tuple(_after)


def looks() -> Iterable[Callable[[Any], str]]:
    return tuple(_last)
