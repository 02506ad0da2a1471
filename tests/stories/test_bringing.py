"""Texts and files brought to the room: looked over first, kept then, never lost."""

import io
import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from stories import paste
from stories.models import Metric, Story
from tests.stories.factories import MetricFactory, written
from tests.stories.test_paste import HEADINGS

pytestmark = pytest.mark.django_db
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
BRING, PARTS, FILE = (
    reverse(f"stories:{name}") for name in ("bring", "keep-pasted", "keep-file")
)  # fmt: skip


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def kept(**fields) -> dict[str, str]:
    """The form of one story, as the page sends it."""
    names = ("title", "situation", "task", "action", "result", "signal", "metrics")
    return {"key": KEY, "count": "1", "0-keep": "on"} | {
        f"0-{name}": fields.get(name, "") for name in names
    }


def test_a_pasted_text_is_shown_in_its_parts_and_not_kept(client):
    answer = client.post(BRING, {"text": HEADINGS})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="The dashboard"' in body
    assert re.search(r'name="0-action"[^>]*>\s*I measured\.</textarea>', body)
    assert "that is a guess" not in body
    assert not Story.objects.exists()


def test_a_guess_is_called_one(client):
    body = client.post(BRING, {"text": "First.\n\nSecond.\n\nThird."}).content.decode()
    assert "that is a guess" in body


def test_a_file_does_as_well_with_windows_line_ends(client):
    file = io.BytesIO(b"\xef\xbb\xbf" + HEADINGS.replace("\n", "\r\n").encode())
    file.name = "stories.txt"
    body = client.post(BRING, {"file": file}).content.decode()
    assert 'value="The dashboard"' in body


@pytest.mark.parametrize(
    "sent,words",
    [
        ({}, "Paste a story, or choose the file"),
        ({"text": " \n "}, "Paste a story, or choose the file"),
        ({"file": b"\xff\xfe\x00a"}, "file.md:1: This is not text in UTF-8"),
        ({"file": b"one\ntwo \xe9"}, "file.md:2: This is not text in UTF-8"),
        ({"file": b"x" * 1_000_001}, "larger than 1 MB"),
        ({"text": f"## A\n\n- id: {KEY}\n- status: perfect\n"}, "pasted text:4: “perfect” is not"),
        ({"text": f"## A\n\n- id: {KEY}\n- theme: no-such\n"}, "pasted text:4: No theme here"),
    ],
)
def test_a_mistake_is_named_and_the_text_kept(client, sent, words):
    if isinstance(sent.get("file"), bytes):
        file = io.BytesIO(sent["file"])
        file.name = "file.md"
        sent = {"file": file}
    answer = client.post(BRING, sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert words in body
    assert escape(str(sent.get("text", "")).strip()) in body
    assert not Story.objects.exists()


def test_the_corrected_parts_make_a_story_once(client, alice):
    sent = kept(title="T", action="I *did* it.", metrics="Time: 40 → 3 s\nCalm")
    first = client.post(PARTS, sent)
    assert client.post(PARTS, sent).url == first.url
    row = Story.objects.get()
    assert first.url == row.get_absolute_url()
    assert (row.owner, row.title, row.words) == (alice, "T", 3)
    assert row.action_html == "<p>I <em>did</em> it.</p>\n"
    found = Metric.objects.values_list("name", "before", "after", "unit")
    assert list(found) == [("Time", "40", "3", "s"), ("Calm", "", "", "")]


def test_of_many_stories_those_are_kept_that_are_wanted(client):
    body = client.post(BRING, {"text": HEADINGS + HEADINGS}).content.decode()
    assert 'name="count" value="2"' in body
    sent = {"key": KEY, "count": "3", "0-keep": "on", "0-title": "One", "1-title": "Two",
            "2-keep": "on", "2-task": "Three"}  # fmt: skip
    assert client.post(PARTS, sent).url == reverse("stories:list")
    assert sorted(Story.objects.values_list("title", "task")) == [("", "Three"), ("One", "")]


def test_a_part_that_is_too_long_comes_back_whole(client):
    text = "long " * 21_000
    answer = client.post(PARTS, kept(title="T", action=text))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "and 100,000 fit" in body or "100000 fit" in body
    assert text.strip() in body
    assert not Story.objects.exists()


@pytest.mark.parametrize("count", ["", "x", "-1", "0", "9" * 5000, "²"])
def test_a_form_that_no_page_sent(client, count):
    assert client.post(PARTS, {"count": count}).status_code == 422
    assert not Story.objects.exists()


def test_no_more_forms_are_read_than_a_page_can_show(client):
    client.post(PARTS, {"key": KEY, "count": "999", "998-keep": "on", "998-title": "Far"})
    assert not Story.objects.exists()
    assert paste.MAX_STORIES < 999


def test_one_s_own_file_is_shown_and_then_kept(client, client_of, bob, alice):
    row = written(alice)
    MetricFactory(story=row)
    text = client.get(reverse("stories:export", args=[row.pk])).content.decode()
    other = client_of(bob)
    body = other.post(BRING, {"text": text}).content.decode()
    assert escape(row.title) in body
    assert ">New<" in body
    assert not Story.objects.for_user(bob).exists()
    # A browser sends the line ends of a form so.
    answer = other.post(FILE, {"text": text.replace("\n", "\r\n")})
    made = Story.objects.for_user(bob).get()
    assert answer.url == made.get_absolute_url()
    again = other.get(reverse("stories:export", args=[made.pk])).content.decode()
    assert again == text
    body = other.post(BRING, {"text": text}).content.decode()
    assert ">The same<" in body
    changed = other.post(BRING, {"text": text.replace("20 minutes", "15 minutes")})
    assert "Differs in: result" in " ".join(changed.content.decode().split())


def test_the_file_of_all_stories(client, client_of, alice, bob):
    for number in range(3):
        written(alice, title=f"Story {number}")
    answer = client.get(reverse("stories:export-all"))
    assert answer["Content-Disposition"] == 'attachment; filename="stories.md"'
    text = answer.content.decode()
    other = client_of(bob)
    other.post(FILE, {"text": text})
    assert other.get(reverse("stories:export-all")).content.decode() == text


def test_an_export_of_nothing_is_a_file_too(client):
    answer = client.get(reverse("stories:export-all"))
    assert answer.content.decode() == "# STAR stories\n"


def test_a_file_changed_for_the_worse_between_the_pages(client):
    answer = client.post(FILE, {"text": "## A\n\nNo id.\n"})
    assert answer.status_code == 422
    assert "No id." in answer.content.decode()


def test_exports_cost_the_same_for_many(client, alice, django_assert_num_queries):
    for _ in range(3):
        MetricFactory(story=written(alice))
    # session, person; stories, metrics, angles, shows
    for _ in range(2):
        with django_assert_num_queries(6):
            client.get(reverse("stories:export-all"))
        for _ in range(10):
            MetricFactory(story=written(alice))
