"""Taking something down from any page: a dialog where there is JavaScript, else a page."""

import json
import uuid
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from playbook.learning_views import path_of
from prepsite import toasts
from prepsite.page import render_page
from search.capture import NOTE, STORY, Place, keep, own
from writing.forms import MarkdownField
from writing.text import clean_text

KINDS = ((NOTE, "A note"), (STORY, "The idea of a story"))
RESTORE = {NOTE: "playbook:restore-learning", STORY: "stories:restore"}


class CaptureForm(forms.Form):
    kind = forms.ChoiceField(choices=KINDS, initial=NOTE, widget=forms.RadioSelect, label="It is")
    text = MarkdownField(
        label="What it says",
        help_text="The first line is its title.",
        error_messages={"required": "Write a line or two first."},
        widget=forms.Textarea(attrs={"rows": 7, "class": "writing"}),
    )
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    source_title = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def place(self) -> Place:
        title = clean_text(self.data.get("source_title") or "", one_line=True)[:200]
        return Place(path_of(self.data.get("source") or ""), title)


def said(row, kind: str) -> SafeString:
    """What is said of something kept, with the way to it."""
    kept = "Kept as the idea of a story." if kind == STORY else "Kept among your notes."
    return format_html('{} <a href="{}">Open it</a>', kept, row.get_absolute_url())


@require_http_methods(["GET", "POST"])
def capture(request):
    """GET: the form as a page. POST: keep what was written; a form or, from a script, JSON.

    A script is answered 200 with the toast to show, 422 with a sentence, 401 signed out.
    """
    if request.content_type == "application/json":
        return _from_script(request)
    if request.method == "GET":
        place = {"source": request.GET.get("from", ""), "source_title": request.GET.get("at", "")}
        return _page(request, CaptureForm(initial=place), uuid.uuid4())
    form, key = CaptureForm(request.POST), _key(request.POST.get("key"))
    if not form.is_valid():
        return _page(request, form, key, status=422)
    kind = form.cleaned_data["kind"]
    row = _keep(request, form, key)
    toasts.undoable(request, said(row, kind), _undo_url(kind, row.pk, form.place.path))
    return redirect(form.place.path or "home")


def _page(request, form: CaptureForm, key: uuid.UUID, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": key}
    return render_page(request, "search/capture.html", context, status=status)


def _key(value: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.uuid4()


def _keep(request: HttpRequest, form: CaptureForm, key: uuid.UUID):
    kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
    return keep(request.user, kind, text, form.place, key=key, now=timezone.now())


def _undo_url(kind: str, pk: int, back: str) -> str:
    url = reverse(f"search:undo-{kind}", args=[pk])
    return f"{url}?{urlencode({'from': back})}" if back else url


def _from_script(request: HttpRequest) -> HttpResponse:
    """What the dialog sends, and what a later page sends of a draft that was left behind."""
    try:
        sent = json.loads(request.body)
        fields = {name: str(value) for name, value in sent["fields"].items()}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, RequestDataTooBig):
        return JsonResponse({"error": "The request cannot be read."}, status=422)
    if sent.get("owner") not in (None, request.user.pk):
        # Somebody else signed in in this browser: for the page that sent this, nobody did.
        return HttpResponse("Signed in as somebody else.", status=401)
    form = CaptureForm(fields)
    if not form.is_valid():
        errors = [str(error) for each in form.errors.values() for error in each]
        return JsonResponse({"error": " ".join(errors)}, status=422)
    kind = form.cleaned_data["kind"]
    row = _keep(request, form, _key(sent.get("key")))
    toast = {
        "message": said(row, kind), "level": "success", "undo_target": "closest .toast",
        "undo_url": _undo_url(kind, row.pk, ""),
    }  # fmt: skip
    html = render_to_string("partials/_toast.html", toast, request)
    return JsonResponse({"version": 1, "toast": html})


@require_POST
def undo(request, kind, pk):
    """Take back what was just kept; it can be fetched back in turn."""
    row = own(request.user, kind).get_or_404(pk=pk)
    own(request.user, kind).filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now())
    fetch = reverse(RESTORE[kind], args=[row.pk])
    if request.htmx:
        context = {"message": "Taken back.", "level": "info", "undo_url": fetch}
        return render_page(request, "partials/_toast.html", context)
    toasts.undoable(request, "Taken back.", fetch)
    return redirect(path_of(request.GET.get("from", "")) or "home")
