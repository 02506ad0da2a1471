"""What the pages say of an interview: how far off it is, and when, for its reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plans import countdown
from plans.interviews import Interview


@dataclass(frozen=True)
class Shown:
    """An interview as its `reader` sees it at `now`. No query of its own."""

    interview: Interview
    reader: Any
    now: datetime

    @property
    def away(self) -> str:
        """ "in 3 days" """
        row = self.interview
        return countdown.countdown(row.at, row.ends_at, self.now, self.reader.zone)

    @property
    def soon(self) -> str:
        """ "tomorrow 10:00", by the reader's clock"""
        row = self.interview
        return countdown.soon(row.at, row.ends_at, self.now, self.reader.zone)

    @property
    def when(self) -> str:
        """ "Thursday 3 December, 10:00 to 11:00" """
        row = self.interview
        return countdown.when(row.at, row.ends_at, self.now, row.zone)

    @property
    def where(self) -> str:
        """ "Berlin time" """
        return countdown.spoken_zone(self.interview.time_zone)

    @property
    def for_you(self) -> str:
        """ "09:00 for you", where that differs"""
        row = self.interview
        return countdown.for_you(row.at, row.zone, self.reader.zone)

    @property
    def over(self) -> bool:
        return self.interview.is_over(self.now)

    @property
    def to_debrief(self) -> bool:
        row = self.interview
        return self.over and not row.debriefed_at and not row.withdrawn


def differing(there: Interview, mine: Interview) -> list[tuple[str, str]]:
    """(name, what stands there) of each fact in which `there` is not `mine`."""
    pairs = [
        ("Company", "company"), ("Role", "role"), ("Kind", "kind"), ("Round", "round"),
        ("Begins", "at"), ("Time zone", "time_zone"), ("Minutes", "minutes"),
        ("Place or link", "place"), ("Who will be there", "interviewers"),
    ]  # fmt: skip
    said = {"at": f"{there.local:%A %d %B %Y, %H:%M}", "kind": there.get_kind_display()}  # type: ignore[attr-defined]
    return [
        (label, said.get(name) or str(getattr(there, name)) or "nothing")
        for label, name in pairs
        if getattr(there, name) != getattr(mine, name)
    ]
