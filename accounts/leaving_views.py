"""Deleting one's account, and keeping it after all."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import erasing
from accounts.exports import Export
from accounts.portable import layout


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account")
def delete(request):
    """Ask for the end of the account in two weeks. Asks who it is again."""
    now = timezone.now()
    if request.method != "POST" and request.user.erase_at:
        # Asked already: the page of one's data says when, and every page how to keep it.
        return redirect("account_data")
    obstacle = erasing.obstacle(request.user)
    if request.method == "POST" and not obstacle:
        if request.user.erase_at is None:
            erasing.ask(request.user, now)
            said = {"goes_on": request.user.erase_at}
            get_adapter().send_notification_mail("account/email/leaving", request.user, said)
        messages.info(request, "Nothing is erased yet. You can keep it with one click.")
        return redirect("account_profile")
    context = {
        "obstacle": obstacle,
        "export": Export.objects.for_user(request.user).live(now).first(),
        "goes_on": now + erasing.GRACE,
        "has_work": layout.has_work(request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "account/delete.html", context, status=status)


@require_POST
def keep(request):
    """Keep the account after all."""
    erasing.keep(request.user)
    messages.success(request, "Your account stays, with everything in it.")
    return redirect(get_next_redirect_url(request) or "account_profile")
