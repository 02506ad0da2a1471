"""The day's cards: by due date without an interview, by what they add with one."""

import math
import random
from datetime import UTC, datetime, timedelta

import pytest

from drills.forecast import after_review
from drills.lookahead import WORTH, Bunch, Costs, Outlook, session_days
from drills.ordering import Candidate, plan_day, sessions_until
from drills.scheduling import MODEL, Memory, State, fresh, recall

NOW = datetime(2026, 3, 2, 19, tzinfo=UTC)
ENDS = NOW + timedelta(hours=9)


def known(stability, days_ago, *, difficulty=5.0, due_in=0.0, state=State.REVIEW):
    return Memory(
        state,
        None if state == State.REVIEW else 0,
        stability,
        difficulty,
        NOW + timedelta(days=due_in),
        NOW - timedelta(days=days_ago),
    )


def candidates(*memories):
    return [Candidate(key, memory) for key, memory in enumerate(memories)]


def plan(cards, *, minutes=20, **options):
    return plan_day(cards, NOW, ends=ENDS, seconds=minutes * 60, **options)


def in_days(days):
    return NOW + timedelta(days=days)


def a_library(size, seed=1):
    dice = random.Random(seed)
    return candidates(
        *(
            fresh(NOW)
            if dice.random() < 0.3
            else known(
                dice.lognormvariate(2, 1.2), dice.randint(1, 30), difficulty=dice.uniform(1, 10)
            )
            for _ in range(size)
        )
    )


class TestByDueDate:
    def test_the_longest_overdue_come_first(self):
        cards = candidates(*(known(5, 9, due_in=due) for due in (-1, -3, 0.1, -2, 2)))
        assert plan(cards).keys == [1, 3, 0, 2]

    def test_a_backlog_is_cut_to_the_minutes_and_counted(self):
        day = plan(candidates(*(known(5, 9, due_in=-k) for k in range(400))), minutes=20)
        assert day.keys == list(range(399, 299, -1))
        assert day.waiting == 300
        assert day.seconds == 1200

    def test_new_cards_take_what_is_left_within_their_limit(self):
        due = [known(5, 9) for _ in range(10)]
        cards = candidates(*due, *(fresh(NOW) for _ in range(50)))
        few = plan(cards, minutes=20, new=4)
        assert [key for key in few.keys if key >= 10] == [10, 11, 12, 13]
        # Spread among the others, not in a lump.
        assert 0 < few.keys.index(10) < few.keys.index(11) - 1
        assert few.keys[-1] < 10
        # 1,200 s less 10 reviews of 12 s leave 36 new cards of 30 s.
        assert len(plan(cards, minutes=20).keys) == 46
        assert [key for key in plan(cards, minutes=2).keys if key >= 10] == []

    def test_cards_in_their_short_steps_cost_time_and_come_by_themselves(self):
        stepping = [known(0.2, 0.01, state=State.LEARNING) for _ in range(5)]
        day = plan(candidates(*stepping, *(known(5, 9) for _ in range(20))), minutes=2)
        assert day.keys == [5, 6, 7, 8, 9]

    def test_an_interview_that_is_over_counts_for_nothing(self):
        cards = a_library(50)
        assert plan(cards, interview=NOW - timedelta(hours=1)).keys == plan(cards).keys
        assert plan(cards, interview=NOW - timedelta(hours=1)).outlook is None


class TestByInterview:
    def test_in_the_last_session_the_order_is_plain_gain_per_second(self):
        memories = [known(stability, 4) for stability in (0.3, 1.0, 2.5, 8.0, 60.0, 4000.0)]
        interview = in_days(0.7)
        day = plan(candidates(*memories), interview=interview)
        assert sessions_until(interview, ENDS) == 1

        def gain(key):
            chance = recall(memories[key], NOW)
            added = after_review(memories[key], NOW, interview) - recall(memories[key], interview)
            return added / (chance * 12 + (1 - chance) * 20)

        worth_it = [key for key in range(6) if gain(key) > WORTH]
        assert day.keys == sorted(worth_it, key=gain, reverse=True)
        assert 5 not in day.keys

    def test_it_reviews_what_is_not_due_and_leaves_what_will_hold(self):
        soon, safe = known(3.0, 1, due_in=2), known(900.0, 1, due_in=-1)
        day = plan(candidates(soon, safe), interview=in_days(0.7))
        assert day.keys == [0]
        assert day.waiting == 1

    def test_a_review_that_a_later_day_does_better_waits_for_it(self):
        cards = candidates(*(known(20.0, 1) for _ in range(20)))
        assert plan(cards, interview=in_days(40)).keys == []
        assert len(plan(cards, interview=in_days(0.7)).keys) == 20

    def test_no_card_is_asked_twice_on_one_day(self):
        earlier = NOW - timedelta(hours=3)
        today = Memory(State.REVIEW, None, 0.3, 8.0, in_days(1), earlier)
        yesterday = Memory(State.REVIEW, None, 0.3, 8.0, in_days(1), NOW - timedelta(hours=20))
        assert plan(candidates(today, yesterday), interview=in_days(0.7)).keys == [1]

    def test_the_minutes_are_the_limit_of_new_cards(self):
        day = plan(candidates(*(fresh(NOW) for _ in range(300))), new=5, interview=in_days(6))
        assert day.keys == list(range(40))

    def test_the_day_stays_within_its_minutes(self):
        for minutes in (0, 1, 20):
            day = plan(a_library(150), minutes=minutes, interview=in_days(5))
            assert day.seconds <= minutes * 60
            assert len(day.keys) == len(set(day.keys))
            assert bool(day.keys) == bool(minutes)

    def test_dearer_new_cards_give_way_to_reviews(self):
        cards = candidates(*(known(1.0, 5) for _ in range(60)), *(fresh(NOW) for _ in range(60)))
        usual = plan(cards, interview=in_days(0.7))
        dear = plan(cards, interview=in_days(0.7), costs=Costs(new=400.0))
        assert usual.keys[0] >= 60 > dear.keys[0]


class TestSessions:
    @pytest.mark.parametrize(
        ("hours", "sessions"), [(1, 1), (9, 1), (15, 1), (33, 1), (34, 2), (24 * 7, 7)]
    )
    def test_the_day_of_the_interview_has_none_but_today(self, hours, sessions):
        assert sessions_until(NOW + timedelta(hours=hours), ENDS) == sessions

    def test_long_horizons_look_at_few_sessions_and_at_both_ends(self):
        assert session_days(14) == list(range(14))
        for days in (15, 42, 180, 365):
            looked_at = session_days(days)
            assert len(looked_at) <= 20
            assert looked_at[:3] == [0, 1, 2]
            assert looked_at[-3:] == [days - 3, days - 2, days - 1]


class TestOutlook:
    def test_prices_bring_the_asked_seconds_near_those_there_are(self):
        outlook = Outlook(range(7), [1200] * 7, 7, [], 200)
        assert sum(outlook.loads) == pytest.approx(7 * 1200, rel=0.15)
        assert min(outlook.prices) > 10 * WORTH

    def test_time_in_plenty_costs_next_to_nothing(self):
        outlook = Outlook(range(7), [36_000] * 7, 7, [], 50)
        assert max(outlook.prices) == pytest.approx(WORTH)

    def test_every_card_is_somewhere(self):
        bunches = [Bunch(3.0, 5.0, 2, 40), Bunch(30.0, 8.0, 9, 25)]
        outlook = Outlook(range(9), [600] * 9, 9, bunches, 30)
        # The cards that wait where they are, and after each session those that do not move on.
        there = sum(b.count - sum(left) for b, left in zip(bunches, outlook._left, strict=True))
        for session, masses in enumerate(outlook._masses):
            moved = sum(m for moves in outlook._moves[session].values() for _, m in moves)
            there += sum(masses) - moved
        # A new card is always worth its half minute here, so all of them are met.
        assert there == pytest.approx(65 + 30, abs=0.1)

    def test_a_ceiling_is_never_under_the_gain(self):
        outlook = Outlook(range(7), [1200] * 7, 7, [Bunch(4.0, 6.0, 3, 200)], 100)
        dice = random.Random(5)
        for _ in range(200):
            bunch = Bunch(math.exp(dice.uniform(-2, 6)), dice.uniform(1, 10), dice.randint(1, 60))
            assert outlook.ceiling(bunch) >= outlook.gain(bunch)[0] - 1e-12

    def test_one_session_values_memories_as_the_formulas_do(self):
        outlook = Outlook([0], [1200], 1.0, [], 0)
        for stability in (0.5, 2.0, 9.0):
            memory = known(stability, 4, difficulty=4.0)
            cost = outlook.gain(Bunch(stability, 4.0, 4))[1]
            added = after_review(memory, NOW, in_days(1)) - recall(memory, in_days(1))
            gain = outlook.gain(Bunch(stability, 4.0, 4))[0]
            # The grid is coarse: a few thousandths of a chance.
            assert gain * cost == pytest.approx(added, abs=0.005)
            assert MODEL.recall(stability, 4) * 12 < cost < 20
