"""Coverage in a real browser: a newcomer marks a competency and sees the matrix change."""

import re

import pytest
from playwright.sync_api import expect

from stories.models import Competency, Match, Question, Shows
from tests.factories import shipped
from tests.stories.factories import written
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, 844), (1280, 800)]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def content():
    shipped(Competency, Question)


@pytest.fixture
def two(alice, content):
    first = written(alice, title="Releases")
    second = written(alice, title="Export")
    return first, second


def cell(page, story, ref):
    return page.locator(f"#c{story.pk}-{ref}")


def test_a_newcomer_begins_a_story_and_sees_the_matrix_change(
    page, site, sign_in, alice, content, axe
):
    sign_in(page, alice)
    page.goto(f"{site}/stories/coverage/")
    expect(page.locator("#gaps .score")).to_contain_text("0of 25 competencies have a story")
    page.get_by_role("link", name="Ownership", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?next=ownership"))
    expect(page.locator("#next-title")).to_have_text("Ownership")
    page.get_by_role("button", name="Begin this story").click()
    expect(page).to_have_url(re.compile(r"/stories/\d+/$"))
    page.goto(f"{site}/stories/coverage/")
    expect(page.locator("#gaps .score")).to_contain_text("1of 25 competencies has a story")
    row = page.get_by_role("row", name="Untitled story")
    expect(page.locator("#count-dive-deep")).to_have_text("0")
    row.get_by_role("button", name="Dive Deep", exact=True).click()
    expect(row.get_by_role("button", name="Dive Deep primary")).to_be_focused()
    expect(page.locator("#count-dive-deep")).to_have_text("1")
    expect(page.locator("#gaps .score")).to_contain_text("2of 25")
    expect(page.locator("#gaps .thin-columns")).to_contain_text("Dive Deep")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#count-dive-deep")).to_have_text("0")
    assert axe(page) == []
    expect(row.get_by_role("button", name="Dive Deep", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator("#count-ownership")).to_have_text("1")
    expect(page.locator("#count-dive-deep")).to_have_text("0")


def test_the_matrix_by_keyboard(page, site, sign_in, alice, two):
    first, second = two
    sign_in(page, alice)
    page.goto(f"{site}/stories/coverage/")
    # One stop for the Tab key in the whole table.
    expect(page.locator("#matrix table [tabindex='0']")).to_have_count(1)
    top, below = cell(page, second, "modernization"), cell(page, first, "modernization")
    top.focus()
    page.keyboard.press("2")
    expect(top).to_have_class(re.compile("secondary"))
    page.keyboard.press("ArrowDown")
    expect(below).to_be_focused()
    page.keyboard.press("Enter")
    expect(below).to_have_class(re.compile("primary"))
    expect(below).to_be_focused()
    page.keyboard.press("0")
    expect(below).to_have_class(re.compile("none"))
    page.keyboard.press("ArrowRight")
    expect(cell(page, first, "performance-scalability")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("rowheader", name="Releases").get_by_role("link")).to_be_focused()
    assert [(row.story_id, row.primary) for row in Shows.objects.all()] == [(second.pk, False)]


def test_marks_on_a_slow_line_never_show_what_was_before(page, site, sign_in, alice, two):
    """The answer to the first comes late: the second's would be there before it."""
    first, second = two
    sign_in(page, alice)
    page.goto(f"{site}/stories/coverage/")
    held = []

    def late(route):
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route(re.compile(r"/(primary|secondary|none)/$"), late)
    cell(page, first, "dive-deep").click()
    until(lambda: held, "the first is marked", page=page)
    cell(page, second, "dive-deep").click()
    cell(page, second, "dive-deep").click()
    page.wait_for_timeout(500)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(cell(page, second, "dive-deep")).to_have_class(re.compile("secondary"))
    expect(cell(page, first, "dive-deep")).to_have_class(re.compile("primary"))
    expect(page.locator("#count-dive-deep")).to_have_text("2")
    expect(page.locator("#matrix [aria-busy]")).to_have_count(0)
    found = Shows.objects.values_list("story_id", "primary")
    assert set(found) == {(first.pk, True), (second.pk, False)}


def test_a_phone_shows_cards(page, site, sign_in, alice, two, axe):
    Shows.objects.create(
        owner=alice, story=two[0], primary=True,
        competency=type(two[0])._meta.get_field("theme").related_model.objects.get(key="ownership"),
    )  # fmt: skip
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, alice)
    page.goto(f"{site}/stories/coverage/")
    expect(cell(page, two[0], "ownership")).to_be_visible()
    expect(cell(page, two[0], "frugality")).to_be_hidden()
    page.get_by_role("checkbox", name="Show all").nth(1).check()
    expect(cell(page, two[0], "frugality")).to_be_visible()
    expect(cell(page, two[1], "frugality")).to_be_hidden()
    cell(page, two[0], "frugality").click()
    expect(cell(page, two[0], "frugality")).to_have_class(re.compile("primary"))
    assert axe(page) == [] and not page.evaluate(WIDER)


def test_asked_one_thought_answered_next(page, site, sign_in, alice, two):
    sign_in(page, alice)
    page.goto(f"{site}/stories/questions/?subject=Judgement+and+speed")
    page.get_by_role("link", name="Ask me one of these").click()
    expect(page).to_have_url(re.compile(r"/asked/\?subject=Judgement"))
    asked = page.locator("h1").text_content()
    page.get_by_role("button", name="Take 30 seconds to think").click()
    expect(page.get_by_role("progressbar", name="Time to think")).to_be_visible()
    page.keyboard.press("s")
    page.get_by_label("None of yours shows").select_option("Releases")
    page.get_by_role("button", name="Tell the chosen story").click()
    expect(page.get_by_text("First choice", exact=True)).to_be_visible()
    page.get_by_role("button", name="Strong").click()
    expect(page.get_by_role("button", name="Strong")).to_have_attribute("aria-pressed", "true")
    assert list(Match.objects.values_list("story__title", "fit")) == [("Releases", 3)]
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("button", name="A stretch")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("n")
    expect(page.locator("h1")).not_to_have_text(asked)
    expect(page).to_have_url(re.compile(r"/asked/\?subject=Judgement"))


def test_all_of_it_without_a_script(browser, site, sign_in, alice, two):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(f"{site}/stories/coverage/")
    cell(page, two[0], "ownership").click()
    expect(page).to_have_url(f"{site}/stories/coverage/?page=1#c{two[0].pk}-ownership")
    expect(page.locator("#count-ownership")).to_have_text("1")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#count-ownership")).to_have_text("0")
    page.goto(f"{site}/stories/questions/")
    page.get_by_label("State").select_option("none")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="When were you wrong").click()
    page.get_by_role("button", name="Tell the chosen story").click()
    expect(page.get_by_text("First choice", exact=True)).to_be_visible()
    assert Match.objects.count() == 1
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "laptop"])
def test_pages_are_accessible_and_fit(page, site, sign_in, alice, two, axe, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, alice)
    for address in (
        "coverage/", "questions/", "questions/?q=zebra", "questions/were-wrong/",
        "questions/were-wrong/asked/", f"{two[0].pk}/questions/",
    ):  # fmt: skip
        page.goto(f"{site}/stories/{address}")
        page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
        )
        assert axe(page) == [], address
        assert not page.evaluate(WIDER), address
