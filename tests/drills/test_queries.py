"""What a page costs: the same with ten cards behind it and with ten thousand."""

import pytest

from drills.models import Card, Review
from tests.drills.factories import NOW, in_review, many_cards, many_reviews, small_deck
from tests.drills.pages import HTMX, answer, get, post

pytestmark = pytest.mark.django_db
# Two of each are the session and the user. A transaction in a test costs two more than in life.
TODAY, NEXT, RATE, UNDO = 7, 6, 11, 16


@pytest.mark.parametrize(("cards", "reviews"), [(10, 10), (10_000, 200_000)], ids=["few", "many"])
def test_queries_are_constant(visitor, alice, django_assert_num_queries, cards, reviews):
    small_deck(5)
    many_cards(alice, cards)
    many_reviews(alice, reviews)
    made = in_review(alice, "The one", stability=0.01)
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
