"""The names of time zones: which a person may choose, and what a browser may call them.

The list a person chooses from is the time zone database's own table of places (zone.tab). A
browser may report an older name of the same zone (Asia/Calcutta), so every name is led to the
listed one.
"""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

UNIVERSAL = {"Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "Etc/Greenwich"}


def _table(name: str) -> list[str]:
    """The lines of one of the database's text files, without comments."""
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def known() -> frozenset[str]:
    """Every name this machine understands; kept, because asking reads the disk."""
    return frozenset(available_timezones())


@cache
def listed() -> frozenset[str]:
    """The names offered to choose from: one a place, and UTC."""
    return frozenset(line.split("\t")[2] for line in _table("zone.tab")) & known() | {"UTC"}


@cache
def _links() -> dict[str, str]:
    """Older name -> the name it stands for. Such a line reads `L target name`."""
    rows = (line.split() for line in _table("tzdata.zi") if line.startswith("L "))
    return {name: target for _, target, name in rows}


def canonical(name: str) -> str:
    """The listed name of the zone called `name`; ValidationError when no zone is called so."""
    if name in listed():
        return name
    target = _links().get(name, name)
    if target in UNIVERSAL:
        return "UTC"
    if target in listed():
        return target
    if name in known():
        return name
    raise ValidationError("Choose a time zone from the list, for example Europe/Berlin.")


@cache
def by_region() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Regions in order, each with the (name, label) of its places: Europe -> Berlin."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(listed() - {"UTC"}):
        region, _, place = name.partition("/")
        regions.setdefault(region, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return tuple((region, tuple(places)) for region, places in regions.items())
