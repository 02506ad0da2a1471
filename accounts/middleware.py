"""Sign-in for every page, and the reader's own time zone."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every view needs a signed-in user unless marked open.

    An htmx or fetch request would follow a redirect and mistake the sign-in page for its answer,
    so those get a client redirect and a plain 401.
    """

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse("Signed out. Sign in again to save.", status=401)
        response = super().handle_no_permission(request, view_func)
        if request.htmx:
            return HttpResponseClientRedirect(response["Location"])
        return response


class TimeZoneMiddleware:
    """Times on the page are the reader's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)
