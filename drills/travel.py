"""Cards in files that leave this site and come back (accounts/portable)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from accounts.portable import notes
from drills import exchange, justification_documents
from drills.cards import COUNTERS, SCHEDULE, Card, Group
from drills.reviews import Review
from drills.scheduling import State
from drills.setting import Setting


def describe() -> None:
    notes.describe(Card, addresses=("source",), check=card_is_sound)
    notes.describe(Review, check=review_is_sound)
    notes.describe(Setting, ids={"queue": "drills.card"}, check=setting_is_sound)
    notes.leads_to("drills:edit", Card)
    notes.leads_to("drills:own-justification", Card)
    notes.leads_to("drills:group", Group)
    notes.folder("Drills", files)
    notes.afterwards(plan_anew)


def plan_anew(user, new: Mapping[Any, int]) -> None:
    """Cards came that today's list does not know, unless it came with them."""
    if new.get(Card) and not new.get(Setting):
        Setting.replan(user.pk)


def files(user) -> Iterator[tuple[str, str]]:
    """One's own cards in the form that the drills read back, and one's justifications to read."""
    if text := exchange.document(user, exchange.MARKDOWN):
        yield "own-cards.md", text
    if text := justification_documents.write(user):
        yield "justifications.md", text


def memory_is_sound(values: Mapping[str, Any]) -> bool:
    """Is this a schedule that the scheduler can go on from?"""
    stability, difficulty = values["stability"], values["difficulty"]
    if values["state"] not in State.values:
        return False
    if values["state"] == State.NEW:
        return stability is None and difficulty is None and values["last_review"] is None
    return (
        isinstance(stability, int | float)
        and isinstance(difficulty, int | float)
        and 0 < stability < 1e6
        and 1 <= difficulty <= 10
        and values["last_review"] is not None
        and (values["step"] or 0) < 100
    )


def card_is_sound(row: Mapping[str, Any]) -> str:
    return "" if memory_is_sound(row) else "The schedule of this card is none."


def snapshot_is_sound(before: Any, times: tuple[str, ...]) -> bool:
    """Is it a schedule as JSON, with its moments under the names `times`?"""
    moments = [before[name] for name in times]
    return all(m is None or datetime.fromisoformat(m).tzinfo is not None for m in moments)


def review_is_sound(row: Mapping[str, Any]) -> str:
    """A review that can be taken back: its `before` is a whole schedule."""
    before = row["before"]
    known = all(name in before for name in (*SCHEDULE, *COUNTERS))
    counted = known and all(
        type(before[name]) is int and 0 <= before[name] < 2**31 for name in COUNTERS
    )
    if not (
        counted
        and before["due"] is not None
        and memory_is_sound(before)
        and snapshot_is_sound(before, ("due", "last_review"))
    ):
        return "before is no schedule."
    return ""


def setting_is_sound(row: Mapping[str, Any]) -> str:
    for at, *shares in row["forecast"] or []:
        good = all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)
        if len(shares) != 2 or not good or datetime.fromisoformat(at).tzinfo is None:
            return "forecast is none."
    return ""
