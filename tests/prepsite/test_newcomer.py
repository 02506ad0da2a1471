"""A newcomer goes through every room; after each the dashboard knows, and readiness has risen."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from drills.models import Card
from plans.models import Asked, Item, Plan
from scenarios.attempts import Attempt
from scenarios.models import Scenario
from scenarios.rubric import SIGNALS
from stories.models import Story
from tests.drills.factories import in_review, small_deck
from tests.plans.factories import interview, template
from tests.playbook.factories import note
from tests.scenarios.practice import finished, scenario
from tests.stories.factories import RELEASES, theme

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)


@pytest.fixture
def visitor(client_of, alice, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    template()
    scenario()
    small_deck(4)
    theme()
    return client_of(alice)


def board(visitor):
    return visitor.get("/").context["board"]


def test_every_room_moves_the_first_page(visitor, alice):
    seen = [board(visitor)]
    assert len(seen[0].steps) == 3
    assert seen[0].readiness.score == 0

    def moved(part: str, steps: int) -> None:
        before, after = seen[-1], board(visitor)
        assert after.readiness.part(part).share > before.readiness.part(part).share, part
        assert after.readiness.exact > before.readiness.exact
        assert len(after.steps) == steps
        seen.append(after)

    # A plan, and its first tick.
    visitor.post(
        reverse("plans:start", args=["small"]), {"start": "none", "key": str(uuid.uuid4())}
    )
    line = Item.objects.for_user(alice).filter(kind="task").first()
    assert Plan.objects.for_user(alice).count() == 1
    visitor.post(reverse("plans:tick", args=[line.pk]))
    moved("plan", 2)

    # An attempt, finished and scored.
    visitor.post(reverse("scenarios:start", args=["band-shop"]), {"mode": "timed"})
    attempt = Attempt.objects.for_user(alice).get()
    visitor.post(reverse("scenarios:finish", args=[attempt.pk]), {"sure": "yes"})
    moved("scenarios", 1)
    points = dict.fromkeys([signal.field for signal in SIGNALS], "1")
    visitor.post(reverse("scenarios:score", args=[attempt.pk]), points)
    moved("scenarios", 1)
    assert {row.mean for row in seen[-1].signals} == {1.0}

    # Three cards.
    visitor.post(reverse("drills:start", args=["patterns"]))
    for _ in range(3):
        page = visitor.get(reverse("drills:next"), follow=True).content.decode()
        card = re.search(r"/drills/cards/(\d+)/", page).group(1)
        shown = visitor.post(reverse("drills:reveal", args=[card]), {"typed": ""}).content.decode()
        sent = dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', shown)) | {"rating": "3"}
        visitor.post(reverse("drills:rate", args=[card]), sent)
    moved("cards", 0)
    assert seen[-1].action is not None

    # A story, and a note that was read.
    story = Story.objects.create(owner=alice, uid=uuid.uuid4(), **RELEASES)
    Story.objects.filter(pk=story.pk).update(status="solid")
    moved("stories", 0)
    row = note()
    visitor.post(reverse("playbook:know-note", args=[row.key]))
    moved("playbook", 0)

    # An interview stands above everything.
    day = NOW + timedelta(days=6)
    visitor.post(
        reverse("interviews:new"),
        {
            "company": "Acme", "kind": "system-design", "day": f"{day:%Y-%m-%d}", "hour": "10:00",
            "time_zone": "UTC", "minutes": "60", "key": str(uuid.uuid4()),
        },
    )  # fmt: skip
    assert "Acme is in 6 days." in visitor.get("/").content.decode()


def odd_work(visitor, alice):
    """(name, what it does): work at whose end somebody might look worse than before."""
    plan = Plan.start(alice, template("other").outline(), key=uuid.uuid4(), now=NOW)
    line = Item.objects.for_user(alice).filter(plan=plan, kind="task").first()
    known = in_review(alice, "Known for long?", stability=90.0, last_review=NOW)
    shop = Attempt.objects.for_user(alice).get().scenario
    past = interview(alice, at=NOW - timedelta(hours=3))
    asked = Asked.objects.create(
        owner=alice, interview=past, title="Known for long?", source="card", went="weak",
        key=known.get_absolute_url(), address=known.get_absolute_url(),
    )  # fmt: skip
    post = lambda name, *args, **data: visitor.post(reverse(name, args=args), data)  # noqa: E731
    key = str(uuid.uuid4())
    yield "a tick", lambda: post("plans:tick", line.pk)
    yield "a second plan", lambda: post("plans:start", "small", start="none", key=key)
    yield "a second pass", lambda: post("plans:again", plan.pk, key=str(uuid.uuid4()))
    yield (
        "an item of one's own",
        lambda: post("plans:add", plan.pk, text="Also this", block=plan.blocks.first().pk, key=key),
    )
    yield "an attempt begun", lambda: post("scenarios:start", shop.key, mode="timed", key=key)
    yield (
        "an attempt finished, not scored",
        lambda: post(
            "scenarios:finish", Attempt.objects.for_user(alice).get(finished_at=None).pk, sure="yes"
        ),
    )
    yield "a worse score", lambda: post(
        "scenarios:score", Attempt.objects.for_user(alice).latest("created_at").pk,
        **dict.fromkeys([signal.field for signal in SIGNALS], "0"),
    )  # fmt: skip
    yield (
        "an idea of a story",
        lambda: post("search:capture", kind="story", text="A weak one", key=key),
    )
    yield "a note", lambda: post("search:capture", kind="note", text="A note", key=key)
    yield "a card forgotten in the interview", lambda: post("interviews:bring-back", asked.pk)
    yield (
        "a deck of new cards",
        lambda: Card.objects.adopt(alice, list(small_deck(60, "many").entries.all()), NOW),
    )
    yield "a card put off", lambda: post("drills:bury", known.pk)
    yield "a card set aside", lambda: post("drills:suspend", known.pk)
    yield "another interview", lambda: interview(alice, at=NOW + timedelta(days=2))


def test_odd_work_never_lowers_the_figure(visitor, alice):
    before = finished(alice, Scenario.objects.get(), begun=NOW - timedelta(days=1))
    points = dict.fromkeys([signal.field for signal in SIGNALS], 2)
    type(before.reflection).objects.filter(attempt=before).update(scored_at=NOW, **points)
    last = board(visitor).readiness.exact
    for name, work in odd_work(visitor, alice):
        answer = work()
        assert getattr(answer, "status_code", 302) in (200, 302), name
        now = board(visitor).readiness.exact
        assert now >= last - 1e-9, name
        last = now
    assert last > 0
    assert Attempt.objects.for_user(alice).exclude(finished_at=None).count() == 2
    assert Plan.objects.for_user(alice).count() == 3
    assert Asked.objects.get().again_at
