"""Taking an account along and leaving, in a real Chromium, with JavaScript and without."""

import re
import zipfile
from threading import Event

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from accounts import importing
from accounts.exports import Export, steps
from accounts.models import User
from accounts.portable import telling
from stories.models import Story
from tests.accounts.portable.world import export_of
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DATA = reverse("account_data")


@pytest.fixture(autouse=True)
def part_by_part(monkeypatch):
    """Each request makes one part, as for an account with years in it."""
    monkeypatch.setattr(Export.advance, "__defaults__", (0,))


def test_an_account_goes_from_one_person_to_another(page, site, sign_in, alice, bob, axe, tmp_path):
    Story.objects.create(owner=alice, title="The outage", action="I called it off.")
    sign_in(page, alice)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + DATA)
    assert axe(page) == []
    page.get_by_role("button", name="Make the file").click()
    # The page asks for the parts by itself.
    expect(page.get_by_text("Your file is ready")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert zipfile.ZipFile(file).testzip() is None

    sign_in(page, bob)
    page.goto(site + DATA)
    page.get_by_label("Export file").set_input_files(file)
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", name="Look it over")).to_be_visible()
    assert axe(page) == []
    assert not Story.objects.filter(owner=bob).exists()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("brought in.")).to_be_visible()
    assert Story.objects.get(owner=bob).action == "I called it off."


def held(monkeypatch, name: str) -> Event:
    """Have `bringing.name` stand still half-way until the event that is returned is set."""
    go, real = Event(), getattr(importing.bringing, name)

    def waits(*args, progress, **more):
        found = args[1]
        progress(found.count // 2)
        assert go.wait(60)
        return real(*args, progress=progress, **more)

    monkeypatch.setattr(importing.bringing, name, waits)
    return go


def test_a_long_import_tells_how_far_it_is(page, site, sign_in, alice, bob, tmp_path, monkeypatch):
    for number in range(4):
        Story.objects.create(owner=alice, title=f"Story {number}")
    (tmp_path / "alice.zip").write_bytes(export_of(alice))
    monkeypatch.setattr(telling, "EVERY", 0)
    checked, brought = held(monkeypatch, "look"), held(monkeypatch, "bring_in")
    sign_in(page, bob)
    page.goto(site + DATA)
    page.get_by_label("Export file").set_input_files(tmp_path / "alice.zip")
    page.get_by_role("button", name="Look it over").click()
    bar = page.get_by_role("progressbar", name="Checking the file")
    expect(bar).to_have_js_property("value", 65)
    checked.set()
    expect(page.get_by_role("heading", name="Look it over")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    bar = page.get_by_role("progressbar", name="Bringing it in")
    expect(bar).to_have_js_property("value", 65)
    assert not Story.objects.filter(owner=bob).exists()
    brought.set()
    expect(page.get_by_text("brought in.")).to_be_visible()
    assert Story.objects.filter(owner=bob).count() == 4


def test_a_mistake_is_said_in_its_place(page, site, sign_in, alice, problems, tmp_path):
    problems.allow("422")
    (tmp_path / "no.zip").write_bytes(b"hello")
    sign_in(page, alice)
    page.goto(site + DATA)
    page.get_by_label("Export file").set_input_files(tmp_path / "no.zip")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("This is no export")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_one_that_is_refused_asks_no_more_and_may_be_sent_again(
    page, site, sign_in, alice, bob, problems, settings, tmp_path
):
    problems.allow("413|htmx:")
    Story.objects.create(owner=alice, title="The outage")
    (tmp_path / "alice.zip").write_bytes(export_of(alice))
    sign_in(page, bob)
    page.goto(site + DATA)
    page.get_by_label("Export file").set_input_files(tmp_path / "alice.zip")
    settings.PREPSITE_MAX_IMPORT = 100
    on_its_way: list[Route] = []
    page.route("**/data/import/", lambda route: on_its_way.append(route))
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("progressbar", name="One moment")).to_be_visible()
    on_its_way.pop().continue_()
    page.unroute("**/data/import/")
    expect(page.get_by_text("Not saved: it is too large.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    settings.PREPSITE_MAX_IMPORT = 10_000_000
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", name="Look it over")).to_be_visible()


def test_without_javascript(browser, site, alice):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{reverse('account_login')}?next={DATA}")
    page.get_by_label("Name or e-mail").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Make the file").click()
    for _ in range(len(steps()) - 1):
        page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Save the file")).to_be_visible()
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("heading", name=re.compile("Is it you|Delete your"))).to_be_visible()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Delete it on").click()
    expect(page.get_by_text("Your account will be deleted on")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your account stays")).to_be_visible()
    assert User.objects.get(pk=alice.pk).erase_at is None
    context.close()
