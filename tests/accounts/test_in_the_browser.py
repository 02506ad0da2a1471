"""Passkeys, time zones and the look of the account pages, in a real Chromium."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOGIN = reverse("account_login")
PROFILE = reverse("account_profile")


@pytest.fixture
def by_name(site):
    """The site under a name: a passkey belongs to a name, never to a number."""
    return re.sub(r"//[^:/]+", "//localhost", site)


@pytest.fixture
def authenticator(page):
    """A device with a fingerprint reader, as the browser sees it. Yields its session and id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, answer["authenticatorId"]


def sign_in_by_password(page, site, name="alice"):
    page.goto(f"{site}{LOGIN}?next={PROFILE}")
    page.get_by_label("Name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page, site, name="Laptop"):
    page.goto(site + PROFILE)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name=re.compile("Is it you|Add a passkey"))).to_be_visible()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of this passkey").fill(name)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page, site):
    page.goto(site + PROFILE)
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


class TestPasskeys:
    def test_add_sign_in_rename_remove(self, page, by_name, alice, authenticator):
        sign_in_by_password(page, by_name)
        add_passkey(page, by_name)
        expect(page.locator(".codes li")).to_have_count(10)
        sign_out(page, by_name)

        page.goto(f"{by_name}{LOGIN}?next={PROFILE}")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="Account")).to_be_visible()
        assert page.url == by_name + PROFILE

        page.get_by_role("link", name="Rename Laptop").click()
        expect(page.get_by_role("heading", name=re.compile("Is it you|Rename"))).to_be_visible()
        if page.get_by_role("heading", name="Is it you?").is_visible():
            page.get_by_role("link", name="Use a passkey").click()
            page.get_by_role("button", name="Use the passkey").click()
        page.get_by_label("Name", exact=True).fill("Work laptop")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("The passkey has its new name.")).to_be_visible()
        page.get_by_role("link", name="Remove Work laptop").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("A passkey signs you in")).to_be_visible()
        assert not Authenticator.objects.exists()

    def test_after_the_password_it_is_asked_for(self, page, by_name, alice, authenticator):
        sign_in_by_password(page, by_name)
        add_passkey(page, by_name)
        code = page.locator(".codes li").first.inner_text()
        sign_out(page, by_name)

        sign_in_by_password(page, by_name)
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        step = page.url
        page.goto(by_name + PROFILE)
        assert LOGIN in page.url or page.url == step

        page.goto(step)
        page.get_by_role("button", name="Use the passkey").click()
        expect(page.get_by_role("heading", name="Account")).to_be_visible()
        sign_out(page, by_name)

        sign_in_by_password(page, by_name)
        page.get_by_label("Recovery code").fill(code)
        page.get_by_role("button", name="Use the code").click()
        expect(page.get_by_text("9 left")).to_be_visible()

    def test_a_refused_passkey_says_so_and_loses_nothing(self, page, by_name, alice, authenticator):
        session, device = authenticator
        sign_in_by_password(page, by_name)
        add_passkey(page, by_name)
        sign_out(page, by_name)
        session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False}
        )
        page.get_by_label("Name or e-mail").fill("alice")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
        assert page.get_by_label("Name or e-mail").input_value() == "alice"

    def test_a_second_one_of_the_same_device_is_refused_in_words(
        self, page, by_name, alice, authenticator
    ):
        sign_in_by_password(page, by_name)
        add_passkey(page, by_name)
        page.goto(by_name + reverse("mfa_add_webauthn"))
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("alert")).to_contain_text("this device has one for this site")

    def test_by_number_the_page_says_where_they_work(self, page, by_name, alice):
        page.goto(by_name.replace("localhost", "127.0.0.1") + LOGIN)
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        link = page.get_by_role("link", name="open this site by its name")
        expect(link).to_have_attribute("href", by_name + LOGIN)


class TestTimeZone:
    @pytest.fixture
    def abroad(self, browser, problems):
        """A browser that gives an older name of its zone."""
        context = browser.new_context(timezone_id="Asia/Calcutta", service_workers="block")
        page = context.new_page()
        problems.watch(page)
        yield page
        context.close()
        assert problems.left() == []

    def test_the_welcome_page_proposes_the_browsers(self, abroad, site):
        abroad.goto(site)
        assert abroad.get_by_label("Time zone").input_value() in {"Asia/Calcutta", "Asia/Kolkata"}
        abroad.get_by_label("Name").fill("alice")
        abroad.get_by_label("Password", exact=True).fill(PASSWORD)
        abroad.get_by_label("Password again").fill(PASSWORD)
        abroad.get_by_role("button", name="Begin").click()
        expect(abroad.get_by_label("Account of alice")).to_be_visible()
        assert User.objects.get().time_zone == "Asia/Kolkata"

    def test_it_asks_gently(self, abroad, site, alice, sign_in):
        sign_in(abroad, alice)
        abroad.goto(site + PROFILE)
        expect(abroad.get_by_text("your time zone?")).to_be_visible()
        abroad.get_by_role("button", name="Yes, use it").click()
        expect(abroad.get_by_text("your time zone?")).to_have_count(0)
        alice.refresh_from_db()
        assert (alice.time_zone, alice.time_zone_confirmed) == ("Asia/Kolkata", True)


OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_request_login_code",
]
OWN_PAGES = [
    "account_profile",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
]


class TestLook:
    @pytest.mark.parametrize("width", [390, 1280])
    def test_open_pages_are_accessible_and_fit(
        self, page, site, alice, axe, width, email_works, open_to_strangers
    ):
        page.set_viewport_size({"width": width, "height": 800})
        for name in OPEN_PAGES:
            page.goto(site + reverse(name))
            expect(page.locator("main form").first).to_be_visible()
            assert axe(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_welcome_page(self, page, site, axe):
        page.goto(site)
        expect(page.get_by_role("heading", name="Welcome to Prepsite")).to_be_visible()
        assert axe(page) == []

    @pytest.mark.parametrize("width", [390, 1280])
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_own_pages_are_accessible_and_fit(self, page, site, alice, sign_in, axe, width, theme):
        User.objects.update(theme=theme)
        sign_in(page, alice)
        page.set_viewport_size({"width": width, "height": 800})
        for name in OWN_PAGES:
            page.goto(site + reverse(name))
            assert axe(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width
