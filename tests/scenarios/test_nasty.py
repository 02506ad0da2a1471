"""Nasty strings through every text field of the room: stored as cleaned, or refused with the text.

1,200 strings here, 10,200 with PREPSITE_LONG=1; never a server error.
"""

import html
import itertools
import json
import os
import random
import uuid

import pytest
from django.apps import apps

from scenarios.attempts import LINES
from scenarios.sheets import AskedQuestion, AttemptChoice, DesignSheet
from tests.scenarios.practice import address, attempt_of, scenario
from tests.writing.test_autosave_nasty import strings
from writing.forms import MARKDOWN_LIMIT
from writing.models import Written
from writing.text import clean_text

pytestmark = pytest.mark.django_db
LONG = bool(os.environ.get("PREPSITE_LONG"))
SAVES, ASKS, SKETCHES, SEARCHES = (7_200, 1_000, 1_000, 1_000) if LONG else (840, 120, 120, 120)


@pytest.fixture
def source():
    return strings(random.Random(20261128))


@pytest.fixture
def client(client_of, alice):
    client = client_of(alice)
    client.raise_request_exception = False
    return client


def rows_of(attempt) -> list[Written]:
    """One row of every kind that is written in an attempt."""
    AttemptChoice.objects.create(
        owner=attempt.owner, attempt=attempt, request_key=uuid.uuid4(), position=1
    )
    found = [
        model.objects.for_user(attempt.owner).first()
        for model in apps.get_app_config("scenarios").get_models()
        if issubclass(model, Written)
    ]
    assert len(found) == 8 and all(found)
    return found


def test_every_field_that_saves_itself(alice, client, source):
    rows = rows_of(attempt_of(alice))
    fields = itertools.cycle([(row, name) for row in rows for name in row.writing])
    stored = refused = 0
    for (row, name), text in zip(fields, itertools.islice(source, SAVES), strict=False):
        field = row.writing_field(name)
        limit = field.max_length or MARKDOWN_LIMIT
        text = json.loads(json.dumps(text))
        clean = clean_text(text, one_line=field.max_length is not None)
        answer = client.post(
            row.save_url, json.dumps({"version": row.version, "fields": {name: text}}),
            content_type="application/json", headers={"X-Requested-With": "fetch"},
        )  # fmt: skip
        before = getattr(row, name)
        row.refresh_from_db()
        if len(clean) > limit:
            assert answer.status_code == 422 and answer.json()["error"]
            assert getattr(row, name) == before
            refused += 1
        else:
            assert (answer.status_code, getattr(row, name)) == (200, clean)
            stored += 1
    assert stored > SAVES / 2 and refused


def test_every_question(alice, client, source):
    shop = scenario()
    asked = refused = 0
    attempt = None
    for text in itertools.islice(source, ASKS):
        if asked % LINES == 0:
            attempt = attempt_of(alice, shop)
        position = asked % LINES + 1
        # As a browser sends it: half a pair becomes a question mark in a box.
        text = text.encode("utf-8", "replace").decode()
        clean = clean_text(text, one_line=True).strip()
        answer = client.post(address("ask", attempt.pk, position), {"text": text})
        line = AskedQuestion.objects.get(attempt=attempt, position=position)
        if clean and len(clean) <= 300:
            assert (answer.status_code, line.text) == (302, clean)
            asked += 1
        else:
            assert answer.status_code == 422 and line.asked_at is None
            assert clean_text(text) in html.unescape(answer.content.decode())
            refused += 1
    assert asked > ASKS / 2 and refused


def test_every_press_of_the_palette(alice, client, source):
    attempt = attempt_of(alice)
    refused = 0
    for box, text in zip(itertools.cycle(["cdn", "queue", ""]), source, strict=False):
        if (refused := refused + 1) > SKETCHES:
            break
        text = text.encode("utf-8", "replace").decode()
        sent = {"diagram": text, "box": box, "named": text, "start": text, "end": text}
        answer = client.post(
            address("sketch", attempt.pk), sent, headers={"X-Requested-With": "fetch"}
        )
        told = answer.json()
        assert answer.status_code in (200, 422)
        # Nothing of it is stored here; the page's own text is never taken away.
        assert told["error"] == "" or told["diagram"] == text
    assert DesignSheet.objects.get(attempt=attempt).diagram == ""


def test_every_search(client, source):
    scenario()
    for text in itertools.islice(source, SEARCHES):
        text = text.encode("utf-8", "replace").decode()
        sent = dict.fromkeys(("q", "pattern", "domain", "difficulty", "minutes", "page"), text)
        assert client.get("/scenarios/", sent).status_code == 200
        assert client.get("/scenarios/chance/", sent).status_code == 302
