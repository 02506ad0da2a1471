"""A debrief on another installation: its lines lead to one's rows there, and can be taken back."""

import io
import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.portable import bringing, reading
from drills import asked
from drills.models import Card
from plans import debrief, travel
from plans.models import Asked
from stories.models import Story
from tests.accounts.portable.world import export_of
from tests.drills.factories import in_review
from tests.plans.factories import interview
from tests.stories.factories import QuestionFactory, StoryFactory

pytestmark = pytest.mark.django_db


def note(row, value: str = "") -> None:
    thing = asked.get(row.owner, value) if value else None
    line = debrief.add(row, "Why this queue?", thing, uuid.uuid4())
    Asked.objects.filter(pk=line.pk).update(went="weak")


def test_lines_lead_to_the_rows_there(alice, bob):
    now = timezone.now()
    row = interview(alice, at=now - timedelta(hours=2))
    in_review(bob, "Why one that stands in the way of ids?")
    made = in_review(alice, "Why a queue?", due=now + timedelta(days=20))
    story = StoryFactory(owner=alice)
    before = {"card": made.snapshot(), "story": story.snapshot()}
    question = QuestionFactory()
    for value in (
        "", f"card:{made.get_absolute_url()}", f"story:{story.get_absolute_url()}",
        f"question:{question.key}",
    ):  # fmt: skip
        note(row, value)
    assert debrief.bring_all_back(alice, row, now) == 4
    export = export_of(alice)
    alice.delete()

    bringing.bring_in(bob, reading.read(io.BytesIO(export), reading.FOR_A_PAGE))
    mine = Card.objects.for_user(bob).get(front="Why a queue?")
    told = Story.objects.for_user(bob).get()
    lines = Asked.objects.for_user(bob).order_by("id")
    assert [line.key for line in lines] == [
        "", mine.get_absolute_url(), told.get_absolute_url(), question.key,
    ]  # fmt: skip
    assert [line.title for line in debrief.to_practise(bob)] == [
        line.title for line in reversed(lines)
    ]
    assert debrief.take_all_back(bob, lines[0].interview, timezone.now())
    mine.refresh_from_db()
    told.refresh_from_db()
    assert {"card": mine.snapshot(), "story": told.snapshot()} == before
    assert Card.objects.for_user(bob).standing().filter(source="").count() == 2
    assert not Card.objects.for_user(bob).standing().exclude(source="").exists()


@pytest.mark.parametrize(
    ("source", "before", "sound"),
    [
        ("", {"made": True, "last_review": None, "words": True}, True),
        ("card", {"review": str(uuid.uuid4()), "suspended": False, "buried_until": None}, True),
        ("question", {"made": True, "last_review": "2026-11-20T19:00:00+00:00"}, True),
        ("scenario", {}, True),
        ("scenario", {"made": True}, False),
        ("", {}, False),
        ("gone", {"made": True, "last_review": None}, True),
        ("card", {"review": "no", "suspended": False, "buried_until": None}, False),
        ("card", {"review": str(uuid.uuid4()), "suspended": 7, "buried_until": None}, False),
        ("question", {"made": True, "last_review": "2026-11-20T19:00:00"}, False),
        ("story", {"schedule": {"stability": "high"}}, False),
        ("story", {}, False),
        ("story", [], False),
    ],
)
def test_what_undo_could_not_put_back_is_refused(source, before, sound):
    row = {"source": source, "before": json.loads(json.dumps(before)), "again_at": timezone.now()}
    try:
        assert (travel.asked_is_sound(row) == "") == sound
    except (AttributeError, LookupError, TypeError, ValueError):
        assert not sound  # as the reader of files takes it


def test_nothing_brought_back_has_nothing_to_undo():
    assert travel.asked_is_sound({"source": "", "before": {"made": True}, "again_at": None})
