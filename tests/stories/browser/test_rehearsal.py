"""A telling in a real browser: clock, reveal, rating, undo."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from stories.models import Rehearsal, Story
from tests.stories.browser.conftest import settle, telling
from tests.stories.factories import RELEASES, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, 844), (1280, 800)]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def back_date(seconds: int) -> None:
    """As if the one telling had begun so much earlier."""
    row = Rehearsal.objects.get()
    row.told_at -= timedelta(seconds=seconds)
    row.save(update_fields=["told_at"])


def seconds_shown(page) -> int:
    minutes, seconds = page.locator("[data-time]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_telling_by_keyboard(stage):
    settle(stage)
    stage.keyboard.press("Space")
    telling(stage, "running")
    expect(stage.locator("[data-time]")).to_have_text(re.compile("0:0[1-9]"))
    assert RELEASES["situation"] not in stage.content()
    stage.keyboard.press("r")
    expect(stage.locator("#cue-situation .told")).to_have_text(RELEASES["situation"])
    expect(stage.locator("#cue-task .told")).to_have_count(0)
    settle(stage)
    stage.keyboard.press("Space")
    telling(stage, "stopped")
    expect(stage.locator(".verdict")).to_contain_text("to spare")
    stage.get_by_label("A remark").fill("Name the figure first.")
    settle(stage)
    stage.locator(".verdict").focus()
    stage.keyboard.press("3")
    expect(stage.locator("#toasts")).to_contain_text("in 2 days")
    row = Rehearsal.objects.get()
    assert (row.rating, row.revealed) == (3, ["situation"])
    assert row.remark == "Name the figure first."
    stage.get_by_role("button", name="Undo").click()
    telling(stage, "stopped")
    expect(stage.get_by_label("A remark")).to_have_value("Name the figure first.")
    assert Story.objects.get().due_at is None


def test_the_clock_survives_a_reload_and_marks_overtime(stage):
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    back_date(118)
    stage.reload()
    telling(stage, "running")
    assert seconds_shown(stage) >= 118
    expect(stage.locator("#clock")).to_have_class(re.compile("over"))
    expect(stage.locator("[data-target]")).to_have_text(re.compile(r"0:0\d over 2:00"))
    expect(stage.locator("#cue-result")).to_have_class(re.compile("now"))


def test_a_tab_that_slept_reads_the_clock_again(stage):
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    back_date(70)
    assert seconds_shown(stage) < 30
    stage.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stage.locator("[data-time]")).to_have_text(re.compile(r"1:\d\d"))
    expect(stage.locator("#cue-action")).to_have_class(re.compile("now"))


def test_stopped_on_another_device_it_waits_here_for_its_rating(stage):
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    Rehearsal.objects.get().stop(timezone.now())
    stage.evaluate("dispatchEvent(new Event('online'))")
    telling(stage, "stopped")


def test_stop_counts_when_it_was_pressed_though_it_could_not_be_sent(stage, problems):
    problems.allow("Failed to load resource|htmx:(afterRequest|sendError)")
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    back_date(30)
    stage.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stage.locator("[data-time]")).to_have_text(re.compile(r"0:3\d"))
    settle(stage)
    stage.route("**/stop/", lambda route: route.abort())
    stage.get_by_role("button", name="Stop").click()
    expect(stage.locator("#toasts")).to_contain_text("Not saved")
    pressed = seconds_shown(stage)
    stage.unroute("**/stop/")
    back_date(40)
    stage.get_by_role("button", name="Stop").click()
    telling(stage, "stopped")
    assert abs(Rehearsal.objects.get().seconds - pressed) <= 1


def test_a_double_tap_on_stop_rates_nothing(stage):
    stage.set_viewport_size({"width": 390, "height": 844})
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    settle(stage)
    stage.get_by_role("button", name="Stop").click()
    telling(stage, "stopped")
    # As the second tap of a double tap does: at once, wherever it falls.
    stage.evaluate("document.querySelector('.grade').click()")
    assert Rehearsal.objects.rated().count() == 0


def test_a_remark_outlives_the_page(stage, site, story):
    stage.get_by_role("button", name="Start").click()
    telling(stage, "running")
    settle(stage)
    stage.get_by_role("button", name="Stop").click()
    telling(stage, "stopped")
    stage.get_by_label("A remark").fill("Too long about the team.")
    expect(stage.locator(".judge [data-save-state]")).to_have_attribute("data-state", "saved")
    stage.goto(f"{site}/stories/")
    stage.goto(f"{site}/stories/{story.pk}/rehearse/")
    expect(stage.get_by_label("A remark")).to_have_value("Too long about the team.")


def test_without_a_script(site, browser, sign_in, alice, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(f"{site}/stories/{story.pk}/rehearse/")
    assert not page.get_by_text("Record it on this device").is_visible()
    page.get_by_role("link", name="30 seconds").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Begun at")).to_be_visible()
    back_date(41)
    page.get_by_role("button", name="Reveal Action").click()
    expect(page.locator("#cue-action .told")).to_have_text(RELEASES["action"])
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".verdict")).to_contain_text("longer than 30 seconds")
    page.get_by_label("A remark").fill("Shorter.")
    page.get_by_role("button", name="By heart").click()
    expect(page.locator("table.tellings")).to_contain_text("Shorter.")
    row = Rehearsal.objects.get()
    assert (row.rating, row.revealed, row.length) == (4, ["action"], 30)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("A remark")).to_have_value("Shorter.")
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "laptop"])
def test_pages_are_accessible_and_fit(stage, site, axe, alice, story, size):
    stage.emulate_media(reduced_motion="reduce")
    stage.set_viewport_size({"width": size[0], "height": size[1]})
    told(story, seconds=151)
    for address in ("rehearse/", "train/", "print/", f"{story.pk}/rehearse/?length=300"):
        stage.goto(f"{site}/stories/{address}")
        assert axe(stage) == [], address
        assert not stage.evaluate(WIDER), address
    settle(stage)
    stage.get_by_role("button", name="Start").click()
    for name, verb in (("running", "Stop"), ("stopped", "")):
        telling(stage, name)
        settle(stage)
        assert axe(stage) == [], name
        assert not stage.evaluate(WIDER), name
        if verb:
            stage.get_by_role("button", name=verb).click()
