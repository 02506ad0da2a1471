"""A telling is rated, a rating taken back, each once whatever arrives twice; and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from drills import days, interviews
from drills.setting import Setting
from drills.sources import Offer
from stories import schedule
from stories.models import Rehearsal, Story
from stories.schedule import Aim

# Finding the words, and judging how it went.
AROUND = 1.0


def aim_of(user, now: datetime) -> Aim:
    """What `user` decided for their drills: the desired retention, and the interview to come."""
    # Not the day's plan, which is long.
    rows = Setting.objects.for_user(user).only("retention", "interview_at")
    setting = rows.first() or Setting()
    return Aim(setting.retention, interviews.limit(user, setting, now))


def elapsed(user, story: Story, now: datetime) -> int | None:
    """Study days from the last telling to `now`; None for a story never told."""
    if story.last_rated_at is None:
        return None
    return max(0, (days.study_day(user, now) - days.study_day(user, story.last_rated_at)).days)


def preview(user, story: Story, aim: Aim, now: datetime):
    """What each rating would lead to: {rating: memory}. No query."""
    return schedule.preview(story.memory(now), now, aim, elapsed(user, story, now))


def rate(user, telling: Rehearsal, rating: int, now: datetime) -> bool:
    """Count a telling that was stopped, and schedule its story.

    False when it counts already: a click that arrives twice moves the schedule once.
    """
    aim = aim_of(user, now)
    with transaction.atomic():
        story = Story.objects.select_for_update(of=("self",)).get(pk=telling.story_id)
        row = Rehearsal.objects.select_for_update(of=("self",)).get(pk=telling.pk)
        if row.rating is not None or row.running or row.removed_at:
            return False
        memory = schedule.after(story.memory(now), rating, now, aim, elapsed(user, story, now))
        Rehearsal.objects.filter(pk=row.pk).update(
            rating=rating, rated_at=now, before=story.snapshot()
        )
        Story.objects.filter(pk=story.pk).update(**Story.columns(memory))
    telling.rating, telling.rated_at = rating, now
    return True


def take_back(telling: Rehearsal) -> bool:
    """Undo a rating: the story's schedule is exactly as before it, and the telling, with its
    remark, waits for another. False when it has none, or a later one was rated since."""
    with transaction.atomic():
        story = Story.objects.select_for_update(of=("self",)).get(pk=telling.story_id)
        last = last_rated(story)
        if last is None or last.pk != telling.pk:
            return False
        Story.objects.filter(pk=story.pk).update(**Story.restored(last.before))
        Rehearsal.objects.filter(pk=last.pk).update(rating=None, rated_at=None, before={})
    return True


def last_rated(story: Story) -> Rehearsal | None:
    """The telling whose rating Undo would take back. One made before there was a schedule to
    remember has none."""
    rows = Rehearsal.objects.filter(owner=story.owner_id, story=story).rated()
    last = rows.order_by("-rated_at", "-pk").first()
    return last if last and last.before else None


@dataclass(frozen=True)
class Coming:
    """A story and when it is told next; None: it was never told."""

    story: Story
    due: datetime | None


def coming(user, now: datetime) -> list[Coming]:
    """One's stories by when they are told next, those never told at the end. Two queries.

    An interview that was set since the last telling counts, so the dates are made here and not
    by the database: they are as many as somebody has stories.
    """
    told = Q(due_at__isnull=False)
    rows = Story.objects.for_user(user).kept().filter(told | Q(words__gt=0))
    rows = rows.only("title", "owner", "target", "status", "words", *Story.SCHEDULE)
    aim = aim_of(user, now)
    found = [
        Coming(row, schedule.aimed(row.memory(now), now, aim).due if row.due_at else None)
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due or now, each.story.pk))


def offers(user, by: datetime) -> Iterable[Offer]:
    """What the drills' page of the day shows of the stories (drills/sources.py): those due by then,
    and one that is good enough and was never told, unless one was told for the first time today."""
    now = timezone.now()
    rows = coming(user, now)
    found = [_offer(each.story, each.due) for each in rows if each.due and each.due < by]
    began = days.begins(user, days.study_day(user, now))
    told = Rehearsal.objects.for_user(user).filter(rated_at__gte=began, before__due_at=None)
    first = next((each.story for each in rows if each.due is None and each.story.tellable), None)
    if first and not told.exists():
        found.append(_offer(first, now, ", for the first time"))
    return found


def _offer(story: Story, due: datetime, when: str = "") -> Offer:
    return Offer(
        title=f"Tell “{story}”{when}",
        address=reverse("stories:rehearse", args=[story.pk]),
        due=due,
        minutes=story.target / 60 + AROUND,
        kind="Story, aloud",
    )
