"""The pages of one's data: an export in parts, and an import looked over first."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import exports
from accounts.exports import Export
from accounts.imports import Import
from accounts.portable import notes
from drills import travel as drills_travel
from drills.models import Card
from drills.models import Setting as DrillSetting
from plans import travel as plans_travel
from plans.models import Interview, Plan
from stories.models import Story, StorySetting
from tests.accounts.portable.world import everything, export_of, json_of, state
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DATA = reverse("account_data")
EXPORT = reverse("account_export")
ON = reverse("account_export_on")
FILE = reverse("account_export_file")
IMPORT = reverse("account_import")
LOOK = reverse("account_look")
BRING = reverse("account_bring_in")
LEAVE = reverse("account_leave_import")
FOLLOWS = {Card: drills_travel.plan_anew, Interview: plans_travel.aim_anew}


@pytest.fixture
def mine(alice, client_of):
    return client_of(alice)


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """A request makes all parts, however slow the machine is just now."""
    monkeypatch.setattr(Export.advance, "__defaults__", (3600,))


def a_little(monkeypatch) -> None:
    """Have each request make one part."""
    monkeypatch.setattr(Export.advance, "__defaults__", (0,))


class TestExport:
    def test_a_usual_one_is_ready_with_the_click(self, mine, alice):
        everything_small(alice)
        assert mine.post(EXPORT)["Location"] == DATA
        page = mine.get(DATA).content.decode()
        assert "Your file is ready" in page
        response = mine.get(FILE)
        assert response["Content-Type"] == "application/zip"
        assert response["Content-Disposition"].startswith('attachment; filename="prepsite-alice-')
        assert json_of(response.content)["rows"]["stories.story"][0]["title"] == "Mine"

    def test_a_long_one_shows_how_far_it_is_and_survives_anything(self, mine, monkeypatch):
        a_little(monkeypatch)
        mine.post(EXPORT)
        total = len(exports.steps())
        for done in range(1, total):
            page = mine.get(DATA).content.decode()
            assert f'value="{done}" max="{total}"' in page
            assert mine.get(FILE).status_code == 404
            mine.post(ON)
        assert "Your file is ready" in mine.get(DATA).content.decode()
        assert zipfile.ZipFile(io.BytesIO(mine.get(FILE).content)).testzip() is None

    def test_a_part_that_is_cut_short_is_made_again(self, mine, alice, monkeypatch):
        a_little(monkeypatch)
        mine.post(EXPORT)
        whole = exports._part

        def dies(user, number, now):
            yield "Half/one.md", b"half"
            raise SystemExit

        monkeypatch.setattr(exports, "_part", dies)
        with pytest.raises(SystemExit):
            mine.post(ON)
        monkeypatch.setattr(exports, "_part", whole)
        while not Export.objects.get().is_ready:
            mine.post(ON)
        assert "Half/one.md" not in zipfile.ZipFile(io.BytesIO(mine.get(FILE).content)).namelist()

    def test_htmx_gets_the_fragment_alone(self, mine):
        answer = mine.post(EXPORT, headers={"HX-Request": "true", "HX-Target": "export"})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Your file is ready" in page and "<html" not in page

    def test_a_double_click_makes_one(self, mine, monkeypatch):
        a_little(monkeypatch)
        mine.post(EXPORT)
        mine.post(EXPORT)
        assert Export.objects.get().done == 2

    def test_goes_after_a_day(self, mine):
        mine.post(EXPORT)
        Export.objects.update(expires_at=timezone.now())
        assert mine.get(FILE).status_code == 404
        assert "Make the file" in mine.get(DATA).content.decode()
        assert exports.sweep(timezone.now()) == 1
        assert not Export.objects.exists()

    def test_is_its_owners_alone(self, mine, bob, client_of):
        mine.post(EXPORT)
        assert client_of(bob).get(FILE).status_code == 404

    def test_one_that_could_not_be_read_back_is_given_and_says_so(self, mine, alice, monkeypatch):
        everything_small(alice)
        monkeypatch.setattr(
            exports.rows, "document", lambda user, now: iter(["{\n", "broken\n", "}}\n"])
        )
        mine.post(EXPORT)
        assert mine.get(FILE).status_code == 200
        assert "not be brought in as it is" in mine.get(DATA).content.decode()

    def test_the_page_takes_the_same_queries_whatever_is_in_it(
        self, mine, alice, django_assert_num_queries
    ):
        with django_assert_num_queries(4):
            mine.get(DATA)
        everything_small(alice)
        mine.post(EXPORT)
        with django_assert_num_queries(4):
            mine.get(DATA)


def everything_small(user) -> None:
    Story.objects.create(owner=user, title="Mine")


def test_every_room_writes_a_folder(alice):
    """A folder in the export for each room, and each with its words of Markdown."""
    everything(alice)
    for name, writer in notes.folders().items():
        files = dict(writer(alice))
        assert files, name
        assert any("canary-7f3a" in text for text in files.values()), name
        assert len(files) == len(list(writer(alice))), f"{name} has two files of one name"


@pytest.fixture
def theirs(db) -> bytes:
    """The export of somebody with everything."""
    user = UserFactory(username="zed")
    everything(user)
    return export_of(user)


def sent(data: bytes, name: str = "export.zip") -> dict:
    return {"file": SimpleUploadedFile(name, data, "application/zip")}


class TestImport:
    def test_is_looked_over_and_then_brought_in(self, mine, alice, theirs):
        assert mine.post(IMPORT, sent(theirs))["Location"] == LOOK
        assert not Plan.objects.filter(owner=alice).exists()
        page = mine.get(LOOK).content.decode()
        assert "Stories" in page and "Earlier versions" in page
        assert "Europe/Berlin" in page
        assert mine.post(BRING, {"settings": "on"})["Location"] == DATA
        from accounts.models import User

        assert state(alice) == state(User.objects.get(username="zed"))
        alice.refresh_from_db()
        assert alice.theme == "dark"
        assert not Import.objects.filter(owner=alice).exists()

    def test_a_second_click_does_nothing(self, mine, alice, theirs):
        mine.post(IMPORT, sent(theirs))
        mine.post(BRING)
        before = state(alice)
        assert mine.post(BRING)["Location"] == DATA
        mine.post(IMPORT, sent(theirs))
        assert "Everything in this file is here already." in mine.get(LOOK).content.decode()
        mine.post(BRING)
        assert state(alice) == before

    def test_what_is_here_stays_and_the_page_says_so(self, mine, alice, theirs):
        Story.objects.create(owner=alice, title="Mine")
        StorySetting.objects.create(owner=alice, words_a_minute=99)
        mine.post(IMPORT, sent(theirs))
        page = mine.get(LOOK).content.decode()
        assert "new" in page
        mine.post(BRING)
        assert Story.objects.filter(owner=alice).count() == 2
        assert StorySetting.objects.get(owner=alice).words_a_minute == 99
        alice.refresh_from_db()
        assert alice.theme == "system"

    @pytest.mark.parametrize("came", [Card, Interview])
    def test_todays_list_follows_what_came(self, mine, alice, theirs, monkeypatch, came):
        """One's own settings stay, and the day is planned anew for the cards and the interview."""
        others = {Card: Interview, Interview: Card}
        monkeypatch.setattr(
            notes, "_after", [each for each in notes._after if each is not FOLLOWS[others[came]]]
        )
        Story.objects.create(owner=alice, title="Mine")
        mine.get(reverse("drills:today"))
        assert DrillSetting.objects.get(owner=alice).planned_day
        mine.post(IMPORT, sent(theirs))
        assert DrillSetting.objects.get(owner=alice).planned_day
        mine.post(BRING)
        assert DrillSetting.objects.get(owner=alice).planned_day is None

    def test_can_be_left(self, mine, alice, theirs):
        mine.post(IMPORT, sent(theirs))
        assert "waits for your word" in mine.get(DATA).content.decode()
        assert mine.post(LEAVE)["Location"] == DATA
        assert mine.get(LOOK).status_code == 404
        assert not Story.objects.filter(owner=alice).exists()

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "This is no export"),
            (b"PK\x03\x04", "This is no export"),
            (b"hello" * 99, "This is no export"),
        ],
    )
    def test_a_mistake_is_said_and_changes_nothing(self, mine, data, said):
        answer = mine.post(IMPORT, sent(data))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Import.objects.exists()

    def test_no_file_is_a_mistake_too(self, mine):
        assert mine.post(IMPORT).status_code == 422

    def test_goes_after_a_day(self, mine, theirs):
        mine.post(IMPORT, sent(theirs))
        Import.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert mine.get(LOOK).status_code == 404
        assert mine.post(BRING)["Location"] == DATA

    def test_a_file_may_be_larger_than_a_form(self, mine, settings):
        settings.PREPSITE_MAX_BODY, settings.PREPSITE_MAX_IMPORT = 1000, 5000
        assert mine.post(IMPORT, sent(b"x" * 3000)).status_code == 422
        assert mine.post(IMPORT, sent(b"x" * 6000)).status_code == 413
        assert mine.post(reverse("account_profile"), {"username": "x" * 3000}).status_code == 413

    def test_too_many_files_are_refused(self, mine):
        answers = [mine.post(IMPORT, sent(b"x")).status_code for _ in range(11)]
        assert answers[0] == 422 and answers[-1] == 429
