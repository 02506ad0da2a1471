"""A date and an hour as the people of a place say them, and the moment that is.

Pure. Twice a year that is not one to one: when clocks go forward an hour does not exist, and when
they go back an hour comes twice.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class NoSuchHour(Exception):
    """The clocks skip this hour; `before` and `after` are what they show an hour to each side."""

    before: datetime
    after: datetime


@dataclass(frozen=True)
class HourTwice(Exception):
    """The clocks show this hour twice that night: the two moments, in the place's own zone."""

    first: datetime
    second: datetime


def moment(day: date, at: time, zone: ZoneInfo, which: int | None = None) -> datetime:
    """The moment, in UTC, at which the clocks of `zone` show `at` on `day`.

    `which` is 0 or 1 for the first or the second time in a night in which the hour comes twice.
    Raises NoSuchHour, and HourTwice when that is needed and None.
    """
    shown = datetime.combine(day, at)
    first, second = (
        shown.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1)
    )
    if first.replace(tzinfo=None, fold=0) != shown:
        raise NoSuchHour(second, first)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if which is None:
        raise HourTwice(first, second)
    return (first, second)[which].astimezone(UTC)


def comes_twice(at: datetime) -> bool:
    """Do the clocks of the zone of `at` show its hour twice that night?"""
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()


def place(name: str) -> str:
    """The place a zone is named after: "Europe/Berlin" → "Berlin"."""
    return name.rpartition("/")[2].replace("_", " ")


def offset(at: datetime) -> str:
    """How far the clocks are ahead of UTC: "UTC+2", "UTC+5:30", "UTC"."""
    whole = int((at.utcoffset() or at - at).total_seconds()) // 60
    if not whole:
        return "UTC"
    hours, minutes = divmod(abs(whole), 60)
    return f"UTC{'+' if whole > 0 else '−'}{hours}{f':{minutes:02d}' if minutes else ''}"
