"""An answer is rated, and a rating taken back: each once, whatever arrives twice."""

import uuid
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from drills import days, scheduling
from drills.cards import COUNTERS, SCHEDULE, Card
from drills.reviews import Review, StudyDay
from drills.scheduling import Memory, Rating, State
from drills.setting import Setting

# Whoever leaves the page for tea was not thinking for that long.
LONGEST = 5 * 60 * 1000


def elapsed(user, card: Card, now: datetime) -> int | None:
    """Study days from the last review to `now`; None for a new card."""
    if card.last_review is None:
        return None
    return max(0, (days.study_day(user, now) - days.study_day(user, card.last_review)).days)


def preview(user, card: Card, setting: Setting, now: datetime) -> dict[Rating, Memory]:
    """What each rating would lead to; no query."""
    return scheduling.preview(
        card.memory,
        now,
        retention=setting.retention,
        limit=setting.limit(now),
        elapsed=elapsed(user, card, now),
    )


def rate(
    user,
    card: Card,
    setting: Setting,
    rating: Rating,
    *,
    turn: int,
    key: uuid.UUID,
    milliseconds: int,
    now: datetime,
) -> Review | None:
    """Count one answer to `card` and schedule it; None when it was answered since.

    `turn` is the card's turn on the page that was answered, `key` was made by that page. The
    UPDATE asks for the turn, so of two devices, two clicks or a page from before an undo exactly
    one is counted. Three statements in a transaction; `card` is changed to what was stored.
    """
    if card.turn != turn:
        return None
    review = Review(
        owner=user, card=card, key=key, rating=rating, at=now, day=days.study_day(user, now),
        milliseconds=min(max(0, milliseconds), LONGEST), state=card.state, turn=turn,
        before=card.snapshot(),
    )  # fmt: skip
    if card.last_review is not None:
        review.predicted = scheduling.recall(card.memory, now)
    memory = scheduling.review(
        card.memory,
        rating,
        now,
        retention=setting.retention,
        limit=setting.limit(now),
        elapsed=elapsed(user, card, now),
    )
    lapsed = card.state == State.REVIEW and rating == Rating.AGAIN
    after = asdict(memory) | {
        "reps": card.reps + 1,
        "lapses": card.lapses + lapsed,
        "turn": turn + 1,
    }
    try:
        with transaction.atomic():
            if not Card.objects.filter(pk=card.pk, turn=turn).update(**after):
                return None
            review.save(force_insert=True)
            StudyDay.count(review)
    except IntegrityError:
        # The key was used for another answer: no page of ours sends that.
        return None
    for name, value in after.items():
        setattr(card, name, value)
    return review


def take_back(review: Review, now: datetime) -> bool:
    """Undo `review`: the card's schedule and the day's counters are exactly as before it.

    False when it was taken back already, or its card has been answered again since. The card's
    words stay as they are now.
    """
    with transaction.atomic():
        card = Card.objects.select_for_update().get(pk=review.card_id)
        last = Review.objects.counted().filter(card=card).order_by("-turn").first()
        if last is None or last.pk != review.pk:
            return False
        Review.objects.filter(pk=last.pk).update(undone_at=now)
        card.restore(last.before)
        before = {name: getattr(card, name) for name in (*SCHEDULE, *COUNTERS)}
        Card.objects.filter(pk=card.pk).update(**before, turn=F("turn") + 1)
        StudyDay.count(last, -1)
        if card.state in (State.NEW, State.REVIEW):
            # A plan made since does not have it in its list.
            Setting.objects.filter(owner=card.owner_id).exclude(queue__contains=[card.pk]).update(
                planned_day=None
            )
    return True


def last_review(user) -> Review | None:
    """The answer that Undo would take back."""
    return Review.objects.for_user(user).counted().order_by("-id").first()
