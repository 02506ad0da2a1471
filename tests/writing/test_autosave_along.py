"""Texts that come along with a form that does something else, as a browser without JavaScript
sends them."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.writing.sample.models import Note
from writing.forms import MARKDOWN_LIMIT
from writing.models import Revision

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.writing.sample.urls")]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def notes(alice):
    return [Note.objects.create(owner=alice, title=f"Note {n}") for n in (1, 2)]


@pytest.fixture
def elsewhere():
    """An address that saves no text itself."""
    return reverse("account_confirm_time_zone")


def part(note, version=None, **texts) -> str:
    mark = {"writing": f"{note.writing_label}/{note.pk}", "version": version or note.version}
    return urlencode(texts | mark)


def stored(notes) -> list[str]:
    return [Note.objects.get(pk=note.pk).text for note in notes]


def test_every_text_is_saved_before_the_view_does_its_work(client_of, alice, notes, elsewhere):
    body = "&".join(part(note, text=f"Words {note.pk}") for note in notes)
    answer = client_of(alice).post(elsewhere, body, content_type=FORM)
    assert answer.status_code < 400
    assert stored(notes) == [f"Words {note.pk}" for note in notes]
    assert Revision.objects.filter(object_id=notes[0].pk, kind="saved").exists()


@pytest.mark.parametrize("first", [True, False])
def test_what_is_not_yours_is_not_there_and_not_changed(client_of, bob, notes, elsewhere, first):
    mine = Note.objects.create(owner=bob, title="Mine")
    parts = [part(mine, text="Kept"), part(notes[0], text="Stolen")]
    body = "&".join(parts if first else reversed(parts))
    assert client_of(bob).post(elsewhere, body, content_type=FORM).status_code == 404
    assert stored([*notes, mine]) == ["", "", "Kept"]


def test_a_text_that_is_refused_is_shown_again_and_the_others_are_saved(
    client_of, alice, notes, elsewhere
):
    body = f"{part(notes[0], text='x' * (MARKDOWN_LIMIT + 1))}&{part(notes[1], text='Short')}"
    answer = client_of(alice).post(elsewhere, body, content_type=FORM)
    assert answer.status_code == 422 and b"x" * 1000 in answer.content
    assert stored(notes) == ["", "Short"]


def test_two_conflicts_are_both_kept_and_named(client_of, alice, notes, elsewhere):
    client = client_of(alice)
    Note.objects.update(text="Changed elsewhere")
    body = "&".join(part(note, version=1, text="Mine") for note in notes)
    answer = client.post(elsewhere, body, content_type=FORM)
    assert answer.status_code == 409
    assert "was not saved either" in answer.content.decode()
    assert Revision.objects.filter(kind="kept").count() == 2


@pytest.mark.parametrize(
    ("mark", "status"),
    [("sample.note/x", 404), ("sample.note", 404), ("accounts.user/1", 404), ("nothing/1", 404),
     ("sample.note/" + "9" * 30, 404), ("sample.note/٣", 404)],
)  # fmt: skip
def test_a_row_that_cannot_be_is_not_there(client_of, alice, elsewhere, mark, status):
    body = urlencode({"text": "Words", "writing": mark, "version": 1})
    assert client_of(alice).post(elsewhere, body, content_type=FORM).status_code == status


def test_bytes_that_are_no_text_and_forms_with_files_save_nothing(
    client_of, alice, notes, elsewhere
):
    client, mark = client_of(alice), part(notes[0])
    assert client.post(elsewhere, f"text=%FF&{mark}", content_type=FORM).status_code == 422
    data = {"text": "Words", "writing": f"sample.note/{notes[0].pk}", "version": "1"}
    assert client.post(elsewhere, data).status_code == 415
    assert client.post(elsewhere, f"writing=sample.note/{notes[0].pk}", content_type=FORM)
    assert stored(notes) == ["", ""]
