"""Minutes as people say them."""

from django import template

from writing.markdown import plain

register = template.Library()


def _said(whole: int) -> str:
    """45 → "45 min", 90 → "1 h 30 min", 120 → "2 h"."""
    hours, rest = divmod(whole, 60)
    said = [f"{hours} h"] if hours else []
    return " ".join(said + ([f"{rest} min"] if rest or not hours else []))


@register.filter
def minutes(value: float | None) -> str:
    """45 → "45 minutes", 90 → "1 h 30 min", 120 → "2 h"; over an hour to the nearest five."""
    whole = round(abs(value or 0))
    if whole < 60:
        return f"{whole} minute{'' if whole == 1 else 's'}"
    return _said(round(whole / 5) * 5)


@register.filter
def ahead(value: float) -> str:
    return minutes(-value)


@register.filter
def minute_range(low: int | None, high: int | None) -> str:
    """120, 180 → "2–3 h"; 5, 10 → "5–10 min"; 315, 435 → "5 h 15 min to 7 h 15 min"; a range of
    one value is that value."""
    low, high = low or 0, high or low or 0
    if low == high:
        return _said(high)
    if low % 60 == high % 60 == 0:
        return f"{low // 60}–{high // 60} h"
    if high < 60:
        return f"{low}–{high} min"
    return f"{_said(low)} to {_said(high)}"


register.filter("plain", plain)
