"""Where allauth asks how this site does things."""

import base64
import hashlib
import logging
import secrets
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import devices, owner

log = logging.getLogger(__name__)
MISMATCH = "This name or e-mail and this password do not belong together."
VERIFY_STAGE = "allauth.account.stages.EmailVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    # One text for every kind of mistake: which half was wrong is nobody's business.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": "Too many tries that failed. Wait five minutes, then try again.",
        "username_taken": "This name is taken. Choose another.",
        "email_taken": "Another account uses this address.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This did not match. Try again.",
    }

    def is_open_for_signup(self, request) -> bool:
        return owner.sign_up_is_open()

    def is_safe_url(self, url: str) -> bool:
        """Only this very site: other allowed hosts, ports and subdomains are not it."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if "@" in username:
            # It would read as somebody's address on the sign-in page.
            raise ValidationError("A name cannot hold an @. Your e-mail has a field of its own.")
        try:
            return super().clean_username(username, shallow=shallow)
        except ValidationError as error:
            if error.code != "invalid":
                raise
            # Django's words would offer an @, and call it a username.
            raise ValidationError("Only letters, digits and . + - _ fit, and no blanks.") from error

    def get_login_stages(self) -> list[str]:
        ours = "accounts.stages.VerifyAddressStage"
        return [ours if stage == VERIFY_STAGE else stage for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a message that somebody waits for. Where the mail server does not take it, the
        answer to the request is a page that says so."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.exception("The mail server took no message (%s).", template_prefix)
            said = {"request_id": getattr(self.request, "id", "")}
            page = render(self.request, "errors/503.html", said, status=503)
            raise ImmediateHttpResponse(page) from error

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Tell somebody of a change to the account. The change is made, with or without it."""
        said = {
            "browser": devices.in_words(self.get_http_user_agent(self.request)),
            "account_url": self.request.build_absolute_uri(reverse("account_profile")),
        }
        try:
            super().send_notification_mail(template_prefix, user, said | (context or {}), email)
        except ImmediateHttpResponse:
            return

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account_profile")


class MFAAdapter(DefaultMFAAdapter):
    """Passkeys and their recovery codes; the seed of the codes is kept encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This did not match. Try again.",
        "unverified_email": "Confirm your e-mail address first; then add a passkey.",
    }

    def generate_authenticator_name(self, user, type) -> str:
        count = user.authenticator_set.filter(type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Prepsite"}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. After the secret key was lost, a text that no code was made from:
        old codes stop working, and nothing breaks."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return secrets.token_hex(40)


def _cipher() -> MultiFernet:
    """Encrypts with a key made from SECRET_KEY, and still reads what its forerunners wrote."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"prepsite.recovery-codes:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
