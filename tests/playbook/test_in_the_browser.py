"""The playbook in a real browser: reading, the matrix, a card, the timer, a note."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from drills.models import Card
from playbook.models import Drawing, Learning
from tests.playbook.factories import note, playbook
from tests.playbook.test_reading import FITTED

NINE = datetime(2026, 11, 28, 9, tzinfo=UTC)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARD = """# A day

## At the board

### Step 1: Ask (5-10 mins)
- id: ask

*First*

- Who?

### Step 2: Draw (5 mins)
- id: draw

*Then*

- Boxes
"""


def test_answers_narrow_the_matrix_without_a_reload(page, site, sign_in, alice):
    playbook("m", FITTED)
    sign_in(page, alice)
    page.goto(f"{site}/playbook/m/matrix/")
    page.get_by_label("As a copy that may be lost").check()
    expect(page.locator("#verdict")).to_contain_text("It is no cache.")
    assert page.url.endswith("access=cache&consistency=&scale=&team=&cost=")
    page.go_back()
    expect(page.locator("#verdict")).to_contain_text("2 remain")


def test_one_click_makes_a_card_in_place(page, site, sign_in, alice):
    playbook()
    sign_in(page, alice)
    page.goto(f"{site}/playbook/framework/")
    page.locator("#card-postgres button").click()
    expect(page.locator("#card-postgres a")).to_have_text("In your drills")
    expect(page.locator("#card-postgres a")).to_be_focused()
    expect(page.locator("#toasts")).to_contain_text("It is in your drills now.")
    assert Card.objects.for_user(alice).count() == 1


def test_the_timer_survives_a_reload(page, site, sign_in, alice):
    playbook("day", BOARD)
    sign_in(page, alice)
    page.clock.install(time=NINE)
    page.goto(f"{site}/playbook/day/timer/")
    # An installed clock goes on with the real one; on a slow machine its seconds would show here.
    page.clock.pause_at(NINE + timedelta(hours=1))
    clock, now = page.locator("[data-clock]"), page.locator("[data-now]")
    page.keyboard.press("Space")
    page.clock.run_for(125_000)
    expect(clock).to_have_text("2:05")
    page.reload()
    expect(clock).to_have_text("2:05")
    page.clock.run_for(540_000)
    expect(now).to_have_text("Ask: time to move on")
    page.get_by_role("button", name="Next step").click()
    expect(now).to_have_text("Draw")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    expect(clock).to_have_text("11:05")
    page.get_by_role("button", name="Begin again").click()
    expect(clock).to_have_text("0:00")
    page.get_by_role("button", name="Undo").click()
    expect(clock).to_have_text("11:05")


def test_a_column_sorts_without_a_reload(page, site, sign_in, alice):
    playbook()
    sign_in(page, alice)
    page.goto(f"{site}/playbook/framework/")
    first = page.locator("#rows-of-which-store tbody tr").first
    expect(first).to_have_attribute("id", "postgres")
    name = page.locator("thead").get_by_role("link", name="Name")
    name.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("id", "dynamodb")
    name.click()
    expect(first).to_have_attribute("id", "postgres")
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_a_part_is_known_in_place(page, site, sign_in, alice):
    playbook()
    sign_in(page, alice)
    page.goto(f"{site}/playbook/framework/")
    box = page.locator("#known-phrases-tick")
    box.click()
    expect(box).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#known-count")).to_have_text("1 of 5")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#known-count")).to_have_text("0 of 5")


def test_a_note_from_any_page(page, site, sign_in, alice):
    playbook()
    sign_in(page, alice)
    page.goto(f"{site}/playbook/framework/")
    page.keyboard.press("c")
    page.get_by_label("What it says").fill("Peaks\nAsk for the peak first.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast.success")).to_contain_text("Kept among your notes.")
    row = Learning.objects.for_user(alice).get()
    assert (row.text, row.source) == ("Ask for the peak first.", "/playbook/framework/")
    assert row.source_title == "A framework"
    page.goto(f"{site}/playbook/learnings/")
    page.get_by_label("Search").type("peaks")
    expect(page.locator("mark")).to_have_text("peak")


@pytest.mark.parametrize(
    "address",
    ["", "framework/?open=all", "m/matrix/", "day/timer/", "learnings/", "notes/board/", "drawing"],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_in_anybodys_way(page, site, sign_in, alice, axe, address, width):
    playbook(), playbook("m", FITTED), playbook("day", BOARD)
    drawing = Drawing.of(alice, note("board", model_drawing="The boxes."))
    address = f"drawings/{drawing.pk}/" if address == "drawing" else address
    sign_in(page, alice)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}/playbook/{address}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_breaks_no_figure_on_a_phone(page, site, sign_in, alice):
    text = "| Part | Assumption | USD |\n|---|---|---|\n| DynamoDB | {} | 10.00 |"
    row = note()
    row.body = text.format("eight million reads, two million writes in a month")
    row.save()
    sign_in(page, alice)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/playbook/notes/caching/")
    lines = """cell => { const range = document.createRange(); range.selectNodeContents(cell);
                         return new Set([...range.getClientRects()].map(one => one.top)).size }"""
    cells = page.locator(".note td")
    assert [cell.evaluate(lines) > 1 for cell in cells.all()] == [False, True, False]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
