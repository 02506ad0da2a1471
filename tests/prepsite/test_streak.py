"""Days in a row, with a minimum and two rest days in any seven."""

from datetime import date, timedelta

import pytest

from prepsite.streak import MINIMUM, Streak, streak

TODAY = date(2026, 11, 28)


def days(pattern: str) -> dict[date, float]:
    """One letter a day, today last: "x" studied, "-" a little, "." nothing."""
    spent = {"x": 20.0, "-": MINIMUM - 0.1, ".": 0.0}
    return {
        TODAY - timedelta(days=len(pattern) - 1 - n): spent[letter]
        for n, letter in enumerate(pattern)
    }


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", Streak(0, False, None, 0)),
        (".", Streak(0, False, None, 0)),
        ("x", Streak(1, True, 2, 1)),
        ("xx", Streak(2, True, 2, 2)),
        # Today is not over: it breaks nothing.
        ("xx.", Streak(2, False, 2, 2)),
        ("x.x", Streak(2, True, 1, 2)),
        ("x..x", Streak(2, True, 0, 2)),
        # Two days of rest just now, and today not studied yet.
        ("xx...", Streak(2, False, 0, 2)),
        # A third one ends it.
        ("x...x", Streak(1, True, 2, 1)),
        ("xx....", Streak(0, False, None, 2)),
        # Under the minimum a day is a day of rest.
        ("x-x", Streak(2, True, 1, 2)),
        # Two in one week and two in the next.
        ("x..xxxxx..x", Streak(7, True, 0, 7)),
        # Three within seven days, though never two in a row.
        ("x.x.x.x", Streak(3, True, 0, 3)),
        ("xxxxxxxxx....xx", Streak(2, True, 2, 9)),
    ],
)
def test_streak(pattern, found):
    assert streak(days(pattern), TODAY) == found


def test_a_day_to_come_does_not_count():
    assert streak({TODAY + timedelta(days=1): 60.0}, TODAY).days == 0


def test_five_minutes_are_enough():
    assert streak({TODAY: float(MINIMUM)}, TODAY).today
    assert not streak({TODAY: MINIMUM - 0.01}, TODAY).today
