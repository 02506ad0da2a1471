"""The end of an account: asked for, taken back for two weeks, and then nothing of it remains.

Nobody has to run anything for it: what is due is erased when the site starts, once a day, when
anybody signs in, and when its owner opens a page. `manage.py sweep` does the same.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from accounts import devices, exports, imports, owner
from accounts.models import User

GRACE = timedelta(days=14)

log = logging.getLogger("prepsite.accounts")
_after: list[Callable[[], object]] = []


def afterwards(forget: Callable[[], object]) -> None:
    """Call `forget` once accounts are gone: for what was made of their words and has no owner."""
    if forget not in _after:
        _after.append(forget)


def obstacle(user: User) -> str:
    """Why `user` may not be erased now, as a sentence; empty when they may. At most two queries.

    The last owner of a site that others use would leave it without one. Alone, nobody is left
    behind: the site then waits for a new owner, as it did at first.
    """
    if not user.is_superuser:
        return ""
    others = User.objects.exclude(pk=user.pk).filter(is_active=True, erase_at=None)
    if others.filter(is_superuser=True).exists() or not others.exists():
        return ""
    return (
        "You are the only owner of this site, and others use it. Make one of them an owner first, "
        "in the admin."
    )


def ask(user: User, now: datetime) -> None:
    """Erase the account of `user` in two weeks. Asked twice, the first time counts."""
    User.objects.filter(pk=user.pk, erase_at=None).update(erase_at=now + GRACE)
    user.refresh_from_db(fields=["erase_at"])


def keep(user: User) -> None:
    """Take it back."""
    User.objects.filter(pk=user.pk).update(erase_at=None)
    user.erase_at = None


def erase_due(now: datetime) -> int:
    """Erase every account whose time has come; how many. One query over an index when none is."""
    due = list(User.objects.filter(erase_at__lte=now))
    erased = sum(_erase(user, now) for user in due)
    if erased:
        for forget in _after:
            forget()
        owner.announce()
    return erased


def _erase(user: User, now: datetime) -> bool:
    with transaction.atomic():
        # Kept at the last moment, by its owner or because nobody else owns the site: it stays.
        row = User.objects.select_for_update().filter(pk=user.pk, erase_at__lte=now).first()
        if row is None or obstacle(row):
            return False
        _end_sessions(row)
        of_users = ContentType.objects.get_for_model(User)
        LogEntry.objects.filter(content_type=of_users, object_id=str(row.pk)).delete()
        row.delete()
    log.info("An account was erased, as its owner asked.")
    return True


def _end_sessions(user: User) -> None:
    """Remove every session of `user`. Sessions do not say whose they are but in what they hold."""
    mine = [
        session.session_key
        for session in Session.objects.iterator(500)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=mine).delete()


def sweep(now: datetime) -> dict[str, int]:
    """Do everything whose time has come; what was removed, by name."""
    ended = Session.objects.filter(expire_date__lte=now)
    return {
        "accounts": erase_due(now),
        "exports": exports.sweep(now),
        "files sent": imports.sweep(now),
        "sessions": ended.delete()[0],
        "devices": devices.sweep(now),
    }


class ErasingMiddleware:
    """A person whose account is due sees nothing of it any more."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        now = timezone.now()
        if request.user.is_authenticated and request.user.erase_at and request.user.erase_at <= now:
            erase_due(now)
            if not User.objects.filter(pk=request.user.pk).exists():
                logout(request)
                messages.info(request, "Your account is erased, as you asked.")
                return redirect("account_login")
        return self.get_response(request)
