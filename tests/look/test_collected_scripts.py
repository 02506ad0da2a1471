"""One script in production, made of the modules of every page, which do there what they did."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from playbook.models import Learning
from tests.look.conftest import served

JS = Path(settings.BASE_DIR) / "static" / "js"
MODULES = re.findall(r'import "\./([\w-]+\.js)"', (JS / "site.js").read_text())
ASKED_FOR = re.compile(r'(?:from |import ?\(?)"([^"]+)"')


def said(text: str) -> list[str]:
    """The lines of a script without those that are remarks as a whole."""
    text = re.sub(r"^ *(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)$", "", text, flags=re.MULTILINE)
    return [line for line in text.splitlines() if line.strip()]


def test_a_page_asks_for_one_script_that_holds_every_module(collected):
    script = served(collected, "js/site.js")
    assert len(MODULES) >= 9
    at = 0
    for name in MODULES:
        for line in said(re.sub(ASKED_FOR, "", (JS / name).read_text())):
            at = re.sub(ASKED_FOR, "", script).index(line, at)


def test_no_line_of_a_script_but_remarks_stays_behind(collected):
    for path in JS.glob("*.js"):
        if path.name != "site.js":
            lines = (collected / "js" / path.name).read_text().splitlines()
            assert [line for line in lines if line.strip()] == said(path.read_text()), path.name


def test_a_module_asks_for_others_under_the_names_that_are_kept_for_good(collected):
    asking = 0
    for name in {path.name for path in JS.glob("*.js")}:
        for asked in ASKED_FOR.findall(served(collected, f"js/{name}")):
            asking += 1
            assert re.fullmatch(r"\./[\w-]+\.[0-9a-f]{12}\.js", asked), asked
            assert (collected / "js" / asked).exists()
    assert asking >= 8


def test_scripts_of_a_first_load_stay_small(collected):
    assert (collected / "js/site.js.br").stat().st_size < 6_000


@pytest.fixture
def as_served(page, collected):
    """`page` with the scripts of production; `as_served(old, new)` changes that of every page."""
    change = ["", ""]

    def answer(route):
        name = route.request.url.rpartition("/static/")[2]
        text = (collected / name).read_text()
        if name == "js/site.js":
            text = served(collected, name).replace(*change, 1)
        route.fulfill(body=text, content_type="text/javascript")

    page.route("**/static/js/*.js", answer)
    return lambda *given: change.__setitem__(slice(None), given)


@pytest.mark.browser
def test_the_scripts_of_production_work(as_served, site, page, sign_in, alice):
    sign_in(page, alice)
    page.goto(site + reverse("playbook:list"))
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#seek")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#seek")).to_be_hidden()
    page.keyboard.press("c")
    page.locator("#capture textarea").fill("Ask for the p99 first")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts .toast")).to_be_visible()
    kept = Learning.objects.get(owner=alice)
    assert "Ask for the p99 first" in kept.title + kept.text


@pytest.mark.browser
def test_one_that_fails_leaves_the_others_at_work(as_served, site, page, problems, sign_in, alice):
    problems.allow("planted")
    as_served("try {", "try { throw new Error('planted');")
    sign_in(page, alice)
    page.goto(site + reverse("playbook:list"))
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    assert any("planted" in text for text in problems.seen)
