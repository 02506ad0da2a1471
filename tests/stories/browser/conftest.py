"""A story open in a browser."""

import pytest
from playwright.sync_api import expect

from stories.models import Story
from tests.browser import PATIENCE
from tests.stories.factories import MetricFactory, written
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


@pytest.fixture
def story(alice) -> Story:
    story = written(alice)
    MetricFactory(story=story)
    return story


@pytest.fixture
def stage(site, page, sign_in, alice, story):
    """The page of the story's telling, as alice."""
    sign_in(page, alice)
    page.goto(f"{site}/stories/{story.pk}/rehearse/")
    return page


def telling(page, name: str) -> None:
    """Wait until the telling is in that state."""
    expect(page.locator("#telling")).to_have_attribute("data-state", name)


def settle(page) -> None:
    """Until a second tap is no longer taken for the first."""
    page.wait_for_timeout(400)
