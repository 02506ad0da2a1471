"""The clock of an attempt: pure, so every case is written out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.clock import BUDGETS, PHASES, Interval, Mode, Phase, read

START = datetime(2026, 11, 20, 19, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def minutes(value: timedelta) -> float:
    return value.total_seconds() / 60


def starts(*at: float) -> dict[Phase, datetime]:
    return {phase: after(m) for phase, m in zip(Phase, at, strict=False)}


def pauses(*spans: tuple[float, float | None]) -> list[Interval]:
    return [Interval(after(a), None if b is None else after(b)) for a, b in spans]


def test_budgets_are_those_of_the_whiteboard():
    spans = {phase: (minutes(b.low), minutes(b.high)) for phase, b in BUDGETS.items()}
    assert spans == {
        "clarify": (5, 10),
        "high-level": (5, 10),
        "drill-down": (20, 20),
        "wrap-up": (5, 5),
    }
    assert sum(high for _, high in spans.values()) == 45


def test_a_fresh_attempt_has_everything_left():
    reading = read(Mode.TIMED, starts(0), [], START)
    assert [row.state for row in reading.phases] == ["now", "ahead", "ahead", "ahead"]
    assert reading.current.phase == Phase.CLARIFY
    assert (minutes(reading.current.remaining), reading.current.over) == (10, timedelta())
    assert reading.next == Phase.HIGH_LEVEL
    assert reading.ends_at == after(10)


def test_each_phase_lasts_until_the_next_begins():
    reading = read(Mode.TIMED, starts(0, 8, 17), [], after(30))
    assert [minutes(row.elapsed) for row in reading.phases] == [8, 9, 13, 0]
    assert [row.state for row in reading.phases] == ["done", "done", "now", "ahead"]
    assert minutes(reading.elapsed) == 30
    assert minutes(reading.current.remaining) == 7
    assert reading.ends_at == after(37)


@pytest.mark.parametrize(
    ("at", "left", "over"), [(4.99, 5.01, 0), (5, 5, 0), (10, 0, 0), (12.5, 0, 2.5)]
)
def test_a_phase_that_runs_over_says_by_how_much(at, left, over):
    row = read(Mode.TIMED, starts(0), [], after(at)).current
    assert (minutes(row.remaining), minutes(row.over)) == pytest.approx((left, over))
    assert row.state == "now"


def test_running_over_ends_nothing():
    reading = read(Mode.TIMED, starts(0), [], after(60 * 50))
    assert reading.running and reading.ends_at is None
    assert minutes(reading.current.over) == 60 * 50 - 10


def test_a_pause_takes_its_time_off():
    reading = read(Mode.TIMED, starts(0), pauses((2, 5)), after(7))
    assert minutes(reading.current.elapsed) == 4
    assert (minutes(reading.paused), reading.paused_since) == (3, None)
    assert reading.ends_at == after(13)


def test_while_paused_the_clock_stands():
    for now in (6, 60, 6000):
        reading = read(Mode.TIMED, starts(0), pauses((6, None)), after(now))
        assert minutes(reading.current.elapsed) == 6
        assert reading.paused_since == after(6)
        assert not reading.running and reading.ends_at is None
    assert minutes(reading.paused) == 5994


def test_a_pause_over_two_phases_is_taken_off_each():
    reading = read(Mode.TIMED, starts(0, 10), pauses((8, 13)), after(20))
    assert [minutes(row.elapsed) for row in reading.phases[:2]] == [8, 7]


def test_pauses_that_overlap_are_counted_once():
    reading = read(Mode.TIMED, starts(0), pauses((3, 6), (2, 5), (6, 7)), after(9))
    assert minutes(reading.current.elapsed) == 4
    assert minutes(reading.paused) == 5


def test_a_pause_still_open_swallows_those_after_it():
    reading = read(Mode.TIMED, starts(0), pauses((2, None), (3, 4)), after(9))
    assert (minutes(reading.current.elapsed), reading.paused_since) == (2, after(2))


def test_a_finished_attempt_reads_the_same_for_ever():
    at_end = read(Mode.TIMED, starts(0, 8, 17, 37), pauses((20, 21)), after(41), after(41))
    years_later = read(
        Mode.TIMED, starts(0, 8, 17, 37), pauses((20, 21)), after(999_999), after(41)
    )
    assert at_end == years_later
    assert [minutes(row.elapsed) for row in at_end.phases] == [8, 9, 19, 4]
    assert {row.state for row in at_end.phases} == {"done"}
    assert (at_end.running, at_end.finished, minutes(at_end.elapsed)) == (False, True, 40)


def test_without_a_clock_time_is_only_counted():
    reading = read(Mode.UNTIMED, starts(0, 30), [], after(99))
    assert [minutes(row.elapsed) for row in reading.phases] == [30, 69, 0, 0]
    assert reading.current.budget is None and reading.ends_at is None
    assert not reading.current.over


def test_only_clarify_is_one_phase_with_its_budget():
    reading = read(Mode.CLARIFY, starts(0), [], after(11))
    assert [row.phase for row in reading.phases] == [Phase.CLARIFY]
    assert reading.next is None
    assert minutes(reading.current.over) == 1


def test_a_server_whose_clock_is_behind_reads_zero():
    reading = read(Mode.TIMED, starts(0), [], after(-1))
    assert reading.current.elapsed == timedelta()
    assert minutes(reading.current.remaining) == 10


def test_the_night_the_clocks_change_costs_nothing():
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    began = datetime(2026, 10, 25, 2, 55, tzinfo=berlin).astimezone(UTC)
    now = datetime(2026, 10, 25, 2, 5, tzinfo=berlin, fold=1)
    reading = read(Mode.TIMED, {Phase.CLARIFY: began}, [], now)
    assert minutes(reading.current.elapsed) == 10


@given(
    st.sampled_from(Mode),
    st.lists(st.integers(0, 5000), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), max_size=5),
    st.integers(0, 20_000),
)
def test_time_worked_and_time_paused_are_all_the_time(mode, begins, spans, late):
    began = dict(
        zip(PHASES[mode], (START + timedelta(seconds=s) for s in sorted(begins)), strict=False)
    )
    first, last = min(began.values()), max(began.values())
    now = last + timedelta(seconds=late)
    held = [
        Interval(first + timedelta(seconds=min(a, b)), first + timedelta(seconds=max(a, b)))
        for a, b in spans
    ]
    held = [pause for pause in held if pause.end <= now]
    reading = read(mode, began, held, now)
    assert all(row.elapsed >= timedelta() for row in reading.phases)
    assert reading.elapsed + reading.paused == now - first
