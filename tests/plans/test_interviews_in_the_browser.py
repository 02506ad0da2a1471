"""An interview as people live it: set, counted down to, looked back on, its answers drilled."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from drills.models import Card, Setting
from plans import debrief
from plans.models import Asked, Interview
from tests.plans.factories import interview
from tests.scenarios.factories import solved
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page, site, sign_in, alice):
    sign_in(page, alice)
    page.goto(site + reverse("interviews:list"))
    return page


def over(alice) -> Interview:
    return interview(alice, at=timezone.now() - timedelta(hours=2))


def test_from_a_date_to_cards(opened, site, alice, axe):
    solved("band-shop", title="A shop for a band")
    page = opened
    page.get_by_role("link", name="Set an interview").click()
    page.get_by_label("Company").fill("Acme")
    day = timezone.localdate() + timedelta(days=3)
    page.get_by_label("Date").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_role("button", name="Set the interview").click()

    expect(page.get_by_text("In 3 days")).to_be_visible()
    assert axe(page) == []
    row = Interview.objects.get()
    assert Setting.objects.for_user(alice).get().interview_at == row.at
    page.get_by_label("What you know of their stack").fill("Kafka, Go")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Saved"))
    row.refresh_from_db()
    assert row.stack == "Kafka, Go"

    Interview.objects.update(at=row.at - timedelta(days=4), ends_at=row.ends_at - timedelta(days=4))
    page.reload()
    page.get_by_role("link", name="Look back on it, five minutes").click()
    asked = page.get_by_label("A question, a topic or a scenario")
    asked.press_sequentially("band")
    expect(page.get_by_role("button", name="A shop for a band Scenario")).to_be_visible()
    asked.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="A shop for a band")).to_be_visible()
    more = page.get_by_label("And then?")
    expect(more).to_be_focused()
    more.fill("Why not Kafka?")
    more.press("Enter")
    expect(page.get_by_role("group", name="How it went: Why not Kafka?")).to_be_visible()
    expect(more).to_be_focused()
    expect(more).to_have_value("")

    for title in ("A shop for a band", "Why not Kafka?"):
        group = page.get_by_role("group", name=f"How it went: {title}")
        group.get_by_role("button", name="Weak").click()
        expect(group.get_by_role("button", name="Weak")).to_have_attribute("aria-pressed", "true")
    assert axe(page) == []
    page.get_by_role("button", name="Send the 2 weak ones back").click()
    expect(page.get_by_text("2 weak answers sent back to practice.")).to_be_visible()
    assert Card.objects.for_user(alice).standing().get().front == "Why not Kafka?"
    assert len(debrief.to_practise(alice)) == 2
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert not Card.objects.for_user(alice).standing().exists()

    page.get_by_role("button", name="Make a card of it: Why not Kafka?").click()
    expect(page.get_by_text("In your drills", exact=True)).to_be_visible()
    page.get_by_label("Fair").check()
    page.get_by_label("Outcome").select_option("Next round")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Looking back: fair")).to_be_visible()
    row.refresh_from_db()
    assert (row.outcome, bool(row.debriefed_at)) == ("next-round", True)
    page.goto(site + reverse("drills:next"))
    expect(page.get_by_text("Why not Kafka?")).to_be_visible()


def test_what_was_typed_before_the_scripts_ran_is_looked_up(opened, site, alice):
    solved("band-shop", title="A shop for a band")
    page = opened
    held = []
    page.route("**/htmx*.js", lambda route: held.append(route))
    page.goto(site + over(alice).debrief_url, wait_until="commit")
    page.locator("#asked-q").press_sequentially("band")
    expect(page.locator("#asked-q")).to_have_value("band")
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="A shop for a band Scenario")).to_be_visible()


def test_enter_right_after_the_last_letter_is_not_taken_back(opened, site, alice):
    """On a slow line its answer is not there yet when those letters would be looked up."""
    page = opened
    page.goto(site + over(alice).debrief_url)
    held, lookups = [], []
    page.on("request", lambda request: lookups.append(1) if "?q=" in request.url else None)
    page.route("**/asked/", lambda route: held.append(route))
    page.locator("#asked-q").press_sequentially("Why not Kafka?")
    page.locator("#asked-q").press("Enter")
    until(lambda: held, "the line is on its way", page=page)
    before = len(lookups)
    page.wait_for_timeout(600)  # in which the last letters would have been looked up
    assert len(lookups) == before
    page.keyboard.type(" And")
    held.pop().continue_()
    expect(page.get_by_role("group", name="How it went: Why not Kafka?")).to_be_visible()
    # What was typed meanwhile begins the next line.
    expect(page.locator("#asked-q")).to_have_value("And")
    expect(page.locator("#asked-q")).to_be_focused()
    assert Asked.objects.get().title == "Why not Kafka?"


def test_escape_empties_the_line_and_what_was_found(opened, site, alice):
    solved("band-shop", title="A shop for a band")
    page = opened
    page.goto(site + over(alice).debrief_url)
    asked = page.locator("#asked-q")
    asked.press_sequentially("band")
    found = page.locator("#found button")
    expect(found).to_have_count(1)
    asked.press("ArrowUp")
    expect(found).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(asked).to_be_focused()
    asked.press("Escape")
    expect(found).to_have_count(0)
    expect(asked).to_have_value("")


def test_without_javascript(browser, site, client_of, alice):
    solved("band-shop", title="A shop for a band")
    row = over(alice)
    context = browser.new_context(java_script_enabled=False, service_workers="block")
    cookie = client_of(alice).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(site + row.debrief_url)
    page.locator("#asked-q").fill("band")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="A shop for a band Scenario").click()
    page.locator("#asked-q").fill("Why not Kafka?")
    page.get_by_role("button", name="Add").click()
    for number in range(2):
        page.get_by_role("button", name="Weak", exact=True).nth(number).click()
    page.get_by_role("button", name="Practise it again: A shop for a band").click()
    expect(page.get_by_text("To practise again", exact=True)).to_be_visible()
    page.get_by_role("button", name="Make a card of it: Why not Kafka?").click()
    expect(page.get_by_text("In your drills", exact=True)).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    assert [line.again_at is None for line in Asked.objects.order_by("id")] == [False, True]
    page.get_by_label("What to do better").fill("Name one cost first.")
    page.get_by_role("button", name="Save").click()
    row.refresh_from_db()
    assert row.improve == "Name one cost first."
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_scrolls_sideways(opened, site, alice, width):
    page = opened
    row = over(alice)
    Interview.objects.update(company="A" * 60, place="https://meet.example/" + "x" * 200)
    debrief.add(row, "W" * 200, None, row.request_key)
    page.set_viewport_size({"width": width, "height": 800})
    names = [reverse("interviews:list"), row.get_absolute_url(), row.debrief_url]
    for address in [*names, reverse("interviews:new")]:
        page.goto(site + address)
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wider), address
