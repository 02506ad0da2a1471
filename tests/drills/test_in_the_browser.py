"""The drill in a real browser: keys, double clicks, words that stay, and no JavaScript at all."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from drills.models import Card, Deck, Review, StudyDay
from tests.browser import stored_in_browser
from tests.drills.factories import in_review, small_deck
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = """
(element) => {
  const text = document.createRange();
  text.selectNodeContents(element);
  return text.getClientRects().length;
}
"""


def take(user, count: int) -> list[Card]:
    """`count` new cards, "Front 1?" and so on."""
    deck = small_deck(count)
    Card.objects.adopt(user, deck.entries.select_related("deck"), timezone.now())
    return list(Card.objects.for_user(user).order_by("id"))


@pytest.fixture
def drilling(page, site, sign_in, alice):
    sign_in(page, alice)

    def begin(count: int = 3):
        cards = take(alice, count)
        page.goto(site + reverse("drills:next"))
        asks(page, "Front 1?")
        return cards

    return begin


def asks(page, question: str) -> None:
    page.get_by_role("heading", level=1, name=question).wait_for()


def wait_for_draft(page, text: str) -> None:
    """Until the browser keeps what was typed."""

    def there() -> bool:
        drafts = stored_in_browser(page, "prepsite-drills", "typed")
        return text in [draft["text"] for draft in drafts]

    until(there, "the draft is kept", page=page)


def settled(page) -> None:
    """Past the moment in which a second tap counts for the first."""
    page.wait_for_timeout(400)


def test_by_keyboard_alone(page, drilling):
    drilling()
    page.keyboard.press("Space")
    page.get_by_text("Because of reason 1").wait_for()
    page.keyboard.press("3")
    asks(page, "Front 2?")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.press("t")
    page.keyboard.type("Because of reason 2, with cost 2.")
    page.keyboard.press("Enter")
    page.locator(".versus ins").first.wait_for()
    assert "with" in page.locator(".versus del").inner_text()
    page.keyboard.press("4")
    asks(page, "Front 3?")
    assert Review.objects.count() == 2
    page.keyboard.press("u")
    asks(page, "Front 2?")
    page.keyboard.press("Control+z")
    asks(page, "Front 1?")
    assert Review.objects.counted().count() == 0
    assert set(StudyDay.objects.values_list("reviews", flat=True)) == {0}


def test_nothing_typed_costs_no_round_trip(page, drilling):
    drilling()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_text("Because of reason 1").wait_for()
    assert asked == []
    settled(page)
    page.get_by_role("button", name="Good").click()
    asks(page, "Front 2?")
    assert [url.rsplit("/", 2)[1] for url in asked if "/drills/" in url] == ["rate"]


def test_a_double_click_is_one_answer(page, drilling):
    drilling()
    page.keyboard.press("Space")
    settled(page)
    page.get_by_role("button", name="Good").dblclick()
    asks(page, "Front 2?")
    # The second click did not open the next card either.
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Show the answer").is_visible()
    assert Review.objects.count() == 1


def test_a_slow_answer_pressed_twice_is_one_review(page, drilling):
    drilling()
    page.route("**/rate/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.keyboard.press("Space")
    settled(page)
    for _ in range(3):
        page.keyboard.press("3")
    asks(page, "Front 2?")
    page.wait_for_load_state("networkidle")
    asks(page, "Front 2?")
    assert Review.objects.count() == StudyDay.objects.get().reviews == 1


def test_what_was_typed_stays_over_a_reload_and_goes_with_the_answer(page, drilling):
    drilling()
    page.locator("#typed").fill("Half a thought")
    wait_for_draft(page, "Half a thought")
    page.reload()
    expect(page.locator("#typed")).to_have_value("Half a thought")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_text("You typed").wait_for()
    settled(page)
    page.keyboard.press("1")
    asks(page, "Front 2?")
    page.keyboard.press("u")
    asks(page, "Front 1?")
    page.wait_for_timeout(200)
    assert page.locator("#typed").input_value() == ""


def test_what_was_typed_outlives_the_session(page, drilling, site, sign_in, alice):
    drilling()
    page.locator("#typed").fill("Not to be lost")
    wait_for_draft(page, "Not to be lost")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Show the answer").click()
    page.wait_for_url("**/account/login/**")
    assert "next=/drills/next/" in page.url
    sign_in(page, alice)
    page.goto(site + reverse("drills:next"))
    expect(page.locator("#typed")).to_have_value("Not to be lost")


def test_edit_and_come_back(page, drilling):
    drilling()
    page.keyboard.press("Space")
    page.get_by_label("This card").click()
    page.get_by_role("link", name="Edit and tag").click()
    page.get_by_label("Your answer").fill("My own sentence.")
    page.get_by_text("Saved", exact=False).first.wait_for()
    page.get_by_role("link", name="Back to the card").click()
    asks(page, "Front 1?")
    page.keyboard.press("Space")
    page.get_by_text("My own sentence.").wait_for()
    page.get_by_role("heading", name="The model").wait_for()
    page.keyboard.press("3")
    asks(page, "Front 2?")


def test_left_until_tomorrow_and_back(page, drilling):
    drilling()
    page.get_by_label("This card").click()
    page.get_by_role("button", name="Leave until tomorrow").click()
    asks(page, "Front 2?")
    page.get_by_role("region", name="Messages").get_by_role("button", name="Undo").click()
    asks(page, "Front 1?")
    assert Card.objects.filter(buried_until=None).count() == 3


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_what_is_said_of_a_leech_is_as_tall_as_its_words(page, drilling, site, alice, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    drilling()
    made = in_review(alice, "Forgotten?", lapses=7)
    page.goto(site + reverse("drills:card", args=[made.pk]))
    page.get_by_role("button", name="Show the answer").click()
    settled(page)
    page.get_by_role("button", name="Again").click()
    said = page.locator(".callout", has_text="was forgotten 8 times")
    said.wait_for()
    words = said.locator("span").bounding_box()["height"]
    assert said.bounding_box()["height"] < words + 40
    said.get_by_role("link", name="rewrite it").click()
    page.get_by_text("Ask it in other words").wait_for()


@pytest.mark.parametrize("size", [(390, 844), (1024, 950), (1280, 950)])
def test_a_message_that_stays_leaves_the_buttons_free(page, drilling, problems, size):
    problems.allow("htmx:|ERR_INTERNET_DISCONNECTED")
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    drilling()
    page.context.set_offline(True)
    page.locator("#typed").fill("On a train, in a tunnel.")
    page.get_by_role("button", name="Show the answer").click()
    message = page.get_by_role("alert").get_by_text("Not loaded: the server did not answer.")
    message.wait_for()
    page.locator("#typed").fill("")
    page.get_by_role("button", name="Show the answer").click()
    settled(page)
    page.get_by_role("button", name="Easy").click()
    settled(page)
    page.context.set_offline(False)
    page.get_by_role("button", name="Easy").click()
    asks(page, "Front 2?")
    assert Review.objects.get().rating == 4


def test_without_javascript(browser, site, client_of, alice):
    take(alice, 2)
    context = browser.new_context(java_script_enabled=False, service_workers="block")
    session = client_of(alice).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.goto(site + reverse("drills:today"))
    page.get_by_role("link", name="Begin").click()
    asks(page, "Front 1?")
    assert not page.get_by_role("button", name="Good").is_visible()
    page.locator("#typed").fill("Because of reason 1, for cost 1.")
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".versus ins").first.wait_for()
    page.get_by_role("button", name="Good").click()
    asks(page, "Front 2?")
    page.get_by_role("button", name="Undo").click()
    asks(page, "Front 1?")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Again").click()
    asks(page, "Front 2?")
    assert list(Review.objects.counted().values_list("rating", flat=True)) == [1]
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_in_the_way_of_anybody(page, drilling, axe, site, width):
    page.set_viewport_size({"width": width, "height": 844})
    drilling()
    assert axe(page) == []
    page.locator("#typed").fill("Because of reason 1, for cost 1.")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_text("You typed").wait_for()
    assert axe(page) == []
    buttons = page.locator(".grade")
    for number in range(4):
        box = buttons.nth(number).bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(site + reverse("drills:today"))
    assert axe(page) == []


def test_a_deck_is_named_in_whole_words_on_a_phone(page, drilling, site):
    cards = drilling()
    Card.objects.filter(pk=cards[0].pk).update(state="review", step=None, stability=9, difficulty=5)
    Deck.objects.update(title="General architectural patterns")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + reverse("drills:statistics"))
    name = page.get_by_role("link", name="General architectural patterns")
    assert name.evaluate(LINES) <= 3
    assert page.get_by_role("columnheader", name="Known").evaluate(LINES) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
