"""A start that leaves a plan done before the interview."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.fitting import REST, fit

BERLIN = ZoneInfo("Europe/Berlin")
# A Thursday at ten in Berlin.
AT = datetime(2026, 12, 3, 10, tzinfo=BERLIN)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "minutes", "start", "given"),
    [
        (berlin(1, 20), 480, berlin(2, 9), 480),  # the day before is still to come
        (berlin(2, 8, 50), 480, berlin(2, 9), 480),
        (berlin(2, 11, 1), 480, berlin(2, 11, 15), 480),  # what is left of it
        (berlin(2, 18), 480, berlin(2, 18), 240),
        (berlin(2, 21, 30), 480, berlin(3, 7), 120),  # too late: the morning
        (berlin(2, 21, 20), 30, berlin(2, 21, 30), 30),  # a short one fits
        (berlin(3, 7, 50), 480, berlin(3, 8), 60),
        (berlin(3, 8, 35), 480, None, None),  # no time but for breathing
        (berlin(3, 10), 15, None, None),
    ],
)
def test_the_hour_proposed(now, minutes, start, given):
    found = fit(AT, minutes, now, BERLIN)
    assert (found and found.start, found and found.minutes) == (start, given)


def test_the_readers_clock_decides():
    tokyo = ZoneInfo("Asia/Tokyo")  # there it begins at 18:00
    found = fit(AT, 480, berlin(1, 20), tokyo)
    assert found.start == datetime(2026, 12, 2, 9, tzinfo=tokyo)


@given(
    st.integers(-5000, 10_000),
    st.integers(15, 1440),
    st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York", "UTC"]),
)
def test_whatever_is_proposed_begins_later_and_ends_in_time(ahead, minutes, zone):
    now = AT.astimezone(UTC) - timedelta(minutes=ahead)
    found = fit(AT, minutes, now, ZoneInfo(zone))
    if found:
        ends = found.start.astimezone(UTC) + timedelta(minutes=found.minutes)
        assert now <= found.start
        assert 0 < found.minutes <= minutes
        assert ends <= AT - REST or found.start.date() < AT.astimezone(ZoneInfo(zone)).date()
