"""The demonstration's candidate, and the copies for load: made by the site's verbs, and whole."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.ownership import owned_models
from drills.models import Card, Review, Setting
from prepsite.models import Day
from tests.drills.factories import small_deck
from tests.factories import UserFactory
from tests.plans.factories import template
from tests.scenarios.practice import scenario
from tools.demo import candidate
from tools.demo.copies import spread
from writing.models import Revision

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)


@pytest.fixture
def lived(monkeypatch) -> User:
    """Somebody with three days behind them."""
    monkeypatch.setattr(candidate, "DAYS", 3)
    monkeypatch.setattr(candidate, "DECKS", ((0, "patterns"),))
    small_deck(6)
    template()
    scenario()
    user = UserFactory(username="demo", time_zone="Europe/Berlin")
    assert list(candidate.Candidate(user, NOW).live()) == [0, 1, 2, 3]
    return user


def rows_of(user) -> dict[str, int]:
    return {
        model._meta.label: model.objects.filter(owner=user).count()
        for model in owned_models()
        if model.travels and model._meta.app_label != "sample"
    }


def test_the_days_are_lived_in_order(lived):
    reviews = Review.objects.for_user(lived).order_by("at")
    assert reviews.count() >= 6
    assert {review.day for review in reviews} <= {
        datetime(2026, 11, day, tzinfo=UTC).date() for day in (25, 26, 27, 28)
    }
    assert Day.objects.for_user(lived).exclude(readiness=None).exists()
    assert all(row.saved_at <= NOW for row in Revision.objects.for_user(lived))


def test_the_same_days_every_time(lived):
    again = UserFactory(username="again", time_zone="Europe/Berlin")
    list(candidate.Candidate(again, NOW).live())
    first, second = (
        list(Review.objects.for_user(user).order_by("at").values_list("at", "rating"))
        for user in (lived, again)
    )
    assert first == second


def test_copies_have_every_row_and_their_own_keys(lived):
    people = [UserFactory(username=f"demo-{n}").pk for n in range(3)]
    assert len(list(spread(lived, people))) == len(rows_of(lived))
    for pk in people:
        assert rows_of(pk) == rows_of(lived)
    for model in owned_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in owned_models():
                for child in model.objects.select_related(field.name):
                    parent = getattr(child, field.name)
                    assert parent is None or parent.owner_id == child.owner_id, field
    for revision in Revision.objects.filter(owner__in=people):
        row = next(m for m in owned_models() if m._meta.label_lower == revision.model)
        assert row.objects.get(pk=revision.object_id).owner_id == revision.owner_id
    for setting in Setting.objects.filter(owner__in=people):
        cards = Card.objects.filter(pk__in=setting.queue)
        assert {card.owner_id for card in cards} <= {setting.owner_id}
        assert len(cards) == len(setting.queue)
    # The next row of each table gets a key of its own.
    Card.objects.add(lived, front="One more", now=NOW)


def test_fill_says_what_it_did(lived):
    out = StringIO()
    call_command("fill", users=2, stdout=out)
    assert "demo is there already." in out.getvalue()
    assert User.objects.filter(username__startswith="demo-").count() == 1
    call_command("fill", users=2, stdout=out)
    assert User.objects.count() == 2
    with pytest.raises(CommandError, match="number from 1"):
        call_command("fill", users=0, stdout=out)
