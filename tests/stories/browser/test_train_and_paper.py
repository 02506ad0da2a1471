"""Stories to be read: a screen each on the train, half a page each on paper."""

import re

import pytest
from playwright.sync_api import expect

from stories.models import Story
from tests.stories.factories import RELEASES, MetricFactory, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestTrain:
    @pytest.fixture
    def seat(self, stage, site, alice):
        for title in ("B", "C"):
            written(alice, title=f"{title} story", action=RELEASES["action"] * 12)
        written(alice, title="A draft", status="draft")
        stage.goto(f"{site}/stories/train/")
        return stage

    def test_keys_turn_a_screen_each_and_offline_too(self, seat):
        where = seat.locator("[data-where]")
        expect(where).to_have_text("1 of 3")
        expect(seat.get_by_role("heading", name="A draft")).to_have_count(0)
        seat.context.set_offline(True)
        seat.keyboard.press("ArrowRight")
        expect(where).to_have_text("2 of 3")
        seat.keyboard.press("ArrowRight")
        expect(where).to_have_text("3 of 3")
        expect(seat.get_by_role("heading", name=RELEASES["title"])).to_be_in_viewport()
        seat.keyboard.press("ArrowRight")
        seat.keyboard.press("ArrowLeft")
        expect(where).to_have_text("2 of 3")
        expect(seat.get_by_role("heading", name="C story")).to_be_in_viewport()
        seat.context.set_offline(False)

    def test_a_swipe_is_counted_and_a_long_story_scrolls_within_its_screen(self, seat):
        seat.set_viewport_size({"width": 390, "height": 844})
        seat.evaluate("document.querySelector('.carriage').scrollTo({ left: 390 })")
        expect(seat.locator("[data-where]")).to_have_text("2 of 3")
        tall = "(seat) => seat.scrollHeight > seat.clientHeight"
        assert seat.locator(".seat").nth(1).evaluate(tall)
        assert not seat.evaluate("document.documentElement.scrollHeight > innerHeight + 1")


class TestPaper:
    LONG = "I drew the flow of a release with everyone who touched it, and timed each step. "

    def pages(self, page) -> int:
        pdf = page.pdf(prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    def test_two_stories_a_page_however_long(self, stage, site, alice):
        Story.objects.all().delete()
        for number, words in enumerate((40, 150, 300, 450, 600, 800, 1500)):
            sentences = round(words / 17)
            row = written(
                alice, title=f"{number} of {words} words", action=self.LONG * (sentences * 2 // 3),
                situation=self.LONG * (sentences // 6), result=self.LONG * (sentences // 6),
            )  # fmt: skip
            for name in range(number):
                MetricFactory(story=row, name=f"Metric {name}")
        stage.goto(f"{site}/stories/print/")
        expect(stage.locator(".half")).to_have_count(7)
        assert self.pages(stage) == 4

    def test_what_was_cut_says_so(self, stage, site, alice, story):
        Story.objects.filter(pk=story.pk).update(action=self.LONG * 200)
        stage.goto(f"{site}/stories/print/")
        mark = stage.locator(".half .continues")
        expect(mark).to_have_count(1)
        expect(mark).to_contain_text("… continues, ")
        assert self.pages(stage) == 1

    def test_one_chooses(self, stage, site, alice):
        draft = written(alice, title="Only a draft", status="draft")
        stage.goto(f"{site}/stories/print/")
        expect(stage.locator(".half h2")).to_have_text([RELEASES["title"]])
        stage.get_by_label(RELEASES["title"]).uncheck()
        stage.get_by_label("Only a draft").check()
        stage.get_by_role("button", name="Show these").click()
        expect(stage.locator(".half h2")).to_have_text([draft.title])
