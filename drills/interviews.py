"""The interview that the drills lead to: a room above keeps it, and is not imported.

    # in the room's AppConfig.ready()
    register(lambda user, now: Leading(row.at, "Acme, system design", "/interviews/3/"))

The settings hold its hour (`Setting.interview_at`), so that an answer asks nothing more. The room
calls `Setting.lead_to` when its interviews change; when one is over, the next plan of a day moves
on to the one after it. Without any, the hour in the settings is one's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from drills.setting import Setting


@dataclass(frozen=True)
class Leading:
    """An interview to come: the moment `at` which it begins, its name and its page."""

    at: datetime
    title: str
    address: str


# Given a user and a moment; the next interview after it.
Source = Callable[..., Leading | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Have the drills follow what `source(user, now)` names; it takes the place of another."""
    _sources[:] = [source]


def leading(user, now: datetime) -> Leading | None:
    """The next interview of `user`, None without one. At most one query."""
    return _sources[0](user, now) if _sources else None


def limit(user, setting: Setting, now: datetime) -> datetime | None:
    """The hour no interval may pass. Asks only where the one in the settings is over."""
    if setting.interview_at is None or setting.interview_at > now:
        return setting.interview_at
    found = leading(user, now)
    return found.at if found else None
