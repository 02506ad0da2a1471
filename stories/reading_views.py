"""Stories to read: all of them on the train, half a page each on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.views.decorators.http import require_GET

from prepsite.page import render_page
from stories import sheets
from stories.library import Part
from stories.models import PARTS, Metric, Story
from stories.sheets import METRIC_ROWS, METRICS_A_ROW, Piece
from stories.views import own_stories
from writing.markdown import to_html

# More than anybody tells; the page stays one that a phone can hold.
MOST = 60
# What one may choose from for the printer, by title alone.
OFFERED = 500
METRICS = METRICS_A_ROW * METRIC_ROWS


@require_GET
def train(request):
    """Every solid story, one a screen. Three queries, whatever their number."""
    rows = own_stories(request).tellable().with_metrics().with_angles().order_by("title", "pk")
    found = list(rows[: MOST + 1])
    context = {"stories": found[:MOST], "has_more": len(found) > MOST}
    return render_page(request, "stories/train.html", context)


@dataclass(frozen=True)
class Printed:
    """One half of a page."""

    story: Story
    size: int
    metrics: Sequence[Metric]
    more_metrics: int
    parts: Sequence[tuple[str, str, int]]


def printed(story: Story) -> Printed:
    """`story` as it fits half a page; what was cut is rendered anew, the rest was stored."""
    metrics = [row for row in story.kept_metrics if row.change or row.name]  # type: ignore[attr-defined]
    fitted = sheets.fit({part: getattr(story, part) for part in PARTS}, len(metrics))
    parts = [
        (Part(piece.name).label, html_of(story, piece), piece.left_out) for piece in fitted.pieces
    ]
    return Printed(story, fitted.size, metrics[:METRICS], len(metrics[METRICS:]), parts)


def html_of(story: Story, piece: Piece) -> str:
    return to_html(piece.text) if piece.left_out else getattr(story, f"{piece.name}_html")


@require_GET
def sheet(request):
    """Half a page for each story that the address names; every solid one where it names none."""
    rows = own_stories(request).filter(words__gt=0).order_by("title", "pk")
    offered = list(rows.only("title", "status", "owner")[:OFFERED])
    named = {
        int(n)
        for n in request.GET.getlist("story")
        if n.isascii() and n.isdecimal() and len(n) < 19
    }
    chosen = {row.pk for row in offered if (row.pk in named if named else row.tellable)}
    stories = list(rows.filter(pk__in=chosen).with_metrics()[:MOST])
    context = {
        "choices": [(row, row.pk in chosen) for row in offered],
        "sheets": [printed(row) for row in stories],
        "left_out": len(chosen) - len(stories),
    }
    return render_page(request, "stories/print.html", context)
