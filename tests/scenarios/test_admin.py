"""Scenarios in the admin: all of one on one page, and an edit that stays."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from scenarios.admin import ScenarioForm
from scenarios.models import Choice, Question, Scenario
from tests.factories import UserFactory
from tests.scenarios.factories import solved
from tests.scenarios.practice import attempt_of
from writing.content import ContentSource, load
from writing.diagrams import Diagram

pytestmark = pytest.mark.django_db
CHANGELIST = "/admin/scenarios/scenario/"


@pytest.fixture
def root(db):
    return UserFactory(username="root", is_staff=True, is_superuser=True)


@pytest.fixture
def client(client_of, root):
    return client_of(root)


def page(row: Scenario) -> str:
    return f"{CHANGELIST}{row.pk}/change/"


def form_of(client, row: Scenario) -> dict[str, object]:
    """What a browser would send back from the page of `row`."""
    context = client.get(page(row)).context
    form, formsets = context["adminform"].form, context["inline_admin_formsets"]
    sent: dict[str, object] = {}
    for part in [form, *(f for each in formsets for f in each.formset.forms)]:
        for bound in part:
            value = bound.value()
            if value is not None and value is not False:
                value = bound.field.prepare_value(value)
                sent[bound.html_name] = "on" if value is True else value
    for each in formsets:
        for bound in each.formset.management_form:
            sent[bound.html_name] = bound.value()
    return sent


def save(client, row: Scenario, **changes) -> Scenario:
    response = client.post(page(row), form_of(client, row) | changes)
    assert response.status_code == 302, response.context["errors"]
    return Scenario.objects.get(pk=row.pk)


def test_the_page_has_everything_and_saves_as_it_was(client):
    row = solved(patterns=["queue", "cdn"])
    text = client.get(page(row)).content.decode()
    for said in ("Two people.", "a direct call", "Ten seconds late.", "I fail over.", "van --&gt;"):
        assert said in text
    assert "View on site" in text and 'href="/scenarios/parcels/"' in text
    questions = list(row.questions.values("pk", "text", "answer", "aliases", "category"))
    again = save(client, row)
    assert list(again.questions.values("pk", "text", "answer", "aliases", "category")) == questions
    assert again.patterns == ["queue", "cdn"]
    assert again.choices.first().pillars == ["Reliability"]
    assert again.edited_at


def test_an_edit_is_rendered_and_drawn_later(client):
    row = solved()
    changed = save(client, row, flows="1. **New** flow.", diagram="flowchart TB\r\n a --> b\r\n",
                   patterns="CDN,  Event Bus , cdn", **{
                       "questions-0-text": "What is it *for*?",
                       "questions-0-aliases": "one\r\n\r\n two  words \r\n",
                       "choices-0-pillars": ["Security", "Sustainability"],
                   })  # fmt: skip
    assert "<strong>New</strong> flow" in changed.flows_html
    assert changed.diagram == "flowchart TB\n a --> b"
    assert Diagram.objects.filter(source=changed.diagram, kept=True).exists()
    assert changed.patterns == ["cdn", "event bus"] and "event bus" in changed.words
    question = Question.objects.get(text="What is it *for*?")
    assert question.text_html == "What is it <em>for</em>?"
    assert question.aliases == ["one", "two words"]
    assert Choice.objects.get(name="SQS").pillars == ["Security", "Sustainability"]


def test_a_mistake_is_said_and_the_text_kept(client):
    row = solved()
    sent = form_of(client, row) | {
        "diagram": "flowchart TB\n" + "a --> b\n" * 3000, "questions-0-aliases": "x" * 301,
        "minutes": "1",
    }  # fmt: skip
    response = client.post(page(row), sent)
    text = response.content.decode()
    assert "20,000" in text or "20000" in text
    assert "at most 300 characters" in text and "x" * 301 in text
    assert Scenario.objects.get(pk=row.pk).minutes == 45


def test_an_edited_row_survives_the_next_load(client, tmp_path):
    file = tmp_path / "parcels.md"
    file.write_text("---\nid: parcels\n---\n# Parcels\n")

    def apply(row, parsed):
        row.title, row.prompt = "From the file", "From the file."
        row.save()

    source = ContentSource(Scenario, tmp_path, lambda document: document, apply)
    load(timezone.now(), only=[source])
    row = Scenario.objects.get()
    assert row.title == "From the file"
    save(client, row, title="Edited here")
    file.write_text(file.read_text() + "\nMore.\n")
    assert load(timezone.now(), only=[source])[0].kept == ["parcels"]
    assert Scenario.objects.get().title == "Edited here"


EMPTY = {f"{name}-{count}": 0 for name in ("questions", "choices", "trade_offs", "follow_ups")
         for count in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
NEW = EMPTY | {
    "title": "A new one", "key": "a-new-one", "published": "on", "difficulty": "core",
    "minutes": 45, "order": 5, "prompt": "Do it.", "patterns": "", "diagram": "",
}  # fmt: skip


def test_adding_one(client):
    response = client.get(f"{CHANGELIST}add/")
    assert response.status_code == 200
    sent = NEW
    assert client.post(f"{CHANGELIST}add/", sent).status_code == 302
    row = Scenario.objects.get()
    assert (row.key, row.has_solution, row.patterns, row.source_digest) == (
        "a-new-one", False, [], ""
    )  # fmt: skip
    assert client.post(f"{CHANGELIST}add/", sent).status_code == 200
    assert Scenario.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_adds_one(client_of, root, monkeypatch):
    """Both requests have checked that the key is free before either saves."""
    both = Barrier(2)
    checked = ScenarioForm.validate_unique

    def check_and_wait(form):
        checked(form)
        both.wait(20)

    monkeypatch.setattr(ScenarioForm, "validate_unique", check_and_wait)

    def press(client):
        try:
            return client.post(f"{CHANGELIST}add/", NEW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, [client_of(root), client_of(root)]))
    row = Scenario.objects.get()
    assert sorted(answer["Location"] for answer in answers) == [CHANGELIST, page(row)]


def test_publishing_in_the_list(client):
    one, two = solved("one"), solved("two")
    for action, published in (("unpublish", False), ("publish", True)):
        sent = {"action": action, "_selected_action": [one.pk, two.pk]}
        text = client.post(CHANGELIST, sent, follow=True).content.decode()
        assert re.search(r"2 (no longer )?published\.", text)
        assert set(Scenario.objects.values_list("published", flat=True)) == {published}
    assert not Scenario.objects.exclude(edited_at=None).exists()


def test_what_was_practised_cannot_be_deleted(client, alice):
    row = solved()
    delete = f"{CHANGELIST}{row.pk}/delete/"
    assert client.get(delete).status_code == 200
    attempt_of(alice, row)
    assert client.get(delete).status_code == 403
    assert "delete_selected" not in client.get(CHANGELIST).content.decode()


def test_staff_without_the_right_see_nothing(client_of, charlie):
    row = solved()
    assert client_of(charlie).get(page(row)).status_code == 403
