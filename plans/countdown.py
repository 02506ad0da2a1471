"""How long until an interview, and when that is, in words. Pure; `now` is passed in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plans.local_time import place

# Up to here hours say more than the name of the day.
HOURS = timedelta(hours=6)


def countdown(at: datetime, ends: datetime, now: datetime, zone: ZoneInfo) -> str:
    """ "in 3 days", "tomorrow", "today", "in 5 hours", "in 25 minutes", "now", "2 days ago".

    Days are dates in `zone`, the reader's: at 23:00, nine in the morning is tomorrow.
    """
    days = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if now >= ends:
        return _ago(-days)
    if now >= at:
        return "now"
    left = at - now
    if left < timedelta(hours=1):
        minutes = max(1, round(left.total_seconds() / 60))
        return f"in {minutes} minute{'' if minutes == 1 else 's'}"
    if left < HOURS:
        hours = round(left.total_seconds() / 3600)
        return f"in {hours} hour{'' if hours == 1 else 's'}"
    if days == 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days} days"


def soon(at: datetime, ends: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The same with the hour on the reader's clock: "tomorrow 10:00", "in 3 days, Friday 16:00"."""
    words, here = countdown(at, ends, now, zone), at.astimezone(zone)
    if words in ("today", "tomorrow"):
        return f"{words} {here:%H:%M}"
    return f"{words}, {here:%A %H:%M}" if words.endswith("days") else words


def _ago(days: int) -> str:
    if days <= 0:
        return "over"
    return "yesterday" if days == 1 else f"{days} days ago"


def _day(at: datetime, now: datetime) -> str:
    year = "" if at.year == now.astimezone(at.tzinfo).year else f" {at.year}"
    return f"{at:%A} {at.day} {at:%B}{year}"


def when(at: datetime, ends: datetime, now: datetime, there: ZoneInfo) -> str:
    """The date and hours where the interview is: "Thursday 3 December, 10:00 to 11:00"."""
    begins, until = at.astimezone(there), ends.astimezone(there)
    return f"{_day(begins, now)}, {begins:%H:%M} to {until:%H:%M}"


def for_you(at: datetime, there: ZoneInfo, here: ZoneInfo) -> str:
    """What the reader's own clock shows then, where it differs: "9:00 for you". Else empty.

    With the day where that differs too: "Friday 0:30 for you".
    """
    then, mine = at.astimezone(there), at.astimezone(here)
    if then.utcoffset() == mine.utcoffset():
        return ""
    day = f"{mine:%A} " if mine.date() != then.date() else ""
    return f"{day}{mine:%H:%M} for you"


def spoken_zone(name: str) -> str:
    """ "Berlin time"; UTC is UTC."""
    return "UTC" if name == "UTC" else f"{place(name)} time"
