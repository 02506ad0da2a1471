"""The save address, as a page's script and as a plain form use it."""

import json
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.writing.sample.models import Note
from writing.models import Revision

pytestmark = pytest.mark.urls("tests.writing.sample.urls")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def note(alice):
    return Note.objects.create(owner=alice, title="Outage")


@pytest.fixture
def send(client_of, alice):
    client = client_of(alice)

    def post(note, version=1, *, by=client, body=None, **fields):
        value = body or json.dumps({"version": version, "key": str(uuid4()), "fields": fields})
        return by.post(
            note.save_url,
            value,
            content_type="application/json",
            headers={"X-Requested-With": "fetch"},
        )

    return post


@pytest.fixture
def submit(client_of, alice):
    client = client_of(alice)

    def post(note, **fields):
        return client.post(note.save_url, urlencode(fields), content_type=FORM)

    return post


def test_save_answers_version_and_time(note, send):
    answer = send(note, text="one")
    note.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json() == {
        "version": 2,
        "saved_at": note.updated_at.isoformat(),
        "clock": f"{note.updated_at:%H:%M}",
    }


def test_clock_is_the_readers(note, send, alice):
    alice.time_zone = "Asia/Kolkata"
    alice.save()
    answer = send(note, text="one").json()
    assert answer["clock"] != answer["saved_at"][11:16]


def test_save_costs_two_queries_beside_session_and_user(note, send, django_assert_num_queries):
    with django_assert_num_queries(6) as seen:
        send(note, text="one")
    statements = [query["sql"].split()[0] for query in seen.captured_queries]
    assert statements == ["SELECT", "SELECT", "SAVEPOINT", "SELECT", "UPDATE", "RELEASE"]


def test_get_answers_the_row_as_it_stands(note, client_of, alice):
    answer = client_of(alice).get(note.save_url).json()
    assert (answer["version"], answer["fields"]["title"]) == (1, "Outage")


def test_conflict_answers_both_texts_and_a_choice(note, send):
    send(note, text="theirs <b>")
    answer = send(note, text="mine <b>")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["version"], told["fields"]["text"]) == (2, "theirs <b>")
    assert Revision.objects.get(pk=told["kept"]).texts() == {"text": "mine <b>"}
    assert "<del>" in told["html"] and "&lt;b&gt;" in told["html"] and "<b>" not in told["html"]
    assert 'data-choice="theirs"' in told["html"]


def test_signed_out_is_401_and_stores_nothing(note, send):
    assert send(note, by=Client(), text="x").status_code == 401
    note.refresh_from_db()
    assert note.text == ""


def test_page_of_somebody_else_is_401(note, send, bob, client_of):
    body = json.dumps({"version": 1, "owner": note.owner_id, "fields": {"text": "x"}})
    other = Note.objects.create(owner=bob)
    assert send(other, by=client_of(bob), body=body).status_code == 401
    assert not Revision.objects.of(other).exists()


@pytest.mark.parametrize("view", ["save", "history", "compare"])
def test_not_yours_is_404(note, view, client_of, bob):
    address = reverse(f"writing:{view}", args=["sample.note", note.pk])
    assert client_of(bob).get(address + "?a=1").status_code == 404


def test_a_number_no_row_can_have_is_404(client_of, alice, send):
    for pk in (2**31, 2**63, 10**40):
        assert client_of(alice).get(f"/writing/save/sample.note/{pk}/").status_code == 404
        assert send(Note(pk=pk), text="x").status_code == 404


def test_saving_what_is_not_yours_is_404(note, send, client_of, bob):
    assert send(note, by=client_of(bob), text="x").status_code == 404
    note.refresh_from_db()
    assert note.text == ""


@pytest.mark.parametrize(
    "label", ["accounts.user", "sample.Note", "nothing", "a.b", "writing.revision"]
)
def test_only_written_models_have_addresses(label, client_of, alice):
    assert client_of(alice).get(f"/writing/save/{label}/1/").status_code == 404


def test_finished_is_423_and_the_text_kept(note, send):
    Note.objects.filter(pk=note.pk).update(finished_at="2026-01-01T00:00Z")
    answer = send(note, text="late")
    assert answer.status_code == 423
    assert "finished" in answer.json()["error"]
    assert Revision.objects.get(pk=answer.json()["kept"]).texts() == {"text": "late"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'"\xff"',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"null",
        b'{"version": 1}',
        b'{"version": 1, "fields": []}',
        b'{"version": 1, "fields": {"text": 1}}',
        b'{"version": 1, "fields": {"owner": "2"}}',
        b'{"version": 1, "fields": {"version": "2"}}',
        b'{"version": true, "fields": {}}',
        b'{"version": 1e9, "fields": {}}',
        b'{"version": -1, "fields": {}}',
        b'{"version": 99999999999999999999, "fields": {}}',
        b'{"version": 4294967296, "fields": {}}',
        b'{"version": NaN, "fields": {}}',
        b'{"version": 1, "key": "x", "fields": {}}',
        b'{"version": 1, "key": {}, "fields": {}}',
        b'{"version": 1, "key": [1], "fields": {}}',
        b'{"version": 1, "tab": "x", "fields": {}}',
        b'{"version": 1, "owner": "x", "fields": {}}',
        b"9" * 5000,
        b'{"version": "\xd9\xa3", "fields": {}}',
    ],
)
def test_what_is_no_save_is_422_with_a_sentence(note, send, body):
    answer = send(note, body=body or b" ")
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    note.refresh_from_db()
    assert note.version == 1


def test_too_long_a_text_is_422_and_says_how_long(note, send):
    answer = send(note, text="x" * 100_001)
    assert answer.status_code == 422
    assert "100,001" in answer.json()["error"]
    assert send(note, text="x" * 100_000).status_code == 200


def test_body_over_the_limit_is_413(note, send):
    assert send(note, text="x" * 4_000_000).status_code == 413


def test_another_type_of_body_is_415(note, client_of, alice):
    answer = client_of(alice).post(
        note.save_url, {"version": 1, "text": "x"}, headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 415


def test_token_is_good_after_signing_in_elsewhere(alice, note):
    """Signing in changes the CSRF token: a page from before is refused, asks here, and saves."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    body = json.dumps({"version": 1, "fields": {"text": "kept"}})

    def post(token):
        return client.post(
            note.save_url,
            body,
            content_type="application/json",
            headers={"X-Requested-With": "fetch", "X-CSRFToken": token},
        )

    stale = client.get(reverse("writing:token")).json()["token"]
    assert post(stale).status_code == 200
    client.cookies.pop("csrftoken")
    assert post(stale).status_code == 403
    told = client.get(reverse("writing:token")).json()
    assert told["owner"] == alice.pk
    assert post(told["token"]).status_code == 200


def test_form_saves_and_leads_back(note, submit):
    answer = submit(note, version=1, text="one\r\ntwo")
    assert (answer.status_code, answer["Location"]) == (302, note.get_absolute_url())
    note.refresh_from_db()
    assert note.text == "one\ntwo"


def test_form_in_conflict_is_a_page_with_both_texts(note, submit):
    submit(note, version=1, text="their words")
    answer = submit(note, version=1, text="my words")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "my words</textarea>" in page
    assert "<del>" in page and "their" in page
    assert submit(note, version=2, text="my words").status_code == 302


def test_form_refused_shows_its_text_again(note, submit):
    text = "</textarea><script>" + "x" * 100_000
    answer = submit(note, version=1, text=text)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" + "x" * 100_000 in page
    assert "the most that fits is 100,000" in page


def test_form_of_a_finished_note_is_a_page_with_its_text(note, submit):
    Note.objects.filter(pk=note.pk).update(finished_at="2026-01-01T00:00Z")
    answer = submit(note, version=1, text="late words")
    assert answer.status_code == 423
    assert "late words" in answer.content.decode()


def test_form_that_is_no_utf8_is_422(note, client_of, alice):
    for body in ("version=1&text=%FF%FE", "version=1&text=%ED%A0%80", "&".join(["a=1"] * 200)):
        answer = client_of(alice).post(note.save_url, body, content_type=FORM)
        assert answer.status_code == 422
    assert quote("\ud800", errors="surrogatepass") == "%ED%A0%80"


def test_signed_out_form_goes_to_sign_in(note):
    answer = Client().post(note.save_url, urlencode({"version": 1, "text": "x"}), content_type=FORM)
    assert answer.status_code == 302 and "login" in answer["Location"]
