"""Where one is on the page after a part of it was swapped: in sight, and at the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.scenarios.browser.conftest import attempt_at
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "One million a month, a quarter of them on a given day, each four times, " * 4


def test_on_a_phone_the_next_line_to_write_on_stays_in_sight(page, desk, alice):
    page.set_viewport_size({"width": 390, "height": 844})
    attempt = attempt_at(alice, 2)
    attempt.scenario.questions.update(answer=LONG)
    desk(attempt)
    bar, ask = page.locator(".rooms"), page.get_by_role("button", name="Ask", exact=True)
    asked = ("How many buyers arrive after a show?", "May it be oversold?")
    for number, question in enumerate(asked):
        page.locator("#question").fill(question)
        page.locator("#question").press("Enter")
        expect(page.locator(".lines .asked")).to_have_count(number + 1)
        expect(page.locator(".lines .asked .answer").last).to_contain_text("One million")
        expect(page.locator("#question")).to_be_focused()
        until(lambda: foot(ask) <= bar.bounding_box()["y"], "the line above the bar", page=page)


def foot(control) -> float:
    box = control.bounding_box()
    return box["y"] + box["height"]


def test_a_choice_removed_leaves_the_keyboard_in_its_place(page, desk, alice):
    desk(attempt_at(alice, 20), "drill-down")
    page.get_by_role("button", name="Add a choice").press("Enter")
    expect(page.locator(".choice input[name=name]")).to_be_focused()
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.locator(".choice")).to_have_count(0)
    expect(page.get_by_role("button", name="Add a choice")).to_be_focused()
