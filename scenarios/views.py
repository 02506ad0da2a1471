"""The catalogue, a scenario before it is practised, and its model solution."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prepsite.page import render_page
from scenarios import catalogue, solution
from scenarios.models import Difficulty, Domain, Scenario, ScenarioQuerySet
from scenarios.practice_views import start_form

PER_PAGE = 30


def visible(request: HttpRequest) -> ScenarioQuerySet:
    """What this reader may open: staff see what is not published, to look it over."""
    if request.user.is_staff:
        return Scenario.objects.filter(retired_at=None)
    return Scenario.objects.published()


@require_GET
def index(request):
    """The catalogue, filtered by the address, with one's own progress."""
    filters = catalogue.Filters.read(request.GET)
    rows = filters.apply(Scenario.objects.published()).for_cards()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    progress = catalogue.progress_for(request.user, page.object_list)
    context = {
        "filters": filters, "page": page, "domains": Domain.choices,
        "difficulties": Difficulty.choices, "minutes": catalogue.MINUTES,
        "cards": [(row, progress.get(row.pk)) for row in page.object_list],
    }  # fmt: skip
    # The fragment leaves the form as it is; only the page needs what to choose from.
    if request.htmx.target != "catalogue":
        context["patterns"] = catalogue.patterns()
    fragments = {"catalogue": "scenarios/_catalogue.html"}
    response = render_page(request, "scenarios/index.html", context, fragments=fragments)
    if request.htmx.target == "catalogue" and request.GET.get("page") is None:
        response["HX-Push-Url"] = reverse("scenarios:list") + filters.query
    return response


@never_cache
@require_GET
def chance(request):
    """Send the reader to one scenario by chance, within the filters of the address."""
    filters = catalogue.Filters.read(request.GET)
    row = catalogue.pick(request.user, filters.apply(Scenario.objects.published()))
    if row is None:
        messages.info(request, "No scenario fits. Take a filter away.")
        return redirect(reverse("scenarios:list") + filters.query)
    return redirect(row)


@require_GET
def scenario(request, key):
    """Before practice: the prompt, what it is good for, and the ways to start. `?mode=` chooses."""
    row = get_object_or_404(visible(request).without_solution(), key=key)
    context = {
        "scenario": row,
        "progress": catalogue.progress_for(request.user, [row]).get(row.pk),
        **start_form(),
        "mode": request.GET.get("mode", ""),
    }
    if context["progress"]:
        context["note"] = catalogue.last_note(request.user, row.pk)
    if context["progress"] and context["progress"].open:
        context["running"] = catalogue.open_attempts(request.user, row).first()
    return render_page(request, "scenarios/scenario.html", context)


@require_GET
def model_solution(request, key):
    """The model solution. With an attempt under way, first what looking now would mean."""
    row = get_object_or_404(visible(request), key=key)
    if not row.has_solution:
        return redirect(row)
    unshown = catalogue.open_attempts(request.user, row).filter(shown_early_at=None)
    if attempt := unshown.first():
        context = {"scenario": row, "attempt": attempt}
        return render_page(request, "scenarios/under_way.html", context)
    return render_page(request, "scenarios/solution.html", solution.context(row))
