"""Draw first, compare second: one's own drawing of a note, then the model beside it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from playbook.models import Drawing, StudyNote
from playbook.views import visible
from prepsite.page import render_page


def _note(request, key) -> StudyNote:
    """The note of `key`, where it has a model to compare with."""
    row = get_object_or_404(visible(request, StudyNote), key=key)
    if not row.model_drawing:
        raise Http404
    return row


@require_POST
def draw(request, key):
    """One's own drawing for a note, to be drawn; a second click opens the same."""
    return redirect(Drawing.of(request.user, _note(request, key)))


@require_POST
def model(request, key, shown):
    """Show the model, or put it away: sets, never toggles."""
    row = _note(request, key)
    Drawing.show_model(request.user, row, timezone.now() if shown else None)
    return redirect(f"{row.get_absolute_url()}#drawing")


@require_GET
def drawing(request, pk):
    """The page on which a drawing is drawn."""
    rows = Drawing.objects.for_user(request.user)
    return render_page(request, "playbook/drawing.html", {"drawing": rows.get_or_404(pk=pk)})
