"""Export, wipe, import: every row as it was, by a digest for each table."""

import io
import json
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.exports import Export
from accounts.imports import Brought
from accounts.models import User
from accounts.ownership import owned_models
from accounts.portable import bringing, layout, reading
from accounts.portable.rows import document as document_of
from drills.models import Card, Entry, Review, Setting, StudyDay
from plans.models import Item, Plan
from stories.models import OwnCompetency, Story, StorySetting
from tests.accounts.portable.world import (
    digests,
    everything,
    export_of,
    json_of,
    lines_of,
    state,
)
from tests.factories import UserFactory
from writing.models import Revision

pytestmark = pytest.mark.django_db


def bring(user, export: bytes, **how):
    found = reading.read(io.BytesIO(export), reading.FOR_A_PAGE)
    return bringing.bring_in(user, found, **how)


@pytest.fixture(scope="module")
def export(django_db_setup, django_db_blocker) -> bytes:
    """Of all that alice has; made once, and each test is a savepoint within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        alice = UserFactory(username="alice")
        everything(alice)
        yield export_of(alice)
        transaction.set_rollback(True)


@pytest.fixture
def alice(export, db) -> User:
    return User.objects.get(username="alice")


@pytest.fixture
def zed(db) -> User:
    """Somebody on another site: an account with nothing in it."""
    return UserFactory(username="zed")


def test_every_row_comes_back_as_it_was(alice, export, zed):
    before, tables = digests(alice), state(alice)
    assert len(before) == len([m for m in owned_models() if m.travels])
    assert all(tables.values()), [table for table, rows in tables.items() if not rows]
    alice.delete()
    assert not Story.objects.exists()
    tally = bring(zed, export, settings=True)
    after = state(zed)
    for table, rows in tables.items():
        assert after[table] == rows, table
    assert digests(zed) == before
    assert tally.changes == sum(map(len, tables.values()))
    assert not tally.left
    zed.refresh_from_db()
    assert (zed.time_zone, zed.theme, zed.day_starts_at) == ("Europe/Berlin", "dark", 5)


def test_the_digest_would_find_a_change(alice, export):
    """The control: a second of one review, and one address, are seen."""
    before = digests(alice)
    Card.objects.filter(owner=alice).exclude(source="").update(source="/stories/999/")
    changed = digests(alice)
    assert [table for table in before if before[table] != changed[table]] == ["drills_card"]


def test_the_export_of_the_copy_is_the_same(alice, export, zed):
    """With every id replaced by its row's uid, which travels, line for line."""
    alice.delete()
    bring(zed, export, settings=True)
    first, second = named(export), named(export_of(zed))
    assert first["rows"] == second["rows"]
    assert first["settings"] == second["settings"]


def named(export: bytes) -> dict:
    """The JSON of an export without ids: rows go by their uids."""
    document = json_of(export)
    uids = {
        label: {row["id"]: row["_uid"] for row in rows} for label, rows in document["rows"].items()
    }
    addresses = {
        "scenarios/attempts": "scenarios.attempt", "stories": "stories.story",
        "plans/items": "plans.item", "drills/cards": "drills.card",
    }  # fmt: skip

    def led(text: str) -> str:
        for place, of in addresses.items():
            for pk, uid in uids[of].items():
                text = re.sub(rf"(?<!\w)/{place}/{pk}/", f"/{place}/{uid}/", text)
        return text

    for label, rows in document["rows"].items():
        for row in rows:
            del row["id"]
            for name, about in document["schema"][label].items():
                if about["type"] == "id" and row[name] is not None:
                    of = row["model"] if label == "writing.revision" else about["of"]
                    row[name] = uids[of][row[name]]
                elif about["type"] == "list of ids":
                    row[name] = [uids[about["of"]][pk] for pk in row[name]]
                elif about["type"] == "list of addresses":
                    row[name] = [led(each) for each in row[name]]
                elif name in ("source", "text"):
                    row[name] = led(row[name])
    return document


def test_a_second_import_changes_nothing(export, zed):
    bring(zed, export, settings=True)
    before, brought = digests(zed), Brought.objects.count()
    tally = bring(zed, export, settings=True)
    assert (tally.changes, tally.left.total()) == (0, 0)
    assert digests(zed) == before
    assert Brought.objects.count() == brought


def test_an_account_that_imports_its_own_export_stays_as_it_is(alice, export):
    before = digests(alice)
    assert bring(alice, export, settings=True).changes == 0
    assert digests(alice) == before


def test_a_file_may_travel_in_circles(alice, export, zed):
    """From one site to another and back again: nothing stands twice."""
    bring(zed, export)
    before = digests(alice)
    assert bring(alice, export_of(zed)).changes == 0
    assert digests(alice) == before


def test_what_was_erased_here_comes_back(export, zed):
    bring(zed, export, settings=True)
    Setting.replan(zed.pk)  # as an import does: what comes may belong into the list of the day
    before = digests(zed)
    StudyDay.objects.filter(owner=zed).delete()
    assert bring(zed, export).changes == 1
    assert digests(zed) == before


class TestMerging:
    def test_keeps_what_is_here_and_adds_the_rest(self, export, zed):
        mine = Story.objects.create(owner=zed, title="Mine")
        OwnCompetency.objects.create(owner=zed, title="OWN CANARY-7F3A")
        StorySetting.objects.create(owner=zed, words_a_minute=99)
        tally = bring(zed, export)
        assert Story.objects.filter(owner=zed).count() == 2
        mine.refresh_from_db()
        assert mine.title == "Mine"
        assert StorySetting.objects.get(owner=zed).words_a_minute == 99
        assert tally.left[StorySetting] == 1
        # The theme of that title is here already, and the story has it.
        theirs = Story.objects.exclude(pk=mine.pk).get(owner=zed)
        assert theirs.own_theme.title == "OWN CANARY-7F3A"
        assert User.objects.get(pk=zed.pk).theme == "system"

    def test_the_settings_of_the_file_take_the_place_of_those_here(self, export, zed):
        StorySetting.objects.create(owner=zed, words_a_minute=99)
        bring(zed, export, settings=True)
        assert StorySetting.objects.get(owner=zed).words_a_minute == 140
        assert User.objects.get(pk=zed.pk).theme == "dark"

    def test_what_was_changed_here_since_is_left_alone(self, export, zed):
        bring(zed, export)
        story = Story.objects.get(owner=zed)
        story.action = "Changed here"
        story.save()
        Item.objects.filter(owner=zed).delete()
        bring(zed, export)
        story.refresh_from_db()
        assert story.action == "Changed here"
        # Their plan stands, so its items are its own affair.
        assert not Item.objects.filter(owner=zed).exists()

    def test_a_card_of_the_same_entry_keeps_its_schedule_and_reviews(self, alice, export, zed):
        entry = Entry.objects.first()
        theirs = Card.objects.add(alice, front="", entry=entry, now=timezone.now()).card
        Review.objects.create(
            owner=alice, card=theirs, key=theirs_key(), rating=3, at=timezone.now(), turn=0,
            day=timezone.now().date(), state="new", before=theirs.snapshot(),
        )  # fmt: skip
        Card.objects.add(zed, front="", entry=entry, now=timezone.now())
        tally = bring(zed, export_of(alice))
        assert Card.objects.filter(owner=zed, entry=entry).count() == 1
        assert not Review.objects.filter(owner=zed, card__entry=entry).exists()
        assert tally.left[Card] == 1 and tally.left[Review] == 1

    def test_looking_says_the_same_and_does_nothing(self, export, zed):
        found = reading.read(io.BytesIO(export), reading.FOR_A_PAGE)
        looked = bringing.look(zed, found, settings=True)
        assert not Plan.objects.filter(owner=zed).exists()
        zed.refresh_from_db()
        assert zed.theme == "system"
        assert bring(zed, export, settings=True) == looked


def theirs_key():
    import uuid

    return uuid.uuid4()


class TestElsewhere:
    def test_shared_content_goes_by_its_name_and_what_is_missing_is_said(self, alice, export, zed):
        from playbook.models import Playbook, Step
        from stories.library import Competency

        alice.delete()
        Competency.objects.all().delete()
        Playbook.objects.all().delete()
        tally = bring(zed, export)
        assert "ownership" in tally.missing
        assert Story.objects.filter(owner=zed).exists()
        assert Step.objects.get(owner=zed).row is None

    def test_an_address_of_a_row_outside_the_file_leads_nowhere(self, alice, export, zed):
        Card.objects.filter(owner=alice).exclude(source="").update(source="/stories/99999999/x")
        bring(zed, export_of(alice))
        assert Card.objects.exclude(source="").get(owner=zed).source == "/stories/0/x"

    def test_writing_goes_on_where_it_stopped(self, export, zed):
        """Versions, splices and the schedule are such that the next save and undo work."""
        bring(zed, export)
        story = Story.objects.get(owner=zed)
        last = story.version
        assert Revision.objects.of(story).get(version=last).texts()["action"] == story.action
        story.action += " And more."
        story.save()
        assert story.version == last + 1
        assert Revision.objects.of(story).get(version=last + 1).texts()["action"] == story.action


class TestTheFile:
    def test_says_what_is_in_it(self, export):
        import zipfile

        with zipfile.ZipFile(io.BytesIO(export)) as archive:
            names = archive.namelist()
            texts = {name: archive.read(name).decode() for name in names}
        folders = {name.partition("/")[0] for name in names if "/" in name}
        assert folders == {"Drills", "Plans", "Playbook", "Scenarios", "Stories"}
        assert "README.md" in names
        whole = "\n".join(text for name, text in texts.items() if name != "prepsite.json")
        for said in ("I measured where hour 39 went", "Plan canary-7f3a", "Step canary-7f3a"):
            assert said in whole

    def test_every_column_is_in_the_schema(self, export):
        document = json_of(export)
        assert set(document["schema"]) == set(document["rows"]) == set(layout.by_label())
        for label, rows in document["rows"].items():
            for row in rows:
                assert set(row) == {"id", "_uid", *document["schema"][label]}

    def test_a_row_is_a_line(self, export):
        lines = lines_of(export)
        document = json_of(export)
        rows = sum(map(len, document["rows"].values()))
        assert sum(line.removeprefix(",").startswith('{"id"') for line in lines) == rows
        assert json.loads("\n".join(lines)) == document

    def test_holds_no_secret(self, alice, export):
        text = "\n".join(lines_of(export))
        assert alice.password not in text
        assert alice.email not in text
        assert "session" not in text

    def test_is_one_persons_alone(self, alice, bob):
        assert "canary" in "\n".join(lines_of(export_of(alice)))
        assert "canary" not in "\n".join(lines_of(export_of(bob)))


def test_queries_do_not_grow_with_the_rows(alice, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        "".join(document_of(alice, timezone.now()))
    for number in range(30):
        Story.objects.create(owner=alice, title=f"Story {number}")
    with CaptureQueriesContext(connection) as many:
        "".join(document_of(alice, timezone.now()))
    assert len(many) == len(few)
    assert Export.objects.count() == 1
