"""The drill: a question, its answer, a rating, the next question. One address for each verb."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import replace_url

from drills import answering, days, queue, sources
from drills.cards import Card
from drills.forms import RateForm, ShownForm
from drills.queue import Next
from drills.reviews import Review
from drills.scheduling import Rating
from drills.setting import Setting
from drills.showing import Showing
from drills.views import MORE_MINUTES, done_today, now, own_cards
from prepsite.compiled import compiled
from prepsite.page import HtmxRequest, render_page

FRAGMENTS = {"drill": "drills/_drill.html"}
ELSEWHERE = "That card was answered already, elsewhere. Nothing was counted twice."


@compiled
def _card(owner: int, pk: int) -> QuerySet:
    return Card.objects.for_user(owner).standing().filter(pk=pk)


@compiled
def _shown(owner: int, pk: int) -> QuerySet:
    """The card with all that its page shows of it."""
    rows = Card.objects.for_user(owner).standing().filter(pk=pk)
    return rows.with_entry().select_related("group")


def undoable(request: HtmxRequest) -> int | None:
    """The id of the answer that Undo takes back. One query."""
    last = Review.objects.for_user(request.user).counted().order_by("-id")
    return last.values_list("pk", flat=True).first()


def drill_page(request: HtmxRequest, showing: Showing, status: int = 200, **more) -> HttpResponse:
    context = {"showing": showing, "card": showing.card, **more}
    return render_page(request, "drills/drill.html", context, fragments=FRAGMENTS, status=status)


def following_page(
    request: HtmxRequest,
    setting: Setting,
    moment: datetime,
    *,
    undo: int | None,
    **more,
) -> HttpResponse:
    """The next card of the day, or the end of it."""
    coming = queue.following(request.user, setting, moment)
    if coming.card is None:
        return finished_page(request, setting, coming, moment, undo, **more)
    card = _shown.one_or_404(request.user.pk, coming.card)
    showing = Showing(request.user, card, setting, coming.left, moment, undo=undo)
    return drill_page(request, showing, **more)


def finished_page(
    request: HtmxRequest,
    setting: Setting,
    coming: Next,
    moment: datetime,
    undo: int | None,
    **more,
) -> HttpResponse:
    ends = days.ends(request.user, days.study_day(request.user, moment))
    context = {
        "next": coming,
        "undo": undo,
        "beside": sources.beside(request.user, ends, setting.minutes_a_day),
        "done": done_today(request.user, moment),
        "has_cards": own_cards(request).exists(),
        "more": MORE_MINUTES,
        **more,
    }
    return render_page(request, "drills/drill.html", context, fragments=FRAGMENTS)


def shown_card(request: HtmxRequest, pk: int, **shown) -> tuple[Showing, datetime]:
    moment = now()
    card = _shown.one_or_404(request.user.pk, pk)
    setting = queue.ready(request.user, moment)
    left = queue.following(request.user, setting, moment).left
    undo = undoable(request)
    return Showing(request.user, card, setting, left, moment, undo=undo, **shown), moment


@require_GET
def following(request):
    """The card that is next."""
    moment = now()
    setting = queue.ready(request.user, moment)
    return following_page(request, setting, moment, undo=undoable(request))


@require_GET
def card(request, pk):
    """One card, whatever the queue says: after an undo, an edit, or from a list."""
    showing, _ = shown_card(request, pk)
    return drill_page(request, showing)


@require_http_methods(["GET", "POST"])
def reveal(request, pk):
    """The answer beside what was typed. Changes nothing."""
    form = ShownForm(request.POST if request.method == "POST" else {})
    form.is_valid()
    sent = form.cleaned_data
    typed = sent.get("typed", request.POST.get("typed", ""))
    shown = {"typed": typed, "revealed": True, "since": sent.get("shown")}
    if sent.get("key"):
        shown["key"] = sent["key"]
    showing, _ = shown_card(request, pk, **shown)
    return drill_page(request, showing)


@require_POST
def rate(request, pk):
    """Count one answer and bring the next card, in one round trip."""
    moment = now()
    card = _card.one_or_404(request.user.pk, pk)
    form = RateForm(request.POST)
    if not form.is_valid():
        showing, _ = shown_card(request, pk, revealed=True)
        return drill_page(request, showing, status=422, refused="Choose one of the four.")
    sent = form.cleaned_data
    setting = queue.ready(request.user, moment)
    review = answering.rate(
        request.user,
        card,
        setting,
        sent["rating"],
        turn=sent["turn"],
        key=sent["key"],
        milliseconds=spent(sent["shown"], moment),
        now=moment,
    )
    leech = card if review and sent["rating"] == Rating.AGAIN and card.is_leech else None
    said = "" if review or answered_by(request, sent["key"]) else ELSEWHERE
    if not request.htmx:
        if said:
            messages.warning(request, said)
        if leech:
            messages.warning(request, f"Forgotten {leech.lapses} times: give it other words.")
            return redirect("drills:edit", pk=pk)
        return redirect("drills:next")
    undo = review.pk if review else undoable(request)
    answer = following_page(
        request, setting, moment, undo=undo, leech=leech, toast=said, level="warning"
    )
    return replace_url(answer, reverse("drills:next"))


def spent(shown: float | None, moment: datetime) -> int:
    """Milliseconds from the showing to `moment`; 0 where the page did not say."""
    return round((moment.timestamp() - shown) * 1000) if shown and shown < 1e11 else 0


def answered_by(request: HtmxRequest, key) -> bool:
    """Was the answer with this key counted: is this the same click again?"""
    return Review.objects.for_user(request.user).filter(key=key).exists()


@require_POST
def undo(request, pk):
    """Take an answer back and show its card again. Taken back already, it stays so."""
    review = Review.objects.for_user(request.user).get_or_404(pk=pk)
    undone = answering.take_back(review, now())
    if not undone and review.undone_at is None:
        messages.warning(request, "That card was answered again since, so this was not undone.")
    if not request.htmx:
        return redirect("drills:card", pk=review.card_id)
    if not Card.objects.for_user(request.user).standing().filter(pk=review.card_id).exists():
        return following(request)
    showing, _ = shown_card(request, review.card_id)
    return replace_url(
        drill_page(request, showing, toast="Taken back." if undone else ""),
        reverse("drills:card", args=[review.card_id]),
    )
