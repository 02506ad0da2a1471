"""Refuses a request body over the limit before any of it is read."""

from django.conf import settings

from prepsite import errors
from prepsite.addresses import address


class BodyLimitMiddleware:
    """Answers 413 when Content-Length exceeds PREPSITE_MAX_BODY (bytes), or PREPSITE_MAX_IMPORT at
    the one address that takes exports.

    A body without a length (chunked) is refused too: the application server would otherwise have
    to hold all of it before anyone could count.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        larger = request.path == address("account_import")
        limit = settings.PREPSITE_MAX_IMPORT if larger else settings.PREPSITE_MAX_BODY
        if chunked or not length.isdigit() or int(length) > limit:
            return errors.too_large(request)
        return self.get_response(request)
