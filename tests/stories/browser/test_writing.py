"""Writing a story in a real browser: the whole way, and how its pages look."""

import pytest
from playwright.sync_api import expect

from stories.models import Metric, Shows, Story
from tests.look.test_base import TARGETS, WIDER
from tests.stories.browser.conftest import saved
from tests.stories.factories import (
    AngleFactory,
    CompetencyFactory,
    MetricFactory,
    StoryFactory,
    theme,
    written,
)
from tests.stories.test_story_page import guided
from tests.waiting import until
from tests.writing.payloads import payloads
from writing.text import clean_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NASTY = ("\N{ZERO WIDTH JOINER}e\u0301\u202e abc", "👩‍👩‍👧 𝕏", "a\u0000b", "</textarea><b>",
         "'; DROP TABLE stories_story; --", "{{ 7*7 }}{% now 'Y' %}", "\u2028line", "%00 %0A &amp;",
         "x" * 3000)  # fmt: skip


def test_a_first_story_from_a_guide(page, site, sign_in, alice):
    guided()
    CompetencyFactory(key="ownership")
    sign_in(page, alice)
    page.goto(f"{site}/stories/")
    page.get_by_role("link", name="Write the first story").click()
    page.get_by_role("button", name="Modernization").click()
    page.wait_for_url("**/stories/*/")  # until its scripts listen for Enter
    page.locator("#title").fill("The dashboard")
    page.locator("#title").press("Enter")
    expect(page.locator("#situation")).to_be_focused()
    page.get_by_text("Why was it failing?").click()
    expect(page.get_by_text("Name the symptom in a number.")).to_be_visible()
    page.locator("#situation").fill("It took **40 seconds**.")
    page.locator("#part-situation .as-read summary").click()
    expect(page.locator("#part-situation .prose strong")).to_have_text("40 seconds")
    page.locator("#situation").fill("It took *ages*.")
    expect(page.locator("#part-situation .prose em")).to_have_text("ages")
    saved(page)

    page.get_by_label("Status").select_option("draft")
    until(lambda: Story.objects.get().status == "draft", "the status is stored")
    page.get_by_role("button", name="Add a metric").click()
    expect(page.get_by_label("What was measured")).to_be_focused()
    page.keyboard.type("Time to answer")
    page.get_by_label("Before").fill("40")
    until(lambda: Metric.objects.get().before == "40", "the metric is stored")
    page.get_by_text("Change", exact=True).click()
    page.get_by_role("button", name="Ownership: primary").click()
    expect(page.get_by_role("button", name="Ownership: primary")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert Shows.objects.get().primary
    page.get_by_role("link", name="Stories").first.click()
    expect(page.locator(".rows li")).to_contain_text("Time to answer")


def test_a_guide_chosen_later_comes_beside_the_text_that_stays(page, open_story, alice):
    guided()
    open_story(written(alice))
    page.locator("#situation").fill("Typed and not yet saved")
    page.get_by_label("Guide").select_option("modernization")
    page.locator("#guide-situation summary").first.click()
    expect(page.get_by_text("Why was it failing?")).to_be_visible()
    expect(page.locator("#situation")).to_have_value("Typed and not yet saved")
    saved(page)
    assert Story.objects.get().situation == "Typed and not yet saved"


def test_a_removed_metric_comes_back_by_undo_without_leaving_the_page(page, open_story, alice):
    metric = MetricFactory(story=written(alice))
    open_story(metric.story)
    page.get_by_role("button", name="Remove Release time").click()
    expect(page.locator(".metric")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#metric-name-{metric.pk}")).to_have_value("Release time")


def test_nasty_strings_are_stored_or_said_not_to_be(page, open_story, alice):
    row = StoryFactory(owner=alice)
    open_story(row)
    for text in NASTY:
        page.locator("#action").evaluate(
            "(e, t) => { e.value = t; e.dispatchEvent(new Event('input', {bubbles: true})) }", text
        )
        until(lambda t=text: Story.objects.get().action == clean_text(t), "it is stored")
        saved(page)


def test_no_payload_runs_in_a_preview(page, open_story, alice, problems):
    """A seventh of them, as they read; the sanitiser itself is tested with all of them."""
    problems.allow(r"^CSP: img-src|ERR_")
    row = StoryFactory(owner=alice)
    open_story(row)
    page.evaluate("() => { window.ran = 0; window.alert = () => { window.ran += 1 } }")
    page.locator("#part-action .as-read summary").click()
    every = payloads()[::7]
    for start in range(0, len(every), 150):
        text = "\n\n".join(every[start : start + 150])[:90_000]
        page.locator("#action").fill(f"mark{start}\n\n{text}")
        expect(page.locator("[data-reads=action]")).to_contain_text(f"mark{start}")
    assert page.evaluate("window.ran") == 0
    assert page.locator("[data-reads=action] :is(script, iframe, svg)").count() == 0


@pytest.fixture
def pages(site, page, sign_in, alice):
    row = written(alice, theme=guided(), title="A long title of a story that has to wrap twice")
    row.outline = row.theme
    row.save()
    MetricFactory(story=row)
    AngleFactory(story=row)
    theme("security-data")
    CompetencyFactory(key="ownership")
    sign_in(page, alice)
    return [f"{site}{address}" for address in (
        "/stories/", "/stories/new/", "/stories/bring/", "/stories/own/", row.get_absolute_url(),
    )]  # fmt: skip


def test_every_page_reads_and_reaches_at_every_size(page, pages, axe):
    for size in [(390, 844), (1280, 800)]:
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for address in pages:
            page.goto(address)
            if page.locator(".picker summary").count():
                page.locator(".picker summary").click()
            assert axe(page) == [], (address, size)


def test_a_phone_never_scrolls_sideways_and_a_thumb_hits(page, pages, browser):
    session = page.context.storage_state()
    phone = browser.new_context(storage_state=session, has_touch=True, is_mobile=True)
    page = phone.new_page()
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for address in pages:
            page.goto(address)
            assert page.evaluate(WIDER) == 0, (width, address)
            assert page.evaluate(TARGETS) == [], (width, address)
    phone.close()


def test_the_pages_of_the_room_stand_in_one_line_of_a_phone(page, site, sign_in, alice):
    sign_in(page, alice)
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("", "coverage/", "questions/", "rehearse/"):
        page.goto(f"{site}/stories/{name}")
        tops = page.locator(".tabs a").evaluate_all(
            "links => links.map(link => link.getBoundingClientRect().top)"
        )
        assert (len(tops), len(set(tops))) == (4, 1), name


class TestWithoutScript:
    @pytest.fixture
    def page(self, browser):
        context = browser.new_context(java_script_enabled=False, service_workers="block")
        yield context.new_page()
        context.close()

    def test_a_story_is_written_set_and_given_a_metric(self, page, site, sign_in, alice):
        guided()
        CompetencyFactory(key="ownership")
        sign_in(page, alice)
        page.goto(f"{site}/stories/new/")
        page.get_by_role("button", name="Modernization").click()
        page.locator("#action").fill("I measured.")
        page.locator("#text").get_by_role("button", name="Save").click()
        assert Story.objects.get().action == "I measured."
        page.get_by_label("Status").select_option("solid")
        page.get_by_role("button", name="Apply").click()
        assert Story.objects.get().status == "solid"
        page.get_by_role("button", name="Add a metric").click()
        page.get_by_label("What was measured").fill("Time")
        page.locator(".metric").get_by_role("button", name="Save").click()
        assert Metric.objects.get().name == "Time"
        page.locator(".picker summary").click()
        page.get_by_role("button", name="Ownership: secondary").click()
        assert not Shows.objects.get().primary
        page.locator("#part-action .as-read summary").click()
        expect(page.locator("[data-reads=action]")).to_contain_text("I measured.")

    def test_no_button_leaves_a_text_behind(self, page, site, sign_in, alice):
        """Whatever is pressed, what stands unsaved elsewhere on the page is saved along."""
        row = written(alice)
        metric = MetricFactory(story=row, name="Time")
        sign_in(page, alice)
        page.goto(f"{site}{row.get_absolute_url()}")
        page.locator("#situation").fill("It was slow.")
        page.get_by_label("How it was measured").fill("A stopwatch")
        page.get_by_role("button", name="Add an angle").click()
        expect(page.get_by_label("Company or question")).to_have_count(1)
        expect(page.locator("#situation")).to_have_value("It was slow.")
        page.locator("#task").fill("I had a month.")
        page.get_by_label("Company or question").fill("A bank")
        page.get_by_label("Company or question").press("Enter")
        expect(page.locator("#toasts")).to_contain_text("Saved at")
        page.locator("#result").fill("3 s")
        page.get_by_role("button", name="Remove Time").click()
        expect(page.locator(".metric")).to_have_count(0)
        row.refresh_from_db()
        metric.refresh_from_db()
        assert (row.situation, row.task, row.result) == ("It was slow.", "I had a month.", "3 s")
        assert (metric.measured, row.angles.get().told_to) == ("A stopwatch", "A bank")


def test_the_keyboard_keeps_its_place_in_a_list(page, open_story, alice):
    """What had the focus is of no use any more, or is gone: it goes on at that place."""
    row = written(alice)
    first, _ = (MetricFactory(story=row, position=n, name=f"No {n}") for n in (1, 2))
    open_story(row)
    page.locator(f"#metric-down-{first.pk}").press("Enter")
    expect(page.locator(f"#metric-up-{first.pk}")).to_be_focused()
    page.get_by_role("button", name="Remove No 2").press("Enter")
    expect(page.locator(".metric")).to_have_count(1)
    expect(page.locator(f"#metric-{first.pk} :focus")).to_have_count(1)
    page.get_by_role("button", name="Remove No 1").press("Enter")
    expect(page.get_by_role("button", name="Add a metric")).to_be_focused()
