"""Every page of the look in a real browser: readable, reachable, and never wider than a phone."""

import pytest
from django.urls import path
from django.views.generic import TemplateView

from prepsite import errors

pytestmark = pytest.mark.browser

SIZES = [(390, 844), (1280, 800)]
VIEWS = {
    "400": errors.bad_request,
    "403": errors.forbidden,
    "csrf": errors.csrf_failure,
    "404": errors.not_found,
    "413": errors.too_large,
    "429": errors.too_many,
    "500": errors.server_error,
    "422": lambda request: errors._page(request, 422),
}
TARGETS = """
() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => !e.closest("p, .skip"))  // a link within a sentence is as high as its line
  .map((e) => e.matches(".whole") ? e.closest("li") : e)
  .map((e) => (e.type === "checkbox" || e.type === "radio") ? e.closest("label") : e)
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
  .filter(([box]) => box.height < 43.5 || box.width < 24)
  .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)
"""
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
FOCUSED = """
() => [undefined, "::after"]
  .map((part) => getComputedStyle(document.activeElement, part))
  .some((style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px")
"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def urlpatterns_with_errors():
    from prepsite import urls

    shown = [path(f"shown/{name}/", view) for name, view in VIEWS.items()]
    return [
        *shown,
        path("shown/bare/", TemplateView.as_view(template_name="base.html")),
        *urls.urlpatterns,
    ]


class Urls:
    """The site's addresses, and one for each error page."""

    handler400, handler403 = errors.bad_request, errors.forbidden
    handler404, handler500 = errors.not_found, errors.server_error

    @property
    def urlpatterns(self):
        return urlpatterns_with_errors()


@pytest.fixture
def shown(settings, site, page, sign_in, charlie, problems):
    """`shown(address, size, scheme)` opens a page as staff."""
    settings.ROOT_URLCONF = Urls()
    sign_in(page, charlie)
    problems.allow(r"status of [45]\d\d .*/shown/")

    def show(address, size=(1280, 800), scheme="light"):
        # Without motion: a thing that is fading in has, for a moment, no contrast.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{site}{address}")
        return page

    return show


PAGES = [f"/shown/{name}/" for name in VIEWS] + ["/offline/", "/house/components/"]


@pytest.mark.parametrize("address", PAGES)
def test_no_accessibility_violation_at_any_size(shown, axe, address):
    for size in SIZES:
        assert axe(shown(address, size)) == [], size


FADED = """(scheme) => {
  const sheet = new CSSStyleSheet();
  const rule = "h1 { color: #777; background: #666 }";
  sheet.replaceSync(`@media (prefers-color-scheme: ${scheme}) { ${rule} }`);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_fault_in_one_colour_scheme_alone_is_found(shown, axe, scheme):
    """The control: `axe` looks at both, whichever is shown."""
    page = shown("/offline/")
    page.evaluate(FADED, scheme)
    assert [fault.partition(":")[0] for fault in axe(page)] == ["color-contrast"]


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("address", PAGES)
def test_a_phone_never_scrolls_sideways(shown, address, width):
    assert shown(address, (width, 844)).evaluate(WIDER) == 0


def test_the_measure_of_sideways_scrolling_sees_a_wide_thing(shown):
    page = shown("/offline/", (390, 844))
    page.evaluate("() => { document.querySelector('main').style.width = '500px' }")
    assert page.evaluate(WIDER) > 0


@pytest.mark.parametrize("address", PAGES)
def test_what_a_thumb_hits_is_large_enough(shown, address):
    assert shown(address, (390, 844)).evaluate(TARGETS) == []


def test_focus_is_always_seen(shown):
    page = shown("/house/components/")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUSED):
            unseen.append(page.evaluate("() => document.activeElement.outerHTML.slice(0, 90)"))
    assert unseen == []


def test_the_first_tab_skips_to_the_page(shown):
    page = shown("/house/components/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_overrules_the_device(shown, charlie, theme):
    charlie.theme = theme
    charlie.save()
    other = "dark" if theme == "light" else "light"
    chosen = shown("/house/components/", scheme=other).evaluate(GROUND)
    charlie.theme = "system"
    charlie.save()
    assert chosen == shown("/house/components/", scheme=theme).evaluate(GROUND)
    assert chosen != shown("/house/components/", scheme=other).evaluate(GROUND)


def test_paper_carries_no_controls(shown):
    page = shown("/house/components/")
    page.emulate_media(media="print")
    for selector in (".masthead", ".foot", "#toasts", ".actions >> nth=0"):
        assert not page.locator(selector).is_visible(), selector
    assert page.locator("h1").is_visible()


def test_the_masthead_is_the_same_in_every_room(page, site, sign_in, charlie):
    """A room's own style must not reach what stands above it."""
    sign_in(page, charlie)
    seen = {}
    for room in ("/plans/", "/interviews/", "/scenarios/", "/drills/", "/stories/", "/playbook/"):
        page.goto(site + room)
        seen[room] = page.locator(".masthead").evaluate(
            """masthead => [...masthead.querySelectorAll("*")].filter(one => one.checkVisibility())
                .map(one => { const { color, fill, fontSize } = getComputedStyle(one);
                              const { left, height } = one.getBoundingClientRect();
                              return one.closest("nav") ? one.tagName
                                : [one.tagName, color, fill, fontSize, left, height].join(); })"""
        )
    plain = seen.pop("/plans/")
    assert len(plain) > 8
    other = {
        room: [a for a, b in zip(at, plain, strict=True) if a != b] for room, at in seen.items()
    }
    assert not any(other.values()), other
