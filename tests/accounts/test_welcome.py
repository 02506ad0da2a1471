"""The first account: whose it may be, and that there is only one."""

import contextlib
import logging
import re
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import owner
from accounts.models import User, WelcomeToken
from tests.factories import PASSWORD

WELCOME = reverse("account_welcome")
ANSWER = {
    "username": "alice",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "email": "alice@example.com",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def server(settings):
    """A server on which nobody has an account yet."""
    settings.PRODUCTION = True


def token_in(text: str) -> str:
    return re.search(r"\?token=(\S+)", text)[1]


@pytest.mark.django_db
class TestOnOnesOwnMachine:
    def test_every_page_leads_to_the_welcome_page(self, client):
        for address in ("/", reverse("account_profile"), reverse("account_login"), "/admin/"):
            assert client.get(address, follow=True).redirect_chain[-1][0].startswith(WELCOME)

    def test_the_first_visitor_becomes_the_owner_and_is_signed_in(self, client):
        response = client.post(WELCOME, ANSWER)
        assert (response.status_code, response["Location"]) == (302, "/")
        alice = User.objects.get()
        assert alice.is_staff and alice.is_superuser
        assert (alice.time_zone, alice.time_zone_confirmed) == ("Europe/Berlin", True)
        assert alice.check_password(PASSWORD)
        assert client.get(reverse("account_profile")).status_code == 200

    def test_afterwards_the_page_makes_nobody(self, client, alice):
        response = client.post(WELCOME, {**ANSWER, "username": "bob"})
        assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
        assert User.objects.get() == alice

    def test_a_mistake_keeps_what_was_typed(self, client):
        response = client.post(WELCOME, {**ANSWER, "password2": "something else"})
        assert response.status_code == 422
        assert 'value="alice@example.com"' in response.content.decode()
        assert not User.objects.exists()

    def test_a_weak_password_is_refused_where_it_was_chosen(self, client):
        given = {**ANSWER, "password1": "short", "password2": "short"}
        assert set(client.post(WELCOME, given).context["form"].errors) == {"password1"}

    def test_it_needs_no_token(self, client, caplog):
        assert "token" not in client.get(WELCOME).context["form"].fields
        assert owner.announce() is None
        assert "token=" not in caplog.text


@pytest.mark.django_db
@pytest.mark.usefixtures("server")
class TestOnAServer:
    def test_a_stranger_without_token_owns_nothing(self, client):
        for token in ("", "guess", "\x00", "é" * 60):
            assert client.post(WELCOME, {**ANSWER, "token": token}).status_code == 422
        assert not User.objects.exists()

    def test_the_log_holds_a_token_that_works_once(self, client, caplog):
        with caplog.at_level(logging.WARNING, logger="prepsite.accounts"):
            page = client.get(WELCOME)
        token = token_in(caplog.text)
        assert token not in page.content.decode()
        page = client.get(WELCOME, {"token": token})
        assert f'value="{token}"' in page.content.decode()
        assert client.post(WELCOME, {**ANSWER, "token": token}).status_code == 302
        assert User.objects.get().is_superuser
        User.objects.all().delete()
        assert client.post(WELCOME, {**ANSWER, "token": token}).status_code == 422

    def test_visits_do_not_fill_the_log(self, client, caplog):
        for _ in range(3):
            client.get(WELCOME)
        assert caplog.text.count("?token=") == 1

    def test_only_a_digest_is_stored(self):
        token = token_in(owner.announce())
        assert token not in WelcomeToken.objects.get().digest

    def test_it_expires(self):
        now = timezone.now()
        token = owner.make_token(now)
        assert owner.token_is_valid(token, now + timedelta(hours=23))
        assert not owner.token_is_valid(token, now + timedelta(hours=24))

    def test_the_command_prints_an_address(self, client, settings):
        settings.ALLOWED_HOSTS = ["prep.example.com", "testserver"]
        out = StringIO()
        call_command("welcome_token", stdout=out)
        assert out.getvalue().startswith(f"https://prep.example.com{WELCOME}?token=")
        given = {**ANSWER, "token": token_in(out.getvalue())}
        assert client.post(WELCOME, given).status_code == 302

    def test_guesses_are_counted(self, client):
        answers = [client.post(WELCOME, {"token": "guess"}) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [422] * 20 + [429]
        assert "Too many tries" in answers[-1].content.decode()

    def test_no_sign_up_before_the_owner(self, client, settings):
        settings.PREPSITE_SIGNUP_OPEN = True
        response = client.post(reverse("account_signup"), ANSWER)
        assert response["Location"] == WELCOME
        assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_first_visitors_at_once_make_one_owner(transactional_db, monkeypatch):
    """Both are held where the account is about to be made, until the other is there too."""
    together = threading.Barrier(2)
    locations = []
    set_password = User.set_password

    def held(user, password):
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(timeout=1)
        set_password(user, password)

    def visit(name):
        response = Client().post(WELCOME, {**ANSWER, "username": name, "email": ""})
        locations.append(response["Location"])
        connection.close()

    monkeypatch.setattr(User, "set_password", held)
    threads = [threading.Thread(target=visit, args=[name]) for name in ("alice", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.count() == 1
    assert sorted(locations) == ["/", reverse("account_login")]
