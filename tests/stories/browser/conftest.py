"""A story open in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser import PATIENCE
from tests.writing.browser.conftest import kept_server, profile, server  # noqa: F401


@pytest.fixture
def open_story(page, site, sign_in, alice):
    """`open_story(row)` opens a story as alice."""
    sign_in(page, alice)

    def open_page(row):
        page.goto(f"{site}{row.get_absolute_url()}")
        return page

    return open_page


def saved(page, form: str = "#text", timeout: int = PATIENCE) -> None:
    """Wait until the form says that its text is stored."""
    state = page.locator(f"{form} [data-save-state]")
    expect(state).to_have_attribute("data-state", "saved", timeout=timeout)
