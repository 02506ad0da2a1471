"""Error pages that say what happened, what became of the words, and what to do next."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


def _page(request: HttpRequest, status: int, **context) -> HttpResponse:
    context["request_id"] = getattr(request, "id", "")
    return render(request, f"errors/{status}.html", context, status=status)


@requires_csrf_token
def forbidden(request, exception=None):
    return _page(request, 403)


@requires_csrf_token
def not_found(request, exception=None):
    return _page(request, 404)


def server_error(request):
    """The page of last resort: no context processor, no database, if need be no template."""
    context = {"request_id": getattr(request, "id", "")}
    try:
        return HttpResponseServerError(render_to_string("errors/500.html", context))
    except Exception:
        logging.getLogger(__name__).exception("The page for a server error failed itself.")
        page = (
            "The fault is ours. What was saved before is safe; what you sent just now may not have "
            f"been kept: press Back and send it again. Request {context['request_id']}"
        )
        return HttpResponseServerError(page, content_type="text/plain; charset=utf-8")


def too_large(request):
    return _page(request, 413)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, of_text=True)
    return _page(request, 400)


def too_many(request, exception=None):
    return _page(request, 429)


def csrf_failure(request, reason=""):
    return _page(request, 403, csrf=True)


class NotAPageMiddleware:
    """An address that only takes forms, opened as a page, says so; Django leaves it blank."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not request.htmx:
            page = _page(request, 405)
            page["Allow"] = response["Allow"]
            return page
        return response
