"""Who a request is from: a session that is not over, of somebody who may still sign in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def signed_in(browser) -> bool:
    return browser.get(reverse("home")).status_code == 200


@pytest.fixture
def browser(client_of, alice):
    browser = client_of(alice)
    assert signed_in(browser)
    return browser


def test_each_is_who_signed_in(client_of, alice, bob):
    for user in (alice, bob, alice):
        assert client_of(user).get(reverse("home")).wsgi_request.user == user


def test_a_session_ends_at_its_hour(browser):
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert signed_in(browser)
    Session.objects.update(expire_date=timezone.now())
    assert not signed_in(browser)


def test_a_session_that_was_ended_opens_nothing(browser):
    Session.objects.all().delete()
    assert not signed_in(browser)


@pytest.mark.parametrize("key", ["", "x", "y" * 32, "z" * 4000, "' OR 1=1 --", "%s%s", "\xe9" * 8])
def test_a_made_up_session_opens_nothing(browser, key):
    browser.cookies["sessionid"] = key
    assert not signed_in(browser)


def test_who_may_not_sign_in_any_more_is_out(browser, alice):
    alice.is_active = False
    alice.save()
    assert not signed_in(browser)


def test_who_is_gone_is_out(browser, alice):
    alice.delete()
    assert not signed_in(browser)


def test_a_new_password_ends_the_old_sessions(browser, alice):
    alice.set_password("another one, and long")
    alice.save()
    assert not signed_in(browser)


def test_what_a_person_changed_stands_in_the_next_request(browser, alice):
    alice.time_zone = "Asia/Kathmandu"
    alice.save()
    assert browser.get(reverse("home")).wsgi_request.user.time_zone == "Asia/Kathmandu"
