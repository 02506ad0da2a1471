"""The scheduler beside the package it stands on: the same histories, the same figures."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db.models import DateTimeField, FloatField, Value
from fsrs import Card, Scheduler
from fsrs import Rating as FsrsRating

from drills.scheduling import (
    EVE,
    MODEL,
    Memory,
    Model,
    Rating,
    State,
    aim,
    fresh,
    preview,
    recall,
    recall_expression,
    review,
)
from tests.factories import UserFactory

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
HISTORIES = 1000


def a_pause(dice, due_in):
    """Minutes, days, or exactly what the schedule asks for."""
    return dice.choice(
        [
            timedelta(minutes=dice.randint(1, 900)),
            timedelta(days=dice.uniform(0.5, 60)),
            max(due_in, timedelta(0)),
        ]
    )


def seen(memory: Memory):
    return (
        memory.step,
        memory.stability,
        memory.difficulty,
        memory.due,
        memory.last_review,
    )


def after(*ratings, pause=timedelta(days=3)):
    memory, now = fresh(NOW), NOW
    for rating in ratings:
        memory = review(memory, rating, now)
        now += pause
    return memory


def test_a_thousand_histories_are_scheduled_as_the_package_does():
    dice = random.Random(20260302)
    for number in range(HISTORIES):
        retention = dice.choice([0.8, 0.9, 0.95])
        package = Scheduler(desired_retention=retention, enable_fuzzing=False)
        card, memory, now, pair = Card(card_id=number, due=NOW), fresh(NOW), NOW, None
        for _ in range(dice.randint(1, 16)):
            rating = dice.choice(list(Rating))
            whole_days = (now - memory.last_review).days if memory.last_review else 0
            card, _ = package.review_card(card, FsrsRating(int(rating)), now)
            memory = review(memory, rating, now, retention=retention)
            pair = MODEL.after(*pair, whole_days, rating) if pair else MODEL.first(rating)
            assert seen(memory) == seen(
                Memory(State.NEW, card.step, card.stability, card.difficulty, card.due, now)
            )
            assert memory.state.label == card.state.name
            # The formulas on plain floats, which planning uses, lead to the same memory.
            assert pair == pytest.approx((card.stability, card.difficulty), rel=1e-9)
            at = now + timedelta(days=dice.randint(0, 400))
            theirs = package.get_card_retrievability(card, at)
            assert recall(memory, at) == pytest.approx(theirs, abs=1e-9)
            assert aim(memory, now, retention=retention) == memory
            now += a_pause(dice, card.due - now)


def test_recall_falls_through_the_day_and_is_nothing_for_a_new_card():
    memory = after(Rating.GOOD)
    hours = [recall(memory, NOW + timedelta(hours=hour)) for hour in (0, 6, 12, 24)]
    assert hours[0] == 1
    assert hours == sorted(hours, reverse=True)
    assert len(set(hours)) == 4
    assert recall(memory, NOW - timedelta(days=1)) == 1
    assert recall(fresh(NOW), NOW) == 0


@pytest.mark.django_db
def test_the_database_sums_recall_to_the_same_figure():
    UserFactory()
    dice = random.Random(7)
    at = NOW + timedelta(days=9, hours=5)
    # A new card, one that was reviewed after that moment, and many between.
    memories = [fresh(NOW), replace(after(Rating.GOOD), last_review=at + timedelta(hours=7))] + [
        replace(
            after(Rating.GOOD),
            stability=10 ** dice.uniform(-3, 4),
            last_review=at - timedelta(days=dice.uniform(0, 900)),
        )
        for _ in range(60)
    ]
    columns = {
        f"recall_{number}": recall_expression(
            at,
            stability=Value(memory.stability, output_field=FloatField()),
            last_review=Value(memory.last_review, output_field=DateTimeField()),
        )
        for number, memory in enumerate(memories)
    }
    row = UserFactory._meta.model.objects.values(**columns).get()
    for number, memory in enumerate(memories):
        assert row[f"recall_{number}"] == pytest.approx(recall(memory, at), abs=1e-9)


def test_a_preview_is_what_the_review_then_does():
    memory, now = after(Rating.GOOD, Rating.GOOD), NOW + timedelta(days=20)
    shown = preview(memory, now, limit=now + timedelta(days=9))
    assert list(shown) == list(Rating)
    for rating, seen_before in shown.items():
        assert review(memory, rating, now, limit=now + timedelta(days=9)) == seen_before
    assert shown[Rating.AGAIN].state == State.RELEARNING
    assert shown[Rating.AGAIN].stability < shown[Rating.HARD].stability
    assert shown[Rating.HARD].stability < shown[Rating.EASY].stability


def test_no_interval_passes_the_interview():
    dice = random.Random(3)
    for _ in range(300):
        memory, now = fresh(NOW), NOW
        limit = NOW + timedelta(days=dice.uniform(0.01, 60))
        while now < limit:
            memory = review(memory, dice.choice(list(Rating)), now, limit=limit)
            assert now <= memory.due <= limit
            now += timedelta(days=dice.uniform(0.01, 8))


def test_a_card_that_needs_one_more_look_is_due_on_the_eve():
    memory, now = after(Rating.GOOD, Rating.GOOD), NOW + timedelta(days=3)
    assert memory.state == State.REVIEW
    natural = memory.due
    close, far = natural - timedelta(hours=1), now + timedelta(days=2)
    middle = now + (natural - now) * 0.7
    # No better than half-way from 90 % to certain at the interview: once more, the day before.
    assert recall(memory, close) < 0.91 < recall(memory, middle) < 0.95
    assert aim(memory, now, limit=close).due == close - EVE
    assert aim(memory, now, limit=middle).due == middle - EVE
    # Better than half-way to certain at the interview: nothing more is needed.
    assert recall(memory, far) > 0.95
    assert aim(memory, now, limit=far).due == far
    # The eve is too near for another look to count as another day.
    assert aim(memory, close - timedelta(hours=30), limit=close).due == close
    # An interview that is over, or none, leaves what the retention asks for.
    assert aim(aim(memory, now, limit=far), now, limit=None).due == natural
    assert aim(memory, now, limit=now - timedelta(days=1)).due == natural


def test_higher_retention_brings_the_card_back_sooner():
    memory = after(Rating.GOOD, Rating.GOOD, Rating.GOOD)
    dues = [aim(memory, NOW, retention=retention).due for retention in (0.8, 0.9, 0.97)]
    assert dues == sorted(dues, reverse=True)
    assert len(set(dues)) == 3


def test_days_counted_by_the_caller_replace_spans_of_24_hours():
    memory = after(Rating.GOOD, Rating.GOOD)
    early = memory.last_review + timedelta(hours=23, minutes=50)
    full = memory.last_review + timedelta(hours=24)
    same_day = review(memory, Rating.GOOD, early)
    next_day = review(memory, Rating.GOOD, early, elapsed=1)
    assert same_day.stability < next_day.stability
    assert next_day.stability == review(memory, Rating.GOOD, full).stability
    assert next_day.last_review == early


def test_times_are_kept_in_utc_and_must_have_a_zone():
    berlin = NOW.astimezone(timezone(timedelta(hours=1)))
    assert review(fresh(berlin), Rating.GOOD, berlin) == after(Rating.GOOD)
    assert fresh(berlin).due.tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        review(fresh(NOW), Rating.GOOD, NOW.replace(tzinfo=None))
    with pytest.raises(ValueError):
        review(fresh(NOW), 5, NOW)
    with pytest.raises(ValueError, match="21"):
        Model([0.4, 0.6])
