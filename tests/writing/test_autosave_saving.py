"""Saving a text: from a version, once, and never over somebody else's words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from tests.writing.sample.models import Note
from writing.autosave.saving import Conflict, Locked, Saved, save
from writing.models import Revision

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def note(alice):
    return Note.objects.create(owner=alice)


def put(note, base, *, key=None, now=NOW, tab=None, **fields):
    return save(Note, note.owner_id, note.pk, base, fields, key or uuid4(), now, tab=tab)


def test_save_stores_the_text_and_echoes_its_version(note):
    assert put(note, 1, text="one") == Saved(2, NOW, note)
    note.refresh_from_db()
    assert (note.text, note.version, note.updated_at) == ("one", 2, NOW)


def test_derived_columns_follow_in_the_same_update(note):
    put(note, 1, text="one two three")
    note.refresh_from_db()
    assert note.words == 3


def test_revision_tells_who_saved_from_what(note):
    key, tab = uuid4(), uuid4()
    put(note, 1, key=key, tab=tab, text="one")
    made = Revision.objects.of(note).get()
    assert (made.key, made.tab, made.base_version, made.version) == (key, tab, 1, 2)
    assert (made.owner, made.saved_at, made.texts()) == (note.owner, NOW, {"text": "one"})


def test_the_same_text_again_makes_no_revision(note):
    put(note, 1, text="one")
    assert put(note, 2, text="one").version == 2
    assert Revision.objects.of(note).count() == 1


def test_a_save_is_two_queries_in_one_transaction(note, django_assert_num_queries):
    with django_assert_num_queries(4) as seen:
        put(note, 1, text="one")
    statements = [query["sql"].split()[0] for query in seen.captured_queries]
    assert statements == ["SAVEPOINT", "SELECT", "UPDATE", "RELEASE"]


def test_stale_version_changes_nothing_and_keeps_the_text(note):
    put(note, 1, text="first")
    outcome = put(note, 1, text="second")
    assert isinstance(outcome, Conflict)
    assert (outcome.row.text, outcome.row.version) == ("first", 2)
    assert outcome.kept.texts() == {"text": "second"}
    note.refresh_from_db()
    assert note.text == "first"


def test_a_version_from_the_future_is_stale_too(note):
    assert isinstance(put(note, 7, text="from a restored backup"), Conflict)


def test_a_refused_text_sent_often_is_kept_once(note):
    put(note, 1, text="first")
    kept = {put(note, 1, text="second").kept.pk for _ in range(3)}
    assert len(kept) == 1


def test_stale_but_equal_text_is_saved_and_learns_the_rest(note):
    put(note, 1, text="same", aside="new")
    outcome = put(note, 1, text="same")
    assert outcome == Saved(2, NOW, note, {"title": "", "text": "same", "aside": "new"})


def test_finished_row_is_locked_and_the_late_text_kept(note):
    Note.objects.filter(pk=note.pk).update(finished_at=NOW)
    outcome = put(note, 1, text="late")
    assert isinstance(outcome, Locked)
    assert outcome.reason.startswith("This note is finished")
    assert outcome.kept.texts() == {"text": "late"}
    note.refresh_from_db()
    assert note.text == ""


def test_retry_after_the_row_was_finished_still_hears_saved(note):
    key = uuid4()
    first = put(note, 1, key=key, text="in time")
    Note.objects.filter(pk=note.pk).update(finished_at=NOW)
    assert put(note, 1, key=key, text="in time") == first


def test_not_yours_does_not_exist(note, bob):
    with pytest.raises(Note.DoesNotExist):
        save(Note, bob.pk, note.pk, 1, {"text": "x"}, uuid4(), NOW)
    assert not Revision.objects.exists()


def test_lost_response_500_times_saves_once_each(note):
    """Every save is sent twice, as if its first answer was lost; half of the retries come after
    another save. Lost 0, duplicated 0."""
    version = 1
    for step in range(500):
        key, text = uuid4(), f"text {step}"
        first = put(note, version, key=key, text=text)
        base, version = version, first.version
        if step % 2:
            version = put(note, version, text=f"between {step}").version
        assert put(note, base, key=key, text=text) == first
    assert Revision.objects.of(note).count() == 750
    assert not Revision.objects.filter(kind=Revision.Kind.KEPT).exists()
    assert len({revision.texts()["text"] for revision in Revision.objects.of(note)}) == 750


def test_a_key_used_for_another_text_does_not_pass_for_a_retry(note):
    key = uuid4()
    put(note, 1, key=key, text="one")
    outcome = put(note, 1, key=key, text="two")
    assert isinstance(outcome, Conflict)
    assert outcome.kept.texts() == {"text": "two"}


@pytest.mark.django_db(transaction=True)
def test_eight_writers_of_one_version_have_one_winner_each_in_200_rounds(alice):
    """200 rounds: 1 saved, 7 conflicts each; every one of the 1,600 texts is in the history."""
    note = Note.objects.create(owner=alice)
    start = Barrier(8)

    def write(writer):
        results = []
        try:
            for number in range(200):
                start.wait(30)
                results.append(put(note, number + 1, text=f"round {number} writer {writer}"))
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(8) as pool:
        columns = list(pool.map(write, range(8)))
    for number, row in enumerate(zip(*columns, strict=True)):
        winners = [outcome for outcome in row if isinstance(outcome, Saved)]
        losers = [outcome for outcome in row if isinstance(outcome, Conflict)]
        assert [outcome.version for outcome in winners] == [number + 2]
        assert len(losers) == 7
    accepted = Revision.objects.of(note).accepted()
    assert list(accepted.order_by("id").values_list("version", flat=True)) == list(range(2, 202))
    texts = {revision.texts()["text"] for revision in Revision.objects.of(note)}
    assert texts == {f"round {n} writer {w}" for n in range(200) for w in range(8)}


def test_save_of_a_stale_instance_is_refused_by_the_database(note):
    stale = Note.objects.get(pk=note.pk)
    put(note, 1, text="first")
    stale.text = "over it"
    with pytest.raises(IntegrityError, match="is at version 2, not 1"):
        stale.save()


def test_save_of_an_instance_learns_its_version(note):
    for text in ("one", "two"):
        note.text = text
        note.save()
    assert note.version == 3
    note.finished_at = NOW + timedelta(1)
    note.save(update_fields=["finished_at"])
    assert Note.objects.get(pk=note.pk).version == 3
