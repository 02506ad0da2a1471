"""The clock of an attempt: how long each phase has taken, what remains, by how much it is over.

Pure: instants in, durations out, `now` passed in. Every instant comes from the server, so a
reload, a sleeping tab and another device all read the same. Time spent in a pause does not count.
Nothing here stops anybody: a phase that runs over says so, and goes on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NONE = timedelta()


class Mode(StrEnum):
    """How an attempt is practised."""

    TIMED = "timed"
    UNTIMED = "untimed"
    CLARIFY = "clarify"


class Phase(StrEnum):
    """The four steps at the whiteboard, in order."""

    CLARIFY = "clarify"
    HIGH_LEVEL = "high-level"
    DRILL_DOWN = "drill-down"
    WRAP_UP = "wrap-up"


PHASES: Mapping[Mode, tuple[Phase, ...]] = {
    Mode.TIMED: tuple(Phase),
    Mode.UNTIMED: tuple(Phase),
    Mode.CLARIFY: (Phase.CLARIFY,),
}


@dataclass(frozen=True)
class Budget:
    """What a phase should take: it may end from `low` on, and is over beyond `high`."""

    low: timedelta
    high: timedelta


def _minutes(low: int, high: int) -> Budget:
    return Budget(timedelta(minutes=low), timedelta(minutes=high))


BUDGETS: Mapping[Phase, Budget] = {
    Phase.CLARIFY: _minutes(5, 10),
    Phase.HIGH_LEVEL: _minutes(5, 10),
    Phase.DRILL_DOWN: _minutes(20, 20),
    Phase.WRAP_UP: _minutes(5, 5),
}


@dataclass(frozen=True)
class Interval:
    """From `start` to `end`; an open one (`end` is None) lasts until now."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class PhaseTime:
    """One phase as it stands: `state` is ahead, now or done; `budget` None without a clock."""

    phase: Phase
    state: str
    elapsed: timedelta = NONE
    budget: Budget | None = None

    @property
    def remaining(self) -> timedelta:
        """Until the budget is used up; zero when it is, and without a budget."""
        return max(self.budget.high - self.elapsed, NONE) if self.budget else NONE

    @property
    def over(self) -> timedelta:
        """Beyond the budget; zero while within it, and without one."""
        return max(self.elapsed - self.budget.high, NONE) if self.budget else NONE


@dataclass(frozen=True)
class Reading:
    """The clock at one instant. `elapsed` is the whole attempt without its pauses."""

    now: datetime
    mode: Mode
    phases: tuple[PhaseTime, ...]
    elapsed: timedelta
    paused: timedelta
    paused_since: datetime | None
    finished: bool

    @property
    def current(self) -> PhaseTime:
        """The phase the clock is on; of a finished attempt, the last one opened."""
        opened = [phase for phase in self.phases if phase.state != "ahead"]
        return opened[-1] if opened else self.phases[0]

    @property
    def next(self) -> Phase | None:
        """The phase to open after the current one; None after the last."""
        return next((phase.phase for phase in self.phases if phase.state == "ahead"), None)

    @property
    def running(self) -> bool:
        return not self.finished and self.paused_since is None

    @property
    def ends_at(self) -> datetime | None:
        """When the current phase uses up its budget if nobody pauses; None where none runs out."""
        if not self.running or not self.current.remaining:
            return None
        return self.now + self.current.remaining

    def opened(self, phase: str) -> bool:
        return any(row.phase == phase and row.state != "ahead" for row in self.phases)


def read(
    mode: Mode,
    starts: Mapping[Phase, datetime],
    pauses: Iterable[Interval],
    now: datetime,
    finished_at: datetime | None = None,
) -> Reading:
    """The clock at `now`, of an attempt whose phases began at `starts`.

    A phase lasts until the next one begins; the last until `finished_at` or now. Web servers may
    disagree by moments, so what would be negative is zero.
    """
    now = min(now, finished_at) if finished_at else now
    order = [phase for phase in PHASES[mode] if phase in starts]
    pauses = _merged(pauses, now)
    rows = []
    for phase in PHASES[mode]:
        budget = BUDGETS[phase] if mode != Mode.UNTIMED else None
        if phase not in order:
            rows.append(PhaseTime(phase, "ahead", NONE, budget))
            continue
        last = phase == order[-1]
        end = now if last else starts[order[order.index(phase) + 1]]
        state = "now" if last and not finished_at else "done"
        rows.append(PhaseTime(phase, state, _worked(starts[phase], end, pauses), budget))
    open_pause = next((pause.start for pause in pauses if pause.end is None), None)
    return Reading(
        now,
        mode,
        tuple(rows),
        sum((row.elapsed for row in rows), NONE),
        sum((_length(pause.start, pause.end or now) for pause in pauses), NONE),
        None if finished_at else open_pause,
        finished_at is not None,
    )


def _length(start: datetime, end: datetime) -> timedelta:
    return max(end - start, NONE)


def _merged(pauses: Iterable[Interval], now: datetime) -> list[Interval]:
    """The pauses in order, those that touch made one, so that no second is taken off twice."""
    merged: list[Interval] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        last = merged[-1] if merged else None
        if last and pause.start <= (last.end or now):
            end = max(last.end, pause.end) if last.end and pause.end else None
            merged[-1] = Interval(last.start, end)
        else:
            merged.append(pause)
    return merged


def _worked(start: datetime, end: datetime, pauses: list[Interval]) -> timedelta:
    """From `start` to `end` without what the pauses take of it."""
    off = (_length(max(start, pause.start), min(end, pause.end or end)) for pause in pauses)
    return max(_length(start, end) - sum(off, NONE), NONE)
