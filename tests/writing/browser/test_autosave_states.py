"""What the page says of a text, and that it is true."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import stored_in_browser
from tests.factories import PASSWORD, UserFactory
from tests.waiting import until
from tests.writing.browser.conftest import drafts_in, shows, wait_for_drafts
from tests.writing.sample.models import Note
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.writing.sample.urls")]

REFUSED = "Failed to load resource"


@pytest.fixture
def site(live_server):
    return live_server.url


@pytest.fixture
def opened(page, problems, sign_in, note, address):
    """Alice's page, with the cursor in the text."""
    under_way = set()
    page.on("request", lambda request: under_way.add(request))
    page.on("requestfinished", lambda request: under_way.discard(request))
    page.on("requestfailed", lambda request: under_way.discard(request))
    sign_in(page, note.owner)
    page.goto(address)
    page.locator("#text").focus()
    yield page
    # No request may reach the site while its tables are emptied for the next test.
    problems.allow("net::ERR_FAILED")
    page.context.route("**/*", lambda route: route.abort())
    while under_way:
        page.wait_for_timeout(10)
    page.close()


def test_saved_is_said_when_the_server_has_the_text(opened, stored, note):
    opened.keyboard.type("The pager went at two.")
    shows(opened, "Saved ")
    assert stored() == "The pager went at two."
    clock = f"{Note.objects.get(pk=note.pk).updated_at:%H:%M}"
    expect(opened.locator("[data-save-state]")).to_have_text(f"Saved {clock}")
    expect(opened.locator("[data-save-said]")).to_have_text(f"Saved {clock}")
    assert drafts_in(opened) == []


def test_saved_is_taken_back_with_the_next_key(opened, stored):
    """It never stands beside words that are not saved; and taking those back brings it again."""
    opened.keyboard.type("one")
    shows(opened, "Saved ")
    state = opened.locator("[data-save-state]")
    saved = state.text_content()
    opened.route("**/writing/save/**", lambda route: route.abort())
    opened.keyboard.type("s")
    assert state.text_content() == "Saving…"
    opened.keyboard.press("Backspace")
    assert state.text_content() == saved
    wait_for_drafts(opened, [])
    assert stored() == "one"


def test_a_pause_of_two_seconds_saves_and_a_shorter_one_does_not(opened, note):
    """By the page's own clock, which the test turns."""
    sent = []
    opened.on("request", lambda request: sent.append(1) if request.method == "POST" else None)
    opened.clock.install()
    opened.clock.pause_at(opened.evaluate("Date.now() + 60000"))
    opened.keyboard.type("x")
    opened.clock.run_for(900)
    assert sent == []
    opened.clock.run_for(1_100)
    assert sent == [1]


def test_steady_typing_is_saved_within_five_seconds(opened):
    sent = []
    opened.on("request", lambda request: sent.append(1) if request.method == "POST" else None)
    opened.clock.install()
    opened.clock.pause_at(opened.evaluate("Date.now() + 60000"))
    for _ in range(20):
        opened.keyboard.type("x")
        opened.clock.run_for(250)
    assert sent


def test_every_key_is_in_the_browsers_store_before_the_server_has_it(opened):
    opened.route("**/writing/save/**", lambda route: route.abort())
    for text in ("a", "ab", "abc"):
        opened.keyboard.type(text[-1])
        wait_for_drafts(opened, [text])


def test_nothing_is_kept_in_local_or_session_storage(opened):
    opened.keyboard.type("secret")
    shows(opened, "Saved ")
    kept = opened.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "secret" not in kept


def test_a_page_that_is_not_ours_is_not_taken_for_saved(opened, problems):
    """A captive portal answers 200 with its own page."""
    opened.route(
        "**/writing/save/**",
        lambda route: route.fulfill(
            status=200, content_type="text/html", body="<h1>Welcome to the hotel</h1>"
        ),
    )
    opened.keyboard.type("x")
    shows(opened, "Not saved: the server does not answer. Your text is kept in this browser")
    opened.unroute("**/writing/save/**")
    shows(opened, "Saved ")


def test_a_lost_answer_saves_once(opened, stored, note, problems):
    """The server commits, the answer never comes: the retry with the same key makes no second."""
    problems.allow(REFUSED)
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    opened.route("**/writing/save/**", lose)
    opened.keyboard.type("once")
    shows(opened, "Not saved: the server does not answer.")
    while len(lost) < 2:
        opened.evaluate("dispatchEvent(new Event('online'))")
        opened.wait_for_timeout(20)
    shows(opened, "Saved ")
    assert lost == [200, 200]
    assert stored() == "once"
    assert Revision.objects.of(note).count() == 1


def test_offline_says_so_and_saves_on_return(opened, stored, problems):
    """Offline in the middle of an attempt: red and true, kept, sent on return."""
    problems.allow("ERR_INTERNET_DISCONNECTED")
    opened.keyboard.type("before ")
    shows(opened, "Saved ")
    opened.context.set_offline(True)
    opened.keyboard.type("during ")
    shows(opened, "Not saved: offline. Your text is kept in this browser and will be sent.")
    expect(opened.locator("[data-save-state]")).to_have_attribute("data-state", "offline")
    assert drafts_in_store(opened) == ["before during "]
    assert stored() == "before "
    opened.context.set_offline(False)
    shows(opened, "Saved ")
    assert stored() == "before during "


def drafts_in_store(page) -> list[str]:
    drafts = stored_in_browser(page, "prepsite-drafts", "drafts")
    return [draft["fields"]["text"] for draft in drafts]


def test_signed_out_waits_for_a_sign_in_in_another_tab(opened, site, stored, problems, note):
    """The session ends; signing in elsewhere brings a new CSRF token; the text is saved."""
    problems.allow(REFUSED)
    Session.objects.all().delete()
    opened.keyboard.type("kept meanwhile")
    shows(opened, "Signed out. Sign in in another tab. Your text is kept in this browser")
    assert stored() == ""
    with opened.context.expect_page() as popup:
        opened.get_by_role("link", name="Sign in", exact=True).click()
    other = popup.value
    other.locator("input[name=login]").fill("alice")
    other.locator("input[name=password]").fill(PASSWORD)
    other.locator("form:has(input[name=password])").evaluate("form => form.requestSubmit()")
    other.wait_for_url(lambda url: "login" not in url)
    other.close()
    opened.bring_to_front()
    opened.evaluate("dispatchEvent(new Event('focus'))")
    shows(opened, "Saved ")
    assert stored() == "kept meanwhile"
    token = opened.locator("form[data-autosave] [name=csrfmiddlewaretoken]").input_value()
    assert token in opened.locator("body").get_attribute("hx-headers")


def test_somebody_elses_session_takes_none_of_it(opened, sign_in, stored, problems, address):
    """Bob signs in in the same browser: Alice's page does not save as him, and he sees nothing."""
    problems.allow(REFUSED)
    bob = UserFactory(username="bob")
    his = Note.objects.create(owner=bob)
    opened.context.clear_cookies()
    sign_in(opened, bob)
    opened.keyboard.type("alice's words")
    shows(opened, "Signed out.")
    other = opened.context.new_page()
    other.goto(opened.url.replace(address.split("/sample")[1], f"/{his.pk}/"))
    assert drafts_in(other) == []
    assert other.locator("#text").input_value() == ""
    assert drafts_in_store(other) == ["alice's words"]
    assert stored() == ""
    assert not Revision.objects.exists()


def test_finished_note_keeps_the_late_words_in_its_history(opened, note, stored, problems):
    problems.allow(REFUSED)
    Note.objects.filter(pk=note.pk).update(finished_at="2026-01-01T00:00Z")
    opened.keyboard.type("too late")
    shows(opened, "This note is finished and can no longer be changed. Your last words are in")
    assert stored() == ""
    assert Revision.objects.of(note).get().texts()["text"] == "too late"
    expect(opened.locator("#text")).not_to_be_editable()


def test_refused_text_stays_and_can_be_mended(opened, stored, problems):
    problems.allow(REFUSED)
    opened.locator("#title").fill("x" * 81)
    shows(opened, "Title is 81 characters long; the most that fits is 80.")
    opened.locator("#title").fill("y" * 80)
    shows(opened, "Saved ")


def test_ctrl_s_and_the_button_save_without_leaving(opened, stored):
    opened.keyboard.type("one")
    opened.keyboard.press("Control+s")
    shows(opened, "Saved ")
    opened.keyboard.type(" two")
    opened.get_by_role("button", name="Save", exact=True).click()
    expect(opened.locator("[name=version]").first).to_have_value("3")
    assert stored() == "one two"


def test_a_form_that_htmx_brings_is_joined_and_unsaved_words_survive_it(opened, stored, problems):
    problems.allow(REFUSED)
    opened.route("**/writing/save/**", lambda route: route.abort())
    opened.keyboard.type("not yet sent")
    shows(opened, "Not saved")
    with opened.expect_response("**/part/"):
        opened.get_by_role("button", name="Swap").click()
    expect(opened.locator("#text")).to_have_value("not yet sent")
    shows(opened, "Not saved")
    opened.unroute("**/writing/save/**")
    opened.locator("#text").press("End")
    opened.keyboard.type(", and more")
    shows(opened, "Saved ")
    assert stored() == "not yet sent, and more"


def test_a_form_that_htmx_brings_while_one_types_leaves_the_caret(opened, stored):
    held = []
    opened.route("**/part/", lambda route: held.append(route))
    opened.get_by_role("button", name="Swap").click()
    until(lambda: held, "the form is asked for", page=opened)
    opened.locator("#text").focus()
    opened.keyboard.type("not the end")
    for _ in range(len("the end")):
        opened.keyboard.press("ArrowLeft")
    before = opened.locator("#text").element_handle()
    held.pop().continue_()
    until(lambda: not before.evaluate("text => text.isConnected"), "the form comes", page=opened)
    opened.keyboard.type("yet ")
    expect(opened.locator("#text")).to_have_value("not yet the end")
    shows(opened, "Saved ")
    assert stored() == "not yet the end"


def test_a_form_that_goes_elsewhere_takes_its_saved_text_along(opened, note, stored, site):
    """A form with more than text posts to its room: the text is saved first, the version fresh."""
    form = opened.locator("form[data-autosave]")
    form.evaluate("(form, to) => { form.action = to; form.method = 'get'; }", f"{site}/offline/")
    opened.keyboard.type("on the way")
    form.evaluate("form => form.requestSubmit()")
    opened.wait_for_url("**/offline/**")
    assert "version=2" in opened.url
    assert stored() == "on the way"


def test_a_form_goes_on_when_the_save_on_its_way_is_answered(opened, stored, site):
    """And the words that came after that save go first."""
    form = opened.locator("form[data-autosave]")
    form.evaluate("(form, to) => { form.action = to; form.method = 'get'; }", f"{site}/offline/")
    held = []
    opened.route("**/writing/save/**", lambda route: held.append(route), times=1)
    opened.keyboard.type("on the way")
    until(lambda: held, "the save is on its way", page=opened)
    opened.keyboard.type(", and more")
    form.evaluate("form => form.requestSubmit()")
    held.pop().continue_()
    opened.wait_for_url("**/offline/**")
    assert "version=3" in opened.url
    assert stored() == "on the way, and more"


def sent_by_htmx(page, note, attribute: str, value: str) -> None:
    """Have htmx send the form, to the address that answers with the form alone."""
    page.locator("form[data-autosave]").evaluate(
        """(form, [to, attribute, value]) => {
          form.action = to;
          form.setAttribute("hx-post", to);
          form.setAttribute(attribute, value);
          htmx.process(form);
        }""",
        [f"/sample/{note.pk}/part/", attribute, value],
    )


def test_a_form_that_htmx_sends_leaves_no_draft(opened, note):
    sent = []
    opened.on("request", lambda request: sent.append(request.post_data))
    sent_by_htmx(opened, note, "hx-target", "#part")
    opened.keyboard.type("by htmx")
    opened.locator("#text").evaluate("text => text.form.requestSubmit()")
    expect(opened.locator("#text")).to_have_value("")
    assert any("text=by%20htmx" in (body or "") for body in sent)
    assert drafts_in(opened) == []
    assert not Revision.objects.exists()


def test_words_typed_while_htmx_sends_the_form_are_saved_after_it(opened, note, stored):
    """The form stays where it is; what came after the press goes the usual way."""
    sent_by_htmx(opened, note, "hx-swap", "none")
    held = []
    opened.route("**/part/", lambda route: held.append(route))
    opened.keyboard.type("handed over")
    opened.locator("#text").evaluate("text => text.form.requestSubmit()")
    until(lambda: held, "the form is on its way", page=opened)
    opened.keyboard.type(", and more")
    held.pop().continue_()
    shows(opened, "Saved ")
    assert stored() == "handed over, and more"


def test_without_javascript_the_form_saves_and_shows_a_conflict(
    browser, site, sign_in, note, address, stored
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, note.owner)
    page.goto(address)
    page.locator("#text").fill("plain words")
    Note.objects.filter(pk=note.pk).update(text="words from elsewhere")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Two versions of one text")).to_be_visible()
    assert stored() == "words from elsewhere"
    expect(page.locator("del")).to_contain_text("elsewhere")
    page.get_by_role("button", name="Keep mine").click()
    page.wait_for_url(address)
    assert stored() == "plain words"
    context.close()


def test_pages_of_writing_have_no_accessibility_violations(opened, axe, note, site):
    opened.keyboard.type("one two")
    shows(opened, "Saved ")
    assert axe(opened) == []
    for view in ("history", "compare"):
        path = reverse(f"writing:{view}", args=["sample.note", note.pk])
        opened.goto(f"{site}{path}?a={Revision.objects.of(note).first().pk}")
        assert axe(opened) == []


def test_history_page_names_compares_and_restores(opened, note, stored, site):
    opened.keyboard.type("first")
    shows(opened, "Saved ")
    Note.objects.filter(pk=note.pk).update(text="second words")
    opened.get_by_role("link", name="History").click()
    expect(opened.locator(".entry")).to_have_count(2)
    entry = opened.locator(".entry").last
    entry.get_by_text("Name it").click()
    entry.get_by_label("Name").fill("told at Acme")
    entry.get_by_role("button", name="Keep the name").click()
    expect(opened.get_by_text("told at Acme", exact=True)).to_be_visible()
    opened.locator(".entry").last.locator("time").click()
    expect(opened.locator("ins")).to_contain_text("second words")
    opened.get_by_role("button", name="Restore the earlier text").click()
    expect(opened.locator("#text")).to_have_value("first")
    expect(opened.locator("#toasts")).to_contain_text("Restored")
    assert stored() == "first"
