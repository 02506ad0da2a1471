"""In and out: by name, by address, and what a stranger may learn on the way."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import PASSWORD

LOGIN = reverse("account_login")
SIGNUP = reverse("account_signup")


def try_to_sign_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


@pytest.mark.django_db
class TestSignIn:
    @pytest.mark.parametrize(
        "login", ["alice", "ALICE", " alice ", "alice@example.com", "Alice@Example.COM"]
    )
    def test_by_name_or_address(self, client, alice, login):
        response = try_to_sign_in(client, login)
        assert (response.status_code, response["Location"]) == (302, "/")
        assert client.session["_auth_user_id"] == str(alice.pk)

    def test_stays_for_thirty_days(self, client, alice):
        try_to_sign_in(client, "alice")
        left = Session.objects.get().expire_date - timezone.now()
        assert timedelta(days=29) < left <= timedelta(days=30)
        assert client.cookies["sessionid"]["max-age"] == 30 * 24 * 60 * 60

    def test_an_expired_session_asks_to_sign_in_again(self, client, alice):
        try_to_sign_in(client, "alice")
        page = reverse("account_profile")
        assert client.get(page).status_code == 200
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert client.get(page)["Location"] == f"{LOGIN}?next={page}"

    def test_the_csrf_token_changes(self, client, alice):
        client.get(LOGIN)
        before = client.cookies["csrftoken"].value
        try_to_sign_in(client, "alice")
        assert client.cookies["csrftoken"].value != before

    def test_a_switched_off_account_stays_out(self, client, alice):
        User.objects.update(is_active=False)
        assert try_to_sign_in(client, "alice")["Location"] == reverse("account_inactive")
        assert "_auth_user_id" not in client.session

    def test_sign_out_is_by_post(self, client, alice):
        client.force_login(alice)
        client.get(reverse("account_logout"))
        assert "_auth_user_id" in client.session
        assert client.post(reverse("account_logout"))["Location"] == LOGIN
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        "nasty",
        [
            "\x00",
            "a\x00b",
            "x" * 5000,
            "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            "💥@💥",
            "' OR 1=1 --",
        ],
    )
    def test_nasty_text_is_a_mistake_not_a_crash(self, client, alice, nasty):
        assert try_to_sign_in(client, nasty).status_code == 422
        assert try_to_sign_in(client, "alice", password=nasty).status_code == 422


@pytest.mark.django_db
class TestNext:
    @pytest.mark.parametrize("path", ["/account/", "/plans/?show=all"])
    def test_a_path_of_this_site_is_followed(self, client, alice, path):
        assert try_to_sign_in(client, "alice", next=path)["Location"] == path

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http://localhost:9/",
            "http://testserver.evil.example/",
            "\\\\evil.example",
        ],
    )
    def test_nothing_else_is(self, client, alice, settings, address):
        settings.ALLOWED_HOSTS = ["testserver", "localhost", ".evil.example"]
        assert try_to_sign_in(client, "alice", next=address)["Location"] == "/"


@pytest.mark.django_db
class TestWhatAStrangerLearns:
    def test_the_same_answer_for_known_and_unknown(self, client, alice):
        answers = set()
        for login in ("alice", "nobody", "alice@example.com", "nobody@example.com"):
            response = try_to_sign_in(client, login, "wrong")
            text = response.content.decode().replace(login, "…")
            token = response.context["csrf_token"]
            answers.add((response.status_code, text.replace(str(token), "…")))
        assert len(answers) == 1
        assert answers.pop()[0] == 422

    @pytest.mark.parametrize("login", ["alice", "nobody", "alice@example.com", "no@example.com"])
    def test_the_same_work_for_known_and_unknown(self, client, alice, monkeypatch, login):
        hashes = []
        encode = MD5PasswordHasher.encode

        def counted(self, *args):
            hashes.append(args)
            return encode(self, *args)

        monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
        try_to_sign_in(client, login, "wrong")
        assert len(hashes) == 1


@pytest.mark.django_db
class TestSignUp:
    ANSWER = {
        "username": "bob",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "time_zone": "Asia/Calcutta",
    }

    def test_closed_it_says_so(self, client, alice):
        for response in (client.get(SIGNUP), client.post(SIGNUP, self.ANSWER)):
            assert response.status_code == 403
            assert "New accounts are closed" in response.content.decode()
        assert User.objects.count() == 1
        assert SIGNUP not in client.get(LOGIN).content.decode()

    @pytest.mark.usefixtures("open_to_strangers")
    def test_open_it_makes_ordinary_users(self, client, alice):
        assert SIGNUP in client.get(LOGIN).content.decode()
        given = {**self.ANSWER, "is_staff": "on", "is_superuser": "on"}
        assert client.post(SIGNUP, given)["Location"] == "/"
        bob = User.objects.get(username="bob")
        assert not bob.is_staff and not bob.is_superuser
        assert (bob.time_zone, bob.time_zone_confirmed) == ("Asia/Kolkata", True)

    @pytest.mark.usefixtures("open_to_strangers")
    @pytest.mark.parametrize(
        "change",
        [
            {"username": "ALICE"},
            {"username": "bob@example.com"},
            {"password1": "short"},
            {"password2": "different words here"},
            {"time_zone": "Mars/Olympus"},
        ],
    )
    def test_a_mistake_makes_nobody(self, client, alice, change):
        assert client.post(SIGNUP, {**self.ANSWER, **change}).status_code == 422
        assert User.objects.count() == 1

    def test_with_email_a_taken_address_looks_like_a_new_one(
        self, client, alice, email_works, open_to_strangers, settings, mailoutbox
    ):
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
        taken = client.post(SIGNUP, {**self.ANSWER, "email": "alice@example.com"})
        fresh = client.post(SIGNUP, {**self.ANSWER, "email": "bob@example.com"})
        assert taken.status_code == fresh.status_code == 302
        assert taken["Location"] == fresh["Location"] == reverse("account_email_verification_sent")
        assert [mail.to for mail in mailoutbox] == [["alice@example.com"], ["bob@example.com"]]
        assert User.objects.filter(email="alice@example.com").count() == 1

    def test_the_owner_never_waits_for_a_confirmed_address(
        self, client, alice, bob, email_works, settings
    ):
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        User.objects.filter(username="alice").update(is_staff=True)
        assert try_to_sign_in(client, "alice")["Location"] == "/"
        client.logout()
        waits = reverse("account_email_verification_sent")
        assert try_to_sign_in(client, "bob")["Location"] == waits
