"""The coach's addresses: read the texts of a page, dismiss a finding, set the speed of speaking.

Nothing here saves a text. Each answers the coach for the texts that came along, or else for those
that are saved.
"""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import coaching, forms, views
from stories.coach import PARTS
from stories.models import Metric, Story


def answer(
    request: HtmxRequest, story: Story, speed_form: forms.SpeedForm | None = None, **toast: str
) -> HttpResponse:
    """The coach as a fragment, for the texts in the request."""
    texts = {
        name: request.POST.get(name, getattr(story, name)).replace("\r\n", "\n")
        for name in ("title", *PARTS)
    }
    coached = coaching.context(
        story,
        texts,
        metrics=views.rows_of(request, story, Metric),
        words_a_minute=views.words_a_minute(request.user),
    )
    context = {"story": story, "coach": coached, "speed_form": speed_form, **toast}
    status = 422 if speed_form else 200
    return render_page(request, "stories/_coached.html", context, status=status)


def back(story: Story) -> HttpResponse:
    """Without htmx: to the page, at the coach."""
    return redirect(f"{story.get_absolute_url()}#coach")


@require_POST
def coach(request, pk):
    """What the coach says to the texts as they stand in the page. Saves nothing."""
    return answer(request, views.one_story(request, pk))


def named(request: HtmxRequest) -> str:
    """The finding that is meant: in the form, or in the address of an Undo."""
    value = request.POST.get("finding") or request.GET.get("finding", "")
    return coaching.identity(value)


@require_POST
def dismiss(request, pk):
    """Say no more of one finding in this story."""
    row = views.one_story(request, pk)
    finding = named(request)
    if not finding:
        return back(row)
    coaching.dismiss(row, finding)
    undo = f"{reverse('stories:bring-back', args=[pk])}?{urlencode({'finding': finding})}"
    if not request.htmx:
        toasts.undoable(request, "Finding dismissed.", undo)
        return back(row)
    return answer(request, row, toast="Finding dismissed.", undo_url=undo, undo_target="#coach")


@require_POST
def bring_back(request, pk):
    """Say it again."""
    row = views.one_story(request, pk)
    coaching.bring_back(row, named(request))
    return answer(request, row) if request.htmx else back(row)


@require_POST
def speed(request, pk):
    """Set how fast one speaks, for all of one's stories."""
    row = views.one_story(request, pk)
    form = forms.SpeedForm(request.POST)
    if form.is_valid():
        coaching.set_speed(request.user, form.cleaned_data["words_a_minute"])
        return answer(request, row) if request.htmx else back(row)
    if request.htmx:
        return answer(request, row, speed_form=form)
    context = views.page_context(request, row) | {"speed_form": form}
    return render_page(request, "stories/story.html", context, status=422)
