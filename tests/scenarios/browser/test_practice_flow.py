"""A whole attempt in a browser: with the mouse, with the keyboard alone, and without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scenarios.attempts import Attempt
from scenarios.sheets import AskedQuestion, AttemptChoice, DesignSheet, DrillDownSheet
from tests.browser import PATIENCE
from tests.scenarios.browser.conftest import attempt_at, move_clock, saved
from tests.scenarios.practice import scenario
from tests.waiting import until
from writing.diagrams import Diagram
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTIONS = ["How many buyers arrive after a show?", "May it be oversold?", "Which availability?",
             "Who runs this at night?", "What is the MVP?"]  # fmt: skip


def test_forty_five_minutes(page, site, sign_in, alice):
    """Every phase, with the clock moved: asked, drawn, chosen, interrupted, compared and scored."""
    shop = scenario()
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/{shop.key}/")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("h1")).to_have_text("Clarify")
    attempt = Attempt.objects.get()
    page.wait_for_load_state()

    for number, text in enumerate(QUESTIONS, 1):
        page.locator("#question").fill(text)
        page.locator("#question").press("Enter")
        expect(page.locator(".lines .asked")).to_have_count(number)
        expect(page.locator("#question")).to_be_focused()
    expect(page.locator(".lines .asked").first).to_contain_text("About 40,000, for 20 minutes.")
    page.locator("#scope").fill("The shop, not the tickets.")
    move_clock(attempt, 9)
    page.get_by_role("button", name="Next: high level").click()

    expect(page.locator("h1")).to_have_text("High level")
    for box in ("Client", "CDN", "Service"):
        page.get_by_role("button", name=box, exact=True).click()
        expect(page.locator("#start option")).to_contain_text([box])
    page.locator("#start").select_option(label="Client")
    page.locator("#end").select_option(label="CDN")
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("#start")).to_have_value("cdn")
    page.locator("#end").select_option(label="Service")
    page.get_by_role("button", name="Connect").click()
    expect(page.locator(".sketch img")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=re.compile("Quote in the design: How many")).click()
    expect(page.locator("#design")).to_have_value(re.compile("About 40,000"))
    move_clock(attempt, 9)
    page.get_by_role("button", name="Next: drill down").click()

    expect(page.locator("h1")).to_have_text("Drill down")
    page.locator("#bottleneck").fill("One database takes 33 orders a second with ease.")
    page.locator("#schema").fill("orders by buyer")
    page.get_by_role("button", name="Add a choice").click()
    expect(page.locator(".choice input[name=name]")).to_be_focused()
    page.keyboard.type("CloudFront")
    page.locator(".choice textarea").fill("It takes the spike away.")
    expect(page.locator(".follow-up")).to_have_count(1)
    saved(page, "#sheet")
    saved(page, ".choice")
    move_clock(attempt, 18)
    page.reload()
    expect(page.locator(".follow-up")).to_have_count(2)
    page.locator(".follow-up textarea").nth(1).fill("Readers first, then shards.")
    page.get_by_role("button", name="Next: wrap up").click()

    expect(page.locator("h1")).to_have_text("Wrap up")
    move_clock(attempt, 7)
    page.reload()
    expect(page.locator("#clock")).to_contain_text("over: go on, nothing is cut off")
    page.locator("#more_time").fill("Tracing.")
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.locator("main")).to_contain_text("Every part has something in it.")
    page.get_by_role("button", name="Finish and compare").click()

    expect(page.locator("#questions")).to_contain_text("they cover 5 of the model’s 5")
    for text in ("The shop, not the tickets.", "33 orders a second", "orders by buyer", "Tracing.",
                 "Readers first, then shards.", "It takes the spike away"):  # fmt: skip
        expect(page.locator("main")).to_contain_text(text)
    expect(page.locator("#choices")).to_contain_text("You share 1 with the model")
    page.get_by_role("link", name="Score it").click()
    for signal in page.locator(".signal").all():
        signal.locator("input").nth(1).check()
    page.get_by_role("button", name="Keep the score").click()
    expect(page.locator(".score")).to_contain_text("5")
    page.locator("#next_time").fill("Name the cost.")
    saved(page, "form:has(#next_time)")
    attempt = Attempt.objects.get()
    spent = [row.elapsed for row in attempt.reading(timezone.now()).phases]
    budget = [timedelta(minutes=n) for n in (9, 9, 18, 7)]
    assert all(
        timedelta() <= a - b < timedelta(minutes=2) for a, b in zip(spent, budget, strict=True)
    )
    assert (attempt.covered, attempt.prepared, attempt.reflection.total) == (5, 5, 5)


def test_without_a_script_no_button_leaves_a_text_behind(site, browser, sign_in, alice):
    attempt = attempt_at(alice, 18)
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/attempts/{attempt.pk}/drill-down/")
    page.locator("#add-choice").click()
    page.locator("#bottleneck").fill("The disk.")
    page.locator(".choice [name=name]").fill("SQS")
    page.locator(".choice [name=name]").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Saved at")
    expect(page.locator("#bottleneck")).to_have_value("The disk.")
    page.locator("#schema").fill("Orders by buyer.")
    page.locator(".choice [name=why]").fill("Orders wait.")
    page.locator("#pause").click()
    expect(page.locator("#pause")).to_have_text("Resume")
    expect(page.locator("#schema")).to_have_value("Orders by buyer.")
    page.locator("#schema").fill("Orders by hour.")
    page.locator(".choice .remove").click()
    expect(page.locator(".choice")).to_have_count(0)
    assert attempt.choices.get().why == "Orders wait."
    page.goto(f"{site}/scenarios/attempts/{attempt.pk}/clarify/")
    page.locator("#scope").fill("The shop.")
    page.locator("#question").fill("How many buyers arrive after a show?")
    page.locator("#question").press("Enter")
    expect(page.locator(".lines .asked")).to_contain_text("About 40,000")
    expect(page.locator("#scope")).to_have_value("The shop.")
    page.context.close()


def test_the_keyboard_is_enough(page, desk, alice):
    """No mouse: ask, move on, add two boxes, join them, choose, finish."""
    attempt = attempt_at(alice, 5)
    desk(attempt)

    def tab_to(selector):
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    tab_to("#question")
    for number, text in enumerate(QUESTIONS, 1):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(".lines .asked")).to_have_count(number)
        expect(page.locator("#question")).to_be_focused()
    tab_to("#scope")
    page.keyboard.type("The shop.")
    tab_to(".onward button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("High level")
    tab_to("button[value=client]")
    page.keyboard.press("Enter")
    tab_to("button[value=cdn]")
    page.keyboard.press("Enter")
    expect(page.locator("#start option")).to_have_count(3)
    tab_to("#start")
    page.keyboard.press("ArrowDown")
    tab_to("#end")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to("button[name=connect]")
    page.keyboard.press("Enter")
    expect(page.locator("#diagram")).to_have_value(re.compile("client --> cdn"))
    tab_to(".onward button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Drill down")
    assert DesignSheet.objects.get().diagram.strip().endswith("client --> cdn")
    tab_to("#add-choice")
    page.keyboard.press("Enter")
    expect(page.locator(".choice input[name=name]")).to_be_focused()
    page.keyboard.type("SQS")
    saved(page, ".choice")
    tab_to(".onward button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Wrap up")
    assert AttemptChoice.objects.get().name == "SQS"
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#pause")).to_have_text("Resume")
    page.keyboard.press("p")
    expect(page.locator("#pause")).to_have_text("Pause")
    tab_to(".onward button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Finish after")
    tab_to("main .button.first")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("A band’s shop after the concert")
    assert Attempt.objects.get().finished_at


def test_without_a_script_everything_is_a_form(browser, site, sign_in, alice):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/{scenario().key}/")
    page.get_by_role("button", name="Start").click()
    for number, text in enumerate(QUESTIONS[:2], 1):
        page.locator("#question").fill(text)
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.locator(".lines .asked")).to_have_count(number)
    page.locator("#scope").fill("The shop.")
    page.get_by_role("button", name="Next: high level").click()
    expect(page.locator("h1")).not_to_contain_text("You have asked")
    page.get_by_role("button", name="Go on all the same").click()
    page.locator("#design").fill("CDN first.")
    page.get_by_role("button", name="Client", exact=True).click()
    page.get_by_role("button", name="CDN", exact=True).click()
    page.locator("#start").select_option("client")
    page.locator("#end").select_option("cdn")
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("button", name=re.compile("Quote in the design")).first.click()
    expect(page.locator("#design")).to_have_value(re.compile("About 40,000"))
    expect(page.locator("#design")).to_have_value(re.compile("CDN first."))
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#clock")).to_contain_text("Paused")
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="Next: drill down").click()
    page.locator("#bottleneck").fill("The database.")
    page.get_by_role("button", name="Add a choice").click()
    page.locator(".choice input[name=name]").fill("SQS")
    page.locator(".choice").get_by_role("button", name="Save").click()
    assert page.locator("#bottleneck").input_value() == "The database."
    page.get_by_role("button", name="Next: wrap up").click()
    page.locator("#more_time").fill("Tracing.")
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("button", name="Finish and compare").click()
    for text in ("The shop.", "CDN first.", "SQS", "The database.", "Tracing."):
        expect(page.locator("main")).to_contain_text(text)
    page.get_by_role("link", name="Score it").click()
    page.locator(".signal input").nth(1).check()
    page.get_by_role("button", name="Keep the score").click()
    page.locator("#next_time").fill("Name the cost.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#next_time")).to_have_value("Name the cost.")
    context.close()
    row = DesignSheet.objects.get()
    assert row.diagram.splitlines()[-1] == "  client --> cdn"
    assert DrillDownSheet.objects.get().bottleneck == "The database."


def test_the_clock_ticks_from_the_servers_seconds(page, desk, alice):
    attempt = attempt_at(alice, 0)
    page.clock.install()
    desk(attempt)
    expect(page.locator("[data-clock-time]")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))
    page.clock.run_for(60_000)
    expect(page.locator("[data-clock-time]")).to_have_text(re.compile(r"^8:5\d|9:00$"))
    page.clock.run_for(11 * 60_000)
    expect(page.locator("#clock")).to_have_class(re.compile("over"))
    expect(page.locator("[data-clock-words]")).to_contain_text("nothing is cut off")
    expect(page.locator("#said")).to_contain_text("used up")


def test_a_page_that_slept_asks_the_server(page, desk, alice):
    attempt = attempt_at(alice, 2)
    desk(attempt)
    move_clock(attempt, 5)
    assert not page.locator("[data-clock-time]").inner_text().startswith("2:")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-clock-time]")).to_have_text(re.compile(r"^2:5\d|3:00$"))
    attempt.finish(timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#clock")).to_contain_text("Finished.")


def test_a_pause_on_another_device_is_seen(page, desk, alice):
    attempt = attempt_at(alice, 2)
    desk(attempt)
    attempt.pause(timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#clock")).to_contain_text("Paused")
    before = page.locator("[data-clock-time]").inner_text()
    page.wait_for_timeout(1_200)
    assert page.locator("[data-clock-time]").inner_text() == before


def test_a_follow_up_comes_while_one_writes_and_takes_nothing_away(page, desk, alice):
    attempt = attempt_at(alice, 24.95)
    desk(attempt, "drill-down")
    expect(page.locator(".follow-up")).to_have_count(1)
    page.locator(".follow-up textarea").first.fill("Half an ans")
    expect(page.locator(".follow-up")).to_have_count(2)
    expect(page.locator("#toasts")).to_contain_text("Ten times the traffic tomorrow.")
    expect(page.locator(".follow-up textarea").first).to_have_value("Half an ans")
    page.get_by_role("link", name="Answer").click()
    page.locator(".follow-up textarea").nth(1).fill("Readers first.")
    saved(page, ".follow-up:nth-child(2)")
    assert attempt.follow_ups.get(position=2).text == "Readers first."


def test_a_mistake_in_the_diagram_keeps_the_last_drawing(page, desk, alice):
    attempt = attempt_at(alice, 10)
    desk(attempt, "high-level")
    page.get_by_role("button", name="Client", exact=True).click()
    expect(page.locator(".sketch img")).to_be_visible(timeout=60_000)
    good = page.locator(".sketch img").get_attribute("src")
    page.get_by_text("The diagram as text").click()
    page.locator("#diagram").fill("flowchart LR\n  client([Client]) -->")
    expect(page.locator("[data-sketch-state]")).to_contain_text(
        re.compile("ine|arrow|expect", re.I), timeout=60_000
    )
    assert page.locator(".sketch img").get_attribute("src") == good
    # "Saved" may still stand there from the drawing before.
    with page.expect_response(lambda answer: "cdn[CDN]" in (answer.request.post_data or "")
                              and "/writing/save/" in answer.url):  # fmt: skip
        page.locator("#diagram").fill("flowchart LR\n  client([Client]) --> cdn[CDN]\n")
    expect(page.locator("[data-sketch-state]")).to_have_text("", timeout=60_000)
    assert page.locator(".sketch img").get_attribute("src") != good
    saved(page, "#sheet")
    assert "cdn[CDN]" in DesignSheet.objects.get().diagram
    assert Diagram.objects.exclude(svg="").count() == 2


def test_a_choice_removed_comes_back_with_its_words(page, desk, alice):
    attempt = attempt_at(alice, 20)
    desk(attempt, "drill-down")
    page.get_by_role("button", name="Add a choice").click()
    page.locator(".choice input[name=name]").fill("Kafka")
    saved(page, ".choice")
    page.locator(".choice button.remove").click()
    expect(page.locator(".choice")).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(".choice input[name=name]")).to_have_value("Kafka")


def test_asking_while_the_answer_is_on_its_way_asks_once(page, desk, alice):
    attempt = attempt_at(alice, 1)
    desk(attempt)
    page.route("**/ask/**", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.locator("#question").fill(QUESTIONS[0])
    page.locator("#question").press("Enter")
    page.locator("#question").press("Enter")
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(page.locator(".lines .asked")).to_have_count(1)
    page.wait_for_timeout(800)
    assert AskedQuestion.objects.exclude(asked_at=None).count() == 1


def test_the_next_question_may_be_begun_before_the_answer_is_there(page, desk, alice):
    """On a slow line one types on in the same field: the words belong to the next question."""
    attempt = attempt_at(alice, 1)
    desk(attempt)
    held = []
    page.route("**/ask/**", lambda route: held.append(route))
    page.locator("#question").fill(QUESTIONS[0])
    page.locator("#question").press("Enter")
    until(lambda: held, "the question is on its way", page=page)
    page.keyboard.type(" " + QUESTIONS[1][:9])
    held.pop().continue_()
    expect(page.locator(".lines .asked")).to_have_count(1)
    expect(page.locator("#question")).to_have_value(QUESTIONS[1][:9])
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(QUESTIONS[1][9:])
    saved(page, ".ask")
    texts = list(AskedQuestion.objects.order_by("position").values_list("text", flat=True)[:3])
    assert texts == [*QUESTIONS[:2], ""]
    assert not Revision.objects.filter(kind="kept").exists()


def test_asking_waits_for_a_save_of_the_same_words(page, desk, alice):
    """Asked beside it, the question would be there first, and the save come too late: a 423."""
    attempt = attempt_at(alice, 1)
    desk(attempt)
    page.wait_for_load_state()
    held = []
    page.route("**/writing/save/**",
               lambda route: route.continue_() if held else held.append(route))  # fmt: skip
    page.locator("#question").press_sequentially(QUESTIONS[0][:20])
    until(lambda: held, "a part of the words is on its way", page=page)
    page.locator("#question").press_sequentially(QUESTIONS[0][20:])
    page.locator("#question").press("Enter")
    page.locator("#question").press("Enter")
    page.keyboard.type(" " + QUESTIONS[1][:9])
    page.wait_for_timeout(500)
    assert not attempt.lines.exclude(asked_at=None).exists()
    held[0].continue_()
    expect(page.locator(".lines .asked")).to_have_count(1)
    expect(page.locator("#question")).to_have_value(QUESTIONS[1][:9])
    page.keyboard.type(QUESTIONS[1][9:])
    page.locator("#question").press("Enter")
    expect(page.locator(".lines .asked")).to_have_count(2)
    asked = AskedQuestion.objects.exclude(asked_at=None).values_list("text", flat=True)
    assert list(asked) == QUESTIONS[:2]
    assert not Revision.objects.filter(kind="kept").exists()
