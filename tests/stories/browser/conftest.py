"""A story open in a browser."""

import time

import pytest
from playwright.sync_api import expect

from tests.writing.browser.conftest import kept_server, profile, server  # noqa: F401


@pytest.fixture
def open_story(page, site, sign_in, alice):
    """`open_story(row)` opens a story as alice."""
    sign_in(page, alice)

    def open_page(row):
        page.goto(f"{site}{row.get_absolute_url()}")
        return page

    return open_page


def saved(page, form: str = "#text", timeout: int = 10_000) -> None:
    """Wait until the form says that its text is stored."""
    state = page.locator(f"{form} [data-save-state]")
    expect(state).to_have_attribute("data-state", "saved", timeout=timeout)


def until(true, seconds: float = 10) -> None:
    """Wait for the database to be as it should; fail when it is not in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
