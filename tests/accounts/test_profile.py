"""The account page: settings, time zone, theme, and the ways to sign in."""

import pytest
from django.urls import reverse

from accounts.models import User

PROFILE = reverse("account_profile")
CONFIRM = reverse("account_confirm_time_zone")


def answer(**change):
    return {
        "username": "alice",
        "time_zone": "Europe/Berlin",
        "day_starts_at": "5",
        "theme": "dark",
        **change,
    }


@pytest.fixture
def mine(alice, client_of):
    return client_of(alice)


class TestSettings:
    def test_are_saved(self, mine, alice):
        response = mine.post(PROFILE, answer(username="alice.b"))
        assert (response.status_code, response["Location"]) == (302, PROFILE)
        alice.refresh_from_db()
        assert (alice.username, alice.time_zone, alice.day_starts_at, alice.theme) == (
            "alice.b",
            "Europe/Berlin",
            5,
            "dark",
        )
        assert alice.time_zone_confirmed

    def test_the_theme_is_on_the_page(self, mine):
        assert "data-theme" not in mine.get(PROFILE).content.decode()
        mine.post(PROFILE, answer())
        assert '<html lang="en-GB" data-theme="dark">' in mine.get(PROFILE).content.decode()

    @pytest.mark.parametrize("name", ["Nora Vale", "nora!"])
    def test_a_name_that_does_not_fit_is_told_what_does(self, mine, name):
        errors = mine.post(PROFILE, answer(username=name)).context["form"].errors["username"]
        assert errors == ["Only letters, digits and . + - _ fit, and no blanks."]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("time_zone", "Mars/Olympus"),
            ("time_zone", "../../etc/passwd"),
            ("time_zone", ""),
            ("time_zone", "\x00"),
            ("day_starts_at", "24"),
            ("day_starts_at", "-1"),
            ("day_starts_at", "four"),
            ("theme", "pink"),
            ("username", ""),
            ("username", "a b"),
            ("username", "alice@example.com"),
            ("username", "x" * 151),
            ("username", "a\x00"),
        ],
    )
    def test_a_mistake_changes_nothing_and_keeps_the_rest(self, mine, alice, field, value):
        given = answer(username="alice.b") | {field: value}
        response = mine.post(PROFILE, given)
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {field}
        page = response.content.decode()
        assert "signed in as alice.</p>" in page
        if field != "username":
            assert 'value="alice.b"' in page
        if field != "time_zone":
            assert '<option value="Europe/Berlin" selected>' in page
        alice.refresh_from_db()
        assert (alice.username, alice.time_zone, alice.theme) == ("alice", "UTC", "system")

    def test_a_name_is_one_in_any_case(self, mine, alice, bob):
        assert mine.post(PROFILE, answer(username="BOB")).status_code == 422
        assert mine.post(PROFILE, answer(username="Alice")).status_code == 302

    def test_only_ones_own(self, mine, alice, bob):
        mine.post(PROFILE, answer(id=bob.pk, pk=bob.pk, is_staff="on", is_superuser="on"))
        bob.refresh_from_db()
        assert (bob.username, bob.theme) == ("bob", "system")
        assert not User.objects.filter(is_staff=True).exists()


class TestTimeZone:
    def test_asks_until_confirmed(self, mine, alice):
        assert "data-ask-zone" in mine.get(PROFILE).content.decode()
        response = mine.post(CONFIRM, {"time_zone": "Asia/Calcutta", "next": "/plans/"})
        assert response["Location"] == "/plans/"
        alice.refresh_from_db()
        assert (alice.time_zone, alice.time_zone_confirmed) == ("Asia/Kolkata", True)
        assert "data-ask-zone" not in mine.get(PROFILE).content.decode()

    @pytest.mark.parametrize("zone", ["", "Mars/Olympus", "\x00", "../UTC"])
    def test_no_zone_changes_nothing(self, mine, alice, zone):
        response = mine.post(CONFIRM, {"time_zone": zone, "next": "//evil.example/"})
        assert response["Location"] == PROFILE
        alice.refresh_from_db()
        assert (alice.time_zone, alice.time_zone_confirmed) == ("UTC", False)

    def test_the_list_stands_by_region(self, mine):
        page = mine.get(PROFILE).content.decode()
        assert '<optgroup label="Europe">' in page
        assert '<option value="America/Argentina/Buenos_Aires">Argentina, Buenos Aires' in page
        assert "Calcutta" not in page

    def test_a_zone_outside_the_list_is_kept(self, mine, alice):
        User.objects.update(time_zone="Etc/GMT+5")
        assert "<option selected>Etc/GMT+5</option>" in mine.get(PROFILE).content.decode()
        assert mine.post(PROFILE, answer(time_zone="Etc/GMT+5")).status_code == 302


def test_queries_do_not_grow(mine, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        mine.get(PROFILE)
