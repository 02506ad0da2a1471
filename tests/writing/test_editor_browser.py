"""The editor and the sanitiser's output in a real browser."""

import base64
import re

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from markdown_it import MarkdownIt
from playwright.sync_api import expect

from tests.factories import UserFactory
from tests.writing.payloads import payloads
from tests.writing.pictures import picture
from writing import markdown
from writing.markdown import to_html

pytestmark = pytest.mark.browser

DROP = """
([encoded]) => {
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "a.png", { type: "image/png" }));
  document.querySelector(".markdownx-editor")
    .dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}
"""
COUNT = "window.ran = 0; window.alert = () => { window.ran += 1; };"
# Everything a person could set off by pointing, pressing and tabbing.
PROVOKE = """
() => {
  for (const element of document.body.querySelectorAll("*")) {
    for (const name of ["click", "mouseover", "focus", "toggle", "load", "error", "scroll"]) {
      element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    }
  }
  return new Promise((done) => setTimeout(() => done(window.ran), 300));
}
"""


@pytest.fixture
def entry(settings, tmp_path, transactional_db):
    settings.ROOT_URLCONF = "tests.writing.editor_site"
    settings.MEDIA_ROOT = tmp_path
    root = UserFactory(username="root", is_staff=True, is_superuser=True)
    return LogEntry.objects.create(
        user=root,
        content_type=ContentType.objects.get_for_model(LogEntry),
        action_flag=CHANGE,
        object_repr="x",
        change_message="# One",
    )


def test_the_editor_works_under_the_policy(entry, page, site, sign_in, problems):
    problems.allow("/favicon.ico")  # The admin names no icon, so browsers look for one.
    sign_in(page, entry.user)
    page.goto(f"{site}/editor-admin/admin/logentry/{entry.pk}/change/")
    preview = page.locator(".markdownx-preview")
    expect(preview.locator("h3")).to_have_text("One")
    page.locator(".markdownx-editor").fill("**two** <img src=x onerror=alert(1)>")
    expect(preview.locator("strong")).to_have_text("two")
    assert preview.locator("img").count() == 0

    page.locator(".markdownx-editor").fill("")
    page.evaluate(DROP, [base64.b64encode(picture()).decode()])
    shown = preview.locator("img")
    expect(shown).to_have_attribute("src", re.compile(r"^/media/images/[0-9a-f]{32}\.png$"))
    assert shown.get_attribute("src") in page.locator(".markdownx-editor").input_value()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 40

    page.locator("input[name=_continue]").click()
    entry.refresh_from_db()
    assert entry.change_message.startswith("![](/media/images/")


def ran(page, html: str) -> int:
    """How many scripts of `html` run in a page without any policy."""
    page.set_content(html, wait_until="load")
    return page.evaluate(PROVOKE)


def test_no_payload_runs_without_a_policy(page, problems, monkeypatch):
    monkeypatch.setattr(markdown, "_fences", {})
    problems.allow("Failed to load resource|ERR_")
    page.route("**/*", lambda route: route.abort())
    page.add_init_script(COUNT)
    page.goto("about:blank")
    texts = payloads()
    for start in range(0, len(texts), 500):
        html = "".join(f"<div>{to_html(text)}</div>" for text in texts[start : start + 500])
        assert ran(page, html) == 0


def test_payloads_do_run_when_nothing_cleans_them(page, problems):
    """Control: the same texts, raw HTML allowed and the sanitiser left out."""
    problems.allow("")
    page.route("**/*", lambda route: route.abort())
    page.add_init_script(COUNT)
    page.goto("about:blank")
    careless = MarkdownIt("commonmark", {"html": True})
    assert sum(ran(page, careless.render(text)) > 0 for text in payloads()[:24]) >= 4
