"""Short words for spans of time, as they stand on a button."""

from datetime import timedelta

_MONTH = 30.44
# Between a number and its unit, which no line may part.
UNIT = "\N{NO-BREAK SPACE}"


def interval(span: timedelta) -> str:
    """ "under a minute", "10 min", "5 h", "3 days", "2.1 months", "1.4 years"."""
    minutes = span.total_seconds() / 60
    days = minutes / 60 / 24
    if minutes < 1:
        return "under a minute"
    if minutes < 59.5:
        return f"{round(minutes)} min"
    if days < 0.98:
        return f"{round(minutes / 60)} h"
    if days < 30.5:
        return _count(round(days), "day")
    if days < 365:
        return _count(round(days / _MONTH, 1), "month")
    return _count(round(days / 365.25, 1), "year")


def _count(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """ "84 %" on one line; never 100 for what is not certain, nor 0 for what is not hopeless."""
    whole = round(share * 100)
    if share < 1 and whole == 100:
        return f"over 99{UNIT}%"
    if share > 0 and whole == 0:
        return f"under 1{UNIT}%"
    return f"{whole}{UNIT}%"
