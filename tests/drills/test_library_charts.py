"""Where the shapes lie, and what the figures say of small counts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from drills import charts
from drills.templatetags.drill_words import heat_cells

TODAY = date(2026, 11, 20)


def test_a_heat_map_ends_today_and_begins_on_a_monday():
    heat = charts.heat({TODAY: 7}, TODAY, 26)
    assert heat.cells[-1].day == TODAY
    assert heat.cells[-1].said == f"{date_format(TODAY, 'D j M')}: {heat.cells[-1].count}"
    assert heat.cells[0].day == TODAY - timedelta(days=4 + 25 * 7)
    assert heat.cells[0].day.weekday() == 0
    assert len(heat.cells) == 25 * 7 + 5
    assert heat.weeks[0] == (date(2026, 11, 16), [0, 0, 0, 0, 7, None, None])
    assert [cell.level for cell in heat.cells if cell.count] == [3]
    assert {cell.level for cell in heat.cells if not cell.count} == {0}


def test_cells_do_not_lie_on_each_other():
    heat = charts.heat({}, TODAY, 26)
    assert len({(cell.x, cell.y) for cell in heat.cells}) == len(heat.cells)
    assert all(float(cell.x) + charts.CELL <= heat.width for cell in heat.cells)
    assert all(float(cell.y) + charts.CELL <= heat.height for cell in heat.cells)


def test_every_month_is_named_once():
    heat = charts.heat({}, TODAY, 26)
    texts = [label.text for label in heat.months]
    assert texts == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    places = [float(label.x) for label in heat.months]
    assert min(b - a for a, b in pairwise(places)) >= 3 * charts.STEP


def test_one_long_day_pales_no_others():
    days = [20] * 30 + [400]
    assert charts.thresholds(days)[2] < 20


@given(st.lists(st.integers(0, 5000), max_size=200))
def test_levels_rise(counts):
    steps = charts.thresholds(counts)
    assert steps == sorted(steps)
    assert steps[0] == 1


@pytest.mark.parametrize(
    ("kept", "tested", "low", "high"),
    # Wilson score intervals at 95 %, from Newcombe, Statistics in Medicine 17 (1998), table I.
    [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_the_interval_is_wilsons(kept, tested, low, high):
    found = charts.share(tested, kept, 0)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_interval_holds_the_share(tested, part):
    found = charts.share(tested, round(tested * part), tested * 0.9)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1
    assert found.predicted == pytest.approx(0.9)


def test_nothing_tested_is_no_share():
    assert charts.share(0, 0, 0).share is None
    assert charts.dots([charts.share(0, 0, 0)], ["a"], {}).dots == []


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 2), (2, 2), (3, 4), (5, 10), (11, 20), (36, 40), (41, 100), (900, 1000)],
)  # fmt: skip
def test_an_axis_ends_at_a_round_figure(highest, top):
    assert charts.nice_top(highest) == top


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=40))
def test_bars_stay_in_the_picture(counts):
    chart = charts.bars(counts, [str(n) for n in counts], {0: "first"})
    for bar, count in zip(chart.bars, counts, strict=True):
        assert float(bar.y) >= charts.TOP - 0.1
        assert float(bar.y) + float(bar.height) <= charts.HEIGHT - charts.BOTTOM + 0.2
        assert float(bar.x) + float(bar.width) <= charts.WIDTH + 0.1
        assert (float(bar.height) > 0) == (count > 0) or count < max(counts) / 1000


def test_a_curve_promises_nothing_for_certain():
    chart = charts.curves([0, 24], [0.5, 0.998], [0.5, 0.002], {})
    assert (chart.end_planned.text, chart.end_stopped.text) == (
        ">99\N{NO-BREAK SPACE}%",
        "<1\N{NO-BREAK SPACE}%",
    )


def test_a_curve_needs_two_moments():
    assert charts.curves([0], [0.5], [0.5], {}) is None
    chart = charts.curves([0, 24], [0.5, 0.9], [0.5, 0.45], {0: "today", 24: "then"})
    assert chart
    assert (chart.end_planned.text, chart.end_stopped.text) == (
        "90\N{NO-BREAK SPACE}%",
        "45\N{NO-BREAK SPACE}%",
    )
    assert [label.text for label in chart.labels] == ["today", "then"]
    assert chart.planned.startswith("46,")


def test_figures_at_the_end_do_not_cover_each_other():
    chart = charts.curves([0, 24], [0.5, 0.9], [0.5, 0.89], {})
    assert chart
    assert float(chart.end_stopped.y) - float(chart.end_planned.y) >= 13


def test_each_square_of_the_map_says_its_day():
    heat = charts.heat({TODAY: 7}, TODAY, weeks=2)
    drawn = heat_cells(heat, " <min>")
    assert drawn.count("<rect") == len(heat.cells)
    last = heat.cells[-1]
    assert drawn.endswith(f'rx="2.5"><title>{last.said} &lt;min&gt;</title></rect>')
    assert f'class="{last.shade}" x="{last.x}" y="{last.y}"' in drawn
    assert last.said.endswith(": 7")
