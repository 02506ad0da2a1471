"""The policy that is written down once is the package's own, and pages may still add to it."""

from csp.constants import HEADER, NONCE, SELF
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from prepsite.policy import PolicyMiddleware


def policy_of(middleware, view) -> str | None:
    return middleware(view)(RequestFactory().get("/")).headers.get(HEADER)


def plain(request):
    return HttpResponse("page")


def with_its_own(request):
    return HttpResponse("page", headers={HEADER: "default-src 'none'"})


def test_it_is_the_packages():
    more = csp_update({"media-src": ["blob:"]})(plain)
    for view in (plain, more, csp_exempt()(plain), with_its_own):
        assert policy_of(PolicyMiddleware, view) == policy_of(CSPMiddleware, view)
    # The order of the directives is another one in each process.
    assert "script-src 'self'" in policy_of(PolicyMiddleware, plain).split("; ")
    assert "blob:" in policy_of(PolicyMiddleware, more)
    assert policy_of(PolicyMiddleware, csp_exempt()(plain)) is None


def test_a_nonce_is_in_the_policy_of_its_answer_only(settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    middleware = PolicyMiddleware(plain)
    request, other = RequestFactory().get("/"), RequestFactory().get("/")
    middleware.process_request(request)
    nonce = str(request.csp_nonce)
    assert f"'nonce-{nonce}'" in middleware.process_response(request, HttpResponse())[HEADER]
    assert "nonce" not in middleware.process_response(other, HttpResponse())[HEADER]
