"""A site on a slow line, for the browser's tests: `LATE=0.4 make test ARGS="-m browser"`.

Every answer of the tests' own site then comes up to so many seconds late, and a page in two pieces,
the first of one byte: what does not wait for what it wants to see is found at once, instead of once
in a thousand runs.
"""

import os
import random
import time
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

# How late, in seconds.
LATE = float(os.environ.get("LATE") or 0)


def hold_back(settings) -> None:
    """Put the middleware into Django's `settings`, if it was asked for."""
    if LATE:
        settings.MIDDLEWARE = ["tests.late.Late", *settings.MIDDLEWARE]


class Late:
    """Middleware, the outermost: holds back what the others have made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        time.sleep(random.uniform(LATE / 2, LATE))
        if response.streaming or not response.content or request.method == "HEAD":
            return response
        return in_pieces(response)


def in_pieces(response: HttpResponse) -> StreamingHttpResponse:
    """The same answer, its first byte long before the rest."""

    def pieces() -> Iterator[bytes]:
        yield response.content[:1]
        time.sleep(random.uniform(LATE / 2, LATE))
        yield response.content[1:]

    late = StreamingHttpResponse(pieces(), status=response.status_code)
    late.headers = response.headers
    late.cookies = response.cookies
    late.headers.pop("Content-Length", None)
    return late
