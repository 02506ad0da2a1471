"""The forecast: what is remembered at the interview, with today's cards and without."""

from datetime import UTC, datetime, timedelta

import pytest

from drills.forecast import after_review, curve
from drills.lookahead import FIRST_RATINGS
from drills.ordering import Candidate, look_ahead, plan_day
from drills.scheduling import Memory, Rating, State, fresh, recall, review

NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)
ENDS = NOW + timedelta(hours=9)
INTERVIEW = NOW + timedelta(days=6, hours=15)


def known(stability, days_ago):
    last = NOW - timedelta(days=days_ago)
    return Memory(State.REVIEW, None, stability, 5.0, NOW, last)


def test_a_reviews_gain_is_the_mean_over_its_answers():
    memory = known(3.0, 5)
    chance = recall(memory, NOW)
    good = recall(review(memory, Rating.GOOD, NOW), INTERVIEW)
    again = recall(review(memory, Rating.AGAIN, NOW), INTERVIEW)
    expected = chance * good + (1 - chance) * again
    assert after_review(memory, NOW, INTERVIEW) == pytest.approx(expected, abs=1e-9)
    first = [recall(review(fresh(NOW), rating, NOW), INTERVIEW) for rating in Rating]
    expected = sum(a * b for a, b in zip(FIRST_RATINGS, first, strict=True))
    assert after_review(fresh(NOW), NOW, INTERVIEW) == pytest.approx(expected, abs=1e-9)


def test_last_evenings_card_counts_as_another_day():
    evening = known(1.0, 0.6)
    next_day = review(evening, Rating.GOOD, NOW, elapsed=1)
    same_day = review(evening, Rating.GOOD, NOW)
    value = after_review(evening, NOW, INTERVIEW)
    assert recall(same_day, INTERVIEW) < value < recall(next_day, INTERVIEW) + 1e-9


def test_an_answer_moves_what_is_expected_either_way():
    memory = known(2.0, 3)
    remembered, forgotten = (review(memory, r, NOW) for r in (Rating.GOOD, Rating.AGAIN))
    assert recall(forgotten, INTERVIEW) < after_review(memory, NOW, INTERVIEW)
    assert after_review(memory, NOW, INTERVIEW) < recall(remembered, INTERVIEW)
    assert recall(memory, INTERVIEW) < recall(remembered, INTERVIEW)


def test_the_curve_falls_when_one_stops_and_rises_with_the_plan():
    library = [known(2.0 + k % 7, 1 + k % 5) for k in range(60)] + [fresh(NOW)] * 60
    cards = [Candidate(key, memory) for key, memory in enumerate(library)]
    day = plan_day(cards, NOW, ends=ENDS, seconds=1200, interview=INTERVIEW)
    points = curve(library, NOW, day.outlook)
    assert points[0].at == NOW
    assert points[-1].at == INTERVIEW
    assert points[0].planned == pytest.approx(points[0].stopped)
    stopped = [point.stopped for point in points]
    assert stopped == sorted(stopped, reverse=True)
    assert stopped[-1] == pytest.approx(sum(recall(m, INTERVIEW) for m in library) / 120)
    assert points[-1].planned > stopped[-1] + 0.4
    assert points[-1].planned > points[1].planned
    assert all(0 <= point.stopped <= point.planned <= 1 for point in points)


def test_more_minutes_promise_more():
    library = [fresh(NOW)] * 120

    def promised(minutes):
        seconds = minutes * 60
        outlook = look_ahead(library, NOW, INTERVIEW, ends=ENDS, room=seconds, daily=seconds)
        return curve(library, NOW, outlook)[-1].planned

    assert promised(3) < promised(8) < promised(20)
    assert curve([], NOW, look_ahead([], NOW, INTERVIEW, ends=ENDS, room=1, daily=1)) == []
