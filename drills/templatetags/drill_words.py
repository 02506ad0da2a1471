"""Words for figures, in the templates of the drills room."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from drills import charts, words

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """0.84 as "84 %"; "" for no figure."""
    return words.percent(share) if share is not None else ""


@register.simple_tag
def heat_cells(heat: charts.Heat, unit: str = "") -> SafeString:
    """The squares of a heat map, each with what it says and the `unit` it is said in.

    In a tag, because there are up to 180 and a template takes ten times as long to draw them.
    """
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="12" height="12" rx="2.5"><title>{}{}</title></rect>',
        ((cell.shade, cell.x, cell.y, cell.said, unit) for cell in heat.cells),
    )
