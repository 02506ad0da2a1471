"""Taking something down from any page."""

import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from playbook.models import Learning
from search.capture import split
from stories.models import Story

pytestmark = pytest.mark.django_db
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
PAGE = {"source": "/drills/statistics/?x=1", "source_title": "Statistics"}


@pytest.fixture
def browser(alice, client_of):
    return client_of(alice)


def send(browser, owner=None, key=KEY, **fields):
    body = json.dumps({"key": key, "owner": owner, "version": 1, "fields": fields})
    return browser.post(
        reverse("search:capture"), body, content_type="application/json",
        headers={"X-Requested-With": "fetch"},
    )  # fmt: skip


def form(browser, **fields):
    return browser.post(reverse("search:capture"), {"key": KEY, **fields})


def test_the_page_keeps_a_note_and_goes_back(alice, browser):
    html = browser.get(reverse("search:capture"), {"from": PAGE["source"]}).content.decode()
    assert 'value="/drills/statistics/?x=1"' in html
    response = form(browser, kind="note", text="Ask for p99\nNot for the mean.", **PAGE)
    assert response["Location"] == PAGE["source"]
    row = Learning.objects.get()
    assert (row.title, row.text, row.owner) == ("Ask for p99", "Not for the mean.", alice)
    assert (row.source, row.source_title) == (PAGE["source"], "Statistics")
    assert row.taken_on == timezone.localdate()


def test_the_next_page_says_so_with_a_way_there_and_back(browser):
    form(browser, kind="note", text="Ask for p99", **PAGE)
    row = Learning.objects.get()
    html = browser.get("/drills/statistics/").content.decode()
    assert f'Kept among your notes. <a href="{row.get_absolute_url()}">Open it</a>' in html
    assert reverse("search:undo-note", args=[row.pk]) in html


def test_the_idea_of_a_story_is_a_story(alice, browser):
    form(browser, kind="story", text="The night the queue ran full\nForty minutes.")
    row = Story.objects.get()
    assert (row.title, row.situation) == ("The night the queue ran full", "Forty minutes.")
    assert (row.status, row.owner, row.words) == (Story.Status.IDEA, alice, 2)


def test_what_is_refused_comes_back(browser):
    response = form(browser, kind="note", text="  ")
    assert response.status_code == 422
    long = "x" * 100_001
    response = form(browser, kind="note", text=long)
    assert response.status_code == 422 and long in response.content.decode()
    response = form(browser, kind="diary", text="kept")
    assert response.status_code == 422 and "kept</textarea>" in response.content.decode()
    assert not Learning.objects.exists()


def test_asking_twice_makes_one(alice, browser):
    for kind in ("note", "story"):
        for _ in range(3):
            assert send(browser, kind=kind, text="Once").status_code == 200
            form(browser, kind=kind, text="Once")
    assert Learning.objects.count() == Story.objects.count() == 1


def test_a_script_gets_the_toast(alice, browser):
    answer = send(browser, owner=alice.pk, kind="note", text="Ask <b>for</b> p99", **PAGE).json()
    row = Learning.objects.get()
    assert row.title == "Ask <b>for</b> p99"
    assert f'<a href="{row.get_absolute_url()}">' in answer["toast"]
    assert "csrfmiddlewaretoken" in answer["toast"] and answer["version"] == 1


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'{"fields": 3}', b'{"fields": {}}', b"\xff", b"[" * 9_000]
)
def test_a_broken_request_is_refused(browser, body):
    response = browser.post(reverse("search:capture"), body, content_type="application/json")
    assert response.status_code == 422 and response.json()["error"]


def test_signed_out_is_401_and_nothing_is_made(client, bob, browser):
    assert send(client, kind="note", text="Kept in the browser").status_code == 401
    assert send(browser, owner=bob.pk, kind="note", text="Of another").status_code == 401
    assert not Learning.objects.exists()


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "💡 idea", "\x02", "é" * 500])
def test_odd_characters_are_cleaned_or_kept(browser, text):
    answer = send(browser, kind="note", text=f"Odd {text}", key=str(uuid.uuid4()))
    assert answer.status_code == 200
    assert Learning.objects.get().title.startswith("Odd")


@pytest.mark.parametrize("source", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_only_a_page_of_this_site_is_gone_back_to(browser, source):
    response = form(browser, kind="note", text="A note", source=source)
    assert response["Location"] == "/"
    assert Learning.objects.get().source == ""


@pytest.mark.parametrize("kind", ["note", "story"])
def test_it_is_taken_back_and_fetched_back(alice, browser, kind):
    send(browser, kind=kind, text="Not this")
    model = Story if kind == "story" else Learning
    row = model.objects.get()
    undo = reverse(f"search:undo-{kind}", args=[row.pk])
    answer = browser.post(undo, headers={"HX-Request": "true"})
    assert "Taken back." in answer.content.decode()
    assert model.objects.get().removed_at
    browser.post(reverse("stories:restore" if kind == "story" else "playbook:restore-learning",
                         args=[row.pk]))  # fmt: skip
    assert model.objects.get().removed_at is None
    assert browser.post(f"{undo}?from=/week/")["Location"] == "/week/"
    assert model.objects.get().removed_at


def test_nobody_takes_back_what_is_anothers(browser, bob, client_of):
    send(browser, kind="note", text="Mine")
    undo = reverse("search:undo-note", args=[Learning.objects.get().pk])
    assert client_of(bob).post(undo).status_code == 404
    assert Learning.objects.get().removed_at is None


def test_every_page_offers_it(browser):
    html = browser.get(reverse("playbook:learnings"), {"q": "a&b"}).content.decode()
    assert "/capture/?from=/playbook/learnings/%3Fq%3Da%2526b" in html


def test_the_first_line_is_the_title_and_nothing_is_lost():
    assert split("# A title\n\nand more\n") == ("A title", "and more")
    assert split("Just this") == ("Just this", "")
    long = "word " * 40
    title, rest = split(long)
    assert title == "word word word word word word word word…" and rest == long.strip()
    assert len(split("x" * 500)[0]) <= 100 and split("x" * 500)[1] == "x" * 500
