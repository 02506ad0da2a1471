"""One line of a plan: its panel, and one address for each thing done to it."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from plans import board, changes, forms
from plans.lines import PlanLine
from plans.models import Block, Item, Plan
from plans.outline import Kind
from plans.views import now, own_plans, plan_context
from prepsite import toasts
from prepsite.compiled import compiled
from prepsite.page import HtmxRequest, render_page
from writing import asides
from writing.markdown import plain

# What a tick and the pace of its plan look at: Django takes longer to read a row than to draw it.
TICKED = (
    "owner", "block", "kind", "position", "done_at", "left_out_at",
    "plan__owner", "plan__created_at", "plan__starts_at", "plan__minutes",
)  # fmt: skip
VERBS = {"open": "plans:open", "done": "plans:tick", "left-out": "plans:leave-out"}
SAID = {"open": "Open again.", "done": "Done.", "left-out": "Left out."}


def removed_too(request: HtmxRequest):
    """The reader's lines, those taken off the page as well, in plans that were not removed."""
    items = Item.objects.for_user(request.user).select_related("plan")
    return items.filter(plan__removed_at=None)


def own_items(request: HtmxRequest):
    """The reader's lines as the page shows them, each with its plan."""
    return removed_too(request).filter(removed_at=None)


@compiled
def _ticked(owner: int, pk: int) -> QuerySet:
    shown = Item.objects.for_user(owner).filter(removed_at=None, plan__removed_at=None, pk=pk)
    return shown.select_related("plan").only(*TICKED)


def back(item: Item, asked_at: str = "") -> HttpResponse:
    """Without htmx: to the plan, at the line; at the pace when it was asked for there."""
    place = "pace" if asked_at == "pace" else f"line-{item.pk}"
    return redirect(f"{reverse('plans:detail', args=[item.plan_id])}#{place}")


def answer(request: HtmxRequest, plan: Plan, view: board.Board, lines: list[PlanLine], **more):
    """The changed `lines`, their blocks' counts, the plan's progress and pace, in one answer.

    Every block's, where some of it was done before the clock starts: that shares the time anew.
    """
    touched = {line.block_id for line in lines}
    anew = any(b.earlier for b in view.blocks)
    blocks = [b for b in view.blocks if anew or b.block.id in touched]
    context = {
        "plan": plan,
        "board": view,
        "lines": [line.row() for line in lines],
        "blocks": blocks,
        **more,
    }
    return render_page(request, "plans/_changed.html", context)


def undo_of(item: Item, before: str, moment: datetime) -> str:
    """The address that sets a line to what it was. Of a section it opens what was left out at this
    moment: lines that had been left out before stay so."""
    address = reverse(VERBS[before], args=[item.pk])
    if item.kind != Kind.SECTION:
        return address
    return f"{address}?{urlencode({'left-out': moment.isoformat()})}"


def left_out_at(request: HtmxRequest) -> datetime | None:
    """The moment that an Undo names, None without one."""
    if not (named := request.GET.get("left-out")):
        return None
    try:
        moment = datetime.fromisoformat(named)
    except ValueError:
        raise Http404 from None
    if moment.tzinfo is None:
        raise Http404
    return moment


@require_POST
def state(request, pk, state):
    """Set a line to open, done or left out. Sets, never toggles: twice is the same as once."""
    item = _ticked.one_or_404(request.user.pk, pk)
    before, moment = item.state, now()
    changes.set_state(item, state, moment, left_out=left_out_at(request))
    undo = undo_of(item, before, moment) if before != state else ""
    if not request.htmx:
        if state == Item.State.LEFT_OUT and undo:
            said = "Section left out." if item.kind == Kind.SECTION else SAID[state]
            toasts.undoable(request, said, undo)
        return back(item, request.POST.get("at", ""))
    view = board.load(item.plan, moment)
    lines = board.after_state(view, item, before)
    return answer(
        request,
        item.plan,
        view,
        lines,
        toast=SAID[state],
        undo_url=undo,
        undo_target=f"#line-{pk}",
    )


def panel_page(request: HtmxRequest, item: Item, form, status: int = 200) -> HttpResponse:
    # With the note: without a script any button brings along what the others would save.
    form.fields["text"].widget.attrs["form"] = f"words-{item.pk}"
    context = {
        "item": item,
        "plan": item.plan,
        "form": form,
        "asides": asides.of("plan item", request.user, plain(item.text)),
    }
    fragments = {f"line-{item.pk}": "plans/_panel.html"}
    return render_page(request, "plans/item.html", context, fragments=fragments, status=status)


@require_GET
def panel(request, pk):
    """Everything about one line: its note, its text, where it stands."""
    item = own_items(request).get_or_404(pk=pk)
    return panel_page(request, item, forms.LineForm(initial={"text": item.text}))


@require_POST
def edit(request, pk):
    item = own_items(request).get_or_404(pk=pk)
    form = forms.LineForm(request.POST)
    if form.is_valid():
        changes.set_text(item, form.cleaned_data["text"])
        if not request.htmx:
            return back(item)
        view = board.load(item.plan, now())
        return answer(request, item.plan, view, [view.line(item.pk)])
    return panel_page(request, item, form, status=422)


@require_POST
def add(request, pk):
    plan = own_plans(request).get_or_404(pk=pk)
    form = forms.AddForm(request.POST)
    if not form.is_valid():
        context = plan_context(plan, add_form=form)
        return render_page(request, "plans/plan.html", context, status=422)
    block = Block.objects.for_user(request.user).get_or_404(
        pk=form.cleaned_data["block"], plan=plan
    )
    key = form.cleaned_data["key"]
    item = changes.add(plan, block, form.cleaned_data["text"], key)
    return back(item)


def named_place(request: HtmxRequest, item: Item) -> tuple[Block, Item | None]:
    """The block and the line to go behind, as POSTed; both must be of the same plan."""
    if request.POST.get("after"):
        after = own_items(request).get_or_404(pk=request.POST["after"], plan=item.plan_id)
        return after.block, after
    block = Block.objects.for_user(request.user)
    return block.get_or_404(pk=request.POST.get("block"), plan=item.plan_id), None


@require_POST
def move(request, pk):
    """One step up or down, or behind another line (`after`), or to the top of a block (`block`)."""
    item = own_items(request).get_or_404(pk=pk)
    direction = request.POST.get("direction")
    if direction in ("up", "down"):
        changes.step(item, direction)
    else:
        changes.place(item, *named_place(request, item))
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return back(item)


@require_POST
def remove(request, pk):
    item = removed_too(request).get_or_404(pk=pk)
    changes.remove(item, now())
    undo = reverse("plans:restore-item", args=[pk])
    if not request.htmx:
        toasts.undoable(request, "Removed.", undo)
        return back(item)
    view = board.load(item.plan, now())
    context = {
        "plan": item.plan,
        "board": view,
        "lines": [view.next_item.row()] if view.next_item else [],
        "undo_url": undo,
        "blocks": [b for b in view.blocks if b.block.id == item.block_id],
    }
    return render_page(request, "plans/_removed.html", context)


@require_POST
def restore(request, pk):
    item = removed_too(request).get_or_404(pk=pk)
    changes.restore(item)
    return back(item)
