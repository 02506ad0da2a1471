"""What every account page does around its view."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

REFUSED = "too_many_login_attempts"


def honest_status(view):
    """An invalid form answers 422, one refused for too many tries 429; allauth says 200 to both."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form and form.errors:
            codes = {e.code for errors in form.errors.as_data().values() for e in errors}
            response.status_code = 429 if REFUSED in codes else 422
            if REFUSED in codes:
                response["Retry-After"] = "300"
        return response

    return answer


def says(words: str):
    """Say `words` when a POST to the view has done its work and leads on."""

    def decorate(view):
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == 302:
                messages.success(request, words)
            return response

        return answer

    return decorate


def needs_email(what: str):
    """Offer the view only where e-mail is configured; elsewhere say plainly what to do.

    `what` names what is missing, as a sentence would: "A new password by e-mail".
    """

    def decorate(view):
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if settings.EMAIL_CONFIGURED:
                return view(request, *args, **kwargs)
            return render(request, "account/needs_email.html", {"what": what}, status=404)

        return answer

    return decorate
