"""The addresses at which every room's writing is saved."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from writing.autosave import along, answers
from writing.autosave.reading import Refused, sent
from writing.autosave.saving import save as save_text
from writing.models import Written, written_model


def written_row(request: HttpRequest, label: str, pk: int) -> Written:
    """The reader's own row; what is not theirs is Http404."""
    return get_object_or_404(written_model(label).writing_rows(request.user), pk=pk)


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """A CSRF token that is good now, and whose session it belongs to.

    Signing in changes the token, so a page that was open before asks here and sends again.
    """
    return JsonResponse({"token": get_token(request), "owner": request.user.pk})


@never_cache
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """POST stores a text and answers with its version; GET answers the row as it stands.

    200 saved, 401 signed out, 404 not yours, 409 somebody saved since, 413 and 422 refused,
    423 no longer writable. A plain form is answered with pages of the same statuses.
    """
    model = written_model(label)
    if request.method == "GET":
        return JsonResponse(answers.state(written_row(request, label, pk)))
    if saved := along.saved(request, label, pk):
        return answers.saved_page(request, saved)
    try:
        wanted = sent(request, model)
    except Refused as refusal:
        return answers.refused(request, written_row(request, label, pk), refusal)
    if wanted.owner not in (None, request.user.pk):
        # Somebody else signed in in this browser: for the page that sent this, nobody did.
        return HttpResponse("Signed in as somebody else.", status=401)
    owner, words = cast(int, request.user.pk), (wanted.base, wanted.fields, wanted.key)
    try:
        outcome = save_text(model, owner, pk, *words, timezone.now(), tab=wanted.tab)
    except model.DoesNotExist:
        raise Http404 from None
    return answers.answer(request, outcome, wanted)
