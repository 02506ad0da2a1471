"""Where an entry's technology is used: a room above says so, and is not imported.

    # in the room's AppConfig.ready()
    register("scenarios", lambda subjects: {subject.key: [Use("Band shop", "/scenarios/…")]})

A page asks every source once for all the subjects it shows; each may cost a constant number of
queries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What a source is asked about: any key, the title as people read it, and the tags."""

    key: object
    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Use:
    """A page of this site that uses the subject, and how: `detail` is a line of text."""

    title: str
    address: str
    detail: str = ""


# Given subjects; returns for each key where it is used. A key may be missing.
Source = Callable[[Sequence[Subject]], Mapping[object, Sequence[Use]]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Have pages ask `source`; a second one of that name replaces it."""
    _sources[name] = source


def of(subject: Subject) -> list[Use]:
    """Where one subject is used, in the order of the sources."""
    return [use for source in _sources.values() for use in source([subject]).get(subject.key, ())]
