"""The list of stories: rows, filters, what is missing, the first story."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import coach
from stories.coach import timing
from stories.models import SPOKEN, Metric, OwnCompetency, Shows, Story
from tests.stories.factories import CompetencyFactory, MetricFactory, StoryFactory, theme, written

URL = "/stories/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def shown(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_row_says_what_one_needs_to_know(client, alice):
    row = written(alice, theme=theme())
    MetricFactory(story=row, position=2, name="Cost", before="3", after="1", unit="€")
    MetricFactory(story=row, position=1)
    page = shown(client.get(URL))
    assert row.title in page
    assert "Modernization" in page
    assert "Solid" in page
    seconds = timing.seconds(row.words, 150)
    assert f"<b>{seconds // 60}:{seconds % 60:02}</b>" in page
    assert "of 2:00" in page
    assert "6 → 0.3 hours" in page
    assert "€" not in page
    assert "Still to come" not in page


def test_spoken_time_follows_the_own_speed(client, alice):
    from stories.models import StorySetting

    row = written(alice)
    StorySetting.objects.create(owner=alice, words_a_minute=75)
    seconds = timing.seconds(row.words, 75)
    assert f"<b>{seconds // 60}:{seconds % 60:02}</b>" in shown(client.get(URL))


def test_the_time_is_the_coachs(client, alice):
    """The mark of a list item and a dash between words are not spoken."""
    action = "I did it:\n\n- split the build\n- moved **checkout** – first\n\n1. then the rest"
    row = written(alice, action=action)
    parts = {part: getattr(row, part) for part in SPOKEN}
    assert row.words == coach.coach(coach.Story(**parts)).timing.words
    assert Story.objects.get(pk=row.pk).count_words() == row.words


@pytest.mark.parametrize(
    "fields,words",
    [
        ({}, "Still to come: a competency."),
        ({"result": ""}, "Still to come: the result and a competency."),
        ({"result": "It went well."}, "Still to come: a number and a competency."),
        ({"signal": "", "task": ""},
         "Still to come: your task, the level signal and a competency."),
        (dict.fromkeys(["situation", "task", "action", "result"], ""),
         "Still to come: all four parts."),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(client, alice, fields, words):
    written(alice, **fields)
    assert words in shown(client.get(URL))


def test_a_metric_is_a_number_and_a_removed_one_is_none(client, alice):
    row = written(alice, result="It went well.", theme=theme())
    metric = MetricFactory(story=row)
    assert "Still to come" not in shown(client.get(URL))
    Metric.objects.filter(pk=metric.pk).update(removed_at=timezone.now())
    assert "Still to come: a number." in shown(client.get(URL))


def test_filters_come_from_the_address(client, alice):
    own = OwnCompetency.objects.create(owner=alice, title="Markets", is_theme=True)
    written(alice, title="First", theme=theme(), status="idea")
    written(alice, title="Second", own_theme=own)
    written(alice, title="Third")
    for query, wanted in [
        ("", {"First", "Second", "Third"}),
        ("?theme=modernization", {"First"}),
        (f"?theme=own-{own.pk}", {"Second"}),
        ("?status=solid", {"Second", "Third"}),
        ("?status=solid&theme=modernization", set()),
        ("?theme=no-such&status=perfect", {"First", "Second", "Third"}),
        ("?theme=%00&status=%00&page=x", {"First", "Second", "Third"}),
    ]:
        page = shown(client.get(URL + query))
        assert {title for title in ("First", "Second", "Third") if f">{title}<" in page} == wanted
    assert "No story of yours fits that" in shown(client.get(URL + "?status=polished"))


def test_the_filtered_list_alone_for_htmx(client, alice):
    written(alice)
    headers = {"HX-Request": "true", "HX-Target": "stories"}
    page = shown(client.get(URL, headers=headers))
    assert page.startswith('<section id="stories"')


def test_somebody_elses_and_removed_stories_are_not_there(client, alice, bob):
    written(bob, title="Of bob")
    written(alice, title="Gone", removed_at=timezone.now())
    page = shown(client.get(URL))
    assert "Of bob" not in page
    assert "Gone" not in page
    assert "Begin with the one story" in page


def test_the_empty_list_teaches(client):
    page = shown(client.get(URL))
    assert "55 %" in page
    assert f'href="{reverse("stories:new")}"' in page
    assert f'href="{reverse("stories:bring")}"' in page


def test_a_long_list_costs_as_much_as_a_short_one(
    client, alice, django_assert_num_queries, django_assert_max_num_queries
):
    def fill(count):
        for _ in range(count):
            row = written(alice, theme=theme())
            MetricFactory(story=row)
            Shows.objects.create(owner=alice, story=row, competency=CompetencyFactory(key="own-it"))

    fill(2)
    client.get(URL)
    # session, person; themes, own themes, stories, metrics
    with django_assert_num_queries(6):
        client.get(URL)
    fill(60)
    with django_assert_num_queries(6):
        page = shown(client.get(URL))
    assert "Page 1" in page
    assert "After" in page
    assert "Before" in shown(client.get(URL + "?page=2"))


def test_the_list_reads_no_long_text(client, alice, django_assert_num_queries):
    StoryFactory(owner=alice, situation="secret " * 1000)
    with django_assert_num_queries(6) as asked:
        client.get(URL)
    sql = next(q["sql"] for q in asked if "has_figure" in q["sql"])
    # Each is compared with nothing, and none of them is read.
    assert '"stories_story"."situation" = ' in sql
    for part in ("situation", "task", "action", "result", "signal"):
        assert f'"stories_story"."{part}",' not in sql and f'"{part}_html"' not in sql


def test_a_story_without_a_name_a_theme_that_went_and_markup(client, alice):
    gone = OwnCompetency.objects.create(owner=alice, title="Markets", is_theme=True)
    row = written(alice, title="  ", own_theme=gone)
    OwnCompetency.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    bold = written(alice, title="<b>Bold</b>", theme=theme())
    MetricFactory(story=bold, name="<i>Time</i>", before="<", after="1", unit="&")
    page = shown(client.get(URL))
    assert f'href="{row.get_absolute_url()}">Untitled story</a>' in page
    assert "Markets" not in page and "Still to come: a competency." in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page and "<b>Bold" not in page
    assert "&lt;i&gt;Time&lt;/i&gt;" in page and "&lt; → 1 &amp;" in page
