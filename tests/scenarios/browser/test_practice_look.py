"""Every page of an attempt: readable by everybody, and never wider than a phone."""

import pytest
from django.utils import timezone

from scenarios.sheets import DesignSheet, Reflection
from tests.scenarios.browser.conftest import SIZES, attempt_at
from tests.scenarios.practice import scenario

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["clarify", "high-level", "drill-down", "wrap-up", "paused", "over", "few", "finish",
         "compare", "score", "history"]  # fmt: skip
# Links inside a sentence are as high as their line; .whole makes its whole row the target.
SMALL = """
() => [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => !e.closest("p, .prose, .diagram, .rail") && !e.matches(".whole"))
  .map((e) => (e.type === "checkbox" || e.type === "radio") ? e.closest("label") : e)
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
  .filter(([box]) => box.height < 43.5 || box.width < 24)
  .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)
"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def shown(page, desk, site, alice):
    """`shown(name)` opens that page, of an attempt with something in everything."""
    shop = scenario()
    attempt = attempt_at(alice, 40, of=shop)
    attempt.lines.filter(position=1).update(
        text="How many?", answer="About 40,000.", matched="x", category="users-scale",
        asked_at=timezone.now(),
    )  # fmt: skip
    attempt.lines.filter(position=2).update(text="Colour?", asked_at=timezone.now())
    DesignSheet.objects.update(design="CDN first.", diagram="flowchart LR\n  a[Fan] --> b[CDN]\n")
    done = attempt_at(alice, 44, of=shop)
    done.finish(timezone.now())
    again = attempt_at(alice, 40, of=shop)
    again.finish(timezone.now())
    Reflection.objects.exclude(attempt=attempt).update(
        trade_offs=1, scalability=2, data_pipelines=0, build_or_buy=1, cost=0,
        next_time="A figure.", scored_at=timezone.now(),
    )  # fmt: skip

    def open_page(name):
        if name == "history":
            page.goto(f"{site}/scenarios/{shop.key}/attempts/")
        elif name in ("compare", "score"):
            desk(again, name)
        elif name == "few":
            fresh = attempt_at(alice, 2, of=shop)
            desk(fresh)
            page.get_by_role("button", name="Next: high level").click()
            page.wait_for_url("**/open/high-level/")
        elif name == "finish":
            desk(attempt, "wrap-up")
            page.get_by_role("button", name="Finish", exact=True).click()
            page.wait_for_url("**/finish/")
        elif name == "paused":
            still = attempt_at(alice, 4, of=shop)
            still.pause(timezone.now())
            desk(still)
        elif name == "over":
            desk(attempt_at(alice, 60, of=shop), "wrap-up")
        else:
            desk(attempt, name)
        return page

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation_at_any_size(page, shown, axe, name):
    shown(name)
    for width, height in SIZES:
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        assert axe(page) == [], width


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways_and_a_thumb_hits(page, shown, name):
    shown(name)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(WIDER) == 0, width
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("place", ["", "attempts/"])
def test_what_a_mode_means_stands_on_a_line_of_its_own(page, sign_in, site, alice, place):
    sign_in(page, alice)
    page.goto(f"{site}/scenarios/{scenario().key}/{place}")
    mode = page.get_by_label("Only clarify").locator("xpath=..")
    name, meaning = mode.locator("span").first, mode.get_by_text("ask, and stop")
    assert meaning.bounding_box()["x"] == name.bounding_box()["x"]
    assert meaning.bounding_box()["y"] > name.bounding_box()["y"]
