"""Interviews: the list, one of them, and what can be done to it. One address for each verb."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans import debrief
from plans import interview_changes as changes
from plans.interview_forms import InterviewForm, OutcomeForm
from plans.interview_showing import Shown, differing
from plans.interviews import Interview, InterviewQuerySet
from plans.views import now
from prepsite import toasts
from prepsite.page import render_page

PAST_PER_PAGE = 20
COUNTDOWN = {"countdown": "plans/interviews/_countdown.html"}


def own_interviews(request: HttpRequest) -> InterviewQuerySet:
    """The reader's interviews, but those they removed."""
    return Interview.objects.for_user(request.user).kept()


@require_GET
def index(request):
    """Those to come, the next one first, and those that have been. Five queries."""
    moment = now()
    rows = own_interviews(request).without_texts()
    page = Paginator(rows.past(moment), PAST_PER_PAGE).get_page(request.GET.get("page"))
    coming = [Shown(row, request.user, moment) for row in rows.upcoming(moment)]
    past = [Shown(row, request.user, moment) for row in page]
    context = {"coming": coming, "past": past, "page": page}
    return render_page(request, "plans/interviews/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """A new interview. Its form's key makes asking twice make one."""
    form = InterviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        return redirect(changes.add(request.user, form.instance, key, now()))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "plans/interviews/new.html", {"form": form}, status=status)


@require_GET
def interview(request, pk):
    """One interview: the page, or its countdown alone when the page asks again."""
    row = own_interviews(request).get_or_404(pk=pk)
    context = {
        "interview": row,
        "shown": Shown(row, request.user, now()),
        "outcomes": Interview.Outcome.choices,
        # Not fetched for the countdown alone.
        "lines": debrief.of(row),
    }
    return render_page(request, "plans/interviews/interview.html", context, fragments=COUNTDOWN)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Its facts. 409 with both where they were changed in another window meanwhile."""
    row = own_interviews(request).get_or_404(pk=pk)
    context = {"interview": row, "title": str(row)}
    form = InterviewForm(request.POST or None, instance=row)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        there = changes.change(row, now(), form.cleaned_data["edition"])
        if there is None:
            return redirect(row)
        form.over(there)
        context["differs"], status = differing(there, row), 409
    context["form"] = form
    return render_page(request, "plans/interviews/edit.html", context, status=status)


@require_POST
def outcome(request, pk):
    """What became of it: waiting, the next round, an offer, a no, withdrawn."""
    row = own_interviews(request).get_or_404(pk=pk)
    form = OutcomeForm(request.POST, instance=row)
    if form.is_valid():
        changes.set_outcome(row, form.cleaned_data["outcome"], now())
    return redirect(row)


def calendar(request: HttpRequest, rows, name: str) -> HttpResponse:
    # Here, not above: the package takes a quarter of a second to load, and few ask for it.
    from plans import calendar_file

    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(
        calendar_file.write(rows, now(), site), content_type=calendar_file.CONTENT_TYPE
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@require_GET
def to_calendar(request, pk):
    """One interview as a calendar file."""
    row = own_interviews(request).without_texts().get_or_404(pk=pk)
    return calendar(request, [row], slugify(str(row)) or "interview")


@require_GET
def all_to_calendar(request):
    """All interviews as one calendar file, those that have been too."""
    return calendar(request, own_interviews(request).without_texts(), "interviews")


@require_POST
def remove(request, pk):
    row = Interview.objects.for_user(request.user).get_or_404(pk=pk)
    changes.remove(row, now())
    undo = reverse("interviews:restore", args=[pk])
    toasts.undoable(request, f"“{row}” removed.", undo)
    return redirect("interviews:list")


@require_POST
def restore(request, pk):
    row = Interview.objects.for_user(request.user).get_or_404(pk=pk)
    changes.restore(row, now())
    return redirect(row)
