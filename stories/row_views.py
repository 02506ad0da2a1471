"""Metrics and angles of a story: one address for each thing done to a row.

`kind` is the model of the row; its text saves itself at the row's own address (writing/autosave).
"""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import changes, forms, views
from stories.models import Metric, StoryRow


def own_row(request: HtmxRequest, kind: type[StoryRow], pk: int) -> StoryRow:
    """The reader's row, a removed one too, in a story that stands; 404 otherwise."""
    rows = kind.objects.for_user(request.user).filter(story__removed_at=None)
    return rows.select_related("story").get_or_404(pk=pk)


def name_of(kind: type[StoryRow]) -> str:
    return str(kind._meta.model_name)


def answer(request: HtmxRequest, kind: type[StoryRow], row: StoryRow, **more) -> HttpResponse:
    """The list as it now stands; without htmx, the page at it."""
    if not request.htmx:
        return redirect(f"{row.get_absolute_url()}#{name_of(kind)}s")
    rows = views.rows_of(request, row.story, kind)
    context = {"story": row.story, f"{name_of(kind)}s": rows, "key": uuid.uuid4(), **more}
    template = "metrics" if kind is Metric else "angles"
    return render_page(request, f"stories/_{template}_changed.html", context)


@require_POST
def add(request, pk, kind):
    """One more row at the end, empty."""
    story = views.own_stories(request).get_or_404(pk=pk)
    row = changes.add_row(kind, story, forms.request_key(request.POST.get("key")))
    return answer(request, kind, row, added=row)


@require_POST
def move(request, pk, kind):
    """One step `direction` "up" or "down"."""
    row = own_row(request, kind, pk)
    changes.move_row(row, request.POST.get("direction", ""))
    return answer(request, kind, row)


@require_POST
def remove(request, pk, kind):
    row = own_row(request, kind, pk)
    changes.set_removed(row, views.now())
    undo = reverse(f"stories:restore-{name_of(kind)}", args=[pk])
    said = f"{row} removed."
    if not request.htmx:
        toasts.undoable(request, said, undo)
    target = f"#{name_of(kind)}s"
    return answer(request, kind, row, message=said, undo_url=undo, undo_target=target)


@require_POST
def restore(request, pk, kind):
    row = own_row(request, kind, pk)
    changes.set_removed(row, None)
    return answer(request, kind, row)
