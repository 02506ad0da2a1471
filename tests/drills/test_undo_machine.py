"""Undo, against a model: whatever was rated, taken back, edited, set aside and however the clock
moved, the schedule, its counters and the counters of the days are those of the answers that stand.
"""

import os
import uuid
from collections import Counter
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from drills import answering, days
from drills.models import Card, Review, Setting, StudyDay
from drills.scheduling import Rating, State, review
from tests.drills.factories import NOW, card
from tests.factories import UserFactory

COLUMNS = ("state", "step", "stability", "difficulty", "due", "last_review", "reps", "lapses")
CARDS = 3


class Drilling(RuleBasedStateMachine):
    """The model keeps, for each card, every schedule it had, and the answers that stand."""

    def __init__(self):
        super().__init__()
        self.user = UserFactory(time_zone="America/New_York")
        self.now = NOW
        self.cards = [card(self.user, f"Front {n}").pk for n in range(CARDS)]
        self.schedules = {pk: [self.stored(pk)] for pk in self.cards}
        self.words = {pk: Card.objects.get(pk=pk).answer for pk in self.cards}
        self.standing: list[tuple[int, Review]] = []
        self.days: Counter = Counter()
        self.events: Counter = Counter()
        self.pages: list[tuple[int, Card]] = []

    def stored(self, pk: int) -> tuple:
        return Card.objects.values_list(*COLUMNS).get(pk=pk)

    @rule(which=st.integers(0, CARDS - 1), rating=st.sampled_from([*Rating, Rating.AGAIN]))
    def rate(self, which, rating):
        made = Card.objects.get(pk=self.cards[which])
        before = made.memory, made.reps, made.lapses
        self.show(made.pk)
        done = self.answer(made, rating, uuid.uuid4())
        assert done is not None
        self.standing.append((made.pk, done))
        self.expect(made.pk, rating, *before)
        self.days.update(self.counted(done))
        self.events[made.pk] += 1
        self.show(made.pk)

    def show(self, pk: int) -> None:
        """A page shows the card as it is, and stays open."""
        self.pages.append((self.events[pk], Card.objects.get(pk=pk)))

    def answer(self, made: Card, rating: Rating, key: uuid.UUID) -> Review | None:
        return answering.rate(
            self.user, made, Setting.of(self.user), rating,
            turn=made.turn, key=key, milliseconds=4000, now=self.now,
        )  # fmt: skip

    def expect(self, pk, rating, memory, reps, lapses):
        """What the scheduler says of the memory before, and the counters one up."""
        gone = None
        if memory.last_review:
            last = days.study_day(self.user, memory.last_review)
            gone = max(0, (days.study_day(self.user, self.now) - last).days)
        after = review(memory, rating, self.now, elapsed=gone)
        lapses += memory.state == State.REVIEW and rating == Rating.AGAIN
        self.schedules[pk].append(
            (str(after.state), after.step, after.stability, after.difficulty, after.due,
             after.last_review, reps + 1, lapses)
        )  # fmt: skip

    @staticmethod
    def counted(done: Review) -> dict:
        amounts = zip(StudyDay.COUNTERS, StudyDay.of_review(done), strict=True)
        return {(done.day, name): amount for name, amount in amounts}

    @precondition(lambda self: self.standing)
    @rule()
    def undo_the_last(self):
        pk, done = self.standing[-1]
        assert answering.last_review(self.user).pk == done.pk
        self.taken_back(len(self.standing) - 1, pk, done)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def undo_from_an_old_page(self, data):
        """Another device's Undo: it works when no later answer to that card stands."""
        place = data.draw(st.integers(0, len(self.standing) - 1))
        pk, done = self.standing[place]
        if pk in [later for later, _ in self.standing[place + 1 :]]:
            assert not answering.take_back(done, self.now)
        else:
            self.taken_back(place, pk, done)

    def taken_back(self, place, pk, done):
        assert answering.take_back(done, self.now)
        assert not answering.take_back(done, self.now)
        del self.standing[place]
        self.schedules[pk].pop()
        self.events[pk] += 1
        self.days.subtract(self.counted(done))

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), rating=st.sampled_from(Rating))
    def rate_from_an_old_page(self, data, rating):
        events, shown = data.draw(st.sampled_from(self.pages))
        if events != self.events[shown.pk]:
            assert self.answer(shown, rating, uuid.uuid4()) is None

    @rule(which=st.integers(0, CARDS - 1), words=st.text("abc ", min_size=1, max_size=8))
    def edit(self, which, words):
        made = Card.objects.get(pk=self.cards[which])
        made.answer = words
        made.save()
        self.words[made.pk] = words

    @rule(which=st.integers(0, CARDS - 1), aside=st.booleans())
    def set_aside(self, which, aside):
        until = days.ends(self.user, days.study_day(self.user, self.now)) if aside else None
        rows = Card.objects.filter(pk=self.cards[which])
        rows.update(buried_until=until, suspended=aside)

    @rule(hours=st.integers(-3, 24 * 40), minutes=st.integers(0, 59))
    def move_the_clock(self, hours, minutes):
        self.now += timedelta(hours=hours, minutes=minutes)

    @invariant()
    def schedules_are_those_of_the_answers_that_stand(self):
        for pk in self.cards:
            assert self.stored(pk) == self.schedules[pk][-1]

    @invariant()
    def words_are_those_last_written(self):
        assert dict(Card.objects.filter(pk__in=self.cards).values_list("pk", "answer")) == (
            self.words
        )

    @invariant()
    def days_are_the_sum_of_the_answers_that_stand(self):
        stored = {
            (row["day"], name): row[name]
            for row in StudyDay.objects.for_user(self.user).values()
            for name in StudyDay.COUNTERS
        }
        assert +Counter(stored) == +self.days
        assert not [amount for amount in stored.values() if amount < 0]

    @invariant()
    def each_answer_is_in_the_log_once(self):
        counted = Review.objects.for_user(self.user).counted()
        assert sorted(counted.values_list("pk", flat=True)) == sorted(
            done.pk for _, done in self.standing
        )

    def teardown(self):
        """Take everything back, in order: the cards are as they were made."""
        while self.standing:
            self.undo_the_last()
        self.schedules_are_those_of_the_answers_that_stand()
        assert all(len(line) == 1 for line in self.schedules.values())
        assert set(StudyDay.objects.for_user(self.user).values_list(*StudyDay.COUNTERS)) <= {
            (0,) * len(StudyDay.COUNTERS)
        }


@pytest.mark.django_db
@pytest.mark.long
def test_undo_restores_what_was_there():
    run_state_machine_as_test(
        Drilling,
        settings=settings(
            max_examples=40 * (10 if os.environ.get("PREPSITE_LONG") else 1),
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
