"""Browser and server killed in the middle of a sentence: at most one second of typing is lost.

A few kills each by default; PREPSITE_LONG=1 runs the numbers of the goals (50 kills of the browser,
half of them with the server down).
"""

import os
import random
import time

import pytest

from tests.writing.browser.conftest import shows, wait_for_drafts
from tests.writing.sample.models import Note
from writing.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.writing.sample.urls")]
LONG = bool(os.environ.get("PREPSITE_LONG"))
KILLS, SERVER_KILLS = (25, 25) if LONG else (2, 1)
LETTERS = "abcdefghijklmnopqrstuvwxyz     "


def type_a_while(page, rng) -> list[tuple[float, str]]:
    """Type for up to three seconds at a fast typist's pace: each key with its moment."""
    keys = []
    end = time.monotonic() + rng.uniform(0.3, 3)
    while time.monotonic() < end:
        letter = rng.choice(LETTERS)
        page.keyboard.type(letter)
        keys.append((time.monotonic(), letter))
        time.sleep(rng.uniform(0.02, 0.12))
    return keys


def open_page(profile, sign_in, note, address):
    page = profile.open()
    sign_in(page, note.owner)
    page.goto(address)
    return page


@pytest.mark.parametrize("down", [False, True], ids=["server-up", "server-down"])
def test_killed_browser_loses_at_most_a_second(
    down, server, profile, sign_in, note, address, stored
):
    """2 kills (long: 25) with the server up, as many with it down. Each run begins where the last
    ended; what a kill took is struck off what is expected from then on."""
    rng = random.Random(f"kill {down}")
    expected, worst = "", 0.0
    page = open_page(profile, sign_in, note, address)
    for _ in range(KILLS):
        page.locator("#text").press("Control+End")
        if down:
            server.kill()
        keys = type_a_while(page, rng)
        killed = time.monotonic()
        profile.kill()
        if down:
            server.start()
        page = open_page(profile, sign_in, note, address)
        least = expected + "".join(key for at, key in keys if at < killed - 1)
        most = expected + "".join(key for _, key in keys)
        wait_for_drafts(page, [])  # all taken up and acknowledged
        restored = page.locator("#text").input_value()
        assert most.startswith(restored) and restored.startswith(least)
        assert stored() == restored
        lost = keys[len(restored) - len(expected) :]
        worst = max([worst, *(killed - at for at, _ in lost)])
        expected = restored
    assert worst <= 1
    assert not Revision.objects.filter(kind=Revision.Kind.KEPT).exists()
    print(f"{KILLS} kills, most lost {worst * 1000:.0f} ms, {len(expected)} characters kept")


def test_control_without_indexeddb_a_kill_loses_the_text(
    server, profile, sign_in, note, address, stored
):
    """The same kill with the browser's store out of order: the words are gone, and the page never
    said that they were kept."""
    page = profile.open()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('out of order'); };")
    sign_in(page, note.owner)
    page.goto(address)
    page.locator("#text").focus()
    server.kill()
    page.keyboard.type("words that will be lost")
    shows(page, "Not saved: the server does not answer. Your text is only in this page")
    profile.kill()
    server.start()
    page = open_page(profile, sign_in, note, address)
    page.wait_for_load_state("networkidle")
    assert page.locator("#text").input_value() == stored() == ""


def test_killed_server_loses_and_doubles_nothing(server, profile, sign_in, note, address, stored):
    """1 kill (long: 25) of the server while typing goes on; the page sends what it owes."""
    rng = random.Random("server")
    page = open_page(profile, sign_in, note, address)
    page.locator("#text").focus()
    typed = ""
    for _ in range(SERVER_KILLS):
        for stretch in range(3):
            words = "".join(rng.choices(LETTERS, k=12))
            page.keyboard.type(words, delay=30)
            typed += words
            if stretch == 1:
                time.sleep(rng.uniform(0, 1.5))
                server.kill()
        shows(page, "Not saved: the server does not answer.")
        server.start()
        # As when the person comes back to the page; else the next try is up to 30 s away.
        page.evaluate("dispatchEvent(new Event('focus'))")
        shows(page, "Saved ", 40_000)
        assert stored() == typed
    versions = list(Revision.objects.of(note).order_by("id").values_list("version", flat=True))
    assert versions == list(range(2, Note.objects.get(pk=note.pk).version + 1))
    assert not Revision.objects.filter(kind=Revision.Kind.KEPT).exists()
