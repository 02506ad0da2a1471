"""The first account: who may own a site that nobody owns yet.

On one's own machine the first visitor may. On a server a stranger could come first, so the first
account is made with `manage.py createsuperuser` or with a token that is written to the log, where
only the person who runs the server reads it.
"""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, WelcomeToken

TOKEN_LIFE = timedelta(hours=24)
# Any number will do, as long as nothing else in this database locks the same one.
FIRST_ACCOUNT_LOCK = 7_227_001

log = logging.getLogger("prepsite.accounts")


class AlreadyOwned(Exception):
    """The site has an account; the first one cannot be made again."""


def is_owned() -> bool:
    """Whether any account exists. One indexed lookup."""
    return User.objects.exists()


def sign_up_is_open() -> bool:
    """Whether strangers may make accounts: never before the owner has one."""
    return settings.PREPSITE_SIGNUP_OPEN and is_owned()


def needs_token() -> bool:
    return settings.PRODUCTION


def _digest(token: str) -> str:
    return hashlib.sha256(token.strip().encode("utf-8", "replace")).hexdigest()


def make_token(now: datetime) -> str:
    """A fresh token, valid for TOKEN_LIFE; only its digest stays here."""
    token = secrets.token_urlsafe(32)
    WelcomeToken.objects.filter(expires_at__lte=now).delete()
    WelcomeToken.objects.create(digest=_digest(token), expires_at=now + TOKEN_LIFE)
    return token


def token_is_valid(token: str, now: datetime) -> bool:
    """Whether `token` was made here and has not expired.

    Every live digest is compared, each in constant time, so the answer's delay tells nothing.
    """
    given = _digest(token)
    live = WelcomeToken.objects.filter(expires_at__gt=now).values_list("digest", flat=True)
    matches = [secrets.compare_digest(given, digest) for digest in live]
    return any(matches)


def announce(now: datetime | None = None, *, renew: bool = True) -> str | None:
    """Write the address of the welcome page to the log while a server has no owner.

    Returns the address, or None where there is nothing to announce. `renew=False` keeps quiet
    while a token is live: it cannot be shown again, and a stranger's visits must not fill the log.
    """
    now = now or timezone.now()
    if not needs_token() or is_owned():
        return None
    if not renew and WelcomeToken.objects.filter(expires_at__gt=now).exists():
        return None
    host = next((h for h in settings.ALLOWED_HOSTS if not h.startswith(("*", "."))), "")
    address = f"{reverse('account_welcome')}?token={make_token(now)}"
    address = f"https://{host}{address}" if host else address
    log.warning("This site has no owner yet. Make the first account within 24 hours at %s", address)
    return address


def create_owner(user: User, password: str, *, token: str = "", now: datetime) -> User:
    """Save `user` as the owner (staff and superuser) of a site without accounts.

    Raises AlreadyOwned when an account exists, ValidationError when a token is needed and
    `token` is none. The lock makes two first visitors take turns: the second finds an owner.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_ACCOUNT_LOCK])
        if is_owned():
            raise AlreadyOwned
        if needs_token() and not token_is_valid(token, now):
            raise ValidationError("This token is not valid. It may have expired or been mistyped.")
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        user.save()
        WelcomeToken.objects.all().delete()
    return user
