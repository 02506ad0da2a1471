"""Which pages are open, and how each kind of request is told to sign in."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import urls

LOGIN = reverse("account_login")
PROFILE = reverse("account_profile")
ARGUMENTS = {
    "account_confirm_email": ["key"],
    "account_reset_password_from_key": ["1", "key"],
    "account_sign_out_device": [1],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}
OPEN = {
    "account_welcome", "account_login", "account_signup", "account_logout", "account_inactive",
    "account_request_login_code", "account_confirm_login_code",
    "account_email_verification_sent", "account_confirm_email",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_login_webauthn", "mfa_authenticate",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", [pattern.name for pattern in urls.urlpatterns])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_is_open_or_asks_to_sign_in(client, alice, email_works, name, method):
    address = reverse(name, args=ARGUMENTS.get(name))
    response = getattr(client, method)(address)
    came_back = f"{LOGIN}?next={address}" if method == "get" else LOGIN
    asked = response.status_code == 302 and response["Location"] == came_back
    if name in OPEN:
        # Steps of a sign-in that has not begun lead to its beginning, without a way back.
        assert response.status_code < 500 and "next=" not in response.headers.get("Location", "")
        fetched = getattr(client, method)(address, headers={"x-requested-with": "fetch"})
        assert fetched.status_code != 401
    else:
        assert asked


@pytest.mark.django_db
class TestAsking:
    def test_a_page_comes_back_to_itself(self, client, alice):
        assert client.get(f"{PROFILE}?a=1&b=2")["Location"] == (
            f"{LOGIN}?next={PROFILE}%3Fa%3D1%26b%3D2"
        )

    def test_fetch_is_told_plainly(self, client, alice):
        response = client.post(PROFILE, headers={"x-requested-with": "fetch"})
        assert response.status_code == 401
        assert "Location" not in response.headers

    @pytest.mark.parametrize(
        ("seen", "back"),
        [
            ("http://testserver/plans/3/?open=1#now", f"{LOGIN}?next=/plans/3/%3Fopen%3D1"),
            ("http://evil.example/plans/", LOGIN),
            ("http://testserver//evil.example/", LOGIN),
            ("javascript:alert(1)", LOGIN),
            ("http://[", LOGIN),
            ("", LOGIN),
        ],
    )
    def test_htmx_leaves_for_sign_in_and_comes_back_to_its_page(self, client, alice, seen, back):
        headers = {"hx-request": "true", "hx-target": "row", "hx-current-url": seen}
        response = client.post(PROFILE, headers=headers)
        assert response.status_code == 200
        assert response.content == b""
        assert response["HX-Redirect"] == back

    def test_a_form_comes_back_to_the_page_it_stood_on(self, client, alice):
        response = client.post(
            reverse("account_confirm_time_zone"), headers={"referer": f"http://testserver{PROFILE}"}
        )
        assert response["Location"] == f"{LOGIN}?next={PROFILE}"
        response = client.post(
            reverse("account_confirm_time_zone"), headers={"referer": "http://evil.example/x"}
        )
        assert response["Location"] == LOGIN

    def test_an_old_page_after_sign_in_says_what_became_of_the_text(self, alice):
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)
        response = client.post(PROFILE, {"csrfmiddlewaretoken": "x" * 64})
        assert response.status_code == 403
        assert "Press Back" in response.content.decode()
