"""What alice has in her drills for the pictures: cards learned over months, and sentences."""

import math
import random
import uuid
from datetime import datetime, timedelta

WRITTEN = {
    "salesmart-warehouse": "I chose Redshift as a managed warehouse because our small team should "
    "write sales logic and not patch servers, accepting a higher price per query hour.",
    "salesmart-storage": "We land raw files in S3. It is cheap and durable.",
    "lambda": "I chose Lambda because our uploads come in bursts with idle hours between, "
    "accepting cold starts.",
    "dynamodb": "I chose DynamoDB because it scales.",
}
OWN = {
    "Why Kafka between the shops and the ledger?": "I put Kafka between 300 shops and the ledger "
    "because a shop must sell while the ledger is down, accepting that stock is a minute old.",
    "Why one database for all tenants?": "",
    "Why did you keep the monolith?": "I kept the monolith because five developers release it "
    "together, at the price of scaling it as a whole.",
}


def drill(user, now: datetime) -> dict[str, object]:
    """Cards, days and settings of `user`'s; returns what the addresses need."""
    from drills import own
    from drills.models import Card, Entry, Setting

    chance = random.Random(7)
    entries = list(Entry.objects.published().exclude(deck__key="databases").select_related("deck"))
    Card.objects.adopt(user, entries, now - timedelta(days=120))
    cards = list(Card.objects.for_user(user).select_related("entry").order_by("id"))
    for card in cards[: len(cards) * 3 // 4]:
        gone = chance.uniform(0, 14)
        card.stability, card.difficulty = math.exp(chance.uniform(0, 4.6)), chance.uniform(2, 8)
        card.state, card.step, card.reps = "review", None, chance.randint(2, 9)
        card.last_review = now - timedelta(days=min(gone, card.stability))
        card.due = card.last_review + timedelta(days=card.stability)
    cards[3].lapses, cards[5].suspended = 9, True
    cards[8].buried_until = now + timedelta(hours=9)
    Card.objects.bulk_update(
        cards, ["state", "step", "stability", "difficulty", "due", "last_review", "reps", "lapses",
                "suspended", "buried_until"],
    )  # fmt: skip
    for card in cards:
        if card.entry and (text := WRITTEN.get(card.entry.key)):
            card.answer = text
            card.save(update_fields=["answer", "answer_html"])
    own.peek(user, Entry.objects.get(key="api-gateway"), now - timedelta(days=2))
    group = own.add_group(user, "Stock ledger", "Three hundred shops and one book.", uuid.uuid4())
    for front, answer in OWN.items():
        card, _ = own.add_card(user, uuid.uuid4(), now, front=front, answer=answer, group=group)
    study(user, now, chance)
    setting = Setting.of(user)
    setting.interview_at = now + timedelta(days=12)
    setting.planned_day = None
    setting.save()
    return {"project": group.pk, "own_card": card.pk}


def study(user, now: datetime, chance: random.Random) -> None:
    """Four months of days, with weekends off and a week of holiday."""
    from drills import days
    from drills.models import StudyDay

    today = days.study_day(user, now)
    rows = []
    for back in range(124):
        day = today - timedelta(days=back)
        if 40 <= back < 47 or (day.weekday() >= 5 and chance.random() < 0.7):
            continue
        # Today has only begun, so that there is a card to look at.
        reviews = max(4, round(chance.gauss(46, 18))) if back else 4
        tested = round(reviews * min(0.85, 0.3 + (124 - back) / 150))
        again = round(tested * chance.uniform(0.04, 0.16))
        rest = reviews - again
        rows.append(
            StudyDay(
                owner=user,
                day=day,
                reviews=reviews,
                first_time=max(0, reviews - tested - 6),
                again=again,
                hard=rest // 8,
                easy=rest // 10,
                good=rest - rest // 8 - rest // 10,
                milliseconds=reviews * 11_000,
                tested=tested,
                kept=tested - again,
                expected_millionths=round(tested * chance.uniform(0.89, 0.93) * 1e6),
            )
        )
    StudyDay.objects.bulk_create(rows)
