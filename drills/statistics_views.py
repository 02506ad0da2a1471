"""Figures of one's own study, and the settings they lead back to."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from drills import queue
from drills import statistics as figures
from drills.aim import aim_of
from drills.forms import SettingForm
from drills.interviews import leading
from drills.setting import Setting
from drills.views import now
from prepsite import toasts
from prepsite.page import render_page


@require_GET
def statistics(request):
    """What was done, what it came to, and what comes."""
    moment = now()
    setting = queue.ready(request.user, moment)
    context = {
        "statistics": figures.of(request.user, setting, moment),
        "aim": aim_of(request.user, setting, moment),
        "limit": setting.limit(moment),
    }
    return render_page(request, "drills/library/statistics.html", context)


@require_http_methods(["GET", "POST"])
def settings(request):
    """How much a day, how sure, and when the interview is."""
    setting = Setting.of(request.user)
    interview = setting.interview_at
    followed = leading(request.user, now())
    form = SettingForm(request.POST or None, instance=setting, followed=followed is not None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept. Today’s list follows it.")
        return redirect("drills:today")
    context = {
        "form": form,
        "interview": interview,
        "followed": followed,
        "over": interview is not None and interview <= now(),
        "zone": request.user.zone,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "drills/library/settings.html", context, status=status)


@require_POST
def clear_interview(request):
    """No interview any more: cards are learned for good. With the way back."""
    setting = Setting.of(request.user)
    if setting.interview_at and not leading(request.user, now()):
        before = setting.interview_at.isoformat()
        set_interview(setting, None)
        undo = f"{reverse('drills:set-interview')}?at={before.replace('+', '%2B')}"
        toasts.undoable(request, "The interview is cleared. You learn for good.", undo)
    return redirect("drills:settings")


@require_POST
def put_interview(request):
    """Set the interview to `at`, an ISO date and time with its offset: Undo of clearing it."""
    try:
        at = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        at = None
    usable = at is not None and at.tzinfo is not None and 1970 < at.year < 9000
    if usable and not leading(request.user, now()):
        set_interview(Setting.of(request.user), at)
        messages.success(request, "The interview stands again.")
    return redirect("drills:settings")


def set_interview(setting: Setting, at) -> None:
    setting.interview_at, setting.planned_day = at, None
    setting.save(update_fields=["interview_at", "planned_day"])
