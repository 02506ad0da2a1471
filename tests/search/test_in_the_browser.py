"""Search and capture in a real browser: keys, the list, a lost connection, an ended session."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from playbook.models import Learning
from search import index
from stories.models import Story
from tests.browser import stored_in_browser
from tests.search.test_index import learning
from tests.stories.factories import StoryFactory
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def begun(page, site, sign_in, alice):
    """A page of the site, with something to be found."""
    assert index.stands()
    learning(alice, "A cache lies now and then.", title="On caching")
    StoryFactory(owner=alice, title="The cache that lied")
    sign_in(page, alice)
    page.goto(f"{site}/playbook/learnings/")
    return page


def box(page):
    return page.locator("#seek input")


def chosen(page):
    """The option that is chosen, as the field names it to a screen reader."""
    return page.locator(f"#{box(page).get_attribute('aria-activedescendant')}")


def test_the_keys_lead_from_any_page_to_what_is_found(begun, site, axe):
    page = begun
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("cach")
    options = page.locator("#sought [role=option]")
    expect(options).to_have_count(2)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    first = chosen(page).inner_text()
    page.keyboard.press("ArrowDown")
    assert chosen(page).inner_text() != first
    expect(chosen(page)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert chosen(page).inner_text() == first
    page.keyboard.press("ArrowUp")
    assert axe(page) == []
    address = chosen(page).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}{address}")


def test_escape_closes_and_gives_the_focus_back(begun):
    page = begun
    page.locator(".tools .seek").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("cach")
    expect(page.locator("#sought [role=option]")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#seek")).to_be_hidden()
    expect(page.locator(".tools .seek")).to_be_focused()


def test_a_page_is_reached_by_its_name(begun, site):
    begun.keyboard.press("/")
    begun.keyboard.type("statis")
    expect(begun.locator("#sought [aria-selected=true]")).to_contain_text("Statistics")
    begun.keyboard.press("Enter")
    begun.wait_for_url(f"{site}/drills/statistics/")


def test_enter_before_the_list_is_there_leads_to_the_page(begun, site):
    begun.keyboard.press("/")
    begun.keyboard.type("cache")
    begun.keyboard.press("Enter")
    begun.wait_for_url(f"{site}/search/?q=cache")
    expect(begun.locator("#results")).to_contain_text("2 found")


def test_another_spelling_is_one_key_away(begun):
    begun.keyboard.press("/")
    begun.keyboard.type("cahcing")
    expect(begun.locator("#sought [aria-selected=true]")).to_have_text("Did you mean caching?")
    begun.keyboard.press("Enter")
    expect(begun.locator("#sought [role=option]").first).to_contain_text("caching")
    expect(box(begun)).to_have_value("caching")


def test_on_the_page_the_slash_leads_to_its_field_and_the_arrows_walk(begun, site):
    begun.goto(f"{site}/search/?q=cache")
    begun.keyboard.press("/")
    expect(begun.locator("#q")).to_be_focused()
    expect(begun.locator("#seek")).to_be_hidden()
    begun.keyboard.press("ArrowDown")
    expect(begun.locator("#results li a").first).to_be_focused()
    begun.keyboard.press("ArrowUp")
    begun.keyboard.press("End")
    begun.keyboard.type(" now")
    expect(begun.locator("#results li")).to_have_count(1)
    expect(begun).to_have_url(re.compile("q=cache(%20|[+])now$"))


def test_the_help_names_both_keys(begun):
    begun.keyboard.press("?")
    help_list = begun.locator("#shortcuts dl")
    expect(help_list).to_contain_text("Find anything")
    expect(help_list).to_contain_text("Take something down")


def test_on_a_phone_search_is_at_the_thumb(begun):
    begun.set_viewport_size({"width": 390, "height": 844})
    link = begun.locator(".rooms .at-thumb a")
    where = link.bounding_box()
    assert where["y"] > 750 and where["width"] >= 44 and where["height"] >= 44
    link.click()
    expect(box(begun)).to_be_focused()
    begun.get_by_role("button", name="Close").click()
    expect(begun.locator("#seek")).to_be_hidden()


def test_a_note_is_taken_anywhere_and_taken_back(begun, alice, axe):
    page = begun
    page.keyboard.press("c")
    text = page.get_by_label("What it says")
    expect(text).to_be_focused()
    assert axe(page) == []
    page.keyboard.type("Ask for p99\nNever the mean.")
    page.keyboard.press("Control+Enter")
    toast = page.locator(".toast.success")
    expect(toast).to_contain_text("Kept among your notes.")
    expect(page.locator("#capture")).to_be_hidden()
    row = Learning.objects.get(title="Ask for p99")
    assert (row.text, row.source) == ("Never the mean.", "/playbook/learnings/")
    assert row.source_title == "Notes and learnings"
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Taken back.")
    assert Learning.objects.get(pk=row.pk).removed_at


def test_the_idea_of_a_story(begun, alice):
    begun.locator(".tools .jot").click()
    begun.get_by_label("The idea of a story").check()
    begun.get_by_label("What it says").fill("The night the queue ran full")
    begun.get_by_role("button", name="Keep").dblclick()
    expect(begun.locator(".toast.success")).to_contain_text("idea of a story")
    assert Story.objects.filter(title="The night the queue ran full").count() == 1


def test_no_connection_keeps_the_words(begun, problems):
    problems.allow("ERR_FAILED")
    begun.route("**/capture/", lambda route: route.abort())
    begun.keyboard.press("c")
    begun.keyboard.type("On the train")
    begun.get_by_role("button", name="Keep").click()
    expect(begun.locator("[data-said]")).to_contain_text("Not kept yet")
    expect(begun.get_by_label("What it says")).to_have_value("On the train")
    begun.unroute("**/capture/")
    begun.get_by_role("button", name="Keep").click()
    expect(begun.locator(".toast.success")).to_be_visible()
    assert Learning.objects.filter(title="On the train").count() == 1


def test_an_ended_session_keeps_the_words(begun, alice, sign_in, problems):
    problems.allow("401")
    problems.allow("403")
    begun.keyboard.press("c")
    begun.keyboard.type("Signed out in between")
    Session.objects.all().delete()
    begun.get_by_role("button", name="Keep").click()
    expect(begun.locator("[data-said]")).to_contain_text("Signed out.")
    sign_in(begun, alice)
    begun.get_by_role("button", name="Keep").click()
    expect(begun.locator(".toast.success")).to_be_visible()
    assert Learning.objects.filter(title="Signed out in between").count() == 1


def test_a_page_that_dies_leaves_its_words_to_the_next(begun, site):
    begun.keyboard.press("c")
    begun.keyboard.type("Half a thought")
    until(lambda: stored_in_browser(begun, "prepsite-drafts", "drafts"), "it is kept", page=begun)
    begun.goto(f"{site}/search/")
    begun.locator("h1").click()
    begun.locator(".tools .jot").click()
    expect(begun.get_by_label("What it says")).to_have_value("Half a thought")
    begun.get_by_role("button", name="Keep").click()
    expect(begun.locator(".toast.success")).to_be_visible()
    assert Learning.objects.filter(title="Half a thought").count() == 1


def test_it_works_without_a_script(browser, site, alice, client_of):
    learning(alice, "A cache lies now and then.", title="On caching")
    context = browser.new_context(java_script_enabled=False)
    value = client_of(alice).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/drills/")
    page.locator(".tools .seek").click()
    page.get_by_label("Search everything").fill("cache")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="On caching").click()
    expect(page.locator("#title")).to_have_value("On caching")
    page.goto(f"{site}/drills/")
    page.locator(".tools .jot").click()
    page.locator("#id_text").fill("Written plainly")
    page.get_by_role("button", name="Keep").click()
    expect(page).to_have_url(f"{site}/drills/")
    expect(page.locator(".toast")).to_contain_text("Kept among your notes.")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(f"{site}/drills/")
    context.close()
