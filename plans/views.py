"""Pages of the plans room: the list, templates, one plan, its print sheet, upload and export."""

import uuid
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plans import beside, board, documents, forms
from plans.models import Item, Plan, PlanTemplate
from plans.outline import Kind, suggested_minutes
from prepsite import toasts
from prepsite.compiled import compiled
from prepsite.page import page_number, render_page
from writing.documents import DocumentError

OWN_PER_PAGE = 20
REMOVED_SHOWN = 20


def now():
    """The moment of this request, in the reader's zone; views pass it on."""
    return timezone.localtime()


def own_plans(request: HttpRequest):
    return Plan.objects.for_user(request.user).filter(removed_at=None)


def _with_progress(owner: int) -> QuerySet:
    """The plans of `owner`, newest first, with what is done of what there is to do."""
    ticks = Q(items__removed_at=None) & ~Q(items__kind__in=[Kind.SECTION, Kind.TIP])
    rows = Plan.objects.for_user(owner).filter(removed_at=None)
    return rows.order_by("-created_at").annotate(
        done=Count("items", filter=ticks & Q(items__done_at__isnull=False)),
        total=Count("items", filter=ticks & Q(items__left_out_at=None)),
    )


# One more than is shown says whether there is a next page: no count.
@compiled
def _newest(owner: int) -> QuerySet:
    return _with_progress(owner)[: OWN_PER_PAGE + 1]


@compiled
def _templates() -> QuerySet:
    rows = PlanTemplate.objects.published()
    return rows.only("key", "title", "summary", "item_count", "low", "high")


@compiled
def _removed(owner: int) -> QuerySet:
    rows = Plan.objects.for_user(owner).exclude(removed_at=None)
    return rows.order_by("-removed_at")[:REMOVED_SHOWN]


@require_GET
def index(request):
    """Own plans, newest first, with their progress, and the templates to start from."""
    owner, number = request.user.pk, page_number(request)
    start = (number - 1) * OWN_PER_PAGE
    if number == 1:
        found = _newest(owner)
    else:
        found = list(_with_progress(owner)[start : start + OWN_PER_PAGE + 1])
    if not found and number > 1:
        return redirect("plans:list")
    context = {
        "plans": found[:OWN_PER_PAGE],
        "number": number,
        "more": len(found) > OWN_PER_PAGE,
        "templates": _templates(),
        "removed": _removed(owner),
    }
    return render_page(request, "plans/index.html", context)


def template_context(row: PlanTemplate, outline, form) -> dict[str, object]:
    return {"template": row, "outline": outline, "blocks": row.rows(), "form": form}


@require_GET
def template(request, key):
    """A template to read before starting it."""
    row = get_object_or_404(PlanTemplate.objects.published(), key=key)
    outline = row.outline()
    form = forms.StartForm(initial=forms.pace_to_start(outline.suggested_hours))
    context = template_context(row, outline, form)
    return render_page(request, "plans/template.html", context)


@require_POST
def start(request, key):
    """Copy a template into a plan of one's own."""
    row = get_object_or_404(PlanTemplate.objects.published(), key=key)
    outline = row.outline()
    form = forms.StartForm(request.POST)
    if not form.is_valid():
        context = template_context(row, outline, form)
        return render_page(request, "plans/template.html", context, status=422)
    moment = now()
    key = form.cleaned_data["key"]
    plan = Plan.start(request.user, outline, key=key, now=moment, template=row)
    plan.set_pace(form.starts_at(moment), form.minutes())
    return redirect("plans:detail", pk=plan.pk)


def plan_context(plan: Plan, **more) -> dict[str, Any]:
    """What the plan page and its fragments are rendered from."""
    view = board.load(plan, now())
    return {"plan": plan, "board": view, "add_key": uuid.uuid4(), **more}


@compiled
def _plan(owner: int, pk: int) -> QuerySet:
    return Plan.objects.for_user(owner).filter(removed_at=None, pk=pk)


@require_GET
def detail(request, pk):
    """One plan: the page, or its pace alone when the clock on the page asks for it."""
    plan = _plan.one_or_404(request.user.pk, pk)
    context = plan_context(plan)
    # Lazily: the pace alone does not ask.
    lead = SimpleLazyObject(lambda: beside.lead_of(request.user, context["board"], now()))
    context["lead"] = lead
    return render_page(request, "plans/plan.html", context, fragments={"pace": "plans/_pace.html"})


@require_http_methods(["GET", "POST"])
def pace(request, pk):
    """Set the hour you start and how long you have."""
    plan = own_plans(request).get_or_404(pk=pk)
    moment = now()
    view = board.load(plan, moment)
    hours = suggested_minutes(view.low, view.high) / 60 or None
    form = forms.PaceForm(request.POST or None, initial=forms.pace_as_set(plan, hours, moment))
    if request.method == "POST" and form.is_valid():
        plan.set_pace(form.starts_at(moment), form.minutes())
        return redirect("plans:detail", pk=plan.pk)
    status = 422 if form.is_bound else 200
    context = {"plan": plan, "board": view, "form": form}
    return render_page(request, "plans/pace.html", context, status=status)


@require_POST
def fit(request, pk):
    """Start at the hour that the page proposed, to be done before the interview."""
    plan = own_plans(request).get_or_404(pk=pk)
    form = forms.FitForm(request.POST)
    if not form.is_valid():
        return redirect("plans:pace", pk=plan.pk)
    plan.set_pace(form.cleaned_data["start"], form.cleaned_data["minutes"])
    return redirect("plans:detail", pk=plan.pk)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    plan = own_plans(request).get_or_404(pk=pk)
    form = forms.PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("plans:detail", pk=plan.pk)
    status = 422 if form.is_bound else 200
    return render_page(request, "plans/edit.html", {"plan": plan, "form": form}, status=status)


@require_POST
def again(request, pk):
    """A second run: the same plan with nothing ticked. The first one is kept."""
    plan = own_plans(request).get_or_404(pk=pk)
    outline = documents.outline_of(board.load(plan, now()))
    for block in outline.blocks:
        for line in block.lines:
            line.done = line.left_out = False
    key = forms.request_key(request.POST.get("key"))
    fresh = Plan.start(request.user, outline, key=key, now=now(), template=plan.template)
    return redirect("plans:detail", pk=fresh.pk)


@require_POST
def remove(request, pk):
    plan = own_plans(request).get_or_404(pk=pk)
    plan.removed_at = now()
    plan.save(update_fields=["removed_at"])
    undo = reverse("plans:restore", args=[plan.pk])
    toasts.undoable(request, f"“{plan}” removed.", undo)
    return redirect("plans:list")


@require_POST
def restore(request, pk):
    plan = Plan.objects.for_user(request.user).get_or_404(pk=pk)
    plan.removed_at = None
    plan.save(update_fields=["removed_at"])
    return redirect("plans:detail", pk=plan.pk)


@require_GET
def print_sheet(request, pk):
    """The plan on two sheets of paper."""
    plan = own_plans(request).get_or_404(pk=pk)
    return render_page(request, "plans/print.html", plan_context(plan))


@require_GET
def export(request, pk):
    """The plan as a Markdown file that the upload reads back."""
    plan = own_plans(request).get_or_404(pk=pk)
    notes = dict(Item.objects.for_user(request.user).filter(plan=plan).values_list("pk", "note"))
    text = documents.write(documents.outline_of(board.load(plan, now()), notes))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    name = slugify(plan.title) or "plan"
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return response


@require_http_methods(["GET", "POST"])
def upload(request):
    """Make a plan from one's own Markdown document. A mistake changes nothing."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            source, name = form.document()
            outline = documents.read(source, name)
        except DocumentError as error:
            form.add_error(None, str(error))
        else:
            # With the text: a form brought back and changed asks for another plan.
            key = uuid.uuid5(form.cleaned_data["key"], source.decode("latin-1"))
            plan = Plan.start(request.user, outline, key=key, now=now())
            return HttpResponseRedirect(reverse("plans:detail", args=[plan.pk]))
    status = 422 if form.is_bound else 200
    return render_page(request, "plans/upload.html", {"form": form}, status=status)
