"""A study day: from the hour at which one's day begins to the same hour of the next, local time."""

from datetime import UTC, date, datetime, time, timedelta


def study_day(user, now: datetime) -> date:
    """The day `now` belongs to: 3 in the morning is still yesterday where days begin at 4."""
    return (now.astimezone(user.zone) - timedelta(hours=user.day_starts_at)).date()


def begins(user, day: date) -> datetime:
    """The moment, in UTC, at which `day` begins for `user`."""
    return datetime.combine(day, time(user.day_starts_at), user.zone).astimezone(UTC)


def ends(user, day: date) -> datetime:
    """The moment at which the day after `day` begins."""
    return begins(user, day + timedelta(days=1))
