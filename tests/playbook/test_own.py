"""What a person writes in the playbook: their framework, their notes and learnings."""

import uuid

import pytest
from django.urls import reverse

from drills.models import Card
from playbook.models import Learning, Row, Step
from tests.playbook.factories import playbook
from writing.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


@pytest.fixture
def row(db) -> Row:
    playbook()
    return Row.objects.get(name="Clarify")


def make(client, row) -> Step:
    client.post(reverse("playbook:make-step"), {"row": row.pk})
    return Step.objects.get(row=row)


def test_a_step_begins_from_its_starter_and_is_made_once(client, row, alice):
    first, again = make(client, row), make(client, row)
    assert first == again and first.owner == alice and first.text == "- Scale?"
    page = client.get(reverse("playbook:my-framework")).content.decode()
    assert first.get_absolute_url() in page


def test_reset_keeps_what_was_written_and_can_be_undone(client, row):
    step = make(client, row)
    step.text = "My *own* text"
    step.save()
    client.post(reverse("playbook:reset-step", args=[step.pk]))
    step.refresh_from_db()
    assert step.text == "- Scale?" and "<li>" in step.text_html
    client.post(reverse("playbook:undo-reset", args=[step.pk]))
    step.refresh_from_db()
    assert step.text == "My *own* text" and "<em>own</em>" in step.text_html
    assert Revision.objects.of(step).accepted().count() == 4


def test_a_row_that_goes_leaves_the_text(client, row):
    step = make(client, row)
    Row.objects.filter(pk=row.pk).delete()
    page = client.get(step.get_absolute_url()).content.decode()
    assert "Clarify" in page and "- Scale?" in page


def test_only_steps_of_a_framework_can_be_made(client, row):
    other = Row.objects.get(name="Postgres")
    for wrong in (other.pk, 0, "", "x", "9" * 40, "１"):
        assert client.post(reverse("playbook:make-step"), {"row": wrong}).status_code == 404


def take(client, **fields) -> Learning:
    response = client.post(reverse("playbook:new-learning"), {"key": uuid.uuid4(), **fields})
    assert response.status_code == 302
    return Learning.objects.latest("pk")


def test_a_note_remembers_where_it_was_taken(client, alice):
    note = take(client, source="/plans/", source_title="Plans")
    assert (note.owner, note.source, note.source_title) == (alice, "/plans/", "Plans")
    assert 'href="/plans/"' in client.get(note.get_absolute_url()).content.decode()


@pytest.mark.parametrize("source", ["https://example.com/", "//example.com", "/\\example.com", "x"])
def test_an_address_elsewhere_is_no_source(client, source):
    assert take(client, source=source).source == ""


def test_asking_twice_makes_one(client):
    key = {"key": str(uuid.uuid4())}
    for _ in range(2):
        client.post(reverse("playbook:new-learning"), key)
    assert Learning.objects.count() == 1


def written(owner, title, text, **fields) -> Learning:
    return Learning.objects.create(
        owner=owner, title=title, text=text, taken_on="2026-11-20", **fields
    )


def test_search_finds_words_and_marks_them(client, alice, bob):
    written(alice, "Queues", "The visibility timeout was too short for a slow consumer.")
    written(alice, "Caches", "A stampede after a deployment.")
    written(bob, "Queues of bob", "His timeout.")
    page = client.get(reverse("playbook:learnings"), {"q": "timeouts"}).content.decode()
    assert "<mark>timeout</mark>" in page and "Queues" in page
    assert "Caches" not in page and "Queues of bob" not in page


def test_kind_and_tag_narrow_down(client, alice):
    written(alice, "Practised", "x", kind="practice", tags=["sqs"])
    written(alice, "Asked", "y", kind="interview", company="Acme", tags=["s3"])
    url = reverse("playbook:learnings")
    assert "Practised" not in client.get(url, {"kind": "interview"}).content.decode()
    assert "Asked" not in client.get(url, {"tag": "sqs"}).content.decode()
    assert "Nothing matches" in client.get(url, {"tag": "none"}).content.decode()


def test_an_empty_note_is_not_listed(client):
    take(client)
    assert (
        "Nothing is written down yet" in client.get(reverse("playbook:learnings")).content.decode()
    )


def test_about_a_note(client, alice):
    note = written(alice, "T", "x")
    url = reverse("playbook:about-learning", args=[note.pk])
    fields = {
        "kind": "interview",
        "company": "Acme",
        "taken_on": "2026-11-19",
        "tags": "SQS, ,sqs,S3",
    }
    assert client.post(url, fields).status_code == 302
    note.refresh_from_db()
    assert (note.kind, note.company, note.tags) == ("interview", "Acme", ["sqs", "s3"])
    bad = client.post(url, fields | {"taken_on": "soon", "tags": "x" * 41})
    assert bad.status_code == 422 and "x" * 41 in bad.content.decode()
    note.refresh_from_db()
    assert note.tags == ["sqs", "s3"]


def test_a_note_becomes_a_card(client, alice):
    note = written(alice, "Why jitter?", "So that clients do not return *together*.")
    url = reverse("playbook:learning-card", args=[note.pk])
    for _ in range(2):
        assert client.post(url)["Location"] == note.get_absolute_url()
    card = Card.objects.for_user(alice).get()
    assert (card.front, card.source) == ("Why jitter?", note.get_absolute_url())
    assert "In your drills" in client.get(note.get_absolute_url()).content.decode()
    untitled = written(alice, "", "First line\n\nThe rest.")
    client.post(reverse("playbook:learning-card", args=[untitled.pk]))
    assert Card.objects.for_user(alice).latest("pk").front == "First line"
    empty = written(alice, "Only a title", " ")
    page = client.post(reverse("playbook:learning-card", args=[empty.pk]), follow=True)
    assert "nothing in it yet" in page.content.decode()
    assert Card.objects.for_user(alice).count() == 2


def test_removed_and_brought_back(client, alice):
    note = written(alice, "T", "x")
    page = client.post(reverse("playbook:remove-learning", args=[note.pk]), follow=True)
    undo = reverse("playbook:restore-learning", args=[note.pk])
    assert undo in page.content.decode()
    assert client.get(note.get_absolute_url()).status_code == 404
    assert client.post(undo, follow=True).status_code == 200


def test_the_list_costs_the_same_for_many(client, alice, django_assert_num_queries):
    for count in (1, 30):
        for n in range(count):
            written(alice, f"T{n}", "words", tags=["a", "b"])
        with django_assert_num_queries(4):
            client.get(reverse("playbook:learnings"), {"q": "words"})
