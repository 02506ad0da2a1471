"""Where one is signed in: what is shown, signing out elsewhere, and what it costs."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import devices
from accounts.devices import Device, in_words
from tests.factories import PASSWORD

DEVICES = reverse("account_devices")
OTHERS = reverse("account_sign_out_others")
PROFILE = reverse("account_profile")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari on a Mac"),
        ("curl/8.5", "A browser on an unknown device"),
        ("", "A browser on an unknown device"),
    ],
)
def test_a_device_is_told_in_plain_words(agent, words):
    assert in_words(agent) == words


def sign_in(alice, agent: str) -> Client:
    """Another browser in which alice signs in with her password."""
    browser = Client(headers={"user-agent": agent})
    given = {"login": "alice", "password": PASSWORD}
    assert browser.post(reverse("account_login"), given).status_code == 302
    return browser


def test_the_page_lists_every_browser_this_one_first(alice):
    laptop, phone = sign_in(alice, FIREFOX), sign_in(alice, PHONE)
    page = laptop.get(DEVICES).content.decode()
    assert page.index("Firefox on Linux") < page.index("Safari on an iPhone")
    assert page.count("This one") == 1
    assert phone.get(DEVICES).content.decode().index("Safari") < page.index("Firefox") + 10_000


def test_one_can_be_signed_out(alice):
    laptop, phone = sign_in(alice, FIREFOX), sign_in(alice, PHONE)
    device = Device.objects.get(agent=PHONE)
    response = laptop.post(reverse("account_sign_out_device", args=[device.pk]))
    assert response["Location"] == DEVICES
    assert phone.get(PROFILE).status_code == 302
    assert "Safari on an iPhone is signed out." in laptop.get(DEVICES).content.decode()
    assert not Device.objects.filter(agent=PHONE).exists()


def test_all_others_can_be_signed_out_and_twice_does_no_harm(alice, bob, client_of):
    laptop, phone, tablet = (sign_in(alice, agent) for agent in (FIREFOX, PHONE, "iPad"))
    stranger = client_of(bob)
    for _ in range(2):
        assert laptop.post(OTHERS)["Location"] == DEVICES
    assert [b.get(PROFILE).status_code for b in (laptop, phone, tablet)] == [200, 302, 302]
    assert stranger.get(PROFILE).status_code == 200


def test_nobody_elses(alice, bob, client_of):
    sign_in(alice, PHONE)
    address = reverse("account_sign_out_device", args=[Device.objects.get(agent=PHONE).pk])
    assert client_of(bob).post(address).status_code == 404
    assert Device.objects.filter(agent=PHONE).exists()


def test_signing_out_takes_the_device_off_the_list(alice):
    laptop = sign_in(alice, FIREFOX)
    laptop.post(reverse("account_logout"))
    assert not Device.objects.exists()


def test_a_session_that_ended_is_no_longer_listed(alice):
    laptop, _ = sign_in(alice, FIREFOX), sign_in(alice, PHONE)
    key = Device.objects.get(agent=PHONE).session_key
    Session.objects.filter(session_key=key).update(expire_date=timezone.now())
    assert "iPhone" not in laptop.get(DEVICES).content.decode()
    assert Device.objects.count() == 1


def test_a_new_password_keeps_this_browser_and_no_other(alice):
    laptop, phone = sign_in(alice, FIREFOX), sign_in(alice, PHONE)
    new = "quite another long phrase"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert laptop.post(reverse("account_change_password"), given).status_code == 302
    page = laptop.get(DEVICES).content.decode()
    assert "Firefox on Linux" in page and "iPhone" not in page
    assert phone.get(PROFILE).status_code == 302


class TestCost:
    def test_a_request_costs_nothing_within_five_minutes(self, alice, client_of):
        browser = client_of(alice)
        seen = Device.objects.get().seen_at
        browser.get(PROFILE)
        assert Device.objects.get().seen_at == seen

    def test_after_that_it_is_noted_once(self, alice, client_of, monkeypatch):
        browser = client_of(alice)
        later = timezone.now() + timedelta(minutes=6)
        monkeypatch.setattr(devices.timezone, "now", lambda: later)
        browser.get(PROFILE)
        assert Device.objects.get().seen_at == later
        monkeypatch.setattr(devices, "note", None)
        browser.get(PROFILE)

    def test_the_list_takes_the_same_queries_however_long_it_is(
        self, alice, client_of, django_assert_num_queries
    ):
        browser = client_of(alice)
        for count in (1, 30):
            for _ in range(count):
                client_of(alice)
            with django_assert_num_queries(4):
                browser.get(DEVICES)

    def test_sessions_from_before_devices_were_noted_are_listed_from_now_on(self, alice, client_of):
        browser = client_of(alice)
        Device.objects.all().delete()
        session = browser.session
        del session[devices.NOTED]
        session.save()
        assert browser.get(DEVICES).content.decode().count("This one") == 1
