"""The dashboard in a real browser: first steps that go, a proposal that changes as one acts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Interview, Item
from tests.drills.factories import in_review, small_deck
from tests.plans.factories import plan_of, template
from tests.scenarios.practice import scenario
from tests.stories.factories import theme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page_of(page, site, sign_in, alice):
    """`page_of(path)`: the page at `path`, alice signed in."""

    def opened(path: str):
        sign_in(page, alice)
        page.goto(site + path)
        return page

    return opened


@pytest.fixture
def house():
    """What a site has from the start, in small."""
    template()
    scenario()
    small_deck(4)
    theme()


def test_first_steps_go_as_they_are_done(page_of, alice, house):
    page = page_of("/")
    steps = page.locator(".first-steps > li")
    expect(steps).to_have_count(3)
    page.get_by_role("link", name="Start the 1-day plan").click()
    page.get_by_role("link", name=re.compile("A small plan")).click()
    page.get_by_role("button", name=re.compile("Start")).first.click()
    expect(page).to_have_url(re.compile(r"/plans/\d+/"))
    page.get_by_role("link", name="Prepsite").first.click()
    expect(steps).to_have_count(2)


def settled(alice) -> None:
    """Past the first steps: a plan, an attempt, cards seen."""
    plan_of(alice)
    from tests.scenarios.practice import finished

    finished(alice, scenario("other", title="Another shop"))
    for number in range(3):
        in_review(alice, f"Card {number}?")


def test_ticking_here_moves_the_page_on(page_of, alice, house):
    settled(alice)
    page = page_of("/")
    next_item = page.locator(".next-item p")
    first = next_item.inner_text()
    score = page.locator(".score b").inner_text()
    done = Item.objects.for_user(alice).filter(done_at__isnull=False)
    page.get_by_role("button", name=f"Tick “{first}”").click()
    expect(next_item).not_to_have_text(first)
    assert done.count() == 1
    assert int(page.locator(".score b").inner_text()) >= int(score)
    page.get_by_role("button", name="Undo").click()
    expect(next_item).to_have_text(first)
    assert done.count() == 0


def test_what_was_done_elsewhere_shows_on_the_way_back(page_of, alice, house):
    settled(alice)
    page = page_of("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do next")
    Interview.objects.create(
        owner=alice, company="Acme", at=timezone.now() + timedelta(days=3, hours=1), minutes=60
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Acme is in \d days"))


def test_the_time_there_is_and_not_now(page_of, alice, house):
    settled(alice)
    page = page_of("/")
    title = page.locator("#next-title")
    first = title.inner_text()
    page.get_by_role("link", name="15 minutes").click()
    expect(page.get_by_role("link", name="15 minutes")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Not now").click()
    expect(title).not_to_have_text(first)
    # The time chosen is kept.
    expect(page.get_by_role("link", name="15 minutes")).to_have_attribute("aria-current", "true")
    assert page.url.endswith("/")


def test_without_javascript(browser, site, sign_in, alice, house):
    settled(alice)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(site + "/")
    page.get_by_role("link", name="60 minutes").click()
    first = page.locator("#next-title").inner_text()
    page.get_by_role("button", name="Not now").click()
    assert page.url.endswith("/?minutes=60")
    assert page.locator("#next-title").inner_text() != first
    page.get_by_role("button", name=re.compile("Tick")).click()
    assert Item.objects.for_user(alice).filter(done_at__isnull=False).count() == 1
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["home", "week", "about-readiness"])
def test_every_page_is_accessible(page, page_of, alice, house, axe, name, width):
    settled(alice)
    page.set_viewport_size({"width": width, "height": 800})
    page_of(reverse(name))
    assert axe(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
