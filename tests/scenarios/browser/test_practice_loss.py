"""What must never happen: words of an attempt that are lost, or changed without being told.

Counts: two tabs 3 ways, server killed 5 times while writing, browser killed 3 times, session
expired on each of 4 phases, half an hour offline 3 times, the session lost in 3 ways.
PREPSITE_LONG=1: ten times as many kills, offline 50 times, the session lost 34 times each way.
"""

import os
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from scenarios.sheets import ClarifySheet, DesignSheet, DrillDownSheet, WrapUpSheet
from tests.factories import PASSWORD
from tests.scenarios.browser.conftest import attempt_at, saved
from tests.waiting import until
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = 10 if os.environ.get("PREPSITE_LONG") else 1
OFFLINE, SIGNED_OUT = (50, 34) if LONG > 1 else (3, 1)
FIELDS = {
    "clarify": (ClarifySheet, "scope"),
    "high-level": (DesignSheet, "design"),
    "drill-down": (DrillDownSheet, "bottleneck"),
    "wrap-up": (WrapUpSheet, "more_time"),
}


def stored(phase: str) -> str:
    model, name = FIELDS[phase]
    return getattr(model.objects.get(), name)


def test_two_tabs_on_two_phases_are_no_conflict(page, desk, site, alice):
    attempt = attempt_at(alice, 18)
    desk(attempt, "high-level")
    other = page.context.new_page()
    other.goto(f"{site}/scenarios/attempts/{attempt.pk}/drill-down/")
    for times in range(1, 4):
        page.locator("#design").press("Control+End")
        page.locator("#design").press_sequentially("flow ")
        other.locator("#bottleneck").press("Control+End")
        other.locator("#bottleneck").press_sequentially("database ")
        until(lambda n=times: stored("high-level").split() == ["flow"] * n, "one phase is stored")
        until(lambda n=times: stored("drill-down").split() == ["database"] * n, "the other too")
    assert not Revision.objects.filter(kind="kept").exists()


def test_two_tabs_in_one_text_show_the_difference_and_ask(
    page, desk, browser, site, sign_in, alice, problems
):
    problems.allow("409")
    attempt = attempt_at(alice, 10)
    elsewhere = browser.new_context().new_page()
    sign_in(elsewhere, alice)
    elsewhere.goto(f"{site}/scenarios/attempts/{attempt.pk}/high-level/")
    desk(attempt, "high-level")
    elsewhere.locator("#design").fill("From the phone.")
    saved(elsewhere, "#sheet")
    page.locator("#design").fill("From the laptop.")
    expect(page.locator(".conflict")).to_be_visible()
    assert page.locator("#design").input_value() == "From the laptop."
    assert stored("high-level") == "From the phone."
    page.get_by_role("button", name="Keep mine").click()
    saved(page, "#sheet")
    assert stored("high-level") == "From the laptop."
    texts = [row.texts().get("design") for row in Revision.objects.filter(owner=alice)]
    assert {"From the phone.", "From the laptop."} <= set(texts)
    elsewhere.context.close()


def test_finished_in_another_tab_keeps_what_is_typed_here(page, desk, alice, problems):
    problems.allow("423")
    attempt = attempt_at(alice, 38)
    desk(attempt, "wrap-up")
    attempt.finish(timezone.now())
    page.locator("#more_time").fill("Too late, but mine.")
    expect(page.locator("#sheet [data-save-state]")).to_contain_text("finished")
    assert stored("wrap-up") == ""
    kept = Revision.objects.get(kind="kept")
    assert kept.texts() == {"more_time": "Too late, but mine."}
    assert page.locator("#more_time").input_value() == "Too late, but mine."


@pytest.mark.parametrize("phase", FIELDS)
def test_an_expired_session_loses_no_word(page, desk, sign_in, alice, problems, phase):
    problems.allow("401")
    attempt = attempt_at(alice, 40)
    desk(attempt, phase)
    Session.objects.all().delete()
    name = FIELDS[phase][1]
    page.locator(f"#{name}").fill("Typed after the session had ended.")
    expect(page.locator("#sheet [data-save-state]")).to_contain_text("Signed out")
    assert stored(phase) == ""
    sign_in(page, alice)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page, "#sheet")
    assert stored(phase) == "Typed after the session had ended."


def test_next_while_signed_out_goes_nowhere_and_keeps_the_text(page, desk, alice, problems):
    problems.allow("401")
    attempt = attempt_at(alice, 40)
    desk(attempt, "wrap-up")
    Session.objects.all().delete()
    page.locator("#more_time").fill("Mine.")
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.locator("#sheet [data-save-state]")).to_contain_text("Signed out")
    assert page.locator("#more_time").input_value() == "Mine."
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_half_an_hour_offline_in_the_middle_of_an_attempt(page, desk, alice, problems):
    """Text typed without a connection is kept, said to be, and sent on return: every time."""
    problems.allow("ERR_INTERNET_DISCONNECTED|htmx:")
    attempt = attempt_at(alice, 10, mode="untimed")
    page.clock.install()
    desk(attempt, "high-level")
    state = page.locator("#sheet [data-save-state]")
    for n in range(OFFLINE):
        page.context.set_offline(True)
        for part in ("before", "after"):
            page.locator("#design").press("Control+End")
            page.locator("#design").press_sequentially(f"{part} {n} ")
            expect(state).to_contain_text("Not saved")
            expect(state).to_contain_text("kept in this browser")
            page.clock.fast_forward("15:00")
        assert f"{n} " not in stored("high-level")[-12:]
        page.context.set_offline(False)
        saved(page, "#sheet")
        assert stored("high-level").endswith(f"before {n} after {n} ")
    assert not Revision.objects.filter(kind="kept").exists()


def sign_in_there(tab, site, user):
    tab.goto(f"{site}/account/login/")
    tab.locator("input[name=login]").fill(user.username)
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.locator("form:has(input[name=password])").evaluate("form => form.requestSubmit()")
    tab.wait_for_url(lambda url: "login" not in url)


def test_a_session_lost_in_any_way_loses_no_word(page, desk, site, alice, problems):
    """It expires, one signs out in another tab, or signs in there anew (a new CSRF token)."""
    problems.allow("401|403")
    attempt = attempt_at(alice, 40)
    desk(attempt, "wrap-up")
    other = page.context.new_page()
    expected = ""
    for n in range(SIGNED_OUT):
        for way in ("expired", "signed-out", "anew"):
            if way == "expired":
                Session.objects.all().delete()
            else:
                other.goto(f"{site}/account/logout/")
                with other.expect_navigation():
                    other.locator("main form[action$='/logout/']").evaluate("form => form.submit()")
            if way == "anew":
                sign_in_there(other, site, alice)
            words = f"{way} {n} "
            expected += words
            page.bring_to_front()
            page.locator("#more_time").press("Control+End")
            page.locator("#more_time").press_sequentially(words)
            if way != "anew":
                expect(page.locator("#sheet [data-save-state]")).to_contain_text("Signed out")
                assert words not in stored("wrap-up")
                sign_in_there(other, site, alice)
                page.bring_to_front()
                page.evaluate("dispatchEvent(new Event('focus'))")
            until(lambda wanted=expected: stored("wrap-up") == wanted, "it is stored")
            saved(page, "#sheet")
            assert page.locator("#more_time").input_value() == expected
    assert not Revision.objects.filter(kind="kept").exists()


def test_a_question_is_not_lost_offline(page, desk, alice, problems):
    problems.allow("ERR_INTERNET_DISCONNECTED|htmx:")
    attempt = attempt_at(alice, 2)
    desk(attempt)
    page.context.set_offline(True)
    page.locator("#question").fill("How many buyers arrive after a show?")
    page.locator("#question").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Not saved")
    assert page.locator("#question").input_value() == "How many buyers arrive after a show?"
    page.context.set_offline(False)
    page.locator("#question").press("Enter")
    expect(page.locator(".lines .asked")).to_contain_text("About 40,000")
    assert attempt.lines.exclude(asked_at=None).count() == 1


class TestKilled:
    """On a server in a process of its own."""

    @pytest.fixture
    def site(self, server):
        return server.url

    def test_a_killed_server_loses_nothing(self, page, server, desk, alice, problems):
        problems.allow("ERR_CONNECTION")
        attempt = attempt_at(alice, 10)
        desk(attempt, "high-level")
        expected = ""
        for n in range(5 * LONG):
            page.locator("#design").press("Control+End")
            page.locator("#design").press_sequentially(f"before {n} ")
            server.kill()
            page.locator("#design").press_sequentially(f"after {n} ")
            expected += f"before {n} after {n} "
            expect(page.locator("#sheet [data-save-state]")).to_contain_text("Not saved")
            server.start()
            # As when the person comes back to the page; else the next try is up to 30 s away.
            page.evaluate("dispatchEvent(new Event('focus'))")
            saved(page, "#sheet", timeout=90_000)
            assert stored("high-level") == expected
        assert not Revision.objects.filter(kind="kept").exists()

    def test_a_killed_browser_brings_the_words_back(self, profile, site, sign_in, alice):
        attempt = attempt_at(alice, 18)
        address = f"{site}/scenarios/attempts/{attempt.pk}/drill-down/"
        expected = ""
        for n in range(3 * LONG):
            page = profile.open()
            sign_in(page, alice)
            page.goto(address)
            expect(page.locator("#bottleneck")).to_have_value(expected)
            page.locator("#bottleneck").press("Control+End")
            page.locator("#bottleneck").press_sequentially(f"sentence {n} ")
            expected += f"sentence {n} "
            time.sleep(1)  # the promise: at most one second of typing
            profile.kill()
        page = profile.open()
        sign_in(page, alice)
        page.goto(address)
        expect(page.locator("#bottleneck")).to_have_value(expected)
        until(lambda: stored("drill-down") == expected, "the last words are stored", page=page)

    def test_a_draft_question_outlives_the_browser(self, profile, site, sign_in, alice):
        attempt = attempt_at(alice, 2)
        address = f"{site}/scenarios/attempts/{attempt.pk}/clarify/"
        page = profile.open()
        sign_in(page, alice)
        page.goto(address)
        page.locator("#question").press_sequentially("How many buy")
        time.sleep(1)
        profile.kill()
        page = profile.open()
        sign_in(page, alice)
        page.goto(address)
        expect(page.locator("#question")).to_have_value("How many buy")
