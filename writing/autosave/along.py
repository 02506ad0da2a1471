"""Texts that come along with a form that does something else, for browsers without JavaScript.

A page is one form around all its texts and buttons, so whichever button is pressed, nothing that
was typed stays behind. The fields of a form arrive in the order of the page, and each row ends with
`writing` (its model and id) and `version` (templates/writing/_version.html):

    name=Queue&why=It+waits&writing=scenarios.attemptchoice/7&version=3&text=…&writing=…&version=…
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from writing.autosave import answers
from writing.autosave.reading import FORM, Refused, form_pairs, named, save_of
from writing.autosave.saving import Saved, save
from writing.models import Written, written_model

MARK = "writing"


class AlongMiddleware:
    """Saves every text that a form brings along, before the view does what its button says.

    When one cannot be saved, the answer says so in place of the view's; the others are saved.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if MARK not in request.POST or not request.user.is_authenticated:
            return None
        if request.content_type != FORM:
            # The body of any other kind has been read by now, and cannot be read again.
            return HttpResponse("A save is a plain form.", status=415)
        return _keep(request)


def saved(request: HttpRequest, label: str, pk: int) -> Saved | None:
    """The save of this row that came along with the request, if one did."""
    return getattr(request, "saved_along", {}).get((label, pk))


def rows(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, int, dict[str, str]]]:
    """(label, id, fields) of each row in a form. Raises Http404 where there is no such row."""
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields[name] = value
        if name == "version" and MARK in fields:
            label, _, pk = fields.pop(MARK).partition("/")
            if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
                raise Http404
            yield label, int(pk), fields
            fields = {}


def _keep(request: HttpRequest) -> HttpResponse | None:
    now, owner = timezone.now(), cast(int, request.user.pk)
    kept: dict[tuple[str, int], Saved] = {}
    refused: list[tuple[Written, Callable[[], HttpResponse]]] = []
    elsewhere: list[tuple[Written, Callable[[], HttpResponse]]] = []
    gone = False
    try:
        pairs = form_pairs(request.body)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=refusal.status)
    for label, pk, fields in rows(pairs):
        model = written_model(label)
        row = model.writing_rows(owner).filter(pk=pk).first()
        if row is None:
            gone = True
            continue
        try:
            wanted = save_of(model, {"version": fields["version"]}, named(model, fields))
        except Refused as refusal:
            refused.append((row, partial(answers.refused, request, row, refusal)))
            continue
        outcome = save(model, owner, pk, wanted.base, wanted.fields, wanted.key, now)
        if isinstance(outcome, Saved):
            kept[label, pk] = outcome
        else:
            elsewhere.append((row, partial(answers.answer, request, outcome, wanted)))
    if gone:
        raise Http404
    request.saved_along = kept  # type: ignore[attr-defined]
    # One page shows one of them, first what the server has not got at all.
    trouble = refused + elsewhere
    for row, _ in trouble[1:]:
        messages.warning(request, f"“{row}” was not saved either: see its history.")
    return trouble[0][1]() if trouble else None
