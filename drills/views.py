"""The page of the day, and the decks it offers."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from drills import days, queue, sources
from drills.aim import aim_of
from drills.cards import Card
from drills.decks import Deck, Entry
from drills.reviews import StudyDay
from drills.setting import Setting
from prepsite import toasts
from prepsite.page import render_page

MORE_MINUTES = 10


def now():
    """The moment of this request, in the reader's zone; views pass it on."""
    return timezone.localtime()


def own_cards(request: HttpRequest):
    return Card.objects.for_user(request.user).standing()


def done_today(user, moment) -> StudyDay:
    day = days.study_day(user, moment)
    return StudyDay.objects.for_user(user).filter(day=day).first() or StudyDay(day=day)


@require_GET
def today(request):
    """What today holds, across everything, and where to begin."""
    moment = now()
    user = request.user
    setting = queue.ready(user, moment)
    by = days.ends(user, days.study_day(user, moment))
    decks = Deck.objects.published().with_counts(user).order_by("order", "title")
    context = {
        "setting": setting,
        "next": queue.following(user, setting, moment),
        "standing": queue.standing(user, moment),
        "done": done_today(user, moment),
        "decks": decks,
        "offered": suggested(decks),
        "beside": sources.beside(user, by, setting.minutes_a_day),
        "aim": aim_of(user, setting, moment),
        "more": MORE_MINUTES,
    }
    return render_page(request, "drills/today.html", context)


def suggested(decks: Iterable[Deck]) -> list[Deck]:
    """Of each kind the first deck that has cards left to take."""
    found: dict[str, Deck] = {}
    for deck in decks:
        if deck.missing:
            found.setdefault(deck.kind, deck)
    return list(found.values())


@require_POST
def start(request, key):
    """Take every entry of a deck; those that one has already stay as they are."""
    deck = get_object_or_404(Deck.objects.published(), key=key)
    entries = Entry.objects.published().filter(deck=deck).select_related("deck")
    Card.objects.adopt(request.user, entries, now())
    undo = reverse("drills:leave-deck", args=[key])
    toasts.undoable(request, f"“{deck}” is in your drills.", undo)
    return redirect("drills:today")


@require_POST
def more(request):
    """Plan some minutes on top of today's."""
    moment = now()
    setting = queue.ready(request.user, moment)
    done = done_today(request.user, moment)
    # From what was done, not from what was meant to be: after a long day ten minutes are ten.
    spent = max(setting.minutes_a_day, round(done.milliseconds / 60_000))
    setting.extra_minutes = spent - setting.minutes_a_day + MORE_MINUTES
    setting.planned_day = None
    setting.save(update_fields=["extra_minutes", "planned_day"])
    return redirect("drills:next")


@require_POST
def replan(request):
    """Make today's list anew."""
    Setting.replan(request.user.pk)
    return redirect("drills:today")
