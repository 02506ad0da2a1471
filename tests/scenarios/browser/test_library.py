"""The library in a real browser: the catalogue with and without a script, pictures, the admin."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import UserFactory
from tests.scenarios.factories import prompt_only, solved
from tests.waiting import until
from writing import diagrams
from writing.diagrams import Diagram

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, 844), (1280, 800)]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def library(alice):
    return [
        solved("parcels", patterns=["queue", "cdn"], domain="platform"),
        prompt_only("loans", title="Library loans", domain="AI", patterns=["queue"]),
        prompt_only("tickets", domain="e-commerce", minutes=60),
    ]


@pytest.mark.parametrize("size", SIZES, ids=["phone", "laptop"])
@pytest.mark.parametrize("address", [
    "/scenarios/", "/scenarios/?q=zebra", "/scenarios/parcels/", "/scenarios/loans/",
    "/scenarios/parcels/solution/", "/writing/diagrams/",
])  # fmt: skip
def test_pages_are_accessible_and_fit(page, site, sign_in, alice, axe, library, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, alice)
    page.goto(site + address)
    assert axe(page) == []
    assert not page.evaluate(WIDER)


def cards(page):
    return page.locator("#catalogue h2")


def test_filtering_keeps_its_state_in_the_address(page, site, sign_in, alice, library):
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/")
    page.get_by_label("Domain").select_option("AI")
    expect(cards(page)).to_have_text(["Library loans"])
    expect(page).to_have_url(f"{site}/scenarios/?domain=AI")
    page.get_by_label("Domain").select_option("")
    page.get_by_label("Search").fill("courier tickets")
    expect(cards(page)).to_have_text(["Tickets"])
    expect(page).to_have_url(f"{site}/scenarios/?q=courier+tickets")
    expect(page.get_by_role("status").filter(has_text="1 fits")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("courier tickets")
    expect(cards(page)).to_have_text(["Tickets"])
    page.get_by_role("link", name="Let chance pick").click()
    expect(page).to_have_url(f"{site}/scenarios/tickets/")
    page.go_back()
    expect(cards(page)).to_have_text(["Tickets"])


def test_without_a_script(browser, site, sign_in, alice, library):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/")
    page.get_by_label("Pattern").select_option("queue")
    page.get_by_role("button", name="Show").click()
    expect(cards(page)).to_have_count(2)
    page.get_by_role("link", name="Parcels").click()
    page.get_by_role("link", name="Show the model solution").click()
    expect(page.get_by_role("heading", name="Clarifying questions")).to_be_visible()
    context.close()


def ground_of(page) -> tuple[int, int, int]:
    """The colour in the corner of the drawing, as it is painted."""
    shot = page.locator(".diagram img").screenshot()
    pixel = page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
          canvas.drawImage(image, 0, 0);
          return [...canvas.getImageData(8, 8, 1, 1).data];
        }""",
        list(shot),
    )
    return tuple(pixel[:3])


@pytest.mark.parametrize(("system", "chosen", "ground"), [
    ("light", "", (251, 250, 247)), ("dark", "", (23, 22, 19)),
    ("light", "dark", (23, 22, 19)), ("dark", "light", (251, 250, 247)),
])  # fmt: skip
def test_a_drawing_follows_the_reader_not_the_system(
    page, site, sign_in, alice, library, system, chosen, ground
):
    if chosen:
        alice.theme = chosen
        alice.save()
    page.emulate_media(color_scheme=system)
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/parcels/solution/")
    expect(page.locator(".diagram img")).to_have_js_property("complete", True)
    assert ground_of(page) == ground


def test_a_drawing_appears_when_it_is_ready(page, site, sign_in, alice, library, monkeypatch):
    monkeypatch.setattr(diagrams, "draw_soon", lambda digest: True)
    row = Diagram.objects.get()
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/parcels/solution/")
    picture = page.locator(".diagram img")
    expect(picture).to_have_js_property("naturalWidth", 361)
    diagrams.draw_row(row.digest)
    expect(picture).not_to_have_js_property("naturalWidth", 361)
    expect(picture).to_have_attribute("src", re.compile(r"again=\d"))
    # The address changes before the picture is there.
    width = "image => image.naturalWidth"
    until(lambda: picture.evaluate(width) not in (0, 361), "the picture is there", page=page)
    assert picture.evaluate(width) > 50


def test_the_drawing_opens_alone(page, site, sign_in, alice, library):
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/parcels/solution/")
    page.locator(".diagram > a").click()
    expect(page).to_have_url(re.compile(r"/writing/diagrams/[0-9a-f]{64}\.svg$"))
    expect(page.locator("svg").first).to_contain_text("van")


def test_the_admin_draws_while_one_writes(page, site, sign_in, problems, library):
    problems.allow("/favicon.ico")  # The admin names no icon, so browsers look for one.
    root = UserFactory(username="root", is_staff=True, is_superuser=True)
    sign_in(page, root)
    page.goto(f"{site}/admin/scenarios/scenario/{library[0].pk}/change/")
    page.locator("summary", has_text="Architecture").first.click()
    shown = page.locator(".diagram-preview")
    expect(shown.locator("img")).to_be_visible()
    field = page.get_by_label("Diagram:")
    field.fill("flowchart LR\n  a[one")
    expect(shown).to_contain_text("Line 2 is not understood")
    field.fill("flowchart LR\n  a[One] --> b[Two]")
    expect(shown.locator("img")).to_be_visible()
    page.locator("textarea[name=flows]").fill("1. **Flow** anew.")
    expect(page.locator(".markdownx-preview strong", has_text="Flow")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).first.click()
    library[0].refresh_from_db()
    assert library[0].diagram == "flowchart LR\n  a[One] --> b[Two]"
    assert "<strong>Flow</strong> anew" in library[0].flows_html
