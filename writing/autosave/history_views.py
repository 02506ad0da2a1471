"""The history of a row: what was written when, what changed, and the way back."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from writing.autosave import answers
from writing.autosave.history import entries, give_name, restore, texts_then
from writing.autosave.reading import Refused, version_number
from writing.autosave.saving import Saved
from writing.autosave.views import written_row
from writing.models import Revision, Written
from writing.text import clean_text

A_PAGE = 40


def _revision(row: Written, pk: object) -> Revision:
    return Revision.objects.of(row).get_or_404(pk=pk)


@require_GET
def history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The entries, newest first; with `?every=1` each single save."""
    row = written_row(request, label, pk)
    every = "every" in request.GET
    shown = Revision.objects.of(row).order_by("-id") if every else entries(row)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    labels = {name: row.writing_field(name).verbose_name for name in row.writing}
    lines = [
        (revision, [said for name, said in labels.items() if name in revision.fields])
        for revision in page
    ]
    return render(
        request,
        "writing/history.html",
        {"row": row, "page": page, "lines": lines, "every": every, "key": uuid4()},
    )


@require_GET
def compare(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """What changed between two revisions, `?a=` and `?b=`; without `b`, up to the text as it is."""
    row = written_row(request, label, pk)
    chosen = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
    if not chosen:
        messages.info(request, "Choose one text to see what changed since, or two to compare.")
        return redirect(row.history_url)
    first = _revision(row, chosen[0])
    second = _revision(row, chosen[1]) if len(chosen) > 1 else None
    if second and second.pk < first.pk:
        first, second = second, first
    after = texts_then(row, second) if second else row.writing_texts()
    parts = answers.comparison(row, texts_then(row, first), after)
    return render(
        request,
        "writing/compare.html",
        {"row": row, "first": first, "second": second, "parts": parts, "key": uuid4()},
    )


@require_POST
def restore_revision(request: HttpRequest, label: str, pk: int, revision: int) -> HttpResponse:
    """Make an older text the text again, if nobody saved since the page was read."""
    row = written_row(request, label, pk)
    wanted = _revision(row, revision)
    try:
        base, key = version_number(request.POST["version"]), UUID(request.POST["key"])
    except (KeyError, ValueError, Refused):
        raise Http404 from None
    outcome = restore(row, wanted, base, key, timezone.now())
    if isinstance(outcome, Saved):
        messages.success(request, "Restored. The text it replaced stays in the history.")
        return redirect(row.get_absolute_url())
    reason = getattr(outcome, "reason", "") or "The text was changed after you opened this page."
    messages.error(request, f"Not restored. {reason}")
    return redirect(row.history_url)


@require_POST
def name_revision(request: HttpRequest, label: str, pk: int, revision: int) -> HttpResponse:
    """Give a revision a name, so that it is found again and always shown."""
    row = written_row(request, label, pk)
    wanted = _revision(row, revision)
    name = clean_text(request.POST.get("name", ""), one_line=True)
    if len(name) > 120:
        messages.error(request, "A name has at most 120 characters. Nothing was changed.")
    else:
        give_name(wanted, name)
    return redirect(row.history_url)
