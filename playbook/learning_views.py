"""Notes and learnings: captured from any page, written, found again."""

import uuid

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from playbook import cards
from playbook.learning_forms import AboutForm
from playbook.models import Learning
from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from writing.text import clean_text

PER_PAGE = 40
MARK = ("\x02", "\x03")


def own(request: HttpRequest):
    return Learning.objects.for_user(request.user).kept()


def found(request: HttpRequest, words: str):
    """Own learnings, those that match `words` first by rank; the texts stay in the database."""
    # One that was opened and left empty is no note yet.
    rows = (
        own(request)
        .exclude(title="", text="")
        .only("title", "kind", "company", "taken_on", "tags", "source", "source_title", "owner")
    )
    if not words:
        return rows
    query = SearchQuery(words, config="english", search_type="websearch")
    extract = SearchHeadline(
        "text", query, config="english", start_sel=MARK[0], stop_sel=MARK[1], max_words=24,
        min_words=12,
    )  # fmt: skip
    rank = SearchRank(F("search"), query)
    return rows.filter(search=query).annotate(rank=rank, extract=extract).order_by("-rank", "-pk")


@require_GET
def learnings(request):
    """The list: searched, and narrowed by kind and tag, all of it in the address."""
    words = clean_text(request.GET.get("q", ""), one_line=True)[:200]
    kind, tag = request.GET.get("kind", ""), clean_text(request.GET.get("tag", ""), one_line=True)
    rows = found(request, words)
    if kind in Learning.Kind.values:
        rows = rows.filter(kind=kind)
    if tag:
        rows = rows.filter(tags__contains=[tag])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.pieces = pieces(getattr(row, "extract", ""))
    context = {
        "page": page, "words": words, "kind": kind, "tag": tag, "kinds": Learning.Kind.choices,
        "key": uuid.uuid4(),
    }  # fmt: skip
    fragments = {"learnings": "playbook/_learnings.html"}
    return render_page(request, "playbook/learnings.html", context, fragments=fragments)


def pieces(extract: str) -> list[tuple[bool, str]]:
    """An extract as (is it a match, text), in order."""
    parts: list[tuple[bool, str]] = []
    for piece in extract.split(MARK[0]):
        hit, end, rest = piece.partition(MARK[1])
        parts += [(True, hit), (False, rest)] if end else [(False, piece)]
    return [(is_hit, text) for is_hit, text in parts if text]


@require_POST
def new(request):
    """An empty note that remembers where it was taken; its page saves as one types.

    Asking twice with one key makes one.
    """
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    row, _ = Learning.objects.get_or_create(
        owner=request.user,
        request_key=key,
        defaults={
            "taken_on": timezone.localdate(),
            "source": path_of(request.POST.get("source", "")),
            "source_title": clean_text(request.POST.get("source_title", ""), one_line=True)[:200],
        },
    )
    return redirect(row)


def path_of(source: str) -> str:
    """`source` where it is a path of this site; empty for anything else."""
    source = clean_text(source, one_line=True)
    fits = source.startswith("/") and source[1:2] not in ("/", "\\") and len(source) <= 300
    return source if fits else ""


def _page(request: HtmxRequest, row: Learning, form: AboutForm, status: int = 200):
    card = cards.taken(request.user, [row.get_absolute_url()]).get(row.get_absolute_url())
    context = {"learning": row, "form": form, "number": str(row.pk), "card": card}
    return render_page(request, "playbook/learning.html", context, status=status)


@require_GET
def learning(request, pk):
    """One note, to be written."""
    row = own(request).get_or_404(pk=pk)
    return _page(request, row, AboutForm(instance=row))


@require_POST
def about(request, pk):
    """Set kind, company, day and tags; the text is saved by its own form."""
    row = own(request).get_or_404(pk=pk)
    form = AboutForm(request.POST, instance=row)
    if not form.is_valid():
        return _page(request, own(request).get_or_404(pk=pk), form, status=422)
    row.tags = form.cleaned_data["tags"]
    row.save(update_fields=["kind", "company", "taken_on", "tags"])
    return redirect(row)


@require_POST
def remove(request, pk):
    row = own(request).get_or_404(pk=pk)
    Learning.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    toasts.undoable(request, f"“{row}” removed.", reverse("playbook:restore-learning", args=[pk]))
    return redirect("playbook:learnings")


@require_POST
def restore(request, pk):
    row = Learning.objects.for_user(request.user).get_or_404(pk=pk)
    Learning.objects.filter(pk=row.pk).update(removed_at=None)
    return redirect(row)
