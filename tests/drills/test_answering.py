"""One review for one answer, whatever arrives twice; and the way back."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from drills import answering, queue
from drills.models import Card, Review, Setting, StudyDay
from drills.scheduling import Rating, State
from tests.drills.factories import NOW, after, card, in_review


def rate(user, made, rating=Rating.GOOD, now=NOW, **values):
    given = {"turn": made.turn, "key": uuid.uuid4(), "milliseconds": 8000} | values
    return answering.rate(user, made, Setting.of(user), Rating(rating), now=now, **given)


def row(made: Card) -> dict:
    names = ("state", "step", "stability", "difficulty", "due", "last_review", "reps", "lapses")
    return Card.objects.values(*names).get(pk=made.pk)


@pytest.mark.django_db
class TestOne:
    def test_an_answer_is_scheduled_logged_and_counted(self, alice):
        made = in_review(alice)
        review = rate(alice, made, Rating.GOOD)
        assert review.predicted == pytest.approx(0.9, abs=0.01)
        stored = Card.objects.get(pk=made.pk)
        assert (stored.memory, stored.turn, stored.reps) == (made.memory, 1, 4)
        assert stored.due > after(days=10)
        day = StudyDay.objects.get()
        assert (day.day, day.reviews, day.good, day.tested, day.kept, day.milliseconds) == (
            NOW.date(), 1, 1, 1, 1, 8000,
        )  # fmt: skip

    def test_the_preview_is_what_comes(self, alice):
        for rating in Rating:
            made = in_review(alice, f"Front {rating}")
            expected = answering.preview(alice, made, Setting.of(alice), NOW)[rating]
            rate(alice, made, rating)
            assert Card.objects.get(pk=made.pk).memory == expected

    def test_a_lapse_is_a_card_in_review_forgotten(self, alice):
        made = in_review(alice)
        rate(alice, made, Rating.AGAIN)
        rate(alice, made, Rating.AGAIN, after(minutes=10))
        assert (made.lapses, made.state) == (1, State.RELEARNING)

    def test_a_page_of_an_earlier_turn_counts_nothing(self, alice):
        made = in_review(alice)
        shown = Card.objects.get(pk=made.pk)
        assert rate(alice, made)
        before = row(made)
        assert rate(alice, shown, Rating.AGAIN) is None
        # The conditional UPDATE refuses it even where the row was read before the other's write.
        shown.turn = 0
        assert rate(alice, shown, Rating.AGAIN, turn=0) is None
        assert (row(made), Review.objects.count(), StudyDay.objects.get().reviews) == (before, 1, 1)

    def test_a_key_is_used_once(self, alice):
        one, two = in_review(alice, "One"), in_review(alice, "Two")
        key = uuid.uuid4()
        assert rate(alice, one, key=key)
        before = row(two)
        assert rate(alice, two, key=key) is None
        assert row(two) == before
        assert (Review.objects.count(), StudyDay.objects.get().reviews) == (1, 1)

    def test_a_rating_after_an_undo_counts_nothing(self, alice):
        made = in_review(alice)
        shown = Card.objects.get(pk=made.pk)
        answering.take_back(rate(alice, made), NOW)
        assert rate(alice, shown) is None
        assert StudyDay.objects.get().reviews == 0

    def test_undo_goes_back_step_by_step(self, alice):
        made = card(alice)
        seen = [row(made)]
        for minute, rating in enumerate([1, 3, 3, 4]):
            rate(alice, made, rating, after(minutes=11 * minute))
            seen.append(row(made))
        for expected in reversed(seen[:-1]):
            assert answering.take_back(answering.last_review(alice), NOW)
            assert row(made) == expected
        assert answering.last_review(alice) is None
        left = StudyDay.objects.values(*StudyDay.COUNTERS).get()
        assert set(left.values()) == {0}

    def test_only_the_last_answer_to_a_card_is_taken_back(self, alice):
        made = in_review(alice)
        first = rate(alice, made)
        rate(alice, made, now=after(days=1))
        before = row(made)
        assert not answering.take_back(first, NOW)
        assert row(made) == before

    def test_undo_keeps_the_words_written_since(self, alice):
        made = in_review(alice)
        review = rate(alice, made)
        written = Card.objects.get(pk=made.pk)
        written.answer = "Better words."
        written.save()
        answering.take_back(review, NOW)
        assert Card.objects.get(pk=made.pk).answer == "Better words."

    def test_an_hour_away_counts_as_five_minutes(self, alice):
        assert rate(alice, in_review(alice), milliseconds=3_600_000).milliseconds == 300_000
        assert rate(alice, in_review(alice, "Two"), milliseconds=-5).milliseconds == 0

    def test_no_interval_passes_the_interview(self, alice):
        setting = Setting.of(alice)
        setting.interview_at = after(days=5)
        setting.save()
        made = in_review(alice, stability=100.0)
        rate(alice, made, Rating.EASY)
        assert made.due <= setting.interview_at

    def test_an_undone_card_is_in_the_list_again(self, alice):
        made = in_review(alice)
        review = rate(alice, made)
        queue.ready(alice, after(minutes=1))
        assert answering.take_back(review, after(minutes=2))
        setting = queue.ready(alice, after(minutes=3))
        assert queue.following(alice, setting, after(minutes=3)).card == made.pk


@pytest.fixture
def at_once(transactional_db):
    """Run functions at the same moment, each in a thread with a connection of its own."""

    def run(*functions):
        def alone(function):
            try:
                return function()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(functions)) as pool:
            return [future.result() for future in [pool.submit(alone, f) for f in functions]]

    return run


class TestAtOnce:
    ROUNDS = 10

    def answer(self, user, pk, key):
        made = Card.objects.get(pk=pk)
        return lambda: rate(user, made, key=key)

    def test_two_devices_count_once(self, at_once, alice):
        made = in_review(alice)
        for number in range(self.ROUNDS):
            now = after(days=number)
            shown = [Card.objects.get(pk=made.pk) for _ in range(4)]
            done = at_once(*(lambda c=c, n=now: rate(alice, c, now=n) for c in shown))
            assert len([review for review in done if review]) == 1
        assert Review.objects.count() == self.ROUNDS
        assert sum(StudyDay.objects.values_list("reviews", flat=True)) == self.ROUNDS
        assert Card.objects.get().turn == Card.objects.get().reps - 3 == self.ROUNDS

    def test_a_click_that_arrives_twice_counts_once(self, at_once, alice):
        for number in range(self.ROUNDS):
            made = in_review(alice, f"Front {number}")
            key = uuid.uuid4()
            done = at_once(*(self.answer(alice, made.pk, key) for _ in range(3)))
            assert len([review for review in done if review]) == 1
        assert Review.objects.count() == StudyDay.objects.get().reviews == self.ROUNDS

    def test_undo_pressed_twice_takes_one_back(self, at_once, alice):
        made = in_review(alice)
        for number in range(self.ROUNDS):
            rate(alice, made, now=after(days=2 * number))
            kept = row(made)
            made.refresh_from_db()
            review = rate(alice, made, now=after(days=2 * number + 1))
            done = at_once(*(lambda r=review: answering.take_back(r, NOW) for _ in range(3)))
            assert sorted(done) == [False, False, True]
            assert row(made) == kept
            made.refresh_from_db()
        assert Review.objects.counted().count() == self.ROUNDS

    def test_the_first_answers_of_a_day_make_one_row(self, at_once, alice):
        cards = [in_review(alice, f"Front {number}") for number in range(6)]
        at_once(*(lambda c=c: rate(alice, c) for c in cards))
        assert StudyDay.objects.get().reviews == 6

    def test_undo_and_answer_at_once_leave_one_truth(self, at_once, alice):
        made = in_review(alice)
        for number in range(self.ROUNDS):
            review = rate(alice, made, now=after(days=number))
            shown = Card.objects.get(pk=made.pk)
            undone, again = at_once(
                lambda r=review: answering.take_back(r, NOW),
                lambda c=shown, n=number: rate(alice, c, now=after(days=n, hours=1)),
            )
            # Whichever came first, the other found the card moved on.
            assert undone != bool(again)
            made.refresh_from_db()
        counted = Review.objects.counted().count()
        assert sum(StudyDay.objects.values_list("reviews", flat=True)) == counted
        assert made.reps == 3 + counted


@pytest.mark.django_db
def test_the_day_moves_at_four(alice):
    late = in_review(alice)
    review = rate(alice, late, now=NOW.replace(hour=3))
    assert review.day == NOW.date() - timedelta(days=1)
