"""What each room offers for the sheet of the morning, which one room puts on paper.

    # in the AppConfig.ready() of the room that knows something
    register("Stories", lambda user: [Line("/stories/3/", "The migration", "p95 900 → 120 ms")])

A source may cost a constant number of queries. Texts are plain: paper has no links.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST = 200  # lines of one source; more than that nobody reads on a morning


@dataclass(frozen=True)
class Table:
    """Headings and rows of as many cells each."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Line:
    """One thing for the sheet. `key` is its address, which names it for good; `wanted` puts it on
    the sheet of somebody who has not chosen yet. A line with a `table` is a matrix."""

    key: str
    title: str
    text: str = ""
    wanted: bool = True
    table: Table | None = None


# Given a user; returns what they may put on the sheet, the most useful first.
Source = Callable[..., Sequence[Line]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Offer what `source` returns under the heading `name`; a second one of it replaces it."""
    _sources[name] = source


def offers(user) -> list[tuple[str, list[Line]]]:
    """Heading and lines of every source, in the order of their registration."""
    return [(name, list(source(user))[:MOST]) for name, source in _sources.items()]
