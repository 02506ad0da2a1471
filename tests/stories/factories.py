"""Stories and what interviewers look for, for tests."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from stories.library import Competency, Question, QuestionCompetency
from stories.models import (
    Angle,
    Dismissal,
    Match,
    Metric,
    OwnCompetency,
    Rehearsal,
    Shows,
    Story,
    StorySetting,
)
from tests.factories import UserFactory

RELEASES = {
    "title": "How releases went from six hours to twenty minutes",
    "situation": "Our shop ran on one server that took six hours to release, and every second "
    "release was rolled back.",
    "task": "I had to make releases boring before the Christmas sale, in four months.",
    "action": "I measured where the six hours went. I split the build from the release, and I "
    "chose blue-green over canary, giving up the finer steps for a rollback in one minute.",
    "result": "Releases take 20 minutes, and we had none to roll back in eleven weeks.",
    "signal": "Three other teams took the pipeline over without asking me.",
}


class CompetencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competency
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda number: f"competency-{number}")
    title = factory.LazyAttribute(lambda row: row.key.replace("-", " ").capitalize())
    group = Competency.Group.SIGNAL
    means = factory.LazyAttribute(lambda row: f"What {row.title} means.")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda number: f"question-{number}")
    text = factory.LazyAttribute(lambda row: f"Tell me about {row.key.replace('-', ' ')}.")
    subject = "Performance"


class StoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Story

    owner = factory.SubFactory(UserFactory)
    title = RELEASES["title"]


class MetricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Metric

    story = factory.SubFactory(StoryFactory)
    owner = factory.SelfAttribute("story.owner")
    name = "Release time"
    before = "6"
    after = "0.3"
    unit = "hours"
    measured = "The build log, median of a month"


class AngleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Angle

    story = factory.SubFactory(StoryFactory)
    owner = factory.SelfAttribute("story.owner")
    told_to = "A bank"
    text = "Begin with the audit trail."


def theme(key: str = "modernization") -> Competency:
    return CompetencyFactory(key=key, group=Competency.Group.THEME)


def asks(question: Question, *competencies: Competency) -> Question:
    """Have `question` ask for these, the first of them mainly."""
    for position, row in enumerate(competencies):
        QuestionCompetency.objects.create(question=question, competency=row, position=position)
    return question


def written(owner, **fields) -> Story:
    """A story with all its parts."""
    return StoryFactory(owner=owner, **{**RELEASES, "status": Story.Status.SOLID, **fields})


def told(story: Story, **fields) -> Rehearsal:
    """A telling that was rated; the story's schedule stays as it is."""
    begun = fields.pop("told_at", timezone.now())
    seconds = fields.pop("seconds", 130)
    ended = begun + timedelta(seconds=seconds)
    return Rehearsal.objects.create(
        owner=story.owner,
        story=story,
        request_key=uuid.uuid4(),
        told_at=begun,
        seconds=seconds,
        **{"length": 120, "rating": 3, "stopped_at": ended, "rated_at": ended, **fields},
    )


def story_with(word: str, owner) -> dict[str, object]:
    """A row of every private model of the room, with `word` wherever one can write.

    The names are those that addresses need (tests/prepsite/world.py).
    """
    own = OwnCompetency.objects.create(owner=owner, title=f"Own {word}")
    story = written(
        owner,
        own_theme=own,
        **{name: f"{text} {word}" for name, text in RELEASES.items()},
    )
    metric = MetricFactory(story=story, name=f"Release time {word}")
    angle = AngleFactory(story=story, text=f"Begin with {word}")
    competency, question = CompetencyFactory(key="ownership"), QuestionFactory(key="slow-to-fast")
    Shows.objects.create(owner=owner, story=story, competency=competency, primary=True)
    Match.objects.create(owner=owner, story=story, question=question, rank=Match.Rank.FIRST)
    Dismissal.objects.create(owner=owner, story=story, finding=f"passive {word}")
    StorySetting.objects.create(owner=owner, words_a_minute=140)
    rehearsal = told(story, remark=f"Slower {word}")
    return {
        "story": story.pk,
        "metric": metric.pk,
        "angle": angle.pk,
        "own_competency": own.pk,
        "competency": competency.key,
        "question": question.key,
        "rehearsal": rehearsal.pk,
    }
