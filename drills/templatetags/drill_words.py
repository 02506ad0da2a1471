"""Words for figures, in the templates of the drills room."""

from django import template

from drills import words

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """0.84 as "84 %"; "" for no figure."""
    return words.percent(share) if share is not None else ""
