"""One view, one context: the whole page, or the fragment whose target asked for it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """What every view gets: a request that knows what htmx said of it."""

    htmx: HtmxDetails


def page_number(request: HttpRequest) -> int:
    """The page of a list that `?page=` asks for; 1 where it asks for nothing of that kind."""
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 5 else 1


def render_page(
    request: HtmxRequest,
    template: str,
    context: Mapping[str, object],
    *,
    fragments: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or the fragment of it that an htmx request targets.

    `fragments` maps the id of a target element to a fragment's template. Boosted links and
    history restores carry htmx's header too, so the target decides and nothing else.
    """
    htmx = request.htmx
    wanted = (fragments or {}).get(htmx.target or "") if htmx else None
    if wanted and not htmx.boosted and not htmx.history_restore_request:
        template = wanted
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
