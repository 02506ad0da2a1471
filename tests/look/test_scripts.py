"""The small scripts: toasts, questions, keys, failures said aloud, the offline page."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from tests.waiting import until

pytestmark = pytest.mark.browser

PAGE = """
{% extends "base.html" %}
{% block main %}
<h1>Sample</h1>
<button id="ask" type="button" hx-post="/answer/" hx-target="#answer" aria-keyshortcuts="n"
        data-shortcut="Ask again">Ask</button>
<div id="answer"></div>
<input id="search" aria-keyshortcuts="x" aria-label="Search">
<form method="get" action="/shown/" data-confirm="Remove it?" data-confirm-yes="Remove">
  <input type="hidden" name="sent" value="yes"><button>Remove</button></form>
<form hx-post="/answer/" hx-target="#answer" data-confirm="Drop it?"><button>Drop</button></form>
<button id="wipe" type="button" hx-post="/answer/" hx-target="#answer"
        hx-confirm="Wipe it?">Wipe</button>
<details class="menu"><summary>More</summary>
  <div class="menu-sheet"><a href="#x">Print</a></div></details>
{% endblock %}
"""
answers: list[HttpResponse] = []
asked: list[str] = []


@login_not_required
def show(request):
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


@login_not_required
def answer(request):
    asked.append(request.headers.get("HX-Request", ""))
    return answers.pop(0) if answers else HttpResponse("Answered")


class Urls:
    @property
    def urlpatterns(self):
        from prepsite import urls

        return [path("shown/", show), path("answer/", answer), *urls.urlpatterns]


@pytest.fixture
def shown(settings, site, page, sign_in, charlie):
    settings.ROOT_URLCONF = Urls()
    answers.clear()
    asked.clear()
    sign_in(page, charlie)
    page.goto(f"{site}/shown/")
    return page


def toast(page):
    return page.locator("#toasts .toast")


@pytest.mark.parametrize(
    ("status", "says", "offers"),
    [
        (500, "Not saved: the server had a fault.", "Retry"),
        (503, "Not saved: the server had a fault.", "Retry"),
        (403, "Not saved: this page is out of date.", "Reload"),
        (404, "Not saved: it is not there any more.", "Reload"),
        (401, "Not saved: you are signed out.", "Sign in"),
        (429, "Not saved: too many requests at once.", "Retry"),
    ],
)
def test_a_refused_request_is_said_with_a_way_on(shown, problems, status, says, offers):
    problems.allow(rf"status of {status}|Response Status Error Code {status}")
    answers.append(HttpResponse("no", status=status))
    shown.click("#ask")
    expect(toast(shown)).to_contain_text(says)
    expect(toast(shown).locator(".retry")).to_have_text(offers)
    expect(shown.locator("#answer")).to_be_empty()


def test_retry_sends_the_request_again(shown, problems):
    problems.allow(r"status of 500|Status Error Code 500")
    answers.append(HttpResponse("no", status=500))
    shown.click("#ask")
    toast(shown).locator(".retry").click()
    expect(shown.locator("#answer")).to_have_text("Answered")
    expect(toast(shown)).to_have_count(0)
    assert len(asked) == 2


def test_no_answer_at_all_is_said(shown, problems):
    problems.allow(r"ERR_FAILED|ERR_INTERNET_DISCONNECTED|htmx:sendError|Console: ")
    shown.route("**/answer/", lambda route: route.abort())
    shown.click("#ask")
    expect(toast(shown)).to_contain_text("Not saved: the server did not answer.")


def test_an_invalid_form_comes_back_and_is_no_failure(shown, problems):
    problems.allow(r"status of 422")
    answers.append(HttpResponse("Put this right", status=422))
    shown.click("#ask")
    expect(shown.locator("#answer")).to_have_text("Put this right")
    expect(toast(shown)).to_have_count(0)


DRAWN_AGAIN = "(element) => element.replaceWith(element.cloneNode(true))"


def ask_and_hold(page):
    """Press, and give the route of the request that is on its way."""
    held = []
    page.route("**/answer/", lambda route: held.append(route))
    page.click("#ask")
    return until(lambda: held, "the request is on its way", page=page).pop()


def test_an_answer_finds_what_was_drawn_again_meanwhile(shown):
    held = ask_and_hold(shown)
    shown.locator("#answer").evaluate(DRAWN_AGAIN)
    held.continue_()
    expect(shown.locator("#answer")).to_have_text("Answered")


@pytest.mark.parametrize("status", [403, 0])
def test_a_failure_is_said_though_its_button_was_drawn_again(shown, problems, status):
    problems.allow(r"status of 403|Status Error Code 403|ERR_FAILED|htmx:")
    answers.append(HttpResponse("no", status=403))
    held = ask_and_hold(shown)
    shown.locator("#ask").evaluate(DRAWN_AGAIN)
    held.continue_() if status else held.abort()
    why = "this page is out of date" if status else "the server did not answer"
    expect(toast(shown)).to_contain_text(f"Not saved: {why}.")
    expect(toast(shown)).to_have_count(1)


def test_an_answer_may_bring_a_toast_that_can_be_dismissed(shown, rf):
    text = (
        engines["django"]
        .get_template("partials/_toast_oob.html")
        .render({"message": "Removed.", "undo_url": "/answer/"}, rf.get("/"))
    )
    answers.append(HttpResponse("Gone" + text))
    shown.click("#ask")
    expect(toast(shown)).to_contain_text("Removed.")
    toast(shown).get_by_label("Dismiss").click()
    expect(toast(shown)).to_have_count(0)


def test_good_news_leaves_and_waits_while_it_is_read(shown):
    shown.clock.install()
    say = """(level) => document.dispatchEvent(
        new CustomEvent("toast", { detail: { message: "Kept.", level } }))"""
    shown.evaluate(say, "success")
    toast(shown).hover()
    shown.clock.run_for(60_000)
    expect(toast(shown)).to_have_count(1)
    shown.mouse.move(5, 5)
    shown.clock.run_for(10_000)
    expect(toast(shown)).to_have_count(0)
    shown.evaluate(say, "error")
    shown.clock.run_for(600_000)
    expect(toast(shown)).to_have_count(1)


def test_much_good_news_leaves_the_page_in_sight(shown):
    """Three at a time; bad news stays whatever comes after it."""
    say = """([message, level]) => document.dispatchEvent(
        new CustomEvent("toast", { detail: { message, level } }))"""
    shown.evaluate(say, ["Not saved.", "error"])
    for message in ("First.", "Second.", "Third.", "Fourth.", "Fourth."):
        shown.evaluate(say, [message, "success"])
    expect(toast(shown).locator("p")).to_have_text(["Not saved.", "Second.", "Third.", "Fourth."])


def test_a_question_comes_before_what_cannot_be_taken_back(shown):
    dialog = shown.locator("#confirm")
    shown.get_by_role("button", name="Remove").click()
    expect(dialog.locator("h2")).to_have_text("Remove it?")
    shown.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert "sent=yes" not in shown.url
    shown.get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(shown).to_have_url(re.compile("sent=yes"))


def test_a_form_of_htmx_is_not_sent_before_the_answer(shown):
    shown.get_by_role("button", name="Drop").click()
    expect(shown.locator("#confirm")).to_be_visible()
    shown.wait_for_load_state("networkidle")
    assert asked == []
    shown.locator("#confirm").get_by_role("button", name="Go ahead").click()
    expect(shown.locator("#answer")).to_have_text("Answered")
    assert asked == ["true"]


def test_the_question_of_htmx_is_the_same_dialog(shown):
    shown.click("#wipe")
    shown.locator("#confirm").get_by_role("button", name="Cancel").click()
    assert asked == []
    shown.click("#wipe")
    shown.locator("#confirm").get_by_role("button", name="Go ahead").click()
    expect(shown.locator("#answer")).to_have_text("Answered")


def test_a_key_presses_or_focuses_what_names_it(shown):
    shown.keyboard.press("n")
    expect(shown.locator("#answer")).to_have_text("Answered")
    shown.keyboard.press("x")
    expect(shown.locator("#search")).to_be_focused()
    shown.keyboard.type("n/?")
    expect(shown.locator("#search")).to_have_value("n/?")
    assert len(asked) == 1


def test_the_list_of_keys_names_them_and_switches_them_off(shown):
    shown.keyboard.press("?")
    listed = shown.locator("#shortcuts")
    expect(listed).to_contain_text("Ask again")
    expect(listed).to_contain_text("Search")
    listed.get_by_label("Keys work").uncheck()
    shown.keyboard.press("Escape")
    shown.keyboard.press("n")
    shown.reload()
    shown.keyboard.press("n")
    shown.wait_for_load_state("networkidle")
    assert asked == []
    shown.get_by_role("button", name="Keyboard").click()
    expect(listed).to_be_visible()


def test_a_menu_closes_on_escape_and_on_a_click_elsewhere(shown):
    menu = shown.locator("main details.menu")
    for leave in (lambda: shown.keyboard.press("Escape"), lambda: shown.locator("h1").click()):
        menu.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        leave()
        expect(menu).not_to_have_attribute("open", "")


def test_losing_the_connection_is_shown_while_it_lasts(shown):
    banner = shown.locator("#offline")
    expect(banner).to_be_hidden()
    shown.context.set_offline(True)
    expect(banner).to_be_visible()
    shown.context.set_offline(False)
    expect(banner).to_be_hidden()


def test_the_offline_page_is_kept_and_nothing_private(browser, site, sign_in, charlie):
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, charlie)
    page.goto(f"{site}/house/components/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    kept = page.evaluate(
        """async () => {
          const names = await caches.keys();
          const all = await Promise.all(names.map(async (n) => (await caches.open(n)).keys()));
          return all.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    assert sorted(kept) == ["/offline/", "/static/css/site.css", "/static/img/mark.svg"]
    page.reload()
    context.set_offline(True)
    page.goto(f"{site}/house/components/")
    expect(page.locator("h1")).to_have_text("The server cannot be reached")
    expect(page.locator("body")).not_to_contain_text("charlie")
    context.close()
