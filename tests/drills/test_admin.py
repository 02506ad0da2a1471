"""Staff edit the shared decks, and what they wrote is kept by the next loading."""

import pytest
from django.urls import reverse

from drills.models import Entry
from tests.drills.factories import deck, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(client_of):
    staff = client_of(UserFactory(username="root", is_staff=True, is_superuser=True))

    def post(row: Entry, **changes):
        data = {
            "deck": row.deck_id, "order": row.order, "published": "on", "title": row.title,
            "front": row.front, "answer": row.answer, "note": row.note, "tags": "a,b",
            "blank": "", "fillings": "",
        }  # fmt: skip
        url = reverse("admin:drills_entry_change", args=[row.pk])
        return staff.post(url, data | changes)

    return post


def test_an_edited_entry_is_marked_and_rendered(change):
    row = entry(deck())
    assert change(row, answer="Now *so*.").status_code == 302
    row.refresh_from_db()
    assert "<em>so</em>" in row.answer_html
    assert row.edited_at
    assert row.tags == ["a", "b"]


@pytest.mark.parametrize(
    "wrong", [{"blank": "use case", "fillings": "a,b"}, {"fillings": "a"}], ids=["blank", "alone"]
)
def test_a_blank_and_its_fillings_come_together(change, wrong):
    row = entry(deck())
    response = change(row, **wrong)
    assert response.status_code == 200
    assert b"errorlist" in response.content
