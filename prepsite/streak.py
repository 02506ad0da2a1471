"""Days of study in a row. Pure: minutes by study day in, a streak out.

A day counts from MINIMUM minutes on. Two rest days in any seven keep a streak alive and do not
lengthen it; today never breaks it, since it is not over. The days come from the ledger
(prepsite/activity.py), which counted them in the person's zone with their own hour of roll-over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MINIMUM = 5
REST_DAYS = 2
WEEK = 7


@dataclass(frozen=True)
class Streak:
    """`days` studied in a row; `today` counts already; `rests_left` days may still be missed before
    the streak would end, None without a streak. `longest` is the best of the days given."""

    days: int
    today: bool
    rests_left: int | None
    longest: int


def counts(minutes: float) -> bool:
    return minutes >= MINIMUM


def streak(minutes: Mapping[date, float], today: date) -> Streak:
    """The streak at `today`. Days that are missing from `minutes` had none."""
    studied = {day for day, spent in minutes.items() if counts(spent) and day <= today}
    days, missed = _back_from(studied, today)
    rests = REST_DAYS - sum(day > today - timedelta(days=WEEK - 1) for day in missed)
    ends = {day for day in studied if day + timedelta(days=1) not in studied}
    longest = max((_back_from(studied, end)[0] for end in ends), default=0)
    return Streak(days, today in studied, max(0, rests) if days else None, max(days, longest))


def _back_from(studied: set[date], last: date) -> tuple[int, list[date]]:
    """(days studied, days missed between them), going back from `last` until too many are missed
    within a week. `last` itself, when it was not studied, is neither."""
    days = int(last in studied)
    missed: list[date] = []
    pending: list[date] = []
    oldest = min(studied, default=last)
    day = last - timedelta(days=1)
    while day >= oldest:
        if day in studied:
            days += 1
            missed += pending
            pending = []
        else:
            near = [one for one in missed + pending if one - day < timedelta(days=WEEK)]
            if len(near) >= REST_DAYS:
                break
            pending.append(day)
        day -= timedelta(days=1)
    return days, missed if days else []
