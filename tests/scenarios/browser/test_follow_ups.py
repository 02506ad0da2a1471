"""Follow-ups that came due while nobody looked: the tab slept, or another device had the clock."""

import pytest
from playwright.sync_api import expect

from tests.scenarios.browser.conftest import attempt_at, move_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_came_due_meanwhile_is_there_when_the_clock_is_read_again(page, desk, alice):
    attempt = attempt_at(alice, 20)
    desk(attempt, "drill-down")
    expect(page.locator(".follow-up")).to_have_count(1)
    move_clock(attempt, 10)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".follow-up")).to_have_count(2)
    expect(page.locator("#toasts")).to_contain_text("Ten times the traffic tomorrow.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".follow-up")).to_have_count(2)
