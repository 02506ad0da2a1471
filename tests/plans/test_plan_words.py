"""Minutes as people say them."""

import pytest

from plans.templatetags.plan_words import ahead, minute_range, minutes


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (5, 10, "5–10 min"),
        (45, 45, "45 min"),
        (120, 180, "2–3 h"),
        (120, 120, "2 h"),
        (90, 90, "1 h 30 min"),
        (315, 435, "5 h 15 min to 7 h 15 min"),
        (45, 90, "45 min to 1 h 30 min"),
        (90, 180, "1 h 30 min to 3 h"),
        (30, 60, "30 min to 1 h"),
        (0, 60, "0–1 h"),
        (None, 20, "0–20 min"),
        (20, None, "20 min"),
        (None, None, "0 min"),
    ],
)
def test_a_range_is_said_without_fractions_of_hours(low, high, said):
    assert minute_range(low, high) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "1 minute"),
        (59.4, "59 minutes"),
        (60, "1 h"),
        (92, "1 h 30 min"),
        (-435, "7 h 15 min"),
        (None, "0 minutes"),
    ],
)
def test_minutes_in_a_sentence(value, said):
    assert minutes(value) == said
    assert ahead(-(value or 0)) == said
