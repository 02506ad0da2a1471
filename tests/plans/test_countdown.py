"""How far off an interview is, in words, and what the clocks of two places show then."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from plans import countdown, local_time

BERLIN, LONDON, TOKYO = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Europe/London", "Asia/Tokyo")
)
AT = datetime(2026, 12, 3, 9, tzinfo=UTC)
ENDS = AT + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (AT - timedelta(days=3), "in 3 days"),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), "tomorrow"),  # past midnight in Berlin
        (datetime(2026, 12, 1, 22, 30, tzinfo=UTC), "in 2 days"),
        (datetime(2026, 12, 2, 22, 59, tzinfo=UTC), "tomorrow"),
        (datetime(2026, 12, 2, 23, 30, tzinfo=UTC), "today"),
        (AT - timedelta(hours=5), "in 5 hours"),
        (AT - timedelta(minutes=80), "in 1 hour"),
        (AT - timedelta(minutes=25), "in 25 minutes"),
        (AT - timedelta(seconds=10), "in 1 minute"),
        (AT, "now"),
        (ENDS - timedelta(seconds=1), "now"),
        (ENDS, "over"),
        (ENDS + timedelta(days=1), "yesterday"),
        (ENDS + timedelta(days=9), "9 days ago"),
    ],
)
def test_days_are_counted_by_the_readers_clock(now, words):
    assert countdown.countdown(AT, ENDS, now, BERLIN) == words


def test_the_night_before_a_very_early_one_counts_hours():
    at = datetime(2026, 12, 3, 0, 30, tzinfo=BERLIN)
    now = at - timedelta(hours=2)
    assert countdown.countdown(at, at + timedelta(hours=1), now, BERLIN) == "in 2 hours"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (AT - timedelta(days=3), "in 3 days, Thursday 10:00"),
        (AT - timedelta(days=1), "tomorrow 10:00"),
        (AT - timedelta(hours=9), "today 10:00"),
        (AT - timedelta(minutes=25), "in 25 minutes"),
        (AT, "now"),
    ],
)
def test_soon_gives_the_hour_on_the_readers_clock(now, words):
    assert countdown.soon(AT, ENDS, now, BERLIN) == words


def test_when_names_the_day_and_the_hours_there():
    now = AT - timedelta(days=3)
    assert countdown.when(AT, ENDS, now, BERLIN) == "Thursday 3 December, 10:00 to 11:00"
    assert (
        countdown.when(AT, ENDS, now - timedelta(days=400), BERLIN)
        == "Thursday 3 December 2026, 10:00 to 11:00"
    )


def test_for_you_only_where_the_clocks_differ():
    assert countdown.for_you(AT, BERLIN, LONDON) == "09:00 for you"
    assert countdown.for_you(AT, BERLIN, ZoneInfo("Europe/Paris")) == ""
    late = AT + timedelta(hours=8)
    assert countdown.for_you(late, BERLIN, TOKYO) == "Friday 02:00 for you"


def test_a_plain_hour_is_one_moment():
    found = local_time.moment(date(2026, 12, 3), time(10), BERLIN)
    assert (found, found.tzinfo) == (AT, UTC)


def test_an_hour_that_the_clocks_skip():
    with pytest.raises(local_time.NoSuchHour) as error:
        local_time.moment(date(2027, 3, 28), time(2, 30), BERLIN)
    assert f"{error.value.before:%H:%M} {error.value.after:%H:%M}" == "01:30 03:30"


def test_an_hour_that_comes_twice():
    day, hour = date(2027, 10, 31), time(2, 30)
    with pytest.raises(local_time.HourTwice) as error:
        local_time.moment(day, hour, BERLIN)
    assert local_time.offset(error.value.first) == "UTC+2"
    assert local_time.offset(error.value.second) == "UTC+1"
    first, second = (local_time.moment(day, hour, BERLIN, which) for which in (0, 1))
    assert second - first == timedelta(hours=1)
    assert local_time.comes_twice(first.astimezone(BERLIN))
    assert not local_time.comes_twice(AT.astimezone(BERLIN))


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC"), ("America/St_Johns", "UTC−3:30")],
)
def test_the_offset_in_words(zone, words):
    assert local_time.offset(AT.astimezone(ZoneInfo(zone))) == words


def test_places():
    assert local_time.place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert countdown.spoken_zone("America/New_York") == "New York time"
    assert countdown.spoken_zone("UTC") == "UTC"
