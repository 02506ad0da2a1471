"""Cards out to files and in again; what a file holds is shown before it is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.views.decorators.http import require_GET, require_POST

from drills import exchange
from drills.exchange import Change
from drills.library_forms import FileInForm
from drills.views import now, own_cards
from prepsite.page import render_page
from writing.documents import DocumentError
from writing.text import clean_text

TYPES = {
    exchange.MARKDOWN: ("own-cards.md", "text/markdown"),
    exchange.ANKI: ("own-cards.txt", "text/plain"),
}
MOST_SHOWN = 300
# What is said of each kind of change, before and after it is kept.
COMING = {
    "new": "new", "changed": "to update", "back": "that you had taken out", "same": "the same"
}  # fmt: skip
KEPT = {"new": "new", "changed": "updated", "back": "back again", "same": "the same"}


def counted(planned: Sequence[Change], names: Mapping[str, str]) -> str:
    """ "1 new, 3 updated": how many there are of each kind of change, but for none."""
    counts = Counter(change.kind for change in planned)
    return ", ".join(f"{number_format(counts[k])} {said}" for k, said in names.items() if counts[k])


def files_page(request, form: FileInForm, status: int = 200):
    context = {"form": form, "has_cards": own_cards(request).exists()}
    return render_page(request, "drills/library/files.html", context, status=status)


@require_GET
def files(request):
    """Take cards along, or bring some."""
    return files_page(request, FileInForm())


@require_GET
def export(request, form):
    """All one's own words on cards as one file."""
    if form not in TYPES:
        raise Http404
    name, kind = TYPES[form]
    text = exchange.document(request.user, form)
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def look_over(request):
    """What keeping a file would do. Nothing is kept yet."""
    form = FileInForm(request.POST, request.FILES)
    if not form.is_valid():
        return files_page(request, form, 422)
    source, name = form.document()
    try:
        found = exchange.read(source, name)
    except DocumentError as error:
        form.add_error(None, str(error))
        return files_page(request, form, 422)
    planned = exchange.changes_in(request.user, found)
    context = {
        "changes": planned[:MOST_SHOWN],
        "left": max(0, len(planned) - MOST_SHOWN),
        "total": len(planned),
        "said": counted(planned, COMING),
        "will_change": any(change.kind != "same" for change in planned),
        "text": clean_text(source.decode("utf-8-sig")),
        "name": name,
    }
    return render_page(request, "drills/library/look_over.html", context)


@require_POST
def keep(request):
    """Make one's cards say what the file says; `look_over` showed it before."""
    form = FileInForm(request.POST)
    if not form.is_valid():
        return files_page(request, form, 422)
    source, _ = form.document()
    try:
        found = exchange.read(source, form.cleaned_data["name"] or "the file")
        planned = exchange.keep(request.user, found, now())
    except DocumentError as error:
        form.add_error(None, str(error))
        return files_page(request, form, 422)
    messages.success(request, f"Cards: {counted(planned, KEPT)}.")
    return redirect("drills:cards")
