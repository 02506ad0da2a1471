"""Asking, while clarifying: answered or left to assume, once, ten times at most, never lost."""

import pytest

from scenarios.sheets import AskedQuestion
from tests.scenarios.practice import (
    HTMX,
    address,
    ask,
    attempt_of,
    page_of,
)

pytestmark = pytest.mark.django_db


def test_the_interviewer_answers_or_leaves_it_to_you(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    page = ask(
        client, attempt, "How many buyers arrive after a show?", HTTP_HX_TARGET="questions", **HTMX
    )
    assert "About 40,000, for 20 minutes." in page.content.decode()
    assert "<html" not in page.content.decode()
    plain = ask(client, attempt, "What is your favourite colour?", 2)
    assert plain.url == address("phase", attempt.pk, "clarify") + "#question"
    page = client.get(plain.url).content.decode()
    assert "That is for you to assume: state it." in page
    row = AskedQuestion.objects.get(position=1)
    assert (row.category, row.matched[:15]) == ("users-scale", "How many buyers")


def test_a_question_sent_twice_is_asked_once(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    for _ in range(2):
        ask(client, attempt, "How many buyers arrive after a show?")
    ask(client, attempt, "Another one entirely?")  # a second tab, still on the first line
    asked = AskedQuestion.objects.filter(asked_at__isnull=False)
    assert list(asked.values_list("position", "text")) == [
        (1, "How many buyers arrive after a show?"), (2, "Another one entirely?"),
    ]  # fmt: skip


def test_ten_are_asked_and_no_more(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    for n in range(1, 12):
        response = ask(client, attempt, f"Is this number {n}?", min(n, 10))
    assert AskedQuestion.objects.filter(asked_at__isnull=False).count() == 10
    assert "Ten questions are asked" in client.get(response.url).content.decode()
    assert ask(client, attempt, "x", 11).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_an_invalid_question_is_kept_and_explained(alice, client_of, clock, text):
    attempt = attempt_of(alice)
    response = ask(client_of(alice), attempt, text, HTTP_HX_TARGET="questions", **HTMX)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'aria-invalid="true"' in page and f'value="{text}"' in page
    assert not AskedQuestion.objects.exclude(asked_at=None).exists()


def test_a_draft_comes_back_in_its_line(alice, client_of, clock):
    attempt = attempt_of(alice)
    AskedQuestion.objects.filter(attempt=attempt, position=1).update(text="Half a quest")
    assert 'value="Half a quest"' in page_of(client_of(alice), attempt).content.decode()
