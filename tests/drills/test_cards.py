"""Cards come once from where they came from, and the log of reviews stays."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from drills.days import begins, ends, study_day
from drills.models import Card, Entry, Group, Review, Setting, StudyDay
from drills.sources import Offer, offers
from tests.drills.factories import NOW, after, card, deck, entry, in_review, small_deck
from writing.models import Revision

pytestmark = pytest.mark.django_db


def test_a_source_gives_one_card(alice, bob):
    first = Card.objects.add(alice, front="Why SQS?", source="/scenarios/a/#sqs", now=NOW)
    again = Card.objects.add(alice, front="Otherwise", source="/scenarios/a/#sqs", now=NOW)
    assert (first.made, again.made, again.card.pk) == (True, False, first.card.pk)
    assert Card.objects.get().front == "Why SQS?"
    assert Card.objects.add(bob, front="Why SQS?", source="/scenarios/a/#sqs", now=NOW).made
    assert Card.objects.add(alice, front="Own", now=NOW).made
    assert Card.objects.add(alice, front="Own", now=NOW).made


def test_a_removed_card_comes_back_as_it_was(alice):
    made = in_review(alice, source="/scenarios/a/#sqs", removed_at=NOW)
    back = Card.objects.add(alice, front="New", source="/scenarios/a/#sqs", now=after(days=1))
    assert (back.made, back.card.pk, back.card.state) == (True, made.pk, "review")
    assert Card.objects.get().removed_at is None


def test_a_deck_is_taken_once(alice, bob):
    small_deck(3)
    Card.objects.adopt(alice, Entry.objects.published().select_related("deck"), NOW)
    Card.objects.adopt(alice, Entry.objects.published().select_related("deck"), after(days=1))
    cards = list(Card.objects.for_user(alice).with_entry().order_by("id"))
    assert [c.prompt for c in cards] == ["Front 1?", "Front 2?", "Front 3?"]
    assert {(c.kind, c.state, c.answer, c.due) for c in cards} == {
        ("justifications", "new", "", NOW)
    }
    assert not Card.objects.for_user(bob).exists()


def test_own_words_have_a_history(alice):
    made = card(alice, "Why?", "One.")
    made.answer = "Two."
    made.save()
    assert "Two." in made.answer_html
    assert [r.texts()["answer"] for r in Revision.objects.of(made)] == ["One.", "Two."]


def test_a_blank_is_filled_by_chance_and_stays_for_the_showing(alice):
    asked = entry(
        deck(kind="questions"), front="Design [use case].", blank="use case",
        fillings=["a feed", "a ledger", "a queue"],
    )  # fmt: skip
    made = Card.objects.add(alice, front="", entry=asked, now=NOW).card
    seen = set()
    for reps in range(20):
        made = Card.objects.with_entry().get(pk=made.pk)
        made.reps = reps
        seen.add(made.question)
        again = Card.objects.with_entry().get(pk=made.pk)
        again.reps = reps
        assert again.question == made.question
    assert seen == {"Design a feed.", "Design a ledger.", "Design a queue."}


def test_a_snapshot_brings_the_schedule_back_exactly(alice):
    made = in_review(alice, stability=1 / 3, difficulty=5.123456789012345, due=NOW)
    before = made.memory, made.reps, made.lapses
    kept = made.snapshot()
    made.memory = card(alice).memory
    made.restore(kept)
    assert (made.memory, made.reps, made.lapses) == before


def logged(owner, **values) -> Review:
    made = values.pop("card", None) or in_review(owner)
    defaults = {
        "card": made, "key": uuid.uuid4(), "rating": 3, "at": NOW, "day": NOW.date(),
        "milliseconds": 8000, "state": "review", "predicted": 0.9, "turn": 0, "before": {},
    }  # fmt: skip
    return Review.objects.create(owner=owner, **defaults | values)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(rating=1),
        lambda rows: rows.update(undone_at=NOW, rating=1),
        lambda rows: rows.delete(),
    ],
)
def test_a_review_stays_as_it_is(alice, change):
    logged(alice)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Review.objects.all())
    assert Review.objects.get().rating == 3


def test_a_review_is_taken_back_once(alice):
    logged(alice)
    Review.objects.update(undone_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.update(undone_at=None)
    assert Review.objects.counted().count() == 0


def test_one_review_a_key_and_a_turn(alice):
    first = logged(alice)
    for same in ({"key": first.key, "turn": 1}, {"turn": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            logged(alice, card=first.card, **same)


def test_an_account_goes_with_its_cards(alice, bob):
    logged(alice)
    Group.objects.create(owner=alice, title="Mine")
    Setting.of(alice)
    logged(bob)
    alice.delete()
    assert Review.objects.count() == Card.objects.count() == 1


def test_a_day_is_counted_and_uncounted_exactly(alice):
    first = logged(alice, predicted=0.1 + 0.2)
    second = logged(alice, card=first.card, turn=1, rating=1, state="new", predicted=None)
    StudyDay.count(first)
    one = StudyDay.objects.values().get()
    StudyDay.count(second)
    day = StudyDay.objects.get()
    assert (day.reviews, day.first_time, day.again, day.good, day.tested, day.kept) == (
        2, 1, 1, 1, 1, 1,
    )  # fmt: skip
    StudyDay.count(second, -1)
    assert StudyDay.objects.values().get() == one


def test_a_study_day_begins_when_its_owner_says(alice):
    alice.time_zone, alice.day_starts_at = "America/New_York", 4
    # 03:30 in New York is still the day before.
    assert study_day(alice, NOW.replace(hour=8, minute=30)) == NOW.date() - timedelta(days=1)
    day = NOW.date()
    assert begins(alice, day) == NOW.replace(hour=9)
    assert ends(alice, day) - begins(alice, day) == timedelta(days=1)
    # The night the clocks go back has an hour more.
    assert ends(alice, day.replace(day=1, month=11)) - begins(
        alice, day.replace(day=31, month=10)
    ) == timedelta(hours=49)


def test_rooms_offer_work_without_being_imported(alice, monkeypatch):
    from drills import sources

    monkeypatch.setattr(sources, "_sources", {})
    sources.register("late", lambda user, by: [Offer("Later", "/b/", by, 3)])
    sources.register("early", lambda user, by: [Offer(f"First, {user}", "/a/", NOW, 2)])
    found = offers(alice, after(hours=9))
    assert [offer.title for offer in found] == ["First, alice", "Later"]


def test_what_other_rooms_offer_leaves_half_of_the_day_to_the_cards(alice, monkeypatch):
    from drills import sources

    def three(user, by):
        return [Offer(f"{n}", "/", NOW, 6) for n in range(3)]

    monkeypatch.setattr(sources, "_sources", {"rehearsals": three})
    for minutes, fitting in ((4, 1), (20, 1), (24, 2), (60, 3)):
        found = sources.beside(alice, after(hours=9), minutes)
        assert (len(found.offers), found.waiting) == (fitting, 3 - fitting)
        assert found.minutes == min(6 * fitting, minutes / 2)
