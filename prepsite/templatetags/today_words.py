"""The dashboard's words for moments."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import template

from plans import countdown

register = template.Library()

PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))


@register.filter
def part_of_day(now: datetime) -> str:
    """ "Thursday evening", in the zone of `now`; the small hours are of the night before."""
    night = now.hour < PARTS[0][0]
    day = now - timedelta(days=1) if night else now
    return f"{day:%A} {next(name for hour, name in PARTS if now.hour < hour)}"


@register.filter
def headline(interview, now: datetime) -> str:
    """ "Acme is in 6 days."; days are counted in the zone of `now`."""
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    until = countdown.countdown(interview.at, interview.ends_at, now, zone)
    return f"{interview.company} is {until}."
