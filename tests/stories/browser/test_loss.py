"""What must never happen: words of a story that are lost, or changed without being told.

Counts: two tabs 3 ways, server killed 5 times while writing, browser killed 3 times, session
expired on each kind of row, offline 3 times; PREPSITE_LONG=1 runs ten times as many kills.
"""

import os
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from stories.models import Metric, Story
from tests.stories.browser.conftest import saved
from tests.stories.factories import AngleFactory, MetricFactory, StoryFactory, written
from tests.waiting import until
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = 10 if os.environ.get("PREPSITE_LONG") else 1


def stored(name: str = "action") -> str:
    return getattr(Story.objects.get(), name)


def kept() -> list[dict]:
    return [row.texts() for row in Revision.objects.filter(kind="kept")]


def test_two_tabs_in_one_story_show_the_difference_and_ask(
    page, open_story, browser, site, sign_in, alice, problems
):
    problems.allow("409")
    row = written(alice)
    elsewhere = browser.new_context().new_page()
    sign_in(elsewhere, alice)
    elsewhere.goto(f"{site}{row.get_absolute_url()}")
    open_story(row)
    elsewhere.locator("#action").fill("From the phone.")
    saved(elsewhere)
    page.locator("#action").fill("From the laptop.")
    expect(page.locator(".conflict")).to_be_visible()
    expect(page.locator(".conflict .diff").first).to_contain_text("phone")
    assert page.locator("#action").input_value() == "From the laptop."
    assert stored() == "From the phone."
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    assert stored() == "From the laptop."
    texts = [each.texts().get("action") for each in Revision.objects.of(row)]
    assert {"From the phone.", "From the laptop."} <= set(texts)
    elsewhere.context.close()


def test_two_tabs_of_one_browser_follow_each_other(page, open_story, site, alice):
    row = written(alice)
    open_story(row)
    other = page.context.new_page()
    other.goto(f"{site}{row.get_absolute_url()}")
    for times in range(1, 4):
        tab, name = (page, "task") if times % 2 else (other, "result")
        tab.locator(f"#{name}").fill(f"Round {times}")
        saved(tab)
        until(lambda n=name, t=times: stored(n) == f"Round {t}", "the round is stored")
        reader = other if tab is page else page
        expect(reader.locator(f"#{name}")).to_have_value(f"Round {times}")
    assert kept() == []


def test_a_metric_in_one_tab_and_the_text_in_another_are_no_conflict(page, open_story, site, alice):
    row = written(alice)
    metric = MetricFactory(story=row)
    open_story(row)
    other = page.context.new_page()
    other.goto(f"{site}{row.get_absolute_url()}")
    page.locator("#action").fill("Mine.")
    other.locator(f"#metric-after-{metric.pk}").fill("0.2")
    saved(page)
    saved(other, f"#metric-{metric.pk}")
    assert (stored(), Metric.objects.get().after) == ("Mine.", "0.2")
    assert kept() == []


@pytest.mark.parametrize("kind", ["text", "metric", "angle"])
def test_an_expired_session_loses_no_word(page, open_story, sign_in, alice, problems, kind):
    problems.allow("401")
    row = written(alice)
    metric, angle = MetricFactory(story=row), AngleFactory(story=row)
    form, field, look = {
        "text": ("#text", "#situation", lambda: stored("situation")),
        "metric": (f"#metric-{metric.pk}", f"#metric-name-{metric.pk}",
                   lambda: Metric.objects.get().name),
        "angle": (f"#angle-{angle.pk}", f"#angle-text-{angle.pk}",
                  lambda: type(angle).objects.get().text),
    }[kind]  # fmt: skip
    open_story(row)
    before = look()
    Session.objects.all().delete()
    page.locator(field).fill("Typed after the session had ended.")
    expect(page.locator(f"{form} [data-save-state]")).to_contain_text("Signed out")
    assert look() == before
    sign_in(page, alice)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page, form)
    assert look() == "Typed after the session had ended."


def test_offline_three_times(page, open_story, alice, problems):
    problems.allow("ERR_INTERNET_DISCONNECTED")
    open_story(StoryFactory(owner=alice))
    for n in range(3):
        page.context.set_offline(True)
        page.locator("#action").press("Control+End")
        page.locator("#action").press_sequentially(f"offline {n} ")
        expect(page.locator("#text [data-save-state]")).to_contain_text("Not saved")
        expect(page.locator("#text [data-save-state]")).to_contain_text("kept in this browser")
        assert f"offline {n}" not in stored()
        page.context.set_offline(False)
        saved(page)
        assert f"offline {n}" in stored()
    assert kept() == []


def test_adding_and_moving_rows_takes_no_typed_word(page, open_story, alice):
    """The list comes anew from the server while a metric is still being typed."""
    row = written(alice)
    metric = MetricFactory(story=row, position=1, name="First")
    open_story(row)
    page.locator(f"#metric-name-{metric.pk}").fill("Typed a moment ago")
    page.get_by_role("button", name="Add a metric").click()
    expect(page.locator(".metric")).to_have_count(2)
    expect(page.locator(f"#metric-name-{metric.pk}")).to_have_value("Typed a moment ago")
    page.locator(f"#metric-measured-{metric.pk}").fill("By the log")
    page.locator(f"#metric-down-{metric.pk}").click()
    expect(page.locator(".metric").nth(1)).to_have_attribute("id", f"metric-{metric.pk}")
    expect(page.locator(f"#metric-measured-{metric.pk}")).to_have_value("By the log")
    until(lambda: Metric.objects.get(pk=metric.pk).measured == "By the log", "it is stored")
    assert Metric.objects.get(pk=metric.pk).name == "Typed a moment ago"
    assert kept() == []


def test_removed_elsewhere_says_so_and_keeps_the_words_in_the_page(
    page, open_story, alice, problems
):
    problems.allow("404")
    row = written(alice)
    open_story(row)
    Story.objects.update(removed_at=row.created_at)
    page.locator("#action").fill("Still mine.")
    expect(page.locator("#text [data-save-state]")).to_contain_text("no longer on the server")
    assert page.locator("#action").input_value() == "Still mine."


def test_not_saved_is_in_sight_on_a_phone(page, open_story, alice, problems):
    """The banner that says the same of the page does not lie over it."""
    problems.allow("ERR_INTERNET_DISCONNECTED")
    page.set_viewport_size({"width": 390, "height": 700})
    open_story(written(alice))
    page.context.set_offline(True)
    page.locator("#result").fill("And more.")
    said = page.locator("#text .kept [data-save-state]")
    expect(said).to_contain_text("Not saved")
    expect(page.locator("#offline")).to_be_visible()
    on_top = """said => { const { left, top, height } = said.getBoundingClientRect();
                          const there = document.elementFromPoint(left + 4, top + height / 2);
                          return said.contains(there) }"""
    assert said.evaluate(on_top)
    page.context.set_offline(False)


class TestKilled:
    """On a server in a process of its own."""

    @pytest.fixture
    def site(self, server):
        return server.url

    def test_a_killed_server_loses_nothing(self, page, server, open_story, alice, problems):
        problems.allow("ERR_CONNECTION")
        open_story(StoryFactory(owner=alice))
        expected = ""
        for n in range(5 * LONG):
            page.locator("#action").press("Control+End")
            page.locator("#action").press_sequentially(f"before {n} ")
            server.kill()
            page.locator("#action").press_sequentially(f"after {n} ")
            expected += f"before {n} after {n} "
            expect(page.locator("#text [data-save-state]")).to_contain_text("Not saved")
            server.start()
            # As when the person comes back to the page; else the next try is up to 30 s away.
            page.evaluate("dispatchEvent(new Event('focus'))")
            saved(page, timeout=90_000)
            assert stored() == expected
        assert kept() == []

    def test_a_killed_browser_brings_the_words_back(self, profile, site, sign_in, alice):
        row = StoryFactory(owner=alice)
        expected = ""
        for n in range(3 * LONG):
            page = profile.open()
            sign_in(page, alice)
            page.goto(f"{site}{row.get_absolute_url()}")
            expect(page.locator("#situation")).to_have_value(expected)
            page.locator("#situation").press("Control+End")
            page.locator("#situation").press_sequentially(f"sentence {n} ")
            expected += f"sentence {n} "
            time.sleep(1)  # the promise: at most one second of typing
            profile.kill()
        page = profile.open()
        sign_in(page, alice)
        page.goto(f"{site}{row.get_absolute_url()}")
        expect(page.locator("#situation")).to_have_value(expected)
        until(lambda: stored("situation") == expected, "the last words are stored", page=page)
