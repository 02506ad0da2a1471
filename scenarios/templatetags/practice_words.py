"""How times and budgets of an attempt are written."""

from datetime import timedelta

from django import template

from scenarios.clock import Budget

register = template.Library()


@register.filter
def clock(value: timedelta) -> str:
    """`value` as a clock shows it: 6:40, 1:02:03; days in front where there are any."""
    seconds = int(value.total_seconds())
    hours, rest = divmod(seconds, 3600)
    if hours >= 48:
        return f"{hours // 24} days"
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def minutes(value: timedelta) -> int:
    """`value` in whole minutes, rounded."""
    return round(value.total_seconds() / 60)


@register.filter
def in_minutes(value: timedelta) -> str:
    """`value` as it is said: 1 minute, 41 minutes."""
    whole = minutes(value)
    return f"{whole} minute{'' if whole == 1 else 's'}"


@register.filter
def seconds(value: timedelta) -> int:
    return int(value.total_seconds())


@register.filter
def span(budget: Budget) -> str:
    """A budget: 5–10 min, 20 min."""
    low, high = minutes(budget.low), minutes(budget.high)
    return f"{high} min" if low == high else f"{low}–{high} min"
