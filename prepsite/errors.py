"""Error pages that say what happened, what became of the words, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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


@requires_csrf_token
def server_error(request):
    return _page(request, 500)


def too_large(request):
    return _page(request, 413)


def bad_request(request, exception=None):
    return _page(request, 400)


def too_many(request, exception=None):
    return _page(request, 429)


def csrf_failure(request, reason=""):
    return _page(request, 403, csrf=True)
