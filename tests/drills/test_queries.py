"""What a page costs: the same with ten cards behind it and with a thousand (long: ten thousand)."""

import os

import pytest

from drills import sources
from drills.models import Card, Review, Setting
from tests.drills.factories import NOW, after, in_review, many_cards, many_reviews, small_deck
from tests.drills.pages import HTMX, answer, get, post

pytestmark = pytest.mark.django_db
# Two of each are the session and the user. A transaction in a test costs two more than in life.
TODAY, NEXT, RATE, UNDO = 7, 6, 11, 16


MANY = (10_000, 200_000) if os.environ.get("PREPSITE_LONG") else (1_000, 5_000)


@pytest.mark.parametrize(("cards", "reviews"), [(10, 10), MANY], ids=["few", "many"])
def test_queries_are_constant(
    visitor, alice, django_assert_num_queries, monkeypatch, cards, reviews
):
    # What other rooms offer costs what it costs them.
    monkeypatch.setattr(sources, "_sources", {})
    small_deck(5)
    many_cards(alice, cards)
    many_reviews(alice, reviews)
    made = in_review(alice, "The one", due=after(days=-200))
    get(visitor, "today")
    with django_assert_num_queries(TODAY):
        get(visitor, "today")
    with django_assert_num_queries(NEXT):
        html = get(visitor, "next")
    assert "The one" in html
    data = answer(visitor, made)
    with django_assert_num_queries(RATE):
        post(visitor, "rate", made.pk, data=data, **HTMX)
    review = Review.objects.counted().get(card=made, at=NOW)
    with django_assert_num_queries(UNDO):
        post(visitor, "undo", review.pk, **HTMX)
    assert Card.objects.get(pk=made.pk).memory == made.memory
    # With an interview: the share expected at its hour, and what today's list adds.
    Setting.objects.filter(owner=alice).update(interview_at=after(days=9))
    get(visitor, "today")
    with django_assert_num_queries(TODAY + 2):
        assert "At the interview" in get(visitor, "today")
