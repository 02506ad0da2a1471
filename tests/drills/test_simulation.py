"""The simulation runs, and its date-aware order is the product's and better than the due date's."""

from statistics import mean

import pytest

from drills import ordering
from tools import simulate
from tools.simulate import LEARNERS, ORDERS, Result, Setting, study

SMALL = Setting(cards=70, days=5)


def half_of_it(*task):
    return Result(0.5, 10.0)


@pytest.fixture(autouse=True)
def little_time(monkeypatch):
    monkeypatch.setattr(simulate, "MINUTES", 10)


@pytest.mark.parametrize("learner", LEARNERS)
def test_every_order_studies_within_its_minutes(learner):
    for order in ORDERS:
        result = study(order, SMALL, learner, seed=1)
        assert 0.2 < result.share < 1
        # The last card may run over by what a forgotten one takes longer.
        assert 20 < result.minutes <= 5 * (10 + 8 / 60)


def test_a_run_can_be_repeated():
    assert study("random", SMALL, "other weights", 3) == study("random", SMALL, "other weights", 3)


def test_date_aware_beats_due_date_for_the_same_minutes():
    def share(order):
        return mean(study(order, SMALL, "as the model says", seed).share for seed in range(3))

    aware = share("date-aware")
    assert aware > share("by due date, 20 new a day") + 0.01
    assert aware > share("by due date, new unlimited") + 0.01
    assert aware > share("random") + 0.03


def test_with_time_in_plenty_it_takes_fewer_minutes_than_greed():
    setting = Setting(cards=20, days=9)
    aware, greedy = (
        [study(order, setting, "as the model says", seed) for seed in range(2)]
        for order in ("date-aware", "greedy gain per second")
    )
    assert mean(r.minutes for r in aware) < 0.85 * mean(r.minutes for r in greedy)
    assert mean(r.share for r in aware) > mean(r.share for r in greedy) - 0.01


def test_the_day_comes_from_the_products_own_ordering(monkeypatch):
    asked = []

    def no_plan(*args, **options):
        asked.append(options["interview"])
        return ordering.Day([], 0, 0.0)

    monkeypatch.setattr(simulate, "plan_day", no_plan)
    assert study("date-aware", SMALL, "as the model says", 1) == Result(0.0, 0.0)
    assert asked
    assert None not in asked


def test_the_tables_name_every_order(monkeypatch):
    monkeypatch.setattr(simulate, "study", half_of_it)
    text = simulate.tables([SMALL], ["as the model says"], seeds=2, processes=1)
    assert all(f"| {order} | 0.5000 ± 0.0000, 10 min |" in text for order in ORDERS)
