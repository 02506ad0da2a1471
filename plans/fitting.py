"""When to start a plan so that it is done before an interview. Pure; minutes, aware datetimes."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# A day of preparation begins at nine and leaves the evening for rest.
BEGIN, END, EARLIEST = time(9), time(22), time(7)
# Time to wash, travel and breathe before the interview.
REST = timedelta(minutes=60)
LEAST = 30
STEP = 15


@dataclass(frozen=True)
class Fit:
    """A start, in the reader's zone, and the minutes there are from it."""

    start: datetime
    minutes: int


def fit(at: datetime, minutes: int, now: datetime, zone: ZoneInfo) -> Fit | None:
    """The start that leaves a plan of `minutes` done before the interview at `at`; None: too late.

    The whole day before from nine, when that is still to come; else what is left of that day
    until ten at night; else the morning itself, up to an hour before.
    """
    here = at.astimezone(zone)
    before = here.date() - timedelta(days=1)
    soon = _rounded_up(now.astimezone(zone))
    nine = datetime.combine(before, BEGIN, zone)
    if nine >= soon:
        return Fit(nine, minutes)
    night = datetime.combine(before, END, zone)
    if soon < night and (left := _between(soon, night)) >= min(minutes, 2 * LEAST):
        return Fit(soon, min(minutes, left))
    morning = max(soon, datetime.combine(here.date(), EARLIEST, zone))
    left = _between(morning, at - REST)
    return Fit(morning, min(minutes, left)) if left >= min(minutes, LEAST) else None


def _between(start: datetime, end: datetime) -> int:
    """Whole minutes that pass from one to the other, over a change of clocks too."""
    return int((end.timestamp() - start.timestamp()) // 60)


def _rounded_up(moment: datetime) -> datetime:
    """The next quarter of an hour on the clock."""
    whole = moment.replace(second=0, microsecond=0)
    late = -whole.minute % STEP or (STEP if moment > whole else 0)
    return whole + timedelta(minutes=late)
