"""The end of an account: asked for, taken back, and nothing of the person left."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import erasing, owner
from accounts.models import User
from accounts.ownership import owned_models
from tests.accounts.portable.world import everything
from tests.factories import PASSWORD, UserFactory
from writing.diagrams import Diagram, remember

pytestmark = pytest.mark.django_db

DELETE = reverse("account_delete")
KEEP = reverse("account_keep")
PROFILE = reverse("account_profile")
NAME = "zacharias-canary-7f3a"


def confirmed(client):
    """The same browser, after it has shown who it is."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def mine(alice, client_of):
    return confirmed(client_of(alice))


def due(user) -> None:
    User.objects.filter(pk=user.pk).update(erase_at=timezone.now() - timedelta(seconds=1))


class TestAsking:
    def test_asks_who_it_is_first(self, alice, client_of):
        browser = client_of(alice)
        for answer in (browser.get(DELETE), browser.post(DELETE)):
            assert answer["Location"].startswith(reverse("account_reauthenticate"))
        alice.refresh_from_db()
        assert alice.erase_at is None

    def test_too_many_wrong_passwords_are_refused(self, alice, client_of):
        browser = client_of(alice)
        wrong = {"password": "wrong"}
        address = reverse("account_reauthenticate")
        answers = [browser.post(address, wrong).status_code for _ in range(11)]
        assert answers[0] == 422 and answers[-1] == 429

    def test_gives_two_weeks(self, mine, alice):
        assert mine.get(DELETE).status_code == 200
        assert mine.post(DELETE)["Location"] == PROFILE
        alice.refresh_from_db()
        left = alice.erase_at - timezone.now()
        assert timedelta(days=13, hours=23) < left <= erasing.GRACE

    def test_asking_twice_does_not_move_the_day(self, mine, alice):
        mine.post(DELETE)
        alice.refresh_from_db()
        first = alice.erase_at
        mine.post(DELETE)
        alice.refresh_from_db()
        assert alice.erase_at == first

    def test_asked_already_it_is_not_offered_again(self, mine, alice):
        mine.post(DELETE)
        assert mine.get(DELETE)["Location"] == reverse("account_data")
        assert "unless you keep it" in mine.get(reverse("account_data")).content.decode()

    def test_offers_to_take_the_work_along(self, mine, alice):
        assert "take your work along" not in mine.get(DELETE).content.decode()
        everything(alice)
        page = mine.get(DELETE).content.decode()
        assert "save the file" in page or "take your work along" in page

    def test_the_only_owner_of_a_site_with_others_is_told_what_to_do(self, client_of, bob):
        root = UserFactory(username="root", is_staff=True, is_superuser=True)
        browser = confirmed(client_of(root))
        assert "You are the only owner" in browser.get(DELETE).content.decode()
        assert browser.post(DELETE).status_code == 422
        root.refresh_from_db()
        assert root.erase_at is None


class TestGrace:
    def test_every_page_says_so_and_one_click_keeps_it(self, mine, alice):
        erasing.ask(alice, timezone.now())
        for address in ("/plans/", "/stories/", PROFILE):
            assert "Your account will be deleted on" in mine.get(address).content.decode()
        answer = mine.post(KEEP, {"next": "/plans/"})
        assert answer["Location"] == "/plans/"
        page = mine.get("/plans/").content.decode()
        assert "Your account will be deleted on" not in page
        assert "Your account stays" in page

    def test_keeping_leads_to_no_other_site(self, mine):
        assert mine.post(KEEP, {"next": "https://evil.example/"})["Location"] == PROFILE

    def test_costs_no_query(self, mine, alice, django_assert_num_queries):
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as before:
            mine.get("/plans/")
        erasing.ask(alice, timezone.now())
        with django_assert_num_queries(len(before)):
            mine.get("/plans/")

    def test_nothing_is_erased_before_its_time(self, alice):
        erasing.ask(alice, timezone.now())
        assert erasing.erase_due(timezone.now() + erasing.GRACE - timedelta(seconds=9)) == 0
        assert User.objects.filter(pk=alice.pk).exists()


def all_texts() -> dict[str, str]:
    """Everything in every text, JSON and binary column of every table, by table."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            said = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f"SELECT string_agg({said}, ' ') FROM \"{table}\"")
            found[f"{table}.{column}"] = cursor.fetchone()[0] or ""
    return found


class TestErasure:
    @pytest.fixture
    def gone(self, db, client_of, bob) -> User:
        """Somebody with a whole world, a session, and traces in the admin's log."""
        user = UserFactory(username=NAME, email=f"{NAME}@example.com")
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        everything(user)
        client_of(user).get(PROFILE)
        LogEntry.objects.create(
            user=bob, content_type=ContentType.objects.get_for_model(User), object_id=user.pk,
            object_repr=NAME, action_flag=2, change_message="",
        )  # fmt: skip
        remember("flowchart LR\n canary-7f3a --> b")
        return user

    def test_nothing_of_the_person_remains(self, gone):
        before = all_texts()
        assert sum("canary-7f3a" in text for text in before.values()) > 20  # the control
        due(gone)
        assert erasing.erase_due(timezone.now()) == 1
        left = [column for column, text in all_texts().items() if "canary-7f3a" in text]
        assert left == []
        for model in owned_models():
            assert not model.objects.filter(owner=gone.pk).exists(), model
        for session in Session.objects.all():
            assert session.get_decoded().get("_auth_user_id") != str(gone.pk)

    def test_leaves_everybody_else_alone(self, gone, bob, client_of):
        from tests.playbook.factories import note
        from tests.stories.factories import written

        browser = client_of(bob)
        story = written(bob, action="```mermaid\nflowchart LR\n bob --> b\n```")
        note("kept")
        shared = {
            model: model._base_manager.count()
            for model in apps.get_models()
            if hasattr(model, "source_digest")
        }
        due(gone)
        erasing.erase_due(timezone.now())
        assert browser.get(f"/stories/{story.pk}/").status_code == 200
        assert Diagram.objects.filter(source__contains="bob").count() == 1
        assert shared == {model: model._base_manager.count() for model in shared}

    def test_happens_when_anybody_opens_the_sign_in_page(self, gone, client):
        due(gone)
        client.get(reverse("account_login"))
        assert not User.objects.filter(username=NAME).exists()

    def test_happens_when_its_owner_opens_a_page(self, alice, bob, client_of):
        browser = client_of(alice)
        due(alice)
        page = browser.get("/plans/", follow=True)
        assert page.redirect_chain == [(reverse("account_login"), 302)]
        assert "Your account is erased, as you asked." in page.content.decode()
        assert not User.objects.filter(username="alice").exists()

    def test_happens_by_command_and_says_so(self, alice):
        due(alice)
        out = io.StringIO()
        call_command("sweep", stdout=out)
        assert out.getvalue().startswith("Removed: 1 accounts")
        out = io.StringIO()
        call_command("sweep", stdout=out)
        assert out.getvalue() == ""

    def test_the_last_owner_gone_the_site_waits_for_a_new_one(self, client, client_of):
        root = UserFactory(username="root", is_staff=True, is_superuser=True)
        confirmed(client_of(root)).post(DELETE)
        due(root)
        assert erasing.erase_due(timezone.now()) == 1
        assert not owner.is_owned()
        assert client.get("/")["Location"] == reverse("account_welcome")
        assert client.get(reverse("account_welcome")).status_code == 200

    def test_a_site_is_not_left_without_an_owner(self, bob):
        """One that became the only owner meanwhile stays until another is made."""
        root = UserFactory(username="root", is_staff=True, is_superuser=True)
        due(root)
        assert erasing.erase_due(timezone.now()) == 0
        assert User.objects.filter(pk=root.pk).exists()
