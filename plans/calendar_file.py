"""Interviews as a calendar file (iCalendar, RFC 5545), for any calendar program to take in.

Times are UTC, which every program understands without a table of zones. The UID of an interview
stays, and its SEQUENCE grows with each change: taken in again, it moves instead of doubling. Notes
stay here: calendars are shown to colleagues.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from plans.interviews import Interview

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Prepsite//Interviews//EN"


def write(interviews: Iterable[Interview], now: datetime, address: str) -> bytes:
    """A calendar of `interviews`; `address` is this site's own, without a path.

    Lines end in CRLF and are folded at 75 bytes; text is escaped by the library.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in interviews:
        calendar.add_component(_event(row, now, address))
    return calendar.to_ical()


def _event(row: Interview, now: datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{row.request_key}@prepsite")
    event.add("sequence", row.edition)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", row.at.astimezone(UTC))
    event.add("dtend", (row.at + timedelta(minutes=row.minutes)).astimezone(UTC))
    event.add("summary", f"Interview: {row}")
    event.add("status", "CANCELLED" if row.withdrawn else "CONFIRMED")
    if row.place:
        event.add("location", row.place)
    page = f"{address}{row.get_absolute_url()}"
    event.add("url", row.link or page)
    lines = [
        ", ".join(filter(None, [row.round, row.role])),
        f"With {row.interviewers}" if row.interviewers else "",
        page,
    ]
    event.add("description", "\n".join(filter(None, lines)))
    return event
