"""The pace: pure, so every case is written out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import pace

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
# The shape of the 1-day plan: two blocks of 2-3 h, one of 2 h, one of 1-2 h, one without a time.
DAY = [
    pace.BlockWork(120, 180, open=13),
    pace.BlockWork(120, 180, open=9),
    pace.BlockWork(120, 120, open=5),
    pace.BlockWork(60, 120, open=9),
    pace.BlockWork(None, None, open=4),
]


def after(minutes):
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (420, [120, 120, 120, 60, 0]),
        (600, [180, 180, 120, 120, 0]),
        (510, [150, 150, 120, 90, 0]),
        (210, [60, 60, 60, 30, 0]),
        (700, [180, 180, 120, 120, 0]),
    ],
)
def test_ranges_are_fitted_to_the_time_there_is(minutes, expected):
    assert pace.fit(DAY, minutes) == pytest.approx(expected)


def test_without_ranges_time_is_shared_by_items():
    blocks = [pace.BlockWork(None, None, open=3), pace.BlockWork(None, None, open=1)]
    assert pace.fit(blocks, 60) == [45, 15]
    assert pace.fit([pace.BlockWork(None, None)], 60) == [0]


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 20)),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 1440),
)
def test_shares_never_exceed_the_time_or_go_under_zero(rows, minutes):
    blocks = [pace.BlockWork(min(a, b), max(a, b), open=n) for a, b, n in rows]
    shares = pace.fit(blocks, minutes)
    assert all(share >= 0 for share in shares)
    assert sum(shares) <= minutes + 1e-6


def test_at_the_start_nobody_is_behind():
    standing = pace.stand(DAY, START, 420, START)
    assert standing.phase == "running"
    assert standing.current == 0
    assert standing.behind == pytest.approx(0)
    assert standing.on_pace
    assert standing.short == 0


def test_a_clock_set_anew_gives_time_to_what_is_left():
    """The next day: the first block is done, five of nine in the second; there are four hours."""
    rest = [
        pace.BlockWork(120, 180, done=13, earlier=13),
        pace.BlockWork(120, 180, open=4, done=4, left_out=1, earlier=5),
        *DAY[2:],
    ]
    assert pace.fit(rest, 240) == pytest.approx([0, 55.38, 120, 64.62, 0], abs=0.01)
    standing = pace.stand(rest, START, 240, START)
    assert standing.on_pace
    assert standing.short == 0
    assert not standing.shortened
    assert standing.current == 1
    assert pace.stand(rest, START, 120, START).short == pytest.approx(113.33, abs=0.01)


def test_an_idle_hour_is_an_hour_behind():
    standing = pace.stand(DAY, START, 420, after(60))
    assert standing.behind == pytest.approx(60)
    assert standing.short == pytest.approx(60)
    assert not standing.on_pace


def test_work_done_early_is_time_ahead():
    done = [pace.BlockWork(120, 180, done=13), *DAY[1:]]
    standing = pace.stand(done, START, 420, after(30))
    assert standing.behind == pytest.approx(-90)
    assert standing.short == 0


def test_time_in_reserve_is_used_before_anything_is_short():
    standing = pace.stand(DAY, START, 660, after(45))
    assert standing.behind == pytest.approx(45)
    assert standing.short == 0


def test_less_time_than_the_plan_asks_for_is_on_pace_and_too_short():
    standing = pace.stand(DAY, START, 210, START)
    assert (standing.on_pace, standing.shortened) == (True, True)
    assert standing.needed == pytest.approx(210)
    assert standing.short == pytest.approx(210)
    lighter = [pace.BlockWork(120, 180, left_out=13), *DAY[1:]]
    assert pace.stand(lighter, START, 210, START).short == pytest.approx(90)
    assert not pace.stand(DAY, START, 420, START).shortened


def test_what_is_left_out_needs_no_time():
    lighter = [pace.BlockWork(120, 180, open=10, left_out=3), *DAY[1:]]
    before = pace.stand(DAY, START, 420, after(60))
    assert pace.stand(lighter, START, 420, after(60)).behind < before.behind


def test_phases():
    assert pace.stand(DAY, START, 420, after(-10)).phase == "before"
    assert pace.stand(DAY, START, 420, after(-10)).behind == pytest.approx(0)
    over = pace.stand(DAY, START, 420, after(420))
    assert (over.phase, over.current) == ("over", None)
    assert pace.stand(DAY, START, 420, after(250)).current == 2


def test_the_clock_change_costs_nothing():
    """Durations are counted in real minutes, also over the night the clocks change."""
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 1, tzinfo=berlin).astimezone(UTC)
    now = datetime(2026, 10, 25, 4, tzinfo=berlin)
    assert pace.stand(DAY, start, 420, now).behind == pytest.approx(240)


def test_least_asked_goes_first_and_no_more_than_needed():
    sections = [
        pace.Section(1, "Security", 0, 3, None),
        pace.Section(2, "Delivery", 0, 3, 1),
        pace.Section(3, "Scale", 1, 3, 2),
        pace.Section(4, "Nothing left of it", 1, 0, 1),
    ]
    shares = pace.fit(DAY, 420)
    cuts = pace.leave_out(sections, DAY, shares, 20)
    assert [cut.section.key for cut in cuts] == [2]
    assert cuts[0].minutes == pytest.approx(3 * 120 / 13)
    assert [c.section.key for c in pace.leave_out(sections, DAY, shares, 40)] == [2, 3]
    assert pace.leave_out(sections, DAY, shares, 0) == []
    assert pace.leave_out(sections[:1], DAY, shares, 500) == []
