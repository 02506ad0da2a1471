"""The coach beside a story: what it says to a page, what it leaves alone, what is dismissed."""

from urllib.parse import quote_from_bytes

import pytest
from django.urls import reverse

from stories.models import Dismissal, Story, StorySetting
from tests.stories.factories import MetricFactory, written

pytestmark = pytest.mark.django_db

WEAK = "We met. The table was split by hand."


@pytest.fixture
def story(alice):
    return written(alice)


def address(name, story):
    return reverse(f"stories:{name}", args=[story.pk])


def coached(client, story, **texts):
    return client.post(address("coach", story), texts, headers={"x-requested-with": "fetch"})


def said(response) -> list[str]:
    return [finding.identity for finding in response.context["coach"]["findings"]]


def test_the_page_shows_the_findings_of_the_saved_text(client_of, alice):
    story = written(alice, action=WEAK)
    response = client_of(alice).get(story.get_absolute_url())
    assert "passive:action:was split" in said(response)
    assert "hides the doer" in response.content.decode()


def test_it_reads_the_text_that_is_sent_and_saves_nothing(client_of, alice, story):
    before = Story.objects.filter(pk=story.pk).values().get()
    response = coached(client_of(alice), story, action=WEAK)
    assert "passive:action:was split" in said(response)
    # What is not sent is read as it is saved.
    assert "part-empty:result:" not in said(response)
    assert Story.objects.filter(pk=story.pk).values().get() == before


def test_it_points_at_the_words_as_the_page_counts_them(client_of, alice, story):
    body = coached(client_of(alice), story, action=f"First.\r\n{WEAK}").content.decode()
    assert 'data-spans="25-34 "' in body
    assert f"First.\n{WEAK}"[25:34] == "was split"


def test_it_knows_the_metrics(client_of, alice, story):
    MetricFactory(story=story, name="Release time", before="6", after="0.3", unit="hours")
    body = coached(client_of(alice), story, result="All was well.").content.decode()
    assert "Release time from 6 to 0.3 hours" in body


def test_text_is_escaped(client_of, alice, story):
    body = coached(client_of(alice), story, result="<b>Great</b> & <i>done").content.decode()
    assert "<b>Great" not in body


@pytest.mark.parametrize(
    "text", ["\x00 was split", "\ud800 was split", "é" * 50_000, "was split 🙂"]
)
def test_any_text_is_answered(client_of, alice, story, text):
    data = text.encode("utf-8", "surrogatepass")
    response = client_of(alice).post(
        address("coach", story),
        f"action={quote_from_bytes(data)}",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200


def test_only_its_owner_is_answered(client_of, bob, story):
    for name in ("coach", "dismiss", "bring-back", "speed"):
        assert client_of(bob).post(address(name, story), {"finding": "x"}).status_code == 404
    assert not Dismissal.objects.exists()


class TestDismissal:
    FINDING = "passive:action:was split"

    @pytest.fixture
    def story(self, alice):
        return written(alice, action=WEAK)

    def test_it_is_said_no_more_and_can_be_shown(self, client_of, alice, story):
        client = client_of(alice)
        for _ in range(2):  # twice is the same as once
            response = client.post(address("dismiss", story), {"finding": self.FINDING})
            assert response.url == f"{story.get_absolute_url()}#coach"
        assert Dismissal.objects.get().owner == alice
        page = client.get(story.get_absolute_url())
        assert self.FINDING not in said(page)
        assert [f.identity for f in page.context["coach"]["dismissed"]] == [self.FINDING]
        assert "Finding dismissed." in page.content.decode()

    def test_an_edit_nearby_does_not_bring_it_back(self, client_of, alice, story):
        client = client_of(alice)
        client.post(address("dismiss", story), {"finding": self.FINDING})
        response = coached(client, story, action="Then the table **was split** on a Monday.")
        assert self.FINDING not in said(response)

    def test_it_is_of_this_story_alone(self, client_of, alice, story):
        client = client_of(alice)
        client.post(address("dismiss", story), {"finding": self.FINDING})
        other = written(alice, action=WEAK)
        assert self.FINDING in said(coached(client, other))

    def test_with_htmx_the_coach_comes_back_with_an_undo(self, client_of, alice, story):
        client = client_of(alice)
        response = client.post(
            address("dismiss", story),
            {"finding": self.FINDING, "action": "The table was split. It was moved."},
            headers={"hx-request": "true", "hx-target": "coach"},
        )
        assert said(response)[-1] == "passive:action:was moved"
        undo = response.context["undo_url"]
        assert undo in response.content.decode()
        back = client.post(undo, headers={"hx-request": "true", "hx-target": "coach"})
        assert self.FINDING in said(back)
        assert not Dismissal.objects.exists()

    def test_bringing_back_without_htmx(self, client_of, alice, story):
        client = client_of(alice)
        client.post(address("dismiss", story), {"finding": self.FINDING})
        response = client.post(address("bring-back", story), {"finding": self.FINDING})
        assert response.url == f"{story.get_absolute_url()}#coach"
        assert not Dismissal.objects.exists()

    @pytest.mark.parametrize("finding", ["", "\x00", "x" * 5000, "é\x00"])
    def test_any_identity_is_taken(self, client_of, alice, story, finding):
        response = client_of(alice).post(address("dismiss", story), {"finding": finding})
        assert response.status_code == 302


class TestSpeed:
    def test_it_is_kept_for_all_stories(self, client_of, alice, story):
        client = client_of(alice)
        seconds = coached(client, story).context["coach"]["timing"].seconds
        client.post(address("speed", story), {"words_a_minute": "75"})
        client.post(address("speed", story), {"words_a_minute": "75"})
        assert StorySetting.objects.get().words_a_minute == 75
        other = written(alice)
        assert coached(client, other).context["coach"]["timing"].seconds == seconds * 2

    def test_with_htmx_the_coach_comes_back(self, client_of, alice, story):
        response = client_of(alice).post(
            address("speed", story), {"words_a_minute": "100"}, headers={"hx-request": "true"}
        )
        assert "100 words a minute" in response.content.decode()

    @pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
    @pytest.mark.parametrize("value", ["", "0", "fast", "1000"])
    def test_a_speed_nobody_speaks_is_refused_and_kept(
        self, client_of, alice, story, value, headers
    ):
        response = client_of(alice).post(
            address("speed", story), {"words_a_minute": value}, headers=headers
        )
        assert response.status_code == 422
        assert f'value="{value}"' in response.content.decode()
        assert not StorySetting.objects.exists()


def test_queries(client_of, alice, story, django_assert_num_queries):
    client = client_of(alice)
    coached(client, story)
    # session, user, story, metrics, speed, dismissals
    with django_assert_num_queries(6):
        coached(client, story, action=WEAK)
