"""What one room has to say beside the work of another, which does not import it.

    # in the AppConfig.ready() of the room that knows something
    register("plan item", "notes", lambda user, text: [Aside("Caching", "/…/caching/", html)])

    # in a view of the room where the work is done
    asides.of("plan item", request.user, item.text)

The places there are: "plan item" (the subject is the item's plain text) and "phase" (the subject is
the phase of an attempt). A source may cost a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Aside:
    """A `title` that leads to `address`, the whole of it as safe HTML, and a line about it.

    `link` is what the link to the address says.
    """

    title: str
    address: str
    html: SafeString
    line: str = ""
    link: str = "The note on its own page, and its cards"


# Given a user and a subject; returns what belongs beside it.
Source = Callable[..., Sequence[Aside]]

_sources: dict[str, dict[str, Source]] = defaultdict(dict)


def register(place: str, name: str, source: Source) -> None:
    """Have `place` ask `source`; a second one of that name replaces it."""
    _sources[place][name] = source


def of(place: str, user, subject: str) -> list[Aside]:
    """What all rooms have to say at `place` about `subject`, in the order of their registration."""
    return [aside for source in _sources[place].values() for aside in source(user, subject)]
