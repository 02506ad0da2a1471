"""What needs e-mail: offered where it is set up, explained where it is not."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD

RESET = reverse("account_reset_password")
CODE = reverse("account_request_login_code")
EMAIL = reverse("account_email")
CHANGE = reverse("account_change_password")


@pytest.fixture
def mine(alice, client):
    """Alice's browser, in which she has just shown that it is her."""
    client.force_login(alice)
    address = reverse("account_reauthenticate")
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    return client


@pytest.mark.django_db
class TestWithout:
    @pytest.mark.parametrize("address", [RESET, CODE])
    def test_the_address_says_what_to_do(self, client, alice, address):
        for response in (client.get(address), client.post(address, {"email": "alice@example.com"})):
            assert response.status_code == 404
            assert "changepassword NAME" in response.content.decode()

    def test_who_forgot_the_password_is_led_there(self, client, alice):
        page = client.get(reverse("account_login")).content.decode()
        assert RESET in page and CODE not in page

    def test_the_own_address_changes_at_once(self, mine, alice):
        assert mine.post(EMAIL, {"email": "New@Example.com"}).status_code == 302
        alice.refresh_from_db()
        assert alice.email == "new@example.com"
        assert EmailAddress.objects.get(user=alice, primary=True).email == "new@example.com"
        mine.logout()
        given = {"login": "new@example.com", "password": PASSWORD}
        assert mine.post(reverse("account_login"), given).status_code == 302

    @pytest.mark.parametrize("address", ["bob@example.com", "BOB@example.com", "no address"])
    def test_not_to_anothers_nor_to_none(self, mine, alice, bob, address):
        response = mine.post(EMAIL, {"email": address})
        assert response.status_code == 422
        assert address.lower() in response.content.decode().lower()
        alice.refresh_from_db()
        assert alice.email == "alice@example.com"

    def test_it_can_be_taken_away(self, mine, alice):
        mine.post(EMAIL, {"email": ""})
        alice.refresh_from_db()
        assert alice.email == ""
        assert not EmailAddress.objects.filter(user=alice).exists()

    def test_it_asks_whether_it_is_you(self, alice, client_of):
        response = client_of(alice).get(EMAIL)
        assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.django_db
@pytest.mark.usefixtures("email_works")
class TestWith:
    def test_a_link_gives_a_new_password(self, client, alice, mailoutbox):
        assert RESET in client.get(reverse("account_login")).content.decode()
        client.post(RESET, {"email": "alice@example.com"})
        link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]
        form = client.get(link, follow=True).request["PATH_INFO"]
        given = {"password1": "quite another phrase", "password2": "quite another phrase"}
        assert client.post(form, given).status_code == 302
        assert User.objects.get().check_password("quite another phrase")
        assert "no longer works" in client.get(link, follow=True).content.decode()

    def test_the_same_answer_for_known_and_unknown(self, client, alice, mailoutbox):
        for address in (RESET, CODE):
            known = client.post(address, {"email": "alice@example.com"})
            client.cookies.clear()
            unknown = client.post(address, {"email": "nobody@example.com"})
            client.cookies.clear()
            assert known.status_code == unknown.status_code == 302
            assert known["Location"] == unknown["Location"]
        to_nobody = [mail.body for mail in mailoutbox if mail.to == ["nobody@example.com"]]
        assert to_nobody and not any("/signup/" in body for body in to_nobody)

    def test_a_code_signs_in(self, client, alice, mailoutbox):
        page = client.post(CODE, {"email": "alice@example.com"}, follow=True)
        code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", mailoutbox[0].body, re.MULTILINE)[1]
        confirm = page.request["PATH_INFO"]
        assert client.post(confirm, {"code": "WRONG-CODE"}).status_code == 422
        assert client.post(confirm, {"code": code})["Location"] == "/"
        assert client.session["_auth_user_id"] == str(alice.pk)

    def test_a_new_address_holds_once_confirmed(self, mine, alice, mailoutbox):
        EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
        mine.post(EMAIL, {"email": "new@example.com", "action_add": ""})
        alice.refresh_from_db()
        assert alice.email == "alice@example.com"
        assert "waits to be confirmed" in mine.get(EMAIL).content.decode()
        body = next(mail.body for mail in mailoutbox if mail.to == ["new@example.com"])
        link = re.search(r"http://testserver(/account/confirm-email/\S+)", body)[1]
        assert "Is this your address?" in mine.get(link).content.decode()
        mine.post(link)
        alice.refresh_from_db()
        assert alice.email == "new@example.com"


@pytest.mark.django_db
class TestPassword:
    def test_changes_and_signs_other_browsers_out(self, mine, alice, client_of):
        other = client_of(alice)
        given = {
            "oldpassword": PASSWORD,
            "password1": "quite another phrase",
            "password2": "quite another phrase",
        }
        assert mine.post(CHANGE, given)["Location"] == reverse("account_profile")
        assert mine.get(reverse("account_profile")).status_code == 200
        assert other.get(reverse("account_profile")).status_code == 302

    @pytest.mark.parametrize(
        "change", [{"oldpassword": "wrong"}, {"password1": "short"}, {"password2": "another thing"}]
    )
    def test_a_mistake_changes_nothing(self, mine, alice, change):
        given = {
            "oldpassword": PASSWORD,
            "password1": "quite another phrase",
            "password2": "quite another phrase",
            **change,
        }
        assert mine.post(CHANGE, given).status_code == 422
        alice.refresh_from_db()
        assert alice.check_password(PASSWORD)
