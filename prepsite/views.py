"""Pages of the site that belong to no room."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plans import changes
from plans.models import Item
from prepsite import activity, next_action, samples, toasts, week
from prepsite.dashboard import Dashboard
from prepsite.gathering import facts
from prepsite.page import HtmxRequest, render_page
from writing.markdown import plain

SKIPPED = "skipped_actions"
MOST_SKIPPED = 50


def _dashboard(request: HtmxRequest) -> Dashboard:
    """Where the reader stands now; what they put off today stands in their session."""
    moment = timezone.localtime()
    days = activity.activity(request.user, moment)
    day, skipped = request.session.get(SKIPPED, ("", []))
    sent = request.POST.get("minutes") or request.GET.get("minutes", "")
    minutes = int(sent) if sent in map(str, next_action.CHOICES) else next_action.USUAL
    return Dashboard(
        request.user,
        facts(request.user, moment),
        days,
        minutes,
        tuple(skipped) if day == days.today.isoformat() else (),
    )


def _render(request: HtmxRequest, board: Dashboard, **more):
    return render_page(
        request,
        "prepsite/dashboard.html",
        {"board": board, **more},
        fragments={"today": "prepsite/_today.html"},
    )


@require_GET
def home(request):
    """The dashboard; its inner part alone when the page asks for it anew."""
    board = _dashboard(request)
    activity.note_readiness(request.user, board.activity, board.readiness.score)
    return _render(request, board)


@require_POST
def not_now(request):
    """Put one proposal off until tomorrow. Said twice, it is put off once."""
    board = _dashboard(request)
    key = request.POST.get("key", "")[:100]
    if key in {action.key for action in board.actions}:
        kept = [*(one for one in board.skipped if one != key), key][-MOST_SKIPPED:]
        request.session[SKIPPED] = (board.activity.today.isoformat(), kept)
        board = Dashboard(board.user, board.facts, board.activity, board.minutes, tuple(kept))
    if request.htmx:
        return _render(request, board)
    return redirect(f"{reverse('home')}?minutes={board.minutes}")


@require_POST
def item_state(request, pk, state):
    """Tick the plan's next item where it stands, or open it again. Sets, never toggles."""
    items = Item.objects.for_user(request.user).filter(removed_at=None, plan__removed_at=None)
    item = items.get_or_404(pk=pk)
    changes.set_state(item, state, timezone.localtime())
    undo = reverse("today-open", args=[pk]) if state == "done" else ""
    if request.htmx:
        return _render(request, _dashboard(request), ticked=item, undo_url=undo)
    if undo:
        toasts.undoable(request, f"Done: {plain(item.text)}", undo)
    return redirect("home")


@require_GET
def about_readiness(request):
    """What the figure counts, with the reader's own numbers in it."""
    return render_page(request, "prepsite/readiness.html", {"board": _dashboard(request)})


@require_GET
def review(request):
    """One week in review: `?from=` any day of it."""
    shown = week.of(request.user, timezone.localtime(), request.GET.get("from", ""))
    return render_page(request, "prepsite/week.html", {"week": shown})


@login_not_required
def offline(request):
    """Shown when the server cannot be reached; open, so that it can be kept by the browser."""
    return render(request, "errors/offline.html")


@login_not_required
def service_worker(request):
    """The script that shows the offline page; at the root, because its scope is its folder."""
    return render(request, "prepsite/sw.js", content_type="text/javascript; charset=utf-8")


@staff_member_required
def components(request):
    """Every component of the look on one page, for whoever builds the next room."""
    return render(request, "prepsite/components.html", samples.context())
