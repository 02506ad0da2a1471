"""The schedule of a story, and the figures beside its clock: pure, no database."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from drills import scheduling
from drills.scheduling import State
from stories import telling
from stories.schedule import Aim, after, aimed, preview

NOW = datetime(2026, 6, 1, 18, tzinfo=UTC)
LOST, ROUGH, GOOD, EASY = 1, 2, 3, 4


def test_a_telling_that_went_at_all_waits_for_another_day():
    later = preview(scheduling.fresh(NOW), NOW, Aim())
    assert later[LOST].due - NOW < timedelta(hours=1)
    waits = [later[rating].due - NOW for rating in (ROUGH, GOOD, EASY)]
    assert waits[0] >= timedelta(days=1)
    assert waits == sorted(waits)
    assert waits[2] > waits[0]


def test_it_grows_with_every_good_telling():
    memory, now, waits = scheduling.fresh(NOW), NOW, []
    for _ in range(5):
        memory = after(memory, GOOD, now, Aim())
        assert memory.state == State.REVIEW
        waits.append(memory.due - now)
        now = memory.due
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(days=14)


def test_a_lost_thread_costs_the_days_it_had():
    memory = after(after(scheduling.fresh(NOW), EASY, NOW, Aim()), EASY, NOW, Aim(), elapsed=8)
    lost = after(memory, LOST, memory.due, Aim())
    assert lost.stability < memory.stability
    again = after(lost, GOOD, lost.due, Aim(), elapsed=0)
    assert timedelta(days=1) <= again.due - lost.due < memory.due - NOW


def test_no_telling_is_planned_for_after_the_interview():
    limit = NOW + timedelta(days=3)
    for memory in preview(scheduling.fresh(NOW), NOW, Aim(limit=limit)).values():
        assert memory.due <= limit


def test_an_interview_set_since_counts():
    told = after(scheduling.fresh(NOW), EASY, NOW, Aim())
    limit = NOW + timedelta(days=4)
    assert told.due > limit
    assert aimed(told, NOW, Aim(limit=limit)).due <= limit
    assert aimed(told, NOW, Aim()).due == told.due


@pytest.mark.parametrize("length", [30, 120, 300])
def test_the_parts_share_the_whole_time_in_order(length):
    spans = telling.spans(length)
    assert [span.part for span in spans] == ["situation", "task", "action", "result"]
    assert spans[0].start == 0
    assert spans[-1].end == length
    for one, next_one in pairwise(spans):
        assert one.end == next_one.start
        assert one.x + one.width + telling.GAP == next_one.x
    assert spans[2].end - spans[2].start > length / 2


@pytest.mark.parametrize(
    ("seconds", "within", "beyond"),
    [(0, 0, 0), (60, 500, 0), (120, 1000, 0), (132, 1000, 100), (600, 1000, 250)],
)
def test_the_line_shows_overtime_and_ends(seconds, within, beyond):
    assert telling.line(seconds, 120) == telling.Line(within, beyond)


def test_a_bar_is_drawn_in_two_where_it_is_over():
    chart = telling.chart([(60, "a"), (180, "b")], 120)
    under, over = chart.bars
    assert under.over_height == 0
    assert over.y == pytest.approx(chart.target_y, abs=0.2)
    assert over.over_height == pytest.approx(over.height / 2, abs=0.2)
    assert over.over_y >= 0
    assert under.x + under.width < over.x


def test_the_chart_keeps_the_last_and_says_what_it_can():
    chart = telling.chart([(n, str(n)) for n in range(40)], 120)
    assert [bar.seconds for bar in chart.bars] == list(range(40 - telling.MOST, 40))
    assert chart.bars[-1].says
    assert sum(bar.says for bar in chart.bars) == telling.MOST // 3
    twelve = telling.chart([(n, str(n)) for n in range(12)], 120).bars
    assert [bar.says for bar in twelve] == [True] * 12
    assert [bar.says_small for bar in twelve] == [False, False, True] * 4
    assert chart.bars[-1].x + chart.bars[-1].width <= chart.width
