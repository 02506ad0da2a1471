"""Pasted text never breaks a save: stored as cleaned and echoed, or refused with a sentence."""

import json
import os
import random
from urllib.parse import urlencode

import pytest

from tests.writing.sample.models import Note
from writing.forms import MARKDOWN_LIMIT
from writing.models import Revision
from writing.text import clean_text

pytestmark = pytest.mark.urls("tests.writing.sample.urls")

# Strings in all; PREPSITE_LONG=1 sends 12,000.
STRINGS = 12_000 if os.environ.get("PREPSITE_LONG") else 2_400
FIELDS = ("title", "text", "aside")
PARTS = [
    "",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\ud800",
    "\udfff",
    "\ud83d",
    "\ude00",
    "\ud83d\ude00",
    "😀",
    "👩\u200d👩\u200d👧",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\U0010ffff",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u00ad",
    "e\u0301",
    "é",
    "Å",
    "a" + "\u0300" * 40,
    "\u0915\u094d\u0937",
    "ﷺ",
    "שלום",
    "ﬁ",
    "İ",
    "ß",
    "'",
    '"',
    "`",
    "\\",
    "\\u0000",
    "\\x00",
    "%00",
    "%s",
    "%(x)s",
    "{0}",
    "{{ x }}",
    "{% x %}",
    "$1",
    "$$",
    "--",
    ";",
    "<b>",
    "</textarea>",
    "<!--",
    "]]>",
    "<script>",
    "&amp;",
    "&#0;",
    "javascript:",
    "null",
    "NaN",
    "1e999",
    "[" * 30,
    "{" * 30,
    "word",
    "long " * 60,
    "x" * 900,
    "https://example.com/?a=b&c=d",
]


def strings(rng):
    while True:
        yield "".join(rng.choices(PARTS, k=rng.choice([1, 2, 3, 5, 8, 20])))


def expected(name, text):
    """What must be stored, or None where the text must be refused."""
    clean = clean_text(text, one_line=name == "title")
    return clean if len(clean) <= (80 if name == "title" else MARKDOWN_LIMIT) else None


@pytest.fixture
def post(client_of, alice):
    client = client_of(alice)
    client.raise_request_exception = False
    note = Note.objects.create(owner=alice)

    def send(body, content_type="application/json"):
        answer = client.post(
            note.save_url, body, content_type=content_type, headers={"X-Requested-With": "fetch"}
        )
        note.refresh_from_db()
        return answer, note

    return send


def test_nasty_strings_are_stored_and_echoed_or_refused(post):
    """2,400 strings through three fields: never a 500, what is stored is what the page hears."""
    rng = random.Random(20260301)
    source = strings(rng)
    stored = refused = 0
    version, before = 1, dict.fromkeys(FIELDS, "")
    for _ in range(STRINGS // 3):
        sent = dict(zip(FIELDS, source, strict=False))
        wanted = {name: expected(name, json.loads(json.dumps(text))) for name, text in sent.items()}
        answer, note = post(json.dumps({"version": version, "fields": sent}))
        told = answer.json()
        if None in wanted.values():
            assert (answer.status_code, bool(told["error"])) == (422, True)
            refused += 3
        else:
            assert answer.status_code == 200
            # In JSON two lone halves that meet are one character.
            heard = json.loads(json.dumps(sent)) | told.get("fields", {})
            assert heard == wanted
            before, version = wanted, told["version"]
            stored += 3
        assert note.writing_texts() == before
    assert stored > STRINGS / 2 and refused > 30
    assert {r.version: r for r in Revision.objects.of(note)}[version].texts() == before


def test_nasty_strings_through_the_plain_form(post):
    """100 strings as a browser would encode them: stored, or the page shows the text again."""
    source = strings(random.Random(7))
    version = 1
    for _ in range(100):
        text = next(source).encode("utf-8", "replace").decode()
        body = urlencode({"version": version, "text": text})
        answer, note = post(body, "application/x-www-form-urlencoded")
        assert answer.status_code == 200
        assert note.text == clean_text(text)
        version = note.version


def test_bytes_that_are_no_request_are_refused(post):
    """300 bodies of random bytes and broken JSON: an answer in JSON each, never a 500."""
    rng = random.Random(11)
    whole = json.dumps({"version": 1, "fields": {"text": "x" * 20}}).encode()
    for number in range(300):
        if number % 2:
            body = rng.randbytes(rng.randrange(1, 200))
        else:
            body = bytearray(whole)
            body[rng.randrange(len(body) - 1) : rng.randrange(len(body))] = rng.randbytes(2)
            body = bytes(body)
        kind = rng.choice(["application/json", "application/x-www-form-urlencoded", "text/plain"])
        answer, _ = post(body, kind)
        assert answer.status_code in (200, 409, 415, 422)
        assert ("version" if answer.status_code in (200, 409) else "error") in answer.json()
