"""Fixtures that drive a real Chromium, for tests marked `@pytest.mark.browser`.

`site`      address of the running site, static files included
`page`      a Playwright page, 1280 px wide, in a fresh context; at the end of the test it fails on
            any CSP violation, console error or uncaught exception that `problems.allow()` did not
            name
`problems`  what `page` has seen so far
`sign_in`   `sign_in(page, user)`, by a session cookie
`axe`       `axe(page)`, the accessibility violations of what is shown now, in light and in dark

Without a Chromium the tests are left out with a note at the end of the run; with CI=true they fail.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.late import hold_back

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = (
    "left out, because no Chromium was found. Install one (Debian: apt install chromium) or name "
    "it: CHROMIUM=/path/to/it. With CI=true they fail instead."
)
# The browser's own surfaces, which nobody sees here: drawn for every new context, they took three
# times as long as the page. And Playwright's list, as the last one given is the only one heard.
FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
ARGS = (
    f"--disable-features={','.join(FEATURES)}",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
# How long a page may take to show what a test expects, in ms: a loaded machine is slow, not wrong.
PATIENCE = 30_000
# The event tells what the console's wording does not: the directive and the line.
WATCH = """
addEventListener("securitypolicyviolation", (event) => reportProblem(
  `CSP: ${event.effectiveDirective} refused ${event.blockedURI}`
  + ` at ${event.sourceFile}:${event.lineNumber}`
));
"""

# The rules of axe that look at colours: all that another colour scheme can break.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((animation) => animation instanceof CSSTransition).map(({ finished }) => finished))"""


def chromium() -> str | None:
    """Path of a Chromium: $CHROMIUM, else the first one on the PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def open_browser(playwright) -> Browser:
    """Launch the system's Chromium. Raises RuntimeError when there is none."""
    path = chromium()
    if path is None:
        raise RuntimeError("No Chromium: set CHROMIUM=/path/to/it or install one.")
    return playwright.chromium.launch(executable_path=path, args=list(ARGS))


@pytest.hookimpl(trylast=True)
def pytest_configure():
    hold_back(settings)


def pytest_collection_modifyitems(config, items):
    if chromium() or os.environ.get("CI") == "true":
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter, config):
    count = config.stash.get(LEFT_OUT, 0)
    if count:
        terminalreporter.section("browser tests", yellow=True)
        terminalreporter.line(f"{count} tests were {HOW}")


@dataclass
class Problems:
    """What a page complained about; a test names what it provokes on purpose."""

    seen: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect problems that match the regular expression `pattern`."""
        self.allowed.append(pattern)

    def left(self) -> list[str]:
        return [text for text in self.seen if not any(re.search(p, text) for p in self.allowed)]

    def watch(self, page: Page) -> None:
        page.expose_binding("reportProblem", lambda _source, text: self.seen.append(text))
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.seen.append(f"Uncaught: {error}"))
        page.on("console", self._console)

    def _console(self, message) -> None:
        if message.type != "error":
            return
        if "htmx:sendAbort" in message.text:
            # The page was left while htmx waited for an answer: no fault, though it says so twice.
            if self.seen and "htmx:afterRequest" in self.seen[-1]:
                self.seen.pop()
            return
        self.seen.append(f"Console: {message.text} ({message.location.get('url', '')})")


def stored_in_browser(page: Page, database: str, store: str) -> list:
    """Every value in a store of the page's IndexedDB; none while the page has not made it."""
    return page.evaluate(
        """async ([name, store]) => {
          // To open what is not there would make it, without the store, before the page does.
          if (!(await indexedDB.databases()).some((each) => each.name === name)) return [];
          const done = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          const database = await done(indexedDB.open(name));
          try {
            return await done(database.transaction(store).objectStore(store).getAll());
          } finally {
            database.close();
          }
        }""",
        [database, store],
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    # Playwright's loop runs in this thread, and Django would take the tests' own queries for
    # queries made inside a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        try:
            opened = open_browser(playwright)
        except RuntimeError as error:
            pytest.fail(str(error))
        yield opened
        opened.close()


@pytest.fixture
def site(live_server) -> str:
    return live_server.url


@pytest.fixture
def problems() -> Problems:
    return Problems()


@pytest.fixture
def page(browser, problems) -> Iterator[Page]:
    # Without the service worker: what a test sees then always came from the server.
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", service_workers="block"
    )
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    problems.watch(opened)
    yield opened
    context.close()
    if left := problems.left():
        pytest.fail("The page complained:\n" + "\n".join(left))


@pytest.fixture
def sign_in(site, client_of) -> Callable:
    def by_cookie(page: Page, user) -> None:
        value = client_of(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": site}])

    return by_cookie


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    def look(page: Page, rules: list[str]) -> list[dict]:
        # A colour that is still on its way from light to dark is neither.
        page.evaluate(SETTLED)
        # The page's CSP refuses a script tag; evaluating the source needs none.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # Nor does it let axe copy stylesheets into <style>, which one experimental rule would need.
        options = {"preload": False} | ({"runOnly": rules} if rules else {})
        return page.evaluate("(options) => axe.run(document, options)", options)["violations"]

    def run(page: Page) -> list[str]:
        found = look(page, [])
        dark = page.evaluate(IS_DARK)
        page.emulate_media(color_scheme="light" if dark else "dark")
        found += look(page, COLOUR_RULES)
        page.emulate_media(color_scheme="dark" if dark else "light")
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            f" {node.get('failureSummary', '')}"
            for violation in found
            for node in violation["nodes"]
        ]

    return run
