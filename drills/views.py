"""The page of the day, the decks to take, and what was decided about drilling."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from drills import days, queue, sources
from drills.aim import aim_of
from drills.cards import Card
from drills.decks import Deck, Entry
from drills.forms import SettingForm
from drills.reviews import StudyDay
from drills.setting import Setting
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
    decks = list(Deck.objects.published().with_counts(user))
    context = {
        "setting": setting,
        "next": queue.following(user, setting, moment),
        "standing": queue.standing(user, moment),
        "done": done_today(user, moment),
        "offered": [deck for deck in decks if deck.missing],
        "taken": [deck for deck in decks if not deck.missing and deck.size],
        "offers": sources.offers(user, by),
        "aim": aim_of(user, setting, moment),
        "more": MORE_MINUTES,
    }
    return render_page(request, "drills/today.html", context)


@require_POST
def start(request, key):
    """Take every entry of a deck; those that one has already stay as they are."""
    deck = get_object_or_404(Deck.objects.published(), key=key)
    entries = Entry.objects.published().filter(deck=deck).select_related("deck")
    Card.objects.adopt(request.user, entries, now())
    messages.success(request, f"“{deck}” is in your drills.")
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


@require_http_methods(["GET", "POST"])
def settings(request):
    setting = Setting.of(request.user)
    form = SettingForm(request.POST or None, instance=setting)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept. Today’s list follows it.")
        return redirect("drills:today")
    status = 422 if form.is_bound else 200
    return render_page(request, "drills/settings.html", {"form": form}, status=status)
