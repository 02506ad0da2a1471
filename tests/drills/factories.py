"""Decks and cards for tests, made the way the site makes them."""

import uuid
from datetime import UTC, datetime, timedelta

from django.db import connection

from drills.decks import DeckOutline, EntryOutline
from drills.models import Card, Deck, Entry, Filing, Group, Peek, Review, Setting, StudyDay

# A Friday evening; a study day then runs from 04:00 UTC.
NOW = datetime(2026, 11, 20, 19, tzinfo=UTC)


def after(**parts: float) -> datetime:
    return NOW + timedelta(**parts)


def deck(key: str = "patterns", **values) -> Deck:
    row = Deck(key=key)
    outline = {"title": "Patterns", "kind": "justifications", "order": 10}
    row.fill(DeckOutline(**outline | {"summary": "One sentence each.", "intro": ""} | values))
    return row


def entry(of: Deck, key: str = "lambda", **values) -> Entry:
    row = Entry(key=key)
    outline = {
        "title": "Serverless compute",
        "front": "Why serverless compute?",
        "answer": "I chose Lambda because traffic comes in bursts, accepting cold starts.",
        "note": "Cold starts take 200 ms.",
        "tags": ["compute"],
    }
    row.fill(EntryOutline(of.key, **outline | values))
    return row


def small_deck(size: int = 3, key: str = "patterns", **values) -> Deck:
    """A deck with entries "Entry 1", "Entry 2", …"""
    row = deck(key, **values)
    for number in range(1, size + 1):
        entry(
            row,
            f"{key}-{number}",
            title=f"Entry {number}",
            front=f"Front {number}?",
            answer=f"Because of reason {number}, accepting cost {number}.",
            order=number,
        )
    return row


def card(owner, front: str = "Why a queue?", answer: str = "It absorbs the burst.", **values):
    """A new card of one's own, due at NOW; `values` set its other columns."""
    text = {name: values.pop(name) for name in ("note", "source", "entry") if name in values}
    made = Card.objects.add(owner, front=front, answer=answer, now=NOW, **text).card
    if values:
        Card.objects.filter(pk=made.pk).update(**values)
        made.refresh_from_db()
    return made


def in_review(owner, front: str = "Why a queue?", **values):
    """A card learned ten days ago, due now."""
    learned = {
        "state": "review", "step": None, "stability": 10.0, "difficulty": 5.0, "due": NOW,
        "last_review": after(days=-10), "reps": 3,
    }  # fmt: skip
    return card(owner, front, **learned | values)


def many_cards(owner, count: int, *, due_in_days: int = 100) -> None:
    """`count` cards in review, due over the days before and after NOW. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO drills_card (owner_id, version, updated_at, kind, tags, source,
              source_title, created_at, front, answer, answer_html, note, note_html, state, step,
              stability, difficulty, due, last_review, reps, lapses, turn, suspended, leech_at)
            SELECT %s, 1, %s, 'facts', '{}', '', '', %s, 'Front ' || n, 'Answer ' || n, '', '', '',
              CASE WHEN n %% 5 = 0 THEN 'new' ELSE 'review' END,
              CASE WHEN n %% 5 = 0 THEN 0 END,
              CASE WHEN n %% 5 > 0 THEN 20 + n %% 50 END,
              CASE WHEN n %% 5 > 0 THEN 1 + n %% 9 END,
              %s::timestamptz + (n %% (2 * %s) - %s) * interval '1 day',
              CASE WHEN n %% 5 > 0 THEN %s::timestamptz - interval '30 days' END,
              n %% 7, n %% 3, n %% 7, false, 8
            FROM generate_series(1, %s) AS n
            """,
            [owner.pk, NOW, NOW, NOW, due_in_days, due_in_days, NOW, count],
        )
        cursor.execute("ANALYZE drills_card")


def many_reviews(owner, count: int) -> None:
    """`count` answers over the past 200 days, spread over all cards of `owner`'s."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO drills_review (owner_id, card_id, key, rating, at, day, milliseconds, state,
              predicted, turn, before)
            SELECT %s, cards.ids[1 + n %% array_length(cards.ids, 1)], gen_random_uuid(),
              1 + n %% 4, %s::timestamptz - n * interval '1 minute',
              (%s::timestamptz - n * interval '1 minute')::date, 8000, 'review', 0.9,
              1000000 + n, '{}'
            FROM generate_series(1, %s) AS n,
              (SELECT array_agg(id) AS ids FROM drills_card WHERE owner_id = %s) AS cards
            """,
            [owner.pk, NOW, NOW, count, owner.pk],
        )
        cursor.execute("ANALYZE drills_review")


def drills_with(canary: str, owner) -> dict[str, object]:
    """A row of each private model of the room, with `canary` in its words; by the names that
    addresses need."""
    shared = small_deck(1, key="shared-deck")
    group = Group.objects.create(owner=owner, title=f"Group {canary}")
    own = in_review(owner, f"Front {canary}", answer=f"Answer {canary}", note=f"Note {canary}")
    Card.objects.filter(pk=own.pk).update(group=group, tags=[canary])
    review = Review.objects.create(
        owner=owner, card=own, key=uuid.uuid4(), rating=3, at=NOW, day=NOW.date(), turn=0,
        state="review", predicted=0.9, before=own.snapshot() | {"canary": canary},
    )  # fmt: skip
    StudyDay.count(review)
    # No plan of today, so what stands in the forecast is never drawn.
    Setting.objects.filter(pk=Setting.of(owner).pk).update(forecast=[[canary, 0.5, 0.5]])
    justified = Entry.objects.get(deck=shared)
    Filing.objects.create(owner=owner, card=own, guid=canary)
    Peek.objects.create(owner=owner, entry=justified)
    return {
        "card": own.pk, "review": review.pk, "group": group.pk, "deck": shared.key,
        "entry": justified.key,
    }  # fmt: skip
