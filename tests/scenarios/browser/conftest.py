"""An attempt in a real browser, with the means to move its clock and to kill what it runs on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scenarios.attempts import Attempt, Pause, PhaseStart
from tests.browser import PATIENCE
from tests.scenarios.practice import attempt_of, scenario
from tests.writing.browser.conftest import Profile, Server, kept_server, profile, server  # noqa: F401

SIZES = [(390, 844), (1280, 800)]
PHASES = ("clarify", "high-level", "drill-down", "wrap-up")
BEGINS = (0, 8, 17, 37)


def attempt_at(owner, minute: float, *, mode: str = "timed", of=None) -> Attempt:
    """An attempt that began `minute` minutes ago, its phases opened as they would have been."""
    now = timezone.now()
    begun = now - timedelta(minutes=minute)
    attempt = attempt_of(owner, of or scenario(), mode=mode, now=begun)
    for phase, at in zip(PHASES[1:], BEGINS[1:], strict=True):
        if at <= minute and mode != "clarify":
            attempt.open_phase(phase, begun + timedelta(minutes=at))
    return attempt


def move_clock(attempt: Attempt, minutes: float) -> None:
    """As if so many more minutes had passed: everything of the attempt was earlier."""
    by = timedelta(minutes=minutes)
    for model, names in ((PhaseStart, ["started_at"]), (Pause, ["started_at", "ended_at"])):
        for row in model.objects.filter(attempt=attempt):
            for name in names:
                if getattr(row, name):
                    setattr(row, name, getattr(row, name) - by)
            row.save()


@pytest.fixture
def desk(site, page, sign_in, alice):
    """`desk(attempt, phase)` opens a page of an attempt as alice."""
    sign_in(page, alice)

    def open_page(attempt, phase="clarify", more=""):
        page.goto(f"{site}/scenarios/attempts/{attempt.pk}/{phase}/{more}")
        return page

    return open_page


def saved(page, form: str, timeout: int = PATIENCE) -> None:
    """Wait until the form says that its text is stored."""
    state = page.locator(f"{form} [data-save-state]")
    expect(state).to_have_attribute("data-state", "saved", timeout=timeout)
