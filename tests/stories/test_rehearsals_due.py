"""Stories that are due: on the page of the day, in the queue of the drills, in the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from drills import days, sources
from drills.scheduling import State
from drills.setting import Setting
from stories import rehearsing
from stories.models import Rehearsal, Story
from tests.drills.factories import many_cards
from tests.stories.factories import RELEASES, written
from tests.stories.test_rehearsal import rate, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(alice) -> Story:
    return written(alice)


@pytest.fixture
def browser(client_of, alice):
    return client_of(alice)


class TestDue:
    def test_the_page_of_the_day_of_the_drills_shows_what_is_due(self, browser, story, alice):
        past = timezone.now() - timedelta(hours=2)
        Story.objects.filter(pk=story.pk).update(
            due_at=past, last_rated_at=past - timedelta(days=2), stability=2.0, difficulty=5.0,
            recall_state=State.REVIEW, recall_step=None,
        )  # fmt: skip
        html = browser.get(reverse("drills:today")).content.decode()
        assert RELEASES["title"] in html
        assert reverse("stories:rehearse", args=[story.pk]) in html
        (offer,) = sources.offers(alice, timezone.now() + timedelta(hours=1))
        assert offer.minutes == 3

    def test_what_comes_later_and_what_is_not_ready_is_not_there(self, browser, story, alice):
        row = stopped(written(alice, title="Told today"))
        rate(browser, row, 4)
        Story.objects.filter(pk=story.pk).update(status="draft")
        assert sources.offers(alice, timezone.now() + timedelta(hours=20)) == []

    def test_a_good_story_that_was_never_told_is_offered_one_a_day(self, browser, alice):
        for title in ("First", "Second"):
            written(alice, title=title, status="solid")
        end = timezone.now() + timedelta(hours=1)
        (offer,) = sources.offers(alice, end)
        assert offer.title == "Tell “First”, for the first time"
        row = stopped(Story.objects.get(title="First"))
        rate(browser, row, 4)
        assert sources.offers(alice, end) == []
        Rehearsal.objects.update(rated_at=timezone.now() - timedelta(days=1))
        (offer,) = sources.offers(alice, end)
        assert "Second" in offer.title

    def test_they_take_up_to_half_of_the_day_and_the_cards_the_rest(self, browser, alice):
        past = timezone.now() - timedelta(days=1)
        for n in range(9):
            row = written(alice, title=f"Story {n}")
            Story.objects.filter(pk=row.pk).update(due_at=past, last_rated_at=past)
        many_cards(alice, 500, due_in_days=1)
        # Three of them are 9 of 20 minutes, so that 11 are left for cards of 12 s.
        html = browser.get(reverse("drills:today")).content.decode()
        assert html.count("Story, aloud") == 3
        assert "6 more are due and wait for the next days." in html
        assert "55 cards, about 11 minutes" in html

    def test_when_the_cards_are_done_the_stories_are_next(self, browser, story):
        past = timezone.now() - timedelta(days=1)
        Story.objects.filter(pk=story.pk).update(due_at=past, last_rated_at=past)
        html = browser.get(reverse("drills:next")).content.decode()
        assert reverse("stories:rehearse", args=[story.pk]) in html

    def test_a_removed_story_is_not_due(self, story, alice):
        now = timezone.now()
        Story.objects.filter(pk=story.pk).update(due_at=now, last_rated_at=now, removed_at=now)
        assert sources.offers(alice, now + timedelta(days=1)) == []

    def test_an_interview_set_since_brings_a_rehearsal_forward(self, browser, story, alice):
        rate(browser, stopped(story), 4)
        now = timezone.now()
        (row,) = rehearsing.coming(alice, now)
        Setting.objects.create(owner=alice, interview_at=now + timedelta(days=3))
        (sooner,) = rehearsing.coming(alice, now)
        assert sooner.due <= now + timedelta(days=3) < row.due

    def test_the_list_says_due_later_and_never_told(self, browser, story, alice):
        past = timezone.now() - timedelta(days=1)
        due = written(alice, title="Due now")
        Story.objects.filter(pk=due.pk).update(due_at=past, last_rated_at=past)
        rate(browser, stopped(written(alice, title="In a week")), 4)
        context = browser.get(reverse("stories:rehearsals")).context
        names = {k: [r.story.name for r in context[k]] for k in ("due", "later", "untold")}
        assert names == {
            "due": ["Due now"], "later": ["In a week"], "untold": [RELEASES["title"]],
        }  # fmt: skip

    def test_what_waits_since_an_earlier_day_says_so(self, browser, story, alice):
        begun = days.begins(alice, days.study_day(alice, timezone.now()))
        for minutes, said in ((-1, True), (0, False)):
            due = begun + timedelta(minutes=minutes)
            Story.objects.filter(pk=story.pk).update(due_at=due, last_rated_at=due)
            page = browser.get(reverse("stories:rehearsals")).content.decode()
            assert RELEASES["title"] in page
            assert (" · since " in page) == said
