"""Guessing is refused after five tries, whichever worker is asked and whatever is forged."""

import json
import os
import subprocess
import sys
import textwrap

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD

LOGIN = reverse("account_login")

# A worker of its own: four wrong guesses, and the status of each.
WORKER = textwrap.dedent("""
    import json, os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "prepsite.settings"
    os.environ["PREPSITE_DEBUG"] = "1"  # static files need not be collected
    from django.conf import settings
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if sys.argv[1] == "own memory":
        settings.CACHES = {"default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    import django
    django.setup()
    from django.test import Client
    client = Client(headers={"host": "localhost"})
    print(json.dumps([
        client.post(sys.argv[2], {"login": "alice", "password": f"guess {n}"}).status_code
        for n in range(4)
    ]))
""")


def guess(client, login="alice", password="wrong", **more):
    return client.post(LOGIN, {"login": login, "password": password}, **more)


@pytest.mark.django_db
class TestOneWorker:
    def test_the_sixth_is_refused_even_with_the_right_password(self, client, alice):
        assert [guess(client).status_code for _ in range(5)] == [422] * 5
        refused = guess(client, password=PASSWORD)
        assert refused.status_code == 429
        assert "Wait five minutes" in refused.content.decode()
        assert 'value="alice"' in refused.content.decode()
        assert "_auth_user_id" not in client.session

    def test_another_spelling_or_browser_is_no_way_round(self, alice):
        spellings = ["alice", "ALICE", "Alice", " alice", "aLICE", "alicE"]
        statuses = [guess(Client(), login=spelling).status_code for spelling in spellings]
        assert statuses == [422] * 5 + [429]

    def test_success_forgives_nothing_but_counts_nothing(self, client, alice):
        for _ in range(4):
            guess(client)
        assert guess(client, password=PASSWORD).status_code == 302
        client.logout()
        assert [guess(client).status_code for _ in range(2)] == [422, 429]

    def test_a_forged_header_does_not_make_a_new_client(self, client, alice):
        # One address may fail ten times a minute, over all names.
        statuses = [
            guess(client, login=f"name{n}", headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code
            for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]

    def test_behind_a_proxy_only_its_own_entry_counts(self, client, alice, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        statuses = [
            guess(
                client, login=f"name{n}", headers={"x-forwarded-for": f"10.0.0.{n}, 192.0.2.1"}
            ).status_code
            for n in range(11)
        ]
        assert statuses == [422] * 10 + [429]
        others = {"x-forwarded-for": "192.0.2.1, 192.0.2.2"}
        assert guess(client, headers=others).status_code == 422

    def test_the_admin_has_no_door_of_its_own(self, client, alice):
        address = reverse("admin:login")
        for n in range(7):
            response = client.post(address, {"username": "alice", "password": f"guess {n}"})
            assert response.status_code == 302
            assert response["Location"].startswith(LOGIN)
        right = {"username": "alice", "password": PASSWORD}
        client.post(address, right)
        assert "_auth_user_id" not in client.session

    def test_confirming_it_is_you_is_counted_too(self, client, alice):
        client.force_login(alice)
        address = reverse("account_reauthenticate")
        statuses = [client.post(address, {"password": f"guess {n}"}).status_code for n in range(6)]
        assert statuses == [422] * 5 + [429]


def two_workers(cache: str) -> list[int]:
    """Statuses of four guesses each by two processes at once, on this test's database."""
    at = connection.get_connection_params()
    url = f"postgres:///{at['dbname']}?host={at['host']}"
    if at.get("user"):
        url += f"&user={at['user']}"
    environment = {**os.environ, "DATABASE_URL": url}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, cache, LOGIN],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    statuses = []
    for worker in workers:
        out, _ = worker.communicate(timeout=120)
        assert worker.returncode == 0
        statuses += json.loads(out.splitlines()[-1])
    return sorted(statuses)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_db", "alice")
class TestTwoWorkers:
    def test_share_one_count(self):
        assert two_workers("the site's cache") == [422] * 5 + [429] * 3

    def test_would_not_with_a_cache_each(self):
        """The control: the count above holds because of the cache they share."""
        assert two_workers("own memory") == [422] * 8
