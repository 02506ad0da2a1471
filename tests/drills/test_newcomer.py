"""A newcomer's first two days: three sentences, a drill, an undo, and the forecast that moves."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from drills.models import Card, Review, StudyDay
from drills.scheduling import Rating
from tests.drills.factories import NOW, small_deck
from tests.drills.pages import HTMX, answer, get, post, question

pytestmark = pytest.mark.django_db


def write(visitor, key: str, sentence: str) -> str:
    """Write a sentence as the page has it done without JavaScript; the page that follows."""
    assert "The model stays closed" in get(visitor, "justification", key)
    post(visitor, "write", key)
    card = Card.objects.get(entry__key=key)
    sent = urlencode({"version": card.version, "answer": sentence})
    address = reverse("drills:beside", args=[card.pk])
    kind = "application/x-www-form-urlencoded"
    return visitor.post(address, sent, content_type=kind, follow=True).content.decode()


def rate_next(visitor, rating: int = Rating.GOOD) -> str:
    """Answer the card that is next; the question that was asked."""
    asked = question(get(visitor, "next"))
    card = next(c for c in Card.objects.with_entry() if c.question == asked)
    post(visitor, "rate", card.pk, data=answer(visitor, card, rating), **HTMX)
    return asked


def share(visitor) -> float:
    """The expected share at the interview without another review, in per cent."""
    return int(re.search(r"<b>(\d+)\s%</b> of your", get(visitor, "today"))[1])


def test_two_days(visitor, clock):
    small_deck(3)
    assert "Write a justification" in get(visitor, "today")
    for number in (1, 2, 3):
        html = write(visitor, f"patterns-{number}", f"I chose {number} because we are three.")
        assert '<div class="versus">' in html
    assert "3 cards" in get(visitor, "today")

    data = {
        "new_a_day": 10, "minutes_a_day": 20, "percent": 90, "interview_at": "2026-11-30T10:00"
    }  # fmt: skip
    assert "At the interview" in post(visitor, "settings", data=data).content.decode()
    shares = [share(visitor)]
    asked = [rate_next(visitor) for _ in range(3)]
    assert len(set(asked)) == 3

    before = Card.objects.order_by("pk").values_list("state", "due", "reps")
    counted = StudyDay.objects.get().reviews
    again = Review.objects.counted().latest("pk")
    html = post(visitor, "undo", again.pk, **HTMX).content.decode()
    assert question(html) == asked[2]
    assert StudyDay.objects.get().reviews == counted - 1
    assert sorted(before).count(("new", NOW, 0)) == 1
    assert rate_next(visitor) == asked[2]

    # The short steps of the same evening.
    clock.now += timedelta(minutes=11)
    assert "Just learned" in get(visitor, "today")
    for _ in range(3):
        rate_next(visitor)
    shares.append(share(visitor))
    assert "Done for today" in get(visitor, "today")

    # Tomorrow, and the days after, until a card is worth asking again.
    for _ in range(9):
        clock.now += timedelta(days=1)
        if re.search(r"\d cards?, about", get(visitor, "today")):
            break
    for _ in range(3):
        if Card.objects.filter(last_review__lt=clock.now - timedelta(hours=1)).exists():
            rate_next(visitor)
            shares.append(share(visitor))
    assert len(shares) >= 4
    assert shares == sorted(set(shares))
    assert set(StudyDay.objects.values_list("day", flat=True)) >= {NOW.date()}
    assert reverse("drills:statistics") in get(visitor, "today")
