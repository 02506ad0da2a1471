"""One view, one context: the whole page, or the fragment whose target asked for it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
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
