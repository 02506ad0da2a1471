"""What can be done to an interview. Every change is one short transaction, and twice is once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import F

from drills.interviews import Leading
from drills.models import Setting
from plans.interviews import Interview

FORM = (
    "company", "role", "round", "kind", "at", "minutes", "time_zone", "place", "interviewers",
)  # fmt: skip


def leading(owner, now: datetime) -> Leading | None:
    """The next interview of `owner` that has not begun, as the drills follow it. One query."""
    rows = Interview.objects.for_user(owner).upcoming(now).filter(at__gt=now)
    row = rows.only("owner", "company", "kind", "round", "at").first()
    return Leading(row.at, str(row), row.get_absolute_url()) if row else None


@contextmanager
def _followed(owner_id: int, now: datetime) -> Iterator[None]:
    """A change of interviews, in a transaction: the drills then lead to what is next.

    Where no interview led before it nor does after it, an hour that somebody set for their drills
    themselves stays.
    """
    with transaction.atomic():
        # One change of a person's interviews at a time, or each would see the others' past.
        Setting.objects.get_or_create(owner_id=owner_id)
        Setting.objects.select_for_update().get(owner=owner_id)
        before = leading(owner_id, now)
        yield
        after = leading(owner_id, now)
        if before or after:
            Setting.lead_to(owner_id, after.at if after else None)


def add(owner, interview: Interview, key: uuid.UUID, now: datetime) -> Interview:
    """Keep a new interview of `owner`'s, or return the one that this `key` made with these words.

    The key alone would not do: a page brought back by the Back button still carries the old one.
    """
    key = uuid.uuid5(key, f"{interview.company} {interview.round} {interview.at.isoformat()}")
    values = {name: getattr(interview, name) for name in FORM}
    with _followed(owner.pk, now):
        return Interview.objects.get_or_create(
            owner=owner, request_key=key, defaults=values | {"created_at": now}
        )[0]


def change(interview: Interview, now: datetime, edition: int | None = None) -> Interview | None:
    """Store what a form changed; calendars that took it before will take it again.

    `edition` is the one that the form showed. Where that was changed since, to something else than
    this, nothing is stored, and what stands there is returned.
    """
    with _followed(interview.owner_id, now):
        there = Interview.objects.select_for_update().without_texts().get(pk=interview.pk)
        if edition is not None and edition != there.edition:
            same = all(getattr(there, name) == getattr(interview, name) for name in FORM)
            return None if same else there
        interview.save(update_fields=FORM)
        Interview.objects.filter(pk=interview.pk).update(edition=F("edition") + 1)
    return None


def set_outcome(interview: Interview, outcome: str, now: datetime) -> None:
    """What became of it; one that was withdrawn from no longer leads."""
    interview.outcome = outcome
    with _followed(interview.owner_id, now):
        interview.save(update_fields=["outcome"])


def close_debrief(interview: Interview, now: datetime) -> None:
    """Store how it went and what became of it; the first time counts as the debrief's moment."""
    interview.debriefed_at = interview.debriefed_at or now
    with _followed(interview.owner_id, now):
        interview.save(update_fields=["went", "outcome", "debriefed_at"])


def remove(interview: Interview, now: datetime) -> None:
    with _followed(interview.owner_id, now):
        Interview.objects.filter(pk=interview.pk, removed_at=None).update(removed_at=now)


def restore(interview: Interview, now: datetime) -> None:
    with _followed(interview.owner_id, now):
        Interview.objects.filter(pk=interview.pk).update(removed_at=None)
