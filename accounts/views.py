"""The account page, the first account, and what stands before allauth's own views."""

from allauth.account import views as allauth_account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.email_verification import (
    consume_email_verification_rate_limit,
)
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import erasing, owner
from accounts.forms import AddressForm, OwnerForm, ProfileForm
from accounts.models import User

sign_in = allauth_account.LoginView.as_view(extra_context={"signup_open": owner.sign_up_is_open})


@login_not_required
@never_cache
def login(request):
    """allauth's sign-in page; the welcome page while nobody could sign in."""
    erasing.erase_due(timezone.now())
    if request.user.is_anonymous and not owner.is_owned():
        return redirect("account_welcome")
    return sign_in(request)


@login_not_required
@never_cache
def signup(request):
    """allauth's sign-up page, where sign-up is open."""
    if request.user.is_anonymous and not owner.is_owned():
        return redirect("account_welcome")
    if request.user.is_anonymous and not owner.sign_up_is_open():
        return render(request, "account/signup_closed.html", status=403)
    return allauth_account.signup(request)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2", "token")
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="welcome")
def welcome(request):
    """Make the first account. On a server this needs the token that the log holds."""
    if owner.is_owned():
        return redirect("home" if request.user.is_authenticated else "account_login")
    owner.announce(renew=False)
    needs_token = owner.needs_token()
    if request.method != "POST":
        form = OwnerForm(needs_token=needs_token, initial={"token": request.GET.get("token", "")})
        return render(request, "account/welcome.html", {"form": form})
    form = OwnerForm(request.POST, needs_token=needs_token)
    if form.is_valid() and (user := _first_account(form)):
        return perform_login(request, user, email_verification="none", redirect_url="/")
    if owner.is_owned():
        messages.info(request, "Somebody else was first: this site has an owner now.")
        return redirect("account_login")
    return render(request, "account/welcome.html", {"form": form}, status=422)


def _first_account(form: OwnerForm) -> User | None:
    """The owner, made; None when the token was wrong (said in the form) or another was quicker."""
    data = form.cleaned_data
    try:
        user = owner.create_owner(
            form.instance, data["password1"], token=data.get("token", ""), now=timezone.now()
        )
    except ValidationError as error:
        form.add_error("token", error)
        return None
    except owner.AlreadyOwned:
        return None
    if user.email:
        # Whoever owns the site is believed about the own address.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Who I am here, how my days run, and the ways I sign in."""
    user = User.objects.get(pk=request.user.pk)  # a copy: an invalid form must not rename the page
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your settings are saved.")
        return redirect("account_profile")
    authenticators = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    passkeys = [a.wrap() for a in authenticators if a.type == Authenticator.Type.WEBAUTHN]
    codes = [a.wrap() for a in authenticators if a.type == Authenticator.Type.RECOVERY_CODES]
    context = {
        "form": form,
        "passkeys": passkeys,
        "codes_left": len(codes[0].get_unused_codes()) if codes else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/profile.html", context, status=status)


@require_POST
def confirm_time_zone(request):
    """The answer to "Is Europe/Berlin your time zone?"."""
    try:
        request.user.confirm_time_zone(request.POST.get("time_zone", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(get_next_redirect_url(request) or "account_profile")


def email(request):
    """Change one's address: allauth's way, with a message to confirm it, where one can be sent."""
    if not settings.EMAIL_CONFIGURED:
        return _email_unverified(request)
    waiting = _hold_back(request) if "action_send" in request.POST else False
    response = allauth_account.email(request)
    if waiting:
        # allauth sends one message in three minutes, and says nothing about the others.
        messages.info(request, "A message is on its way already. Wait three minutes for another.")
    return response


def _hold_back(request) -> bool:
    """Would another message to the address in the form come too soon? Counts nothing itself."""
    address = request.POST.get("email", "")
    return not consume_email_verification_rate_limit(request, address, dry_run=True)


@never_cache
@rate_limit(action="manage_email")
@reauthentication_required(app="allauth.account")
def _email_unverified(request):
    form = AddressForm(
        request.POST or None, user=request.user, initial={"email": request.user.email}
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your e-mail address is saved.")
        return redirect("account_profile")
    status = 422 if form.is_bound else 200
    return render(request, "account/email.html", {"form": form}, status=status)
