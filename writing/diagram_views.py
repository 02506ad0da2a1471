"""Addresses of diagrams: the picture, and the trial of a text that is still being written."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from prepsite.page import HtmxRequest
from writing import diagrams
from writing.diagrams import Diagram

SVG = "image/svg+xml"
# Whatever is in a drawing can load nothing and run nothing, opened by itself too.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
A_YEAR = 365 * 24 * 3600
# Sizes in pixels; static/js/diagrams.js knows the first as "not yet".
WAITING_SIZE = (361, 121)
PROBLEM_SIZE = (560, 160)
# New drawings one person may try in a minute; what was drawn before costs nothing.
TRIES = 60


@require_safe
def diagram(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture. 202 with a stand-in while it is being drawn; its problem in its place."""
    found = Diagram.objects.filter(digest=digest).first()
    if found is None:
        raise Http404
    if found.drawn_at is None:
        diagrams.draw_soon(digest)
        found.refresh_from_db()
    if found.drawn_at is None:
        return _picture(_stand_in("The diagram is being drawn.", WAITING_SIZE), status=202)
    if found.problem:
        return _picture(_stand_in(found.problem, PROBLEM_SIZE))
    return _picture(found.svg, cache_control=f"private, max-age={A_YEAR}, immutable")


def _picture(svg: str, *, status: int = 200, cache_control: str = "no-store") -> HttpResponse:
    response = HttpResponse(svg, content_type=SVG, status=status)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = cache_control
    return response


def _stand_in(words: str, size: tuple[int, int]) -> str:
    width, height = size
    context = {"words": words, "width": width, "height": height}
    return render_to_string("writing/diagram.svg", context)


@require_http_methods(["GET", "POST"])
def preview(request: HtmxRequest) -> HttpResponse:
    """Try a diagram out: POST `text`, get its picture, its problem, or "not yet".

    To htmx and a browser an HTML fragment, which asks again by itself; to a fetch JSON with
    `state` (drawn, waiting, problem), `url`, `problem` and `check`, the address to ask again.
    429 when one person draws too much, 503 when too many drawings wait.
    """
    if request.method == "GET":
        return _state(request, None)
    source = diagrams.canonical(request.POST.get("text", ""))
    if not source:
        return _state(request, None)
    if len(source) > diagrams.MAX_SOURCE:
        return _state(request, None, problem=diagrams.TOO_LONG)
    found = Diagram.objects.filter(digest=diagrams.digest_of(source)).first()
    if found is None or found.drawn_at is None:
        if _too_many(request.user.pk):
            return _state(request, None, problem="Too many drawings in a minute. Wait a little.",
                          status=429)  # fmt: skip
        found = found or diagrams.remember(source, kept=False)
        if not diagrams.draw_soon(found.digest):
            return _state(request, None, problem="Many diagrams are being drawn. Try again soon.",
                          status=503)  # fmt: skip
        found.refresh_from_db()
    return _state(request, found)


@require_GET
def state(request: HtmxRequest, digest: str) -> HttpResponse:
    """How far the drawing of `digest` is; the same answers as `preview`."""
    found = Diagram.objects.filter(digest=digest).first()
    if found is None:
        raise Http404
    if found.drawn_at is None:
        diagrams.draw_soon(digest)
        found.refresh_from_db()
    return _state(request, found)


def _state(request: HtmxRequest, found: Diagram | None, *, problem: str = "",
           status: int = 0) -> HttpResponse:  # fmt: skip
    problem = problem or (found.problem if found else "")
    waiting = found is not None and found.drawn_at is None
    # A mistake in a text that is being written is an answer, not a failure.
    status = status or (202 if waiting else 200)
    if request.headers.get("X-Requested-With") == "fetch":
        name = "problem" if problem else "waiting" if waiting else "drawn" if found else "empty"
        answer: HttpResponse = JsonResponse(
            {"state": name, "problem": problem, "url": found.url if found and not problem else "",
             "check": found.state_url if found else ""}, status=status)  # fmt: skip
    else:
        template = "writing/_diagram.html" if request.htmx else "writing/diagram.html"
        context = {"diagram": found, "problem": problem, "waiting": waiting}
        answer = render(request, template, context, status=status)
    patch_vary_headers(answer, ("HX-Request", "X-Requested-With"))
    answer["Cache-Control"] = "no-store"
    return answer


def _too_many(user_id: int | None) -> bool:
    """Count one more try of this user; has this minute had its fill? Two queries."""
    key = f"diagram-tries:{user_id}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # It ran out between the two.
        return False
