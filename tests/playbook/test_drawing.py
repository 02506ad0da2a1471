"""Draw first, compare second: the model is not in the page before one has drawn, or says so."""

import pytest
from django.urls import reverse

from playbook.models import Drawing, StudyNote
from tests.playbook.factories import note
from writing.models import Revision

pytestmark = pytest.mark.django_db
MODEL = "The boxes of the model."


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


@pytest.fixture
def row(db) -> StudyNote:
    return note("reference", model_drawing=MODEL)


def page_of(client, row) -> str:
    return client.get(row.get_absolute_url()).content.decode()


def test_the_model_is_not_there_before_one_has_drawn(client, row):
    page = page_of(client, row)
    assert MODEL not in page and "Draw it here" in page
    response = client.post(reverse("playbook:show-model", args=[row.key]))
    assert response["Location"] == f"{row.get_absolute_url()}#drawing"
    page = page_of(client, row)
    assert MODEL in page and "It is on paper." in page
    client.post(reverse("playbook:hide-model", args=[row.key]))
    assert MODEL not in page_of(client, row)


def test_mine_stands_beside_the_model(client, row, alice):
    for _ in range(2):
        response = client.post(reverse("playbook:draw", args=[row.key]))
    drawing = Drawing.objects.for_user(alice).get()
    assert response["Location"] == drawing.get_absolute_url()
    drawing.diagram, drawing.why = "flowchart TB\n  a[Browser] --> b[Shop]", "Because of *load*"
    drawing.save()
    assert Revision.objects.of(drawing).accepted().count() == 2
    page = page_of(client, row)
    assert "Draw on" in page and MODEL not in page
    client.post(reverse("playbook:show-model", args=[row.key]))
    page = page_of(client, row)
    assert MODEL in page and "<em>load</em>" in page and "/diagrams/" in page
    client.post(reverse("playbook:hide-model", args=[row.key]))
    drawing.refresh_from_db()
    assert "Browser" in drawing.diagram


def test_text_that_is_no_diagram_breaks_nothing(client, row, alice):
    drawing = Drawing.of(alice, row)
    drawing.diagram = "```\n<script>alert(1)</script>\n--> ]["
    drawing.save()
    client.post(reverse("playbook:show-model", args=[row.key]))
    page = page_of(client, row)
    assert "<script>alert" not in page and MODEL in page


def test_a_note_that_goes_leaves_the_drawing(client, row, alice):
    drawing = Drawing.of(alice, row)
    StudyNote.objects.all().delete()
    page = client.get(drawing.get_absolute_url()).content.decode()
    assert "My drawing: Caching" in page and "Compare" not in page


def test_a_note_without_a_model_has_nothing_to_draw(client):
    plain = note("plain")
    assert "Draw it yourself" not in page_of(client, plain)
    for name in ("draw", "show-model", "hide-model"):
        assert client.post(reverse(f"playbook:{name}", args=["plain"])).status_code == 404


def test_anothers_drawing_is_not_shown(client, row, bob):
    other = Drawing.of(bob, row)
    Drawing.show_model(bob, row, other.updated_at)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert MODEL not in page_of(client, row)
