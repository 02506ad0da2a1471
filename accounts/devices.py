"""The browsers in which somebody is signed in.

Why not allauth's own list? It asks the database twice with every request, keeps everybody's
network address, and refuses who has none. Here the session itself remembers when it was last noted,
so that a request costs nothing, but one every few minutes.
"""

import re
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.ownership import Owned

# How exact "last seen" is, and what a request costs at most in this time.
EVERY = timedelta(minutes=5)
# What a session keeps: [the key it was noted under, when, in seconds].
NOTED = "device"

_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"), ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser"), ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium"), ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("an iPhone", r"iPhone"), ("an iPad", r"iPad"), ("Android", r"Android"),
    ("ChromeOS", r"CrOS"), ("Windows", r"Windows"), ("a Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)  # fmt: skip


def in_words(agent: str) -> str:
    """The browser and device of a User-Agent, as a person would say: "Firefox on Windows"."""

    def first(known) -> str:
        return next((name for name, pattern in known if re.search(pattern, agent)), "")

    browser, system = first(_BROWSERS) or "A browser", first(_SYSTEMS)
    return f"{browser} on {system}" if system else f"{browser} on an unknown device"


class Device(Owned):
    """A session of one person, and the browser it is in."""

    travels = False

    session_key = models.CharField(max_length=40, unique=True, editable=False)
    agent = models.CharField(max_length=300, blank=True, editable=False)
    began_at = models.DateTimeField(editable=False)
    seen_at = models.DateTimeField(editable=False)

    class Meta:
        indexes = [models.Index(fields=["owner", "-seen_at"], name="device_of_owner")]

    def __str__(self) -> str:
        return in_words(self.agent)

    def sign_out(self) -> None:
        """End the session; whoever holds it is asked to sign in with the next request."""
        _store()(self.session_key).delete()
        self.delete()


def _store():
    return import_module(settings.SESSION_ENGINE).SessionStore


def note(request, user, now: datetime) -> None:
    """Remember that `user` used the session of `request` at `now`.

    Two queries, and one more for the session itself.
    """
    key = request.session.session_key
    before = request.session.get(NOTED) or [None, 0]
    if before[0] and before[0] != key:
        # The same browser under a new key, as after a new password.
        Device.objects.filter(session_key=before[0], owner=user).delete()
    agent = request.META.get("HTTP_USER_AGENT", "")[:300].replace("\x00", "")
    Device.objects.update_or_create(
        session_key=key,
        defaults={"owner": user, "agent": agent, "seen_at": now},
        create_defaults={
            "owner": user, "agent": agent, "seen_at": now, "began_at": now,
        },
    )  # fmt: skip
    request.session[NOTED] = [key, now.timestamp()]


def is_due(request, now: datetime) -> bool:
    """Is it time to note the session again? Asks the database nothing."""
    key, at = request.session.get(NOTED) or [None, 0]
    return key != request.session.session_key or now.timestamp() - at >= EVERY.total_seconds()


class DeviceMiddleware:
    """Notes the session of a signed-in person every few minutes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.session.session_key:
            now = timezone.now()
            if is_due(request, now):
                note(request, request.user, now)
        return self.get_response(request)


def of(user, now: datetime) -> list[Device]:
    """Where `user` is signed in, the last seen first. Two queries, and one for what has ended.

    A session from before the password was changed opens nothing any more, so it is none.
    """
    devices = list(Device.objects.for_user(user).order_by("-seen_at"))
    keys = [device.session_key for device in devices]
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    good = user.get_session_auth_hash()
    live = {
        session.session_key
        for session in sessions
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), good)
    }
    if ended := [device.pk for device in devices if device.session_key not in live]:
        Device.objects.filter(pk__in=ended).delete()
    return [device for device in devices if device.session_key in live]


def sweep(now: datetime) -> int:
    """Forget the devices whose sessions have ended; how many."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return Device.objects.filter(~Exists(live)).delete()[0]


def sign_out_others(request) -> int:
    """End every session of the person but the one of `request`; how many there were."""
    others = Device.objects.for_user(request.user).exclude(
        session_key=request.session.session_key or ""
    )
    ended = list(others)
    for device in ended:
        device.sign_out()
    return len(ended)


def signed_in(sender, request, user, **kwargs) -> None:
    if request is not None and hasattr(request, "session") and request.session.session_key:
        note(request, user, timezone.now())


def signed_out(sender, request, user, **kwargs) -> None:
    if user is not None and hasattr(request, "session"):
        Device.objects.filter(session_key=request.session.session_key or "").delete()


def listen() -> None:
    """Hear of everyone who signs in or out."""
    user_logged_in.connect(signed_in, dispatch_uid="devices")
    user_logged_out.connect(signed_out, dispatch_uid="devices")
