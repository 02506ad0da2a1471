"""The stories a person would tell for a question: read, chosen, cleared, put back.

Every change reads, decides (stories/asking.py) and writes under a lock on the person, so that two
tabs cannot each keep half. The rows of one question are few and are written anew.
"""

import re
from collections import defaultdict
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import transaction

from stories import asking
from stories.asking import Choice, Choices
from stories.library import Question
from stories.models import Match, Story

_CODE = re.compile(r"(?P<story>[0-9]{1,18})-(?P<fit>[123])\Z")


def of(user) -> dict[int, Choices]:
    """All choices of `user` by question; stories that were removed are not chosen. One query."""
    rows = Match.objects.for_user(user).filter(story__removed_at=None)
    found: dict[int, Choices] = defaultdict(tuple)
    for question, story, fit in rows.order_by("question_id", "rank").values_list(
        "question_id", "story_id", "fit"
    ):
        found[question] += (Choice(story, fit),)
    return found


def of_question(user, question: Question) -> Choices:
    """The choices for one question, the first first. One query."""
    rows = Match.objects.for_user(user).filter(question=question, story__removed_at=None)
    return tuple(Choice(*each) for each in rows.order_by("rank").values_list("story_id", "fit"))


def _change(user, question: Question, change: Callable[[Choices], Choices]):
    """Apply `change`; returns the choices before and after. What changes nothing writes nothing."""
    with transaction.atomic():
        # Not the question: that is everybody's, and others would wait.
        get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
        before = of_question(user, question)
        after = change(before)
        if after != before:
            Match.objects.for_user(user).filter(question=question).delete()
            Match.objects.bulk_create(
                Match(owner=user, question=question, story_id=each.story, rank=rank, fit=each.fit)
                for rank, each in enumerate(after, 1)
            )
    return before, after


def choose(question: Question, story: Story, rank: int, fit: int) -> tuple[Choices, Choices]:
    """Tell `story` in the first place (rank 1) or the second (2), with this fit (1 to 3).

    Choosing the second as the first swaps the two. Returns the choices before and after.
    """
    return _change(story.owner, question, lambda old: asking.choose(old, rank, story.pk, fit))


def clear(question: Question, story: Story) -> tuple[Choices, Choices]:
    """No longer tell `story`; the second moves up. Returns the choices before and after."""
    return _change(story.owner, question, lambda old: asking.clear(old, story.pk))


def put_back(user, question: Question, was: Choices, to: Choices) -> bool:
    """Undo: make it `to` if it still is `was`; False when it was changed since."""
    ids = [choice.story for choice in to]
    stories = Story.objects.for_user(user).kept()
    if stories.filter(pk__in=ids).count() != len(ids):
        return False
    before, after = _change(user, question, lambda old: to if old == was else old)
    return after == to or before == to


def encode(choices: Choices) -> str:
    """Choices as an address has them: "12-3.15-2" is story 12, strong, then story 15, fair."""
    return ".".join(f"{choice.story}-{choice.fit}" for choice in choices)


def decode(text: str) -> Choices:
    """The reverse of `encode`. Raises ValueError for anything else."""
    found = [_CODE.match(part) for part in text.split(".")] if text else []
    choices = tuple(Choice(int(m["story"]), int(m["fit"])) for m in found if m)
    if len(choices) != len(found) or len({c.story for c in choices}) != len(choices):
        raise ValueError("These are not choices.")
    if len(choices) > asking.SECOND:
        raise ValueError("A question has two choices at most.")
    return choices
