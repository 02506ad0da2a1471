"""Any row or paragraph becomes a card in one click, and links back."""

import pytest
from django.urls import reverse

from drills.models import Card, Kind
from playbook.blocks import blocks_of
from playbook.models import Row
from tests.playbook.factories import note, playbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def row_of(name: str) -> Row:
    return Row.objects.get(name=name)


def test_a_row_becomes_a_card_once(client, alice):
    book = playbook()
    url = reverse("playbook:row-card", args=[book.key])
    row = row_of("Postgres")
    for _ in range(2):
        response = client.post(url, {"row": row.key})
        assert response.status_code == 302 and response["Location"] == row.url
    card = Card.objects.for_user(alice).get()
    assert card.front == "Postgres: when, and at what price?"
    assert card.answer == "**Best For:** Rows\n\n**Price:** One writer"
    assert (card.source, card.kind) == (row.url, Kind.COMPARISON)
    page = client.get(book.get_absolute_url()).content.decode()
    assert page.count("In your drills") == 1


def test_a_phrase_is_asked_for_by_its_moment(client, alice):
    book = playbook()
    row = Row.objects.get(section__kind="phrases")
    client.post(reverse("playbook:row-card", args=[book.key]), {"row": row.key})
    card = Card.objects.for_user(alice).get()
    assert card.front == "The phrase for this moment: To ground it"
    assert "At our scale" in card.answer


def test_every_row_has_two_sides(client, alice):
    book = playbook()
    for row in Row.objects.all():
        client.post(reverse("playbook:row-card", args=[book.key]), {"row": row.key})
    cards = Card.objects.for_user(alice)
    assert cards.count() == Row.objects.count()
    assert not cards.filter(front="").exists() and not cards.filter(answer="").exists()


def test_the_texts_of_a_section_become_cards(client, alice):
    table = "| A | B |\n|---|---|\n| c | d |"
    book = playbook("t", f"# T\n\n## Why\n\nOnly words.\n\n## Which\n\n{table}\n\n**Rule**: buy.")
    url = reverse("playbook:row-card", args=[book.key])
    for anchor in ("intro-of-why", "closing-of-which"):
        response = client.post(url, {"row": anchor})
        assert response["Location"] == f"{book.get_absolute_url()}#{anchor}"
    cards = Card.objects.for_user(alice).order_by("pk")
    assert list(cards.values_list("front", "answer")) == [
        ("Why?", "Only words."), ("Which: rule?", "**Rule**: buy."),
    ]  # fmt: skip
    page = client.get(book.get_absolute_url()).content.decode()
    assert page.count("In your drills") == 2
    for wrong in ("intro-of-which", "closing-of-why", "other-of-why", "intro-of-none"):
        assert client.post(url, {"row": wrong}).status_code == 404


def test_the_card_of_a_step_holds_its_starter(client, alice):
    book = playbook()
    url = reverse("playbook:row-card", args=[book.key])
    client.post(url, {"row": row_of("Clarify").key})
    assert Card.objects.for_user(alice).get().answer == "**Aim:** What I ask\n\n- Scale?"


def test_htmx_gets_the_button_and_a_word(client):
    book = playbook()
    url = reverse("playbook:row-card", args=[book.key])
    row = row_of("Postgres")
    page = client.post(url, {"row": row.key}, HTTP_HX_REQUEST="true").content.decode()
    assert f'id="card-{row.key}" hx-swap-oob' in " ".join(page.split())
    assert "It is in your drills now." in page


def test_a_row_that_is_not_there(client):
    book = playbook()
    url = reverse("playbook:row-card", args=[book.key])
    assert client.post(url, {"row": "no-such"}).status_code == 404
    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405


def test_a_paragraph_of_a_note_becomes_a_card(client, alice):
    row = note()
    row.body = "Above.\n\n## Limits\n\n- one\n- two\n\nBelow."
    row.save()
    url = reverse("playbook:note-card", args=[row.key])
    client.post(url, {"row": "p1"})
    card = Card.objects.for_user(alice).get()
    assert (card.front, card.answer) == ("Caching: limits?", "- one\n- two")
    assert card.source == f"{row.get_absolute_url()}#p1"
    for wrong in ("p3", "p-1", "x", ""):
        assert client.post(url, {"row": wrong}).status_code == 404


def test_blocks_keep_their_heading():
    blocks = blocks_of("Above.\n\n## Limits\n\nOne.\n\nTwo.")
    assert [(heading, text) for heading, text, _ in blocks] == [
        ("", "Above."), ("Limits", "One."), ("Limits", "Two."),
    ]  # fmt: skip
    assert "<h" in blocks[1][2] and "Limits" in blocks[1][2] and "Limits" not in blocks[2][2]
