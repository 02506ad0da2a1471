"""Two tabs on one text: neither overwrites the other without a word."""

import pytest
from playwright.sync_api import expect

from tests.writing.browser.conftest import shows
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.writing.sample.urls")]


@pytest.fixture
def site(live_server):
    return live_server.url


@pytest.fixture
def tabs(page, problems, sign_in, note, address):
    """Two pages of one browser, the text open in both."""
    problems.allow("409")
    sign_in(page, note.owner)
    second = page.context.new_page()
    problems.watch(second)
    for tab in (page, second):
        tab.goto(address)
    yield page, second
    for tab in (second, page):
        tab.context.route("**/*", lambda route: route.abort())
        tab.close()


def write(tab, text):
    tab.bring_to_front()
    tab.locator("#text").fill(text)


def conflict(tabs):
    """Both write from version 1; the first saves, the second is asked."""
    first, second = tabs
    # The first tab's news must not reach the second before it has words of its own.
    second.route("**/writing/save/**", lambda route: route.abort())
    write(second, "second words here")
    shows(second, "Not saved")
    write(first, "first words here")
    shows(first, "Saved ")
    second.unroute("**/writing/save/**")
    second.bring_to_front()
    second.evaluate("dispatchEvent(new Event('online'))")
    shows(second, "changed elsewhere")
    return first, second


def kept(note):
    return {revision.texts()["text"] for revision in Revision.objects.of(note)}


def test_a_tab_without_changes_follows_the_other(tabs, stored):
    first, second = tabs
    write(first, "one")
    shows(first, "Saved ")
    expect(second.locator("#text")).to_have_value("one")
    second.bring_to_front()
    second.locator("#text").press("End")
    second.keyboard.type(" two")
    shows(second, "Saved ")
    expect(first.locator("#text")).to_have_value("one two")
    assert stored() == "one two"


def test_conflict_shows_what_differs_and_keeps_both(tabs, stored, note, problems, axe):
    problems.allow("ERR_")
    _, second = conflict(tabs)
    panel = second.locator(".conflict")
    expect(panel.locator("del")).to_contain_text("first")
    expect(panel.locator("ins")).to_contain_text("second")
    assert stored() == "first words here"
    assert kept(note) == {"first words here", "second words here"}
    assert axe(second) == []


@pytest.mark.parametrize(
    ("choice", "result"),
    [
        ("Keep mine", "second words here, and more"),
        ("Keep the other", "first words here"),
        ("Save the merged text", "first and second words"),
    ],
)
def test_choice_is_stored_and_the_other_text_stays_in_the_history(
    tabs, stored, note, problems, choice, result
):
    problems.allow("ERR_")
    first, second = conflict(tabs)
    second.locator("#text").press("End")
    second.keyboard.type(", and more")
    panel = second.locator(".conflict")
    if choice.startswith("Save"):
        panel.get_by_text("Edit a merged text").click()
        panel.get_by_label("merged by you").fill(result)
    panel.get_by_text(choice, exact=True).click()
    expect(panel).to_have_count(0)
    shows(second, "Saved ")
    assert stored() == result
    expect(second.locator("#text")).to_have_value(result)
    expect(first.locator("#text")).to_have_value(result)
    expected = {"first words here", "second words here", result}
    if choice == "Keep the other":
        expected.add("second words here, and more")
    assert kept(note) == expected


def test_a_conflict_survives_a_reload(tabs, note, problems):
    problems.allow("ERR_")
    _, second = conflict(tabs)
    second.reload()
    shows(second, "changed elsewhere")
    expect(second.locator("#text")).to_have_value("second words here")
    assert kept(note) == {"first words here", "second words here"}


def test_words_left_in_a_closed_tab_come_back_in_the_one_that_stayed(tabs, stored, problems):
    problems.allow("ERR_")
    first, second = tabs
    second.route("**/writing/save/**", lambda route: route.abort())
    write(second, "left behind")
    shows(second, "Not saved")
    second.close()
    first.bring_to_front()
    expect(first.locator("#text")).to_have_value("left behind")
    shows(first, "Saved ")
    assert stored() == "left behind"
