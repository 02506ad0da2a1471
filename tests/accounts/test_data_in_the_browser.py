"""Taking an account along and leaving, in a real Chromium, with JavaScript and without."""

import re
import zipfile

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.exports import Export, steps
from accounts.models import User
from stories.models import Story
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
    expect(page.get_by_text("Your file is ready")).to_be_visible(timeout=30_000)
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
