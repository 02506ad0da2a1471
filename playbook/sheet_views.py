"""The sheet of the morning: chosen here, printed by the browser."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from playbook import sheet
from prepsite.page import render_page
from writing.text import clean_text


@require_GET
def morning(request):
    """What to choose from, and the two pages that come of it."""
    return _page(request)


@require_POST
def keep(request):
    """Keep the whole choice as it is ticked; saying it twice is the same as once."""
    keys = [clean_text(key, one_line=True) for key in request.POST.getlist("line")]
    sheet.keep(request.user, keys, timezone.now())
    return _page(request) if request.htmx else redirect("playbook:sheet")


def _page(request):
    context = {"sheet": sheet.load(request.user)}
    fragments = {"sheet": "playbook/_sheet.html"}
    return render_page(request, "playbook/sheet.html", context, fragments=fragments)
