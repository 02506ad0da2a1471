"""The coach in a real browser: it listens while one types, points at words, and can be hushed."""

import pytest
from playwright.sync_api import expect

from stories.models import Dismissal
from tests.stories.factories import written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(alice):
    return written(alice)


@pytest.fixture
def desk(page, site, sign_in, alice, story):
    sign_in(page, alice)
    page.goto(f"{site}{story.get_absolute_url()}")
    return page


def selected(page) -> str:
    return page.evaluate("getSelection().toString()")


def test_a_finding_comes_points_and_goes_without_a_reload(desk):
    desk.evaluate("window.samePage = true")
    action = desk.locator("#action")
    action.fill("🙂 I looked. Then the table was split, at the cost of a night.")
    finding = desk.locator(".finding li", has_text="was split")
    expect(finding).to_be_visible()
    finding.locator("a[data-point]").click()
    expect(action).to_be_focused()
    assert selected(desk) == "was split"

    # The words that are selected are written over.
    desk.keyboard.type("fell apart, so I split it")
    expect(finding).to_have_count(0)
    assert desk.evaluate("window.samePage")


def test_each_tap_goes_to_the_next_place(desk):
    desk.locator("#action").fill("We looked. Then we left.")
    link = desk.locator(".finding a[data-point]", has_text="2 times")
    for words in ("We", "we", "We"):
        link.click()
        assert selected(desk) == words


def test_dismissing_and_undoing_keep_the_text_that_is_not_saved(desk, story):
    desk.locator("#action").fill("I looked. The table was split, at the cost of a night.")
    finding = desk.locator(".coach > .findings li", has_text="was split")
    finding.get_by_role("button", name="Dismiss").click()
    expect(finding).to_have_count(0)
    expect(desk.locator("#coach")).to_be_focused()
    desk.get_by_text("Show 1 dismissed").click()
    expect(desk.locator(".dismissed li", has_text="was split")).to_be_visible()
    assert Dismissal.objects.get().finding == "passive:action:was split"

    desk.get_by_role("button", name="Undo").click()
    expect(finding).to_be_visible()
    assert not Dismissal.objects.exists()
    assert "was split" in desk.locator("#action").input_value()


def test_an_explanation_stays_open_while_one_types(desk):
    desk.locator("#action").fill("The table was split, at the cost of a night.")
    why = desk.locator(".finding", has_text="was split").locator("details")
    why.locator("summary").click()
    desk.locator("#action").fill("The table was split, at the cost of a night. It was moved.")
    expect(desk.locator(".finding li", has_text="was moved")).to_be_visible()
    assert why.get_attribute("open") is not None


def test_the_speed_of_speaking(desk):
    time = desk.locator(".telling b").text_content()
    desk.get_by_text("150 words a minute").click()
    desk.get_by_label("How fast you speak").fill("75")
    desk.get_by_role("button", name="Set").click()
    expect(desk.get_by_text("75 words a minute")).to_be_visible()
    assert desk.locator(".telling b").text_content() != time


def test_another_length_and_a_metric_are_heard_at_once(desk, story):
    expect(desk.locator(".telling")).to_contain_text("of 2:00")
    desk.get_by_label("Length").select_option("300")
    expect(desk.locator(".telling")).to_contain_text("of 5:00")

    desk.locator("#result").fill("It was better.")
    expect(desk.locator(".finding li", has_text="Put a number into the result")).to_be_visible()
    desk.get_by_role("button", name="Add a metric").click()
    # Typed before, it would go into the field that takes the focus.
    expect(desk.get_by_label("What was measured")).to_be_focused()
    desk.get_by_label("Before", exact=True).fill("9")
    desk.get_by_label("After", exact=True).fill("2")
    expect(desk.locator(".finding li", has_text="from 9 to 2")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_can_be_used_by_everybody(desk, axe, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.locator("#action").fill("We met. The table was split. QZX agreed.")
    expect(desk.locator(".finding li", has_text="was split")).to_be_visible()
    for why in desk.locator(".why > summary").all():
        why.click()
    assert axe(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_one_tap_goes_to_the_coach(desk):
    desk.set_viewport_size({"width": 390, "height": 800})
    jump = desk.locator(".coach-jump")
    expect(jump).to_be_visible()
    jump.click()
    expect(desk.locator("#coach-title")).to_be_in_viewport()
    expect(jump).to_be_hidden()
