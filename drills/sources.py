"""Work from other rooms in the day's list: a room offers, and is not imported.

    # in the room's AppConfig.ready()
    register("rehearsals", lambda user, by: [Offer("Tell “The outage” aloud", url, due, 3)])

The page of the day asks every source once; each may cost a constant number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Offer:
    """Something to do at `address` (a path of this site), due since or at `due`, in `minutes`."""

    title: str
    address: str
    due: datetime
    minutes: float
    kind: str = ""


# Given a user and the end of their study day; returns what is due by then.
Source = Callable[..., Iterable[Offer]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Have the page of the day ask `source(user, by)`; a second one of that name replaces it."""
    _sources[name] = source


def offers(user, by: datetime) -> list[Offer]:
    """What all sources have due for `user` at `by`, the longest due first."""
    found = [offer for source in _sources.values() for offer in source(user, by)]
    return sorted(found, key=lambda offer: (offer.due, offer.title))
