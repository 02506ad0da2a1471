"""What was removed can be found and brought back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import changes
from stories.models import Angle, Metric, OwnCompetency, Story
from tests.stories.factories import AngleFactory, MetricFactory, StoryFactory, written

pytestmark = pytest.mark.django_db
URL = "/stories/removed/"


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def shown(client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_leads_there_and_it_says_when_it_is_empty(client, alice):
    written(alice)
    assert f'href="{URL}"' in client.get(reverse("stories:list")).content.decode()
    assert "Nothing was removed." in shown(client)


def test_a_removed_story_waits_there_and_comes_back(client, alice):
    row = written(alice, title="The outage")
    client.post(reverse("stories:remove", args=[row.pk]))
    page = shown(client)
    restore = reverse("stories:restore", args=[row.pk])
    assert "The outage" in page
    assert f'action="{restore}"' in page
    assert client.post(restore).url == row.get_absolute_url()
    assert "The outage" not in shown(client)
    assert "The outage" in client.get(reverse("stories:list")).content.decode()


@pytest.mark.parametrize(
    ("factory", "model", "field"), [(MetricFactory, Metric, "name"), (AngleFactory, Angle, "text")]
)
def test_a_removed_row_waits_with_the_name_of_its_story(client, alice, factory, model, field):
    row = factory(story=written(alice, title="The outage"), **{field: "Gone for now"})
    kind = model._meta.model_name
    client.post(reverse(f"stories:remove-{kind}", args=[row.pk]))
    page = shown(client)
    assert "Gone for now" in page
    assert "The outage" in page
    client.post(reverse(f"stories:restore-{kind}", args=[row.pk]))
    assert model.objects.get().removed_at is None


def test_an_own_competency_comes_back_onto_its_stories(client, alice):
    row, own = written(alice), OwnCompetency.objects.create(owner=alice, title="Night shifts")
    changes.show(row, own, "primary")
    client.post(reverse("stories:remove-own", args=[own.pk]))
    assert "Night shifts" in shown(client)
    client.post(reverse("stories:restore-own", args=[own.pk]))
    assert "Night shifts" in client.get(row.get_absolute_url()).content.decode()


def test_an_empty_row_and_a_row_of_a_removed_story_are_not_there(client, alice):
    now = timezone.now()
    blank = dict.fromkeys(Metric.writing, "")
    MetricFactory(story=written(alice, title="Stands"), removed_at=now, **blank)
    gone = written(alice, title="Gone", removed_at=now)
    MetricFactory(story=gone, removed_at=now, name="Goes with its story")
    page = shown(client)
    assert "Stands" not in page
    assert "Goes with its story" not in page


def test_the_last_removed_comes_first_and_nobody_elses(client, alice, bob):
    now = timezone.now()
    StoryFactory(owner=bob, title="Of bob", removed_at=now)
    for hours, title in ((2, "Earlier"), (1, "Lately")):
        StoryFactory(owner=alice, title=title, removed_at=now - timedelta(hours=hours))
    page = shown(client)
    assert "Of bob" not in page
    assert page.index("Lately") < page.index("Earlier")


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(client, alice, django_assert_num_queries, count):
    now = timezone.now()
    for number in range(count):
        story = written(alice, title=f"Story {number}")
        MetricFactory(story=story, removed_at=now)
        AngleFactory(story=story, removed_at=now)
        StoryFactory(owner=alice, removed_at=now)
        OwnCompetency.objects.create(owner=alice, title=f"Own {number}", removed_at=now)
    assert Story.objects.count() == 2 * count
    # Two of them are the session and the user.
    with django_assert_num_queries(6):
        client.get(URL)
