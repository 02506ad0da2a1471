"""How the outcome of a save is told: JSON to a page's script, a page or a redirect to a form."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from writing.autosave.differences import as_html, differences, summary
from writing.autosave.reading import Refused, Sent
from writing.autosave.saving import Conflict, Locked, Outcome, Saved
from writing.models import Written


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def stamp(version: int, saved_at) -> dict[str, object]:
    """What a page may call saved: the version, the instant, and the reader's clock at it."""
    return {
        "version": version,
        "saved_at": saved_at.isoformat(),
        "clock": f"{timezone.localtime(saved_at):%H:%M}",
    }


def state(row: Written) -> dict[str, object]:
    """The row as it stands."""
    return stamp(row.version, row.updated_at) | {"fields": row.writing_texts()}


def comparison(row: Written, before: Mapping[str, str], after: Mapping[str, str]) -> list[dict]:
    """For each field that differs: its label, both texts, the change as HTML and as a sentence."""
    parts = []
    for name in row.writing:
        old, new = before.get(name, ""), after.get(name, "")
        if name not in after or old == new:
            continue
        pieces = differences(old, new)
        parts.append(
            {
                "name": name,
                "label": row.writing_field(name).verbose_name.capitalize(),
                "before": old,
                "after": new,
                "html": as_html(pieces),
                "summary": summary(pieces),
            }
        )
    return parts


def answer(request: HttpRequest, outcome: Outcome, wanted: Sent) -> HttpResponse:
    """The response for `outcome` of saving `wanted`."""
    match outcome:
        case Saved():
            return _saved(request, outcome, wanted)
        case Locked():
            return _locked(request, outcome)
        case Conflict():
            return _conflict(request, outcome)


def _saved(request, saved: Saved, wanted: Sent) -> HttpResponse:
    if not wants_json(request):
        return saved_page(request, saved)
    texts = dict(saved.texts)
    # Cleaning may have changed a text: the page is told what is stored in its place.
    texts |= {name: text for name, text in wanted.fields.items() if text != wanted.raw[name]}
    return JsonResponse(stamp(saved.version, saved.saved_at) | ({"fields": texts} if texts else {}))


def saved_page(request: HttpRequest, saved: Saved) -> HttpResponse:
    """The page of the text again, which says that it is saved."""
    clock = timezone.localtime(saved.saved_at)
    messages.success(request, f"Saved at {clock:%H:%M}.")
    return redirect(saved.row.get_absolute_url())


def _conflict(request, conflict: Conflict) -> HttpResponse:
    row = conflict.row
    parts = comparison(row, row.writing_texts(), conflict.mine)
    context = {"row": row, "parts": parts}
    if not wants_json(request):
        return render(request, "writing/conflict.html", context, status=409)
    html = render_to_string("writing/_conflict.html", context, request)
    return JsonResponse(state(row) | {"html": html, "kept": conflict.kept.pk}, status=409)


def _locked(request, locked: Locked) -> HttpResponse:
    if not wants_json(request):
        parts = comparison(locked.row, locked.row.writing_texts(), locked.mine)
        context = {"row": locked.row, "parts": parts, "reason": locked.reason}
        return render(request, "writing/locked.html", context, status=423)
    return JsonResponse(
        state(locked.row) | {"error": locked.reason, "kept": locked.kept.pk}, status=423
    )


def refused(request: HttpRequest, row: Written, refusal: Refused) -> HttpResponse:
    """The sentence, and for a form the text again, to be changed and sent once more."""
    if wants_json(request):
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    parts = [
        {"name": name, "label": row.writing_field(name).verbose_name.capitalize(), "text": text}
        for name, text in refusal.raw.items()
        if name in row.writing
    ]
    context = {"row": row, "parts": parts, "reason": str(refusal)}
    return render(request, "writing/refused.html", context, status=refusal.status)
