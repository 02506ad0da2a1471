"""My framework: each step read, made one's own, written, and set back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from playbook import steps
from playbook.models import Step
from prepsite import toasts
from prepsite.page import render_page


@require_GET
def my_framework(request):
    """The steps, mine where there is one, to be learned or taken into practice."""
    framed = steps.framework(request.user)
    return render_page(request, "playbook/my_framework.html", {"framed": framed})


@require_POST
def make_step(request):
    """One's own text for a step, begun from its starter; a second click opens the same."""
    number = request.POST.get("row", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise Http404
    row = get_object_or_404(steps.framework_rows(), pk=number)
    return redirect(steps.make_own(request.user, row))


def _own(request, pk) -> Step:
    return Step.writing_rows(request.user).get_or_404(pk=pk)


@require_GET
def step(request, pk):
    """The page on which a step is written, its starter beside it."""
    return render_page(request, "playbook/step.html", {"step": _own(request, pk)})


@require_POST
def reset_step(request, pk):
    row = _own(request, pk)
    steps.reset(row, timezone.now())
    toasts.undoable(request, "It is the starter again.", reverse("playbook:undo-reset", args=[pk]))
    return redirect(row)


@require_POST
def undo_reset(request, pk):
    """The text before the last change, as a new one: the history keeps them all."""
    row = _own(request, pk)
    steps.undo(row, timezone.now())
    return redirect(row)
