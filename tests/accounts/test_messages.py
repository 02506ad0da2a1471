"""What accounts send: in the site's words, each with what to do; and when no message goes."""

import re
from smtplib import SMTPException

import pytest
from allauth.account.models import EmailAddress
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD

RESET = reverse("account_reset_password")
CODE = reverse("account_request_login_code")
EMAIL = reverse("account_email")
CHANGE = reverse("account_change_password")
SIGN_UP = reverse("account_signup")
NEW = {"password1": "quite another phrase", "password2": "quite another phrase"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("email_works")]


class Down(EmailBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):
        raise SMTPException("no")


class Gone(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def strangers(settings):
    """Whoever comes may make an account, once the address is confirmed."""
    settings.PREPSITE_SIGNUP_OPEN = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def mine(alice, client):
    """Alice's browser, in which she has just shown that it is her; her address is confirmed."""
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    client.force_login(alice)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def link_in(mail) -> str:
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


def every_message(mine, alice, outbox) -> None:
    """Send each kind of message but those of passkeys, which need a browser."""
    mine.post(CHANGE, {"oldpassword": PASSWORD, **NEW})
    mine.post(EMAIL, {"email": "new@example.com", "action_add": ""})
    mine.post(link_in(next(mail for mail in outbox if mail.to == ["new@example.com"])))
    mine.logout()
    mine.post(CODE, {"email": "new@example.com"})
    mine.cookies.clear()
    mine.post(RESET, {"email": "new@example.com"})
    form = mine.get(link_in(outbox[-1]), follow=True).request["PATH_INFO"]
    mine.post(form, {"password1": "yet another phrase", "password2": "yet another phrase"})
    mine.cookies.clear()
    mine.post(RESET, {"email": "nobody@example.com"})
    # A message went to the first address of alice minutes ago: another one has had none.
    EmailAddress.objects.create(user=alice, email="old@example.com", verified=True)
    for name, address in (("carol", "carol@example.com"), ("dave", "old@example.com")):
        given = {"username": name, "email": address, "time_zone": "UTC", **NEW}
        mine.post(SIGN_UP, given)
        mine.cookies.clear()


def test_each_message_says_what_it_is_and_what_to_do(mine, alice, mailoutbox, strangers):
    every_message(mine, alice, mailoutbox)
    subjects = {mail.subject for mail in mailoutbox}
    assert subjects == {
        "Your password at Prepsite was changed",
        "Confirm your address for Prepsite",
        "Your e-mail address at Prepsite was changed",
        "Your code to sign in to Prepsite",
        "Choose a new password for Prepsite",
        "No account has this address",
        "You already have an account at Prepsite",
    }
    for mail in mailoutbox:
        assert mail.body.endswith("\n\nPrepsite, testserver"), mail.body
        # The other half of each: for whoever did not ask.
        assert re.search("was not|not you|did not ask|know of no|nothing was changed", mail.body), (
            mail.body
        )
        assert "Hello from" not in mail.body and "&#x27;" not in mail.body
        assert "{" not in mail.body and "  " not in mail.body


def test_a_change_names_the_browser_and_the_hour_with_its_zone(mine, mailoutbox):
    mine.post(CHANGE, {"oldpassword": PASSWORD, **NEW}, headers={"user-agent": "Firefox/1 Windows"})
    body = mailoutbox[-1].body
    assert "Where: Firefox on Windows, from 127.0.0.1" in body
    assert re.search(r"When: \d+ \w+ \d{4}, \d\d:\d\d [A-Z]+\n", body)
    assert f"http://testserver{reverse('account_profile')}" in body


def test_the_end_of_an_account_is_announced_once_with_the_way_back(mine, mailoutbox):
    for _ in range(2):
        mine.post(reverse("account_delete"))
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["alice@example.com"], "Your account at Prepsite will be deleted"
    )  # fmt: skip
    assert "Nothing is erased before. To keep it, sign in" in mail.body


@pytest.mark.parametrize("backend", [Down, Gone])
class TestWhenNoneGoes:
    @pytest.fixture(autouse=True)
    def broken(self, email_works, settings, backend):
        settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    @pytest.mark.parametrize("address", [RESET, CODE])
    def test_the_page_says_so(self, client, alice, address):
        for email in ("alice@example.com", "nobody@example.com"):
            response = client.post(address, {"email": email})
            assert response.status_code == 503
            assert "The message was not sent" in response.content.decode()

    def test_a_change_is_made_all_the_same(self, mine, alice):
        assert mine.post(CHANGE, {"oldpassword": PASSWORD, **NEW}).status_code == 302
        alice.refresh_from_db()
        assert alice.check_password(NEW["password1"])

    def test_a_new_account_is_kept(self, client, alice, strangers):
        given = {"username": "carol", "email": "c@example.com", "time_zone": "UTC", **NEW}
        assert client.post(SIGN_UP, given).status_code == 503
        assert User.objects.filter(username="carol").exists()


def test_a_message_asked_for_again_too_soon_is_not_passed_over(mine, mailoutbox):
    mine.post(EMAIL, {"email": "new@example.com", "action_add": ""})
    sent = len(mailoutbox)
    page = mine.post(EMAIL, {"email": "new@example.com", "action_send": ""}, follow=True)
    assert "Wait three minutes for another" in page.content.decode()
    assert len(mailoutbox) == sent
