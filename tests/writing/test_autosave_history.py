"""History is append-only, kept by the database, and small."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from tests.writing.sample.models import Note
from writing.autosave.history import entries, give_name, restore
from writing.autosave.saving import Saved, save
from writing.models import Revision, Written

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def note(alice):
    return Note.objects.create(owner=alice)


def put(note, base, text, *, at=0, tab=None):
    return save(
        Note,
        note.owner_id,
        note.pk,
        base,
        {"text": text},
        uuid4(),
        NOW + timedelta(seconds=at),
        tab=tab,
    )


def texts(note):
    return [revision.texts().get("text") for revision in Revision.objects.of(note).order_by("id")]


def test_every_way_to_change_a_text_leaves_a_revision(alice):
    note = Note.objects.create(owner=alice, text="created")
    Note.objects.filter(pk=note.pk).update(text="queryset")
    Note.objects.bulk_update([Note(pk=note.pk, text="bulk")], ["text"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sample_note SET text = 'prompt' WHERE id = %s", [note.pk])
    note.refresh_from_db()
    note.text = "instance"
    note.save()
    assert texts(note) == ["created", "queryset", "bulk", "prompt", "instance"]
    assert list(Revision.objects.of(note).order_by("id").values_list("version", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_change_beside_the_text_leaves_none(alice):
    note = Note.objects.create(owner=alice, text="one")
    Note.objects.filter(pk=note.pk).update(finished_at=NOW, version=40)
    note.refresh_from_db()
    assert (note.version, Revision.objects.of(note).count()) == (1, 1)


def test_empty_new_row_leaves_none(note):
    assert not Revision.objects.of(note).exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE writing_revision SET fields = '{}'",
        "UPDATE writing_revision SET saved_at = now()",
        "UPDATE writing_revision SET owner_id = owner_id + 1, name = 'x'",
        "DELETE FROM writing_revision",
    ],
)
def test_revisions_can_be_neither_changed_nor_deleted(note, change):
    put(note, 1, "one")
    with (
        pytest.raises(DatabaseError, match="revision"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert texts(note) == ["one"]


def test_a_revision_can_be_named(note):
    put(note, 1, "one")
    give_name(Revision.objects.of(note).get(), "told at Acme")
    assert Revision.objects.of(note).get().name == "told at Acme"


def test_history_outlives_its_row_and_goes_with_the_account(note, alice, bob):
    other = Note.objects.create(owner=bob, text="bob's")
    put(note, 1, "one")
    note.delete()
    assert Revision.objects.filter(owner=alice).count() == 1
    alice.delete()
    assert list(Revision.objects.values_list("owner", flat=True)) == [bob.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(owner=bob).delete()
    assert texts(other) == ["bob's"]


def test_every_written_table_has_its_triggers(db):
    """Control: the same question about a table without them finds none."""

    def installed(model):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
                [model._meta.db_table],
            )
            found = {name.rsplit("_", 1)[0] for (name,) in cursor.fetchall()}
        return {"pgtrigger_writing_version", "pgtrigger_writing_history"} <= found

    models = [model for model in apps.get_models() if issubclass(model, Written)]
    assert Note in models
    assert [model._meta.label for model in models if not installed(model)] == []
    assert not installed(Revision)


def test_long_text_is_stored_as_what_changed(note):
    """An hour of typing at the end of 20,000 characters costs a fraction of its copies."""
    text, version = "word " * 4000, 1
    for step in range(100):
        text += f"and sentence {step}. "
        version = put(note, version, text).version
    stored = [str(fields) for fields in Revision.objects.of(note).values_list("fields", flat=True)]
    copies = 100 * len(text)
    assert sum(map(len, stored)) < copies / 15
    assert texts(note)[-1] == text
    assert texts(note)[40].endswith("and sentence 40. ")


def test_reading_a_revision_is_one_query_of_at_most_32_rows(note, django_assert_num_queries):
    version = 1
    for step in range(70):
        version = put(note, version, f"text {step}").version
    revision = Revision.objects.of(note).get(version=63)
    with django_assert_num_queries(1) as seen:
        assert revision.texts() == {"title": "", "text": "text 61", "aside": ""}
    with connection.cursor() as cursor:
        cursor.execute(seen.captured_queries[0]["sql"])
        assert len(cursor.fetchall()) == 32


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a" * 1500),
        ("a" * 1500, ""),
        ("a" * 1500, "a" * 1501),
        ("ab" * 800, "ab" * 799),
        ("x" * 2000, "x" * 999 + "é😀\n" + "x" * 999),
        ("😀" * 1200, "😀" * 600 + "b" + "😀" * 600),
        ("same" * 500, "different" * 500),
        ("é" * 1100, "e\u0301" + "é" * 1100),
    ],
)
def test_splices_read_back_exactly(alice, before, after):
    note = Note.objects.create(owner=alice, text=before)
    Note.objects.filter(pk=note.pk).update(text=after)
    assert Revision.objects.of(note).get(version=2).texts()["text"] == after


def shown(note):
    return [r.texts()["text"] for r in entries(Note.objects.get(pk=note.pk))]


def test_rapid_saves_of_a_tab_are_one_entry(note):
    tab = uuid4()
    for step in range(5):
        put(note, step + 1, f"typing {step}", at=step * 5, tab=tab)
    put(note, 6, "after a pause", at=120, tab=tab)
    assert shown(note) == ["after a pause", "typing 4"]
    assert Revision.objects.of(note).count() == 6


def test_another_tab_a_plain_form_and_ten_minutes_end_an_entry(note):
    tab = uuid4()
    put(note, 1, "a", at=0, tab=tab)
    put(note, 2, "b", at=1, tab=uuid4())
    put(note, 3, "c", at=2)
    put(note, 4, "d", at=3)
    for step in range(25):
        put(note, 5 + step, f"e{step}", at=30 * (step + 1), tab=tab)
    assert shown(note) == ["e24", "e18", "d", "c", "b", "a"]


def test_named_kept_and_replaced_texts_are_entries_within_a_burst(note):
    tab = uuid4()
    for step in range(4):
        put(note, step + 1, f"typing {step}", at=step, tab=tab)
    put(note, 1, "the loser", at=5, tab=tab)
    give_name(Revision.objects.of(note).get(version=3), "told at Acme")
    note.refresh_from_db()
    second = Revision.objects.of(note).get(version=2)
    restore(note, second, 5, uuid4(), NOW + timedelta(seconds=6))
    assert shown(note) == ["typing 0", "the loser", "typing 3", "typing 1"]


def test_restore_is_a_new_revision(note):
    put(note, 1, "one")
    put(note, 2, "two")
    note.refresh_from_db()
    first = Revision.objects.of(note).get(version=2)
    outcome = restore(note, first, 3, uuid4(), NOW)
    assert isinstance(outcome, Saved)
    assert texts(note) == ["one", "two", "one"]
    assert Revision.objects.of(note).latest("id").kind == Revision.Kind.RESTORED


def test_restoring_a_kept_text_leaves_other_fields(note):
    save(Note, note.owner_id, note.pk, 1, {"text": "x", "aside": "beside"}, uuid4(), NOW)
    kept = put(note, 1, "the loser").kept
    note.refresh_from_db()
    restore(note, kept, 2, uuid4(), NOW)
    note.refresh_from_db()
    assert (note.text, note.aside) == ("the loser", "beside")
