"""What can be done to an interview. Every change is one short transaction, and twice is once."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F

from plans.interviews import Interview


def add(owner, interview: Interview, key: uuid.UUID, now: datetime) -> Interview:
    """Keep a new interview of `owner`'s, or return the one that this `key` made with these words.

    The key alone would not do: a page brought back by the Back button still carries the old one.
    """
    key = uuid.uuid5(key, f"{interview.company} {interview.round} {interview.at.isoformat()}")
    there = Interview.objects.for_user(owner).filter(request_key=key).first()
    if there:
        return there
    names = (
        "company", "role", "round", "kind", "at", "minutes", "time_zone", "place", "interviewers",
    )  # fmt: skip
    values = {name: getattr(interview, name) for name in names}
    return Interview.objects.get_or_create(
        owner=owner, request_key=key, defaults=values | {"created_at": now}
    )[0]


def change(interview: Interview) -> None:
    """Store what a form changed; calendars that took it before will take it again."""
    with transaction.atomic():
        interview.save(
            update_fields=[
                "company", "role", "round", "kind", "at", "minutes", "time_zone", "place",
                "interviewers",
            ]
        )  # fmt: skip
        Interview.objects.filter(pk=interview.pk).update(edition=F("edition") + 1)


def set_outcome(interview: Interview, outcome: str) -> None:
    interview.outcome = outcome
    interview.save(update_fields=["outcome"])


def remove(interview: Interview, now: datetime) -> None:
    Interview.objects.filter(pk=interview.pk, removed_at=None).update(removed_at=now)


def restore(interview: Interview) -> None:
    Interview.objects.filter(pk=interview.pk).update(removed_at=None)


def close_debrief(interview: Interview, now: datetime) -> None:
    """Store how it went and what became of it; the first time counts as the debrief's moment."""
    interview.debriefed_at = interview.debriefed_at or now
    interview.save(update_fields=["went", "outcome", "debriefed_at"])
