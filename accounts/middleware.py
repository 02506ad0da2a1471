"""Sign-in for every page, and the reader's own time zone."""

from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts import owner


def return_path(request) -> str:
    """Where to come back to after signing in: a path of this site that can be opened.

    For a page that is the page. A fragment, or an address that only takes POST, is not a place
    to return to; the page it was asked from is. Only the path and query are kept, and only of
    this very host.
    """
    if request.htmx:
        asked_from = request.htmx.current_url or ""
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        asked_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(asked_from, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(asked_from)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # Asked again of the path alone: what begins with // is a host to a browser.
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every view needs a signed-in user unless marked open.

    An htmx or fetch request would follow a redirect and mistake the sign-in page for its answer,
    so those get a client redirect and a plain 401.
    """

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse("Signed out. Sign in again to save.", status=401)
        query = QueryDict(mutable=True)
        query[REDIRECT_FIELD_NAME] = return_path(request)
        page = "account_login" if owner.is_owned() else "account_welcome"
        address = resolve_url(page)
        if page == "account_login" and query[REDIRECT_FIELD_NAME] != "/":
            address = f"{address}?{query.urlencode(safe='/')}"
        return (HttpResponseClientRedirect if request.htmx else HttpResponseRedirect)(address)


class TimeZoneMiddleware:
    """Times on the page are the reader's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)


class PrivateMiddleware:
    """Pages of a signed-in reader are kept by nobody but their own browser, and asked for again.

    Not `no-store`, which would also take the Back button's page away.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response
