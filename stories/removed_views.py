"""What was taken off the pages: stories, metrics and angles of those that stand, own themes."""

from django.db.models import Q
from django.views.decorators.http import require_GET

from prepsite.page import render_page
from stories.models import Angle, Metric, OwnCompetency, Story

# Of each kind, the last removed first: what somebody looks for was removed lately.
MOST = 100


def last_removed(rows) -> list:
    return list(rows.exclude(removed_at=None).order_by("-removed_at", "-pk")[:MOST])


def with_words(rows):
    """Without the rows in which nothing was ever written."""
    return rows.exclude(Q(**dict.fromkeys(rows.model.writing, "")))


@require_GET
def removed(request):
    """Everything that can be brought back, each with its button. Four queries."""
    user, there = request.user, {"story__removed_at": None}
    stories = Story.objects.for_user(user).defer(*(f"{part}_html" for part in Story.writing[1:]))
    metrics, angles = (
        with_words(kind.objects.for_user(user).filter(**there).select_related("story"))
        for kind in (Metric, Angle)
    )
    context = {
        "stories": last_removed(stories),
        "metrics": last_removed(metrics),
        "angles": last_removed(angles),
        "own": last_removed(OwnCompetency.objects.for_user(user)),
    }
    return render_page(request, "stories/removed.html", context)
