"""Minutes as people say them."""

from django import template

from writing.markdown import plain

register = template.Library()


@register.filter
def minutes(value: float | None) -> str:
    """45 → "45 minutes", 90 → "1 h 30", 120 → "2 h"; over an hour to the nearest five."""
    whole = round(abs(value or 0))
    if whole < 60:
        return f"{whole} minute{'' if whole == 1 else 's'}"
    whole = round(whole / 5) * 5
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


@register.filter
def ahead(value: float) -> str:
    return minutes(-value)


@register.filter
def minute_range(low: int | None, high: int | None) -> str:
    """120, 180 → "2–3 h"; 5, 10 → "5–10 min"; a range of one value is that value."""
    low, high = low or 0, high or low or 0
    if low % 60 == 0 and high % 60 == 0 and high:
        return f"{low // 60}–{high // 60} h" if low != high else f"{high // 60} h"
    if high >= 90:
        return f"{low / 60:g}–{high / 60:g} h" if low != high else f"{high / 60:g} h"
    return f"{low}–{high} min" if low != high else f"{high} min"


register.filter("plain", plain)
