"""Looking back on an interview, in five minutes. One address for each verb."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from drills import asked as registry
from plans import debrief as looking_back
from plans import interview_changes as changes
from plans.asked import Asked
from plans.interview_forms import AskedForm, DebriefForm, WentForm
from plans.interview_showing import Shown
from plans.interview_views import own_interviews
from plans.interviews import Interview, Went
from plans.views import now
from prepsite import toasts
from prepsite.page import HtmxRequest, render_page

FRAGMENTS = {
    "asked": "plans/interviews/_asked_changed.html",
    "found": "plans/interviews/_found.html",
}
PRACTISED = "That was practised since, so it stays in your drills."


def own_asked(request: HtmxRequest):
    """The reader's lines of debriefs, removed ones too, with their interview."""
    rows = Asked.objects.for_user(request.user).filter(interview__removed_at=None)
    return rows.select_related("interview")


def page_of(request: HtmxRequest, row: Interview, status: int = 200, **more) -> HttpResponse:
    """The debrief of `row`, or the part of it that asked: what was asked, or what was found."""
    asked = looking_back.of(row)
    context = {
        "interview": row,
        "shown": Shown(row, request.user, now()),
        "form": DebriefForm(instance=row),
        "lines": asked,
        **looking_back.counts(asked),
        "went_choices": Went.choices,
        "key": uuid.uuid4(),
        "q": request.GET.get("q", "").replace("\0", ""),
        "found": registry.find(request.user, request.GET.get("q", "")),
        **more,
    }
    template = "plans/interviews/debrief.html"
    return render_page(request, template, context, fragments=FRAGMENTS, status=status)


def changed(request: HtmxRequest, row: Interview, said: str = "", undo: str = "", **more):
    """After a change: the list again, or without htmx the page, with what is said of it."""
    if request.htmx:
        return page_of(request, row, toast=said, toast_undo=undo, **more)
    if undo:
        toasts.undoable(request, said, undo)
    elif said:
        messages.info(request, said)
    return redirect(f"{row.debrief_url}#asked")


@require_http_methods(["GET", "POST"])
def debrief(request, pk):
    """What was asked, what to do better, what became of it. A POST closes the debrief."""
    row = own_interviews(request).get_or_404(pk=pk)
    if request.method != "POST":
        return page_of(request, row)
    form = DebriefForm(request.POST, instance=row)
    if not form.is_valid():
        return page_of(request, row, status=422, form=form)
    changes.close_debrief(row, now())
    messages.success(request, "Kept. Well done for looking back.")
    return redirect(row)


@require_POST
def add(request, pk):
    """Note one thing that was asked: one that was found, or new words."""
    row = own_interviews(request).get_or_404(pk=pk)
    form = AskedForm(request.POST)
    thing = None
    if form.is_valid():
        pick = form.cleaned_data["pick"]
        thing = registry.get(request.user, pick) if pick else None
        if pick and thing is None:
            form.add_error("q", "That is not there any more. Write it in your own words.")
    if form.errors:
        status = {"asked_form": form, "q": request.POST.get("q", "").replace("\0", "")}
        return page_of(request, row, status=422, **status)
    looking_back.add(row, form.cleaned_data["q"], thing, form.cleaned_data["key"])
    return changed(request, row)


@require_POST
def went(request, pk):
    """How one answer went; nothing takes the mark away. Sets, never toggles."""
    line = own_asked(request).filter(removed_at=None).get_or_404(pk=pk)
    form = WentForm(request.POST)
    if form.is_valid():
        Asked.objects.filter(pk=line.pk).update(went=form.cleaned_data["went"])
    return changed(request, line.interview)


@require_POST
def bring_back(request, pk):
    """Send one weak answer back into practice. Pressed twice it is sent once."""
    line = own_asked(request).filter(removed_at=None).get_or_404(pk=pk)
    looking_back.bring_back(request.user, line, now())
    undo = reverse("interviews:take-back", args=[pk])
    return changed(request, line.interview, f"{line.back}.", undo)


@require_POST
def take_back(request, pk):
    line = own_asked(request).get_or_404(pk=pk)
    undone = looking_back.take_back(request.user, line, now())
    return changed(request, line.interview, "Taken back." if undone else PRACTISED)


@require_POST
def bring_all_back(request, pk):
    """Send every weak answer of an interview back into practice."""
    row = own_interviews(request).get_or_404(pk=pk)
    count = looking_back.bring_all_back(request.user, row, now())
    if not count:
        return changed(request, row)
    said = f"{count} weak answer{'' if count == 1 else 's'} sent back to practice."
    return changed(request, row, said, reverse("interviews:take-all-back", args=[pk]))


@require_POST
def take_all_back(request, pk):
    row = own_interviews(request).get_or_404(pk=pk)
    undone = looking_back.take_all_back(request.user, row, now())
    return changed(request, row, "Taken back." if undone else PRACTISED)


@require_POST
def remove(request, pk):
    """Off the list. What was brought back for it stays in practice."""
    line = own_asked(request).get_or_404(pk=pk)
    Asked.objects.filter(pk=pk, removed_at=None).update(removed_at=now())
    undo = reverse("interviews:restore-asked", args=[pk])
    return changed(request, line.interview, f"“{line}” removed.", undo)


@require_POST
def restore(request, pk):
    line = own_asked(request).get_or_404(pk=pk)
    Asked.objects.filter(pk=pk).update(removed_at=None)
    return changed(request, line.interview)
