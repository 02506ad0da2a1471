"""Stories in and out: pasted texts, files of stories, and the files one takes along."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prepsite.page import HtmxRequest, render_page
from stories import changes, forms, imports, paste, story_documents, views
from stories.models import Metric
from writing.documents import DocumentError
from writing.text import clean_text


def markdown(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return response


@require_GET
def export(request, pk):
    """The story as a Markdown file that can be brought back."""
    row = views.own_stories(request).get_or_404(pk=pk)
    texts = imports.texts_of(views.own_stories(request).filter(pk=pk))
    return markdown(story_documents.write(texts), slugify(row.name)[:60] or "story")


@require_GET
def export_all(request):
    """All stories in one Markdown file."""
    texts = imports.texts_of(views.own_stories(request).order_by("pk"))
    return markdown(story_documents.write(texts), "stories")


@require_http_methods(["GET", "POST"])
def bring(request):
    """Read what somebody has: our own files by their ids, any other text split by its labels.

    Nothing is kept yet: the next page shows what was understood, to be corrected and kept.
    """
    sent = request.method == "POST"
    form = forms.BringForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            return _understood(request, *form.document())
        except DocumentError as error:
            form.add_error(None, str(error))
    status = 422 if form.is_bound else 200
    return render_page(request, "stories/bring.html", {"form": form}, status=status)


def _understood(request: HtmxRequest, source: bytes, name: str) -> HttpResponse:
    try:
        text = clean_text(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = "This is not text in UTF-8: save the document as UTF-8 text."
        raise DocumentError(name, line, message) from error
    if story_documents.is_ours(text):
        found = story_documents.read(source, name)
        imports.check(found, name)
        planned = imports.changes_in(request.user, found)
        return render_page(request, "stories/brought.html", {"changes": planned, "text": text})
    stories = paste.split(text)
    if not stories:
        raise DocumentError(name, 1, "There is no text in this.")
    pieces = [
        forms.PastedForm(initial={"keep": True, **vars(story)}, prefix=str(n))
        for n, story in enumerate(stories)
    ]
    guessed = any(story.guessed for story in stories)
    context = {"forms": pieces, "guessed": guessed, "key": uuid.uuid4()}
    return render_page(request, "stories/pasted.html", context)


@require_POST
def keep_pasted(request):
    """Make stories of the corrected parts; a mistake shows them all again, with their texts."""
    key = forms.request_key(request.POST.get("key"))
    count = request.POST.get("count", "")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    pieces = [
        forms.PastedForm(request.POST, prefix=str(n)) for n in range(min(number, paste.MAX_STORIES))
    ]
    # Each of them is asked, so that every mistake is shown at once.
    if not pieces or False in [piece.is_valid() for piece in pieces]:
        context = {"forms": pieces, "guessed": False, "key": key}
        return render_page(request, "stories/pasted.html", context, status=422)
    made = []
    for n, piece in enumerate(pieces):
        data = dict(piece.cleaned_data)
        metrics = data.pop("metrics")
        if data.pop("keep") and any([*data.values(), metrics]):
            row = changes.begin(request.user, uuid.uuid5(key, str(n)), views.now(), **data)
            for at, values in enumerate(paste.metric_lines(metrics)):
                changes.add_row(Metric, row, uuid.uuid5(row.uid, str(at)), values)
            made.append(row)
    if len(made) == 1:
        return redirect(made[0])
    messages.success(request, f"{len(made)} stories kept." if made else "Nothing was kept.")
    return redirect("stories:list")


@require_POST
def keep_file(request):
    """Make one's stories say what a file says; shown before by `bring`."""
    text = request.POST.get("text", "")
    try:
        found = story_documents.read(text.replace("\r\n", "\n"), "the file")
        planned = imports.keep(request.user, found, "the file", views.now())
    except DocumentError as error:
        form = forms.BringForm({"text": text})
        form.add_error(None, str(error))
        return render_page(request, "stories/bring.html", {"form": form}, status=422)
    counts = {kind: sum(change.kind == kind for change in planned) for kind in ("new", "changed")}
    said = [f"{n} {'new' if kind == 'new' else 'updated'}" for kind, n in counts.items() if n]
    messages.success(request, f"Stories brought: {', '.join(said) or 'all were the same'}.")
    if len(planned) == 1:
        row = views.own_stories(request).get_or_404(uid=planned[0].new.uid)
        return redirect(row)
    return redirect("stories:list")
