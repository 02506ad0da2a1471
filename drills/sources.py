"""Work from other rooms in the day's list: a room offers, and is not imported.

    # in the room's AppConfig.ready()
    register("rehearsals", lambda user, by: [Offer("Tell “The outage” aloud", url, due, 3)])

The page of the day asks every source once; each may cost a constant number of queries. What they
have due takes up to SHARE of the minutes one has said one has a day, and the cards the rest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

SHARE = 0.5


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


@dataclass(frozen=True)
class Beside:
    """What a day holds beside its cards. `waiting` counts what it leaves for later days; `minutes`
    are those it takes from the cards, however long the one offer is that always finds a place."""

    offers: tuple[Offer, ...] = ()
    waiting: int = 0
    minutes: float = 0


def beside(user, by: datetime, minutes: float) -> Beside:
    """As much of what is due at `by` as fits into SHARE of `minutes`; the longest due always."""
    found = offers(user, by)
    fitting, taken = 0, 0.0
    for offer in found:
        if fitting and taken + offer.minutes > minutes * SHARE:
            break
        fitting, taken = fitting + 1, taken + offer.minutes
    taken = min(taken, minutes * SHARE)
    return Beside(tuple(found[:fitting]), len(found) - fitting, taken)
