"""The plan page as people use it: mouse, thumb, keyboard, without JavaScript, and on a bad day."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Item, Plan
from tests.plans.factories import item, plan_of, small_outline, template
from tests.waiting import until
from tests.writing.payloads import payloads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Every one of the payloads with PREPSITE_LONG=1; a third of them otherwise.
EACH = 1 if os.environ.get("PREPSITE_LONG") else 3


def at(plan, name="detail"):
    return reverse(f"plans:{name}", args=[plan.pk])


def tick(page, text):
    return page.get_by_role("button", name=text)


def done(line):
    return Item.objects.get(pk=line.pk).state == "done"


@pytest.fixture
def plan(alice):
    return plan_of(alice)


@pytest.fixture
def opened(page, site, sign_in, alice, plan):
    """The plan page, signed in as alice."""
    sign_in(page, alice)
    page.goto(site + at(plan))
    return page


def test_from_a_template_to_a_ticked_plan(page, site, sign_in, alice):
    template()
    sign_in(page, alice)
    page.goto(site + reverse("plans:list"))
    page.get_by_role("link", name="A small plan").click()
    page.get_by_label("Hours you have").fill("2")
    page.get_by_role("button", name="Start this plan").click()
    expect(page.get_by_text("On pace.")).to_be_visible()
    tick(page, "Lambda: cold starts").click()
    expect(tick(page, "Lambda: cold starts")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    expect(page.locator(".next")).to_contain_text("Queues and topics")
    page.reload()
    expect(tick(page, "Lambda: cold starts")).to_have_attribute("aria-pressed", "true")
    assert done(item(Plan.objects.get(), "Lambda"))


def test_a_tick_is_taken_back(opened, plan):
    tick(opened, "Pipelines").click()
    opened.get_by_role("button", name="Undo").click()
    expect(tick(opened, "Pipelines")).to_have_attribute("aria-pressed", "false")
    expect(opened.get_by_text("0 of 3")).to_be_visible()
    assert not done(item(plan, "Pipelines"))


def test_many_ticks_are_said_once(opened):
    """The list stays in sight while one goes down it; the Undo is that of the last tick."""
    for text in ("Lambda: cold starts", "Queues and topics", "Pipelines"):
        tick(opened, text).click()
        expect(tick(opened, text)).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".toast p")).to_have_text(["Done."])
    opened.get_by_role("button", name="Undo").click()
    expect(tick(opened, "Pipelines")).to_have_attribute("aria-pressed", "false")
    expect(tick(opened, "Queues and topics")).to_have_attribute("aria-pressed", "true")


def test_a_double_click_ticks_once(opened, plan):
    tick(opened, "Lambda: cold starts").dblclick()
    expect(opened.get_by_text("1 of 3")).to_be_visible()
    assert done(item(plan, "Lambda"))


def test_ticks_on_a_slow_line_never_show_what_was_before(opened, plan):
    """The answer to the first comes late: the second's would be there before it."""
    held = []

    def late(route):
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    opened.route("**/tick/", late)
    tick(opened, "Lambda: cold starts").click()
    until(lambda: held, "the first is ticked", page=opened)
    tick(opened, "Queues and topics").click()
    tick(opened, "Queues and topics").click()
    opened.wait_for_timeout(500)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(opened.get_by_text("2 of 3")).to_be_visible()
    for text in ("Lambda: cold starts", "Queues and topics"):
        expect(tick(opened, text)).to_have_attribute("aria-pressed", "true")
    assert done(item(plan, "Lambda")) and done(item(plan, "Queues"))


def test_with_the_keyboard_alone(opened, plan):
    """j and k go through the lines, x ticks, u takes back, Alt with an arrow moves a line."""
    press = opened.keyboard.press
    press("j")
    expect(tick(opened, "Lambda: cold starts")).to_be_focused()
    press("j")
    expect(tick(opened, "Queues and topics")).to_be_focused()
    press("x")
    expect(tick(opened, "Queues and topics")).to_have_attribute("aria-pressed", "true")
    expect(tick(opened, "Queues and topics")).to_be_focused()
    press("k")
    press("Space")
    expect(tick(opened, "Lambda: cold starts")).to_have_attribute("aria-pressed", "true")
    last = reverse("plans:open", args=[item(plan, "Lambda").pk])
    expect(opened.locator("#toasts form")).to_have_attribute("hx-post", last)
    expect(opened.locator(".htmx-request, .htmx-settling, .htmx-added")).to_have_count(0)
    press("u")
    expect(tick(opened, "Lambda: cold starts")).to_have_attribute("aria-pressed", "false")
    tick(opened, "Pipelines").focus()
    with opened.expect_response("**/move/"):
        press("Alt+ArrowUp")
    lines = opened.locator(".lines").first.locator(".item")
    expect(lines.nth(3)).to_contain_text("Pipelines")
    opened.reload()
    expect(lines.nth(3)).to_contain_text("Pipelines")
    expect(lines.nth(4)).to_contain_text("Delivery")


def test_tab_reaches_every_control_and_none_is_a_trap(opened):
    seen = []
    for _ in range(60):
        opened.keyboard.press("Tab")
        seen.append(opened.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
    assert len(set(seen)) > 20
    assert any("tick-" in html for html in seen)


def test_dragging_a_line_between_blocks(opened, plan):
    opened.set_viewport_size({"width": 1280, "height": 1400})
    source = opened.locator(".lines > .item", has_text="Lambda").locator("span").first
    target = opened.locator(".lines > .item", has_text="A blocker removed")
    source.hover()
    opened.mouse.down()
    for _ in range(3):  # the lines make room while one is dragged, so look again where it is
        box = target.bounding_box()
        opened.mouse.move(box["x"] + 80, box["y"] + box["height"] - 4, steps=6)
    assert opened.evaluate("getSelection().toString()") == ""
    with opened.expect_response("**/move/") as answer:
        opened.mouse.up()
    assert answer.value.status == 204
    moved = item(plan, "Lambda")
    assert moved.block == item(plan, "A blocker").block
    opened.reload()
    second = opened.locator(".lines").nth(1).locator(".item")
    expect(second.nth(2)).to_contain_text("Lambda")


def test_a_note_opens_in_place_and_is_kept_as_it_is_typed(opened, plan):
    line = item(plan, "Lambda")
    opened.locator(f"#line-{line.pk} .more").click()
    note = opened.get_by_label("Your note")
    note.fill("Provisioned concurrency ends it, for money.")
    expect(opened.locator("[data-save-state]")).to_contain_text("Saved")
    assert Item.objects.get(pk=line.pk).note == "Provisioned concurrency ends it, for money."
    opened.reload()
    expect(opened.locator(f"#line-{line.pk} .more")).to_have_text("your note")


def test_a_line_is_edited_left_out_and_removed_from_its_panel(opened, plan):
    line = item(plan, "Lambda")
    opened.locator(f"#line-{line.pk} .more").click()
    opened.get_by_role("button", name="Leave it out").click()
    expect(opened.locator(f"#line-{line.pk}")).to_contain_text("Left out")
    opened.locator(f"#line-{line.pk} .more").click()
    opened.get_by_label("Text", exact=True).fill("Lambda again")
    opened.get_by_role("button", name="Change the text").click()
    expect(opened.locator(f"#line-{line.pk}")).to_contain_text("Lambda again")
    opened.locator(f"#line-{line.pk} .more").click()
    opened.locator(".panel").get_by_role("button", name="Remove", exact=True).click()
    expect(opened.locator(f"#line-{line.pk}")).to_have_count(0)
    opened.get_by_role("button", name="Undo").click()
    expect(opened.locator(f"#line-{line.pk}")).to_contain_text("Lambda again")


def test_what_else_can_be_done_opens_over_the_page(opened):
    before = opened.locator("#pace").bounding_box()
    opened.locator("summary", has_text="More").click()
    expect(opened.get_by_role("link", name="Save as Markdown")).to_be_visible()
    assert opened.locator("#pace").bounding_box() == before


def test_an_open_panel_stays_while_lines_are_ticked(opened, plan):
    """Its own line, and the one that becomes the next, are drawn again under it."""
    queues = item(plan, "Queues")
    opened.locator(f"#line-{queues.pk} .more").click()
    note = opened.get_by_label("Your note")
    note.fill("FIFO orders by group.")
    tick(opened, "Lambda: cold starts").click()
    expect(opened.locator(f"#line-{queues.pk}.next")).to_be_visible()
    expect(note).to_have_value("FIFO orders by group.")
    tick(opened, "Queues and topics").click()
    expect(opened.locator(f"#line-{queues.pk}.done")).to_be_visible()
    # "Saved" may still stand there from the words before.
    with opened.expect_response(lambda answer: "Yes." in (answer.request.post_data or "")):
        note.press_sequentially(" Yes.")
    assert Item.objects.get(pk=queues.pk).note == "FIFO orders by group. Yes."
    note.press("Escape")
    expect(note).to_have_count(0)
    expect(opened.locator(f"#line-{queues.pk} .more")).to_be_focused()


def test_a_line_drawn_again_leaves_the_saved_words_in_its_panel(opened, plan):
    """They are not what the panel was opened with."""
    queues = item(plan, "Queues")
    opened.locator(f"#line-{queues.pk} .more").click()
    note = opened.get_by_label("Your note")
    note.fill("FIFO orders by group.")
    expect(opened.locator(".panel [data-save-state]")).to_have_attribute("data-state", "saved")
    for state in (".done", ":not(.done)"):
        tick(opened, "Queues and topics").click()
        expect(opened.locator(f"#line-{queues.pk}{state}")).to_be_visible()
        expect(opened.locator(".htmx-settling")).to_have_count(0)
        expect(note).to_have_value("FIFO orders by group.")


def test_the_focus_stays_near_a_line_that_was_removed(opened, plan):
    line = item(plan, "Lambda")
    opened.locator(f"#line-{line.pk} .more").click()
    # Until htmx has taken the new panel in, its button is a plain one that loads the page again.
    expect(opened.get_by_label("Your note")).to_be_focused()
    opened.locator(".panel").get_by_role("button", name="Remove", exact=True).press("Enter")
    expect(opened.locator(f"#line-{line.pk}")).to_have_count(0)
    expect(tick(opened, "Queues and topics")).to_be_focused()


def test_a_line_is_removed_on_its_own_page(opened, site, plan):
    line = item(plan, "Lambda")
    opened.goto(f"{site}{reverse('plans:item', args=[line.pk])}")
    opened.get_by_role("button", name="Remove", exact=True).click()
    opened.wait_for_url(f"**{at(plan)}*")
    expect(opened.locator(f"#line-{line.pk}")).to_have_count(0)
    opened.get_by_role("button", name="Undo").click()
    expect(opened.locator(f"#line-{line.pk}")).to_be_visible()


def test_the_clock_throws_nobody_out_who_is_writing(opened, plan, problems):
    problems.allow("401|htmx:responseError")
    opened.locator(f"#line-{item(plan, 'Lambda').pk} .more").click()
    opened.get_by_label("Your note").fill("In the middle of a")
    opened.context.clear_cookies(name="sessionid")
    opened.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(opened.locator("#toasts")).to_contain_text("you are signed out")
    expect(opened.get_by_label("Your note")).to_have_value("In the middle of a")


def test_a_tick_that_did_not_arrive_is_not_shown_as_one(opened, plan, problems):
    problems.allow("ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")
    opened.context.set_offline(True)
    tick(opened, "Pipelines").click()
    expect(opened.locator("#toasts .toast")).to_be_visible()
    expect(tick(opened, "Pipelines")).to_have_attribute("aria-pressed", "false")
    opened.context.set_offline(False)
    opened.locator("#toasts").get_by_role("button", name="Retry").click()
    expect(tick(opened, "Pipelines")).to_have_attribute("aria-pressed", "true")
    expect(opened.get_by_text("1 of 3")).to_be_visible()
    assert done(item(plan, "Pipelines"))


def test_a_clock_that_cannot_ask_keeps_quiet(opened, problems):
    """Every minute a red message, for nothing that anybody did: the banner says it once."""
    problems.allow("ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")
    opened.context.set_offline(True)
    opened.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("htmx:sendError", () => done(null), { once: true });
            document.dispatchEvent(new Event("visibilitychange"));
        })"""
    )
    expect(opened.locator("#offline")).to_be_visible()
    expect(opened.locator(".toast")).to_have_count(0)
    opened.context.set_offline(False)


def test_signed_out_in_another_tab_a_tick_leads_to_the_door(opened, alice, plan):
    opened.context.clear_cookies(name="sessionid")
    tick(opened, "Pipelines").click()
    expect(opened.get_by_role("heading", name="Sign in")).to_be_visible()
    assert at(plan) in opened.url.replace("%2F", "/")


def test_everything_works_without_javascript(browser, site, client_of, alice):
    template()
    context = browser.new_context(java_script_enabled=False)
    value = client_of(alice).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
    page = context.new_page()
    page.goto(site + reverse("plans:template", args=["small"]))
    page.get_by_role("button", name="Start this plan").click()
    tick(page, "Lambda: cold starts").click()
    expect(tick(page, "Lambda: cold starts")).to_have_attribute("aria-pressed", "true")
    line = item(Plan.objects.get(), "Lambda")
    page.locator(f"#line-{line.pk} .more").click()
    page.get_by_label("Your note").fill("By the form alone.")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{site}{reverse('plans:item', args=[line.pk])}")
    expect(page.get_by_label("Your note")).to_have_value("By the form alone.")
    page.get_by_role("button", name="Move down").click()
    page.get_by_label("Add an item of your own").fill("Sleep")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(tick(page, "Sleep")).to_be_visible()
    page.locator("summary", has_text="More").click()
    page.get_by_role("button", name="Run it again").click()
    expect(page.get_by_text("run 2")).to_be_visible()
    context.close()


def test_no_payload_in_a_note_or_a_line_runs(page, site, sign_in, alice, browser):
    """Hundreds of payloads as notes and as items, opened in a browser: 0 executed, 0 reported.

    Rendered with and without the page's CSP: the sanitiser holds by itself.
    """
    chosen = [text for text in payloads() if text.strip()][::EACH]
    plan = plan_of(alice, small_outline())
    block = plan.blocks.first()
    Item.objects.bulk_create(
        Item(owner=alice, plan=plan, block=block, text=text, note=text, position=100 + n)
        for n, text in enumerate(chosen)
    )
    notes = "".join(Item.objects.filter(plan=plan).values_list("note_html", flat=True))
    assert len(chosen) >= 500 // EACH
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.expose_function("reportRun", lambda: ran.append("called"))
    sign_in(page, alice)
    page.goto(site + at(plan))
    provoke = """() => {
      window.alert = window.confirm = window.prompt = () => window.reportRun();
      for (const e of document.querySelectorAll("main *")) {
        for (const name of ["mouseover", "focus", "error", "load", "toggle", "pointerdown"])
          e.dispatchEvent(new Event(name));
      }
      for (const a of document.querySelectorAll(".lines a:not(.more)"))
        if (a.protocol === "javascript:") window.reportRun();
    }"""
    page.evaluate(provoke)
    assert ran == []
    bare = browser.new_context().new_page()
    bare.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    bare.set_content(f"<main>{notes}</main>", wait_until="domcontentloaded")
    bare.expose_function("reportRun", lambda: ran.append("called"))
    bare.evaluate(provoke)
    assert ran == []
    # The control: unsanitised, the same payloads do run.
    bare.set_content("<main>" + "".join(chosen[:60]) + "</main>", wait_until="domcontentloaded")
    bare.wait_for_timeout(300)
    assert ran
    bare.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_the_room_is_accessible(page, site, sign_in, alice, axe, plan, width):
    row = template()
    plan.set_pace(plan.created_at, 60)
    sign_in(page, alice)
    page.set_viewport_size({"width": width, "height": 844})
    line = item(plan, "Lambda")
    urls = [
        reverse("plans:list"), reverse("plans:upload"), reverse("plans:template", args=[row.key]),
        at(plan), at(plan, "pace"), at(plan, "edit"), at(plan, "print"),
        reverse("plans:item", args=[line.pk]),
    ]  # fmt: skip
    for url in urls:
        page.goto(site + url)
        if url == at(plan):
            page.locator(f"#line-{line.pk} .more").click()
            expect(page.get_by_label("Your note")).to_be_visible()
        assert axe(page) == [], url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
