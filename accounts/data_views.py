"""One's data: out to a file, and a file in."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts import importing
from accounts.exports import Export
from accounts.forms import ExportFileForm
from accounts.imports import Import
from accounts.models import User
from accounts.portable.archive import Refused
from prepsite.page import render_page

FRAGMENTS = {
    "export": "account/_export.html",
    "import": "account/_import.html",
    "import-progress": "account/_import_progress.html",
}


def _export(request) -> Export | None:
    # Without the file: it is looked at far more often than taken along.
    return Export.objects.for_user(request.user).live(timezone.now()).first()


def _page(request, form: ExportFileForm | None = None):
    now = timezone.now()
    context = {
        "form": form or ExportFileForm(),
        "export": _export(request),
        "sent": Import.objects.for_user(request.user).live(now).defer("data").first(),
    }
    status = 422 if form else 200
    return render_page(request, "account/data.html", context, fragments=FRAGMENTS, status=status)


@never_cache
@require_GET
def data(request):
    """Take everything along, bring it in, or leave."""
    return _page(request)


@require_POST
@rate_limit(action="export")
def begin_export(request):
    """Begin an export, or go on with the one that is being made."""
    now = timezone.now()
    Export.begin(request.user, now).advance(now)
    return _answer(request)


@require_POST
def go_on_export(request):
    """Make the next parts of the export. The page asks this again until all are made."""
    if export := _export(request):
        export.advance(timezone.now())
    return _answer(request)


def _answer(request):
    return _page(request) if request.htmx else redirect("account_data")


@never_cache
@require_GET
def export_file(request):
    """The zip that was made."""
    export = _export(request)
    if export is None or not export.is_ready:
        raise Http404
    response = HttpResponse(export.file(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{export.filename}"'
    return response


@require_POST
@rate_limit(action="import")
def send_import(request):
    """Check a file, and keep it for a day until its owner has looked over what it would bring."""
    form = ExportFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["file"]
    sent = Import.begin(request.user, file.name, file.read(), timezone.now())
    try:
        importing.check(request.user, sent)
    except Refused as error:
        form.add_error("file", str(error))
        return _page(request, form)
    return _go(request, "account_look")


def _go(request, view: str):
    """Leave the page for another; a script that waits for the answer is told to."""
    return (HttpResponseClientRedirect if request.htmx else HttpResponseRedirect)(reverse(view))


@never_cache
@require_GET
def look_over(request):
    """What the file that was sent would bring. Nothing is changed yet."""
    waiting = Import.objects.for_user(request.user).checked(timezone.now()).get_or_404()
    return render(request, "account/look_over.html", {"waiting": waiting, "found": waiting.found})


@require_POST
def bring_in(request):
    """Bring in what the file holds. A second click finds everything here."""
    waiting = Import.objects.for_user(request.user).checked(timezone.now()).first()
    if waiting is None:
        return _go(request, "account_data")
    settings = request.POST.get("settings") == "on"
    try:
        tally = importing.bring_in(request.user, waiting, settings=settings)
    except Refused as error:
        messages.error(request, str(error))
        return _go(request, "account_look")
    if settings:
        request.user = User.objects.get(pk=request.user.pk)
    said = f"{number_format(tally.changes)} brought in." if tally.changes else "All was here."
    messages.success(request, said)
    return _go(request, "account_data")


@require_POST
def leave_import(request):
    """Forget the file that was sent."""
    Import.objects.for_user(request.user).delete()
    return redirect("account_data")
