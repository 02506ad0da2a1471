"""Every answer that was rated, kept for good, and the counters of each day.

A review is never changed but for being taken back, and the database sees to it. What a statistic
of months needs is counted by the day as it happens, so no page reads the log itself.
"""

from datetime import date

import pgtrigger
from django.db import connection, models

from accounts.ownership import Owned, OwnedQuerySet
from drills.cards import Card
from drills.scheduling import Rating, State
from writing.autosave.triggers import ERASING


class KeepReviews(pgtrigger.Trigger):
    """Reviews are append-only: one may be taken back, once, and goes with its owner's account."""

    name = "drills_append_only"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model):
        return f"""
            IF TG_OP = 'DELETE' THEN
              IF OLD.owner_id::text = ANY (string_to_array(
                   coalesce(current_setting('{ERASING}', true), ''), ',')) THEN
                RETURN OLD;
              END IF;
              RAISE EXCEPTION 'reviews are kept until their owner''s account is deleted'
                USING ERRCODE = 'restrict_violation';
            END IF;
            IF OLD.undone_at IS NOT NULL
               OR to_jsonb(OLD) - 'undone_at' <> to_jsonb(NEW) - 'undone_at' THEN
              RAISE EXCEPTION 'a review can be taken back once, and nothing else of it changes'
                USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """


class ReviewQuerySet(OwnedQuerySet):
    def counted(self) -> models.QuerySet:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Review(Owned):
    """One rated answer. `before` is the card's schedule as it was, for taking the answer back;
    `turn` the card's turn that it answered. `predicted` is the chance of recall at that moment,
    null for a new card. `milliseconds` from the showing of the card to its rating.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+", db_index=False)
    # Made by the page that showed the card, so that a click that arrives twice is one review.
    key = models.UUIDField(editable=False)
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    at = models.DateTimeField()
    day = models.DateField()
    milliseconds = models.PositiveIntegerField(default=0)
    state = models.CharField("state before", max_length=10, choices=State.choices)
    predicted = models.FloatField(null=True)
    turn = models.PositiveIntegerField()
    before = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_review_a_key"),
            models.UniqueConstraint(fields=["card", "turn"], name="one_review_a_turn"),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-id"],
                condition=models.Q(undone_at=None),
                name="review_last",
            ),
            models.Index(fields=["owner", "at"], name="review_owner_at"),
        ]
        triggers = [KeepReviews()]

    def __str__(self) -> str:
        return f"{Rating(self.rating).label}, {self.at:%Y-%m-%d %H:%M} UTC"


class StudyDay(Owned):
    """What was done on one day: answers by rating, and the time they took.

    For true retention: `tested` answers to cards in review, `kept` of them not forgotten,
    `expected_millionths` the sum of their predicted chances times a million (whole numbers, so
    that taking an answer back leaves exactly what was there).
    """

    COUNTERS = (
        "reviews", "first_time", "again", "hard", "good", "easy", "milliseconds", "tested",
        "kept", "expected_millionths",
    )  # fmt: skip

    day = models.DateField()
    reviews = models.IntegerField(default=0)
    first_time = models.IntegerField(default=0)
    again = models.IntegerField(default=0)
    hard = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    easy = models.IntegerField(default=0)
    milliseconds = models.BigIntegerField(default=0)
    tested = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    expected_millionths = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["owner", "day"], name="one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.reviews} answers"

    @classmethod
    def count(cls, review: Review, sign: int = 1) -> None:
        """Add `review` to its day, or with sign -1 take it away. One statement, for any number of
        devices at once."""
        _count(review.owner_id, review.day, [sign * n for n in cls.of_review(review)])

    @classmethod
    def of_review(cls, review: Review) -> list[int]:
        """What one review adds, in the order of COUNTERS."""
        tested = review.state == State.REVIEW
        return [
            1,
            int(review.state == State.NEW),
            *(int(review.rating == rating) for rating in Rating),
            review.milliseconds,
            int(tested),
            int(tested and review.rating != Rating.AGAIN),
            round((review.predicted or 0) * 1_000_000) if tested else 0,
        ]


def _count(owner_id: int, day: date, amounts: list[int]) -> None:
    columns = ", ".join(StudyDay.COUNTERS)
    sums = ", ".join(f"{name} = d.{name} + excluded.{name}" for name in StudyDay.COUNTERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO drills_studyday AS d (owner_id, day, {columns}) "  # noqa: S608 (names)
            f"VALUES (%s, %s, {', '.join(['%s'] * len(amounts))}) "
            f"ON CONFLICT (owner_id, day) DO UPDATE SET {sums}",
            [owner_id, day, *amounts],
        )
