"""The sheet of the morning in a real browser: chosen with and without a script, and printed."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drills.models import Card
from playbook.models import MorningSheet, Playbook
from tests.playbook.test_sheet import phrase, story
from writing.content import load, sources

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/playbook/sheet/"
LONG = "A queue absorbs the ten-minute peak, so the workers are sized for the mean, " * 2


@pytest.fixture
def full(alice):
    """As much as is suggested to somebody who has everything, and the shipped matrices."""
    load(timezone.now(), only=[source for source in sources() if source.model is Playbook])
    for n in range(12):
        phrase(alice, f"“The phrase number {n}, somewhat long” …", f"The moment {n} of the talk")
        Card.objects.add(alice, front=f"Why the part {n}?", answer=LONG, now=timezone.now())
    for n in range(6):
        figures = {"name": f"Release time {n}", "before": "6", "after": "0.3", "unit": "hours"}
        story(alice, f"The story with a longer title, number {n}", **figures)


def test_it_prints_on_two_pages(page, site, sign_in, alice, full):
    sign_in(page, alice)
    page.goto(site + ADDRESS)
    expect(page.locator(".leaf")).to_have_count(2)
    expect(page.locator(".sheet .callout")).to_have_count(0)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


def test_a_tick_changes_the_sheet_and_is_kept(page, site, sign_in, alice, full):
    sign_in(page, alice)
    page.goto(site + ADDRESS)
    box = page.get_by_label("The story with a longer title, number 3")
    box.uncheck()
    expect(page.locator(".leaf.front")).not_to_contain_text("number 3")
    page.reload()
    expect(box).not_to_be_checked()
    assert MorningSheet.objects.for_user(alice).count() == 1


def test_without_a_script(browser, site, sign_in, alice, full):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(site + ADDRESS)
    page.get_by_label("The story with a longer title, number 3").uncheck()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".leaf.front")).not_to_contain_text("number 3")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_reads_at_every_size(page, site, sign_in, alice, axe, full, width):
    sign_in(page, alice)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site + ADDRESS)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
