"""The shelf, a playbook, a note and the matrix, as readers see them."""

import pytest
from django.urls import reverse

from playbook.models import Playbook, Row
from tests.playbook.factories import note, playbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def test_every_row_stands_on_its_page(client):
    row = playbook()
    page = client.get(row.get_absolute_url()).content.decode()
    for each in Row.objects.filter(playbook=row):
        assert f'id="{each.key}"' in page and str(each.name_html) in page, each
        for _, html in each.cells:
            assert html in page


def test_queries_do_not_grow_with_the_rows(client, django_assert_num_queries):
    row = playbook()
    for again in range(2):
        with django_assert_num_queries(7):
            client.get(row.get_absolute_url())
        if not again:
            longer = "\n".join(f"## Part {n}\n\n- **A{n}**: b\n- **B{n}**: c\n" for n in range(30))
            row = playbook("long", f"# Long\n\n{longer}")


def test_answers_are_folded_until_asked_for(client):
    url = playbook().get_absolute_url()
    assert '<details class="ladder" id="weak-answer">' in client.get(url).content.decode()
    assert 'id="weak-answer" open>' in client.get(url, {"open": "all"}).content.decode()


def test_the_shelf_names_playbooks_and_notes(client, django_assert_num_queries):
    playbook()
    note()
    with django_assert_num_queries(6):
        page = client.get(reverse("playbook:list")).content.decode()
    assert "A framework" in page and "Which store" in page and "Caching" in page


def test_a_note_with_its_neighbours(client):
    note("a"), note("b"), note("c")
    page = client.get(reverse("playbook:note", args=["b"])).content.decode()
    assert "A cache is <strong>a copy</strong>." in page
    assert reverse("playbook:note", args=["a"]) in page
    assert reverse("playbook:note", args=["c"]) in page


def test_what_is_not_published_is_for_staff(client, client_of, charlie):
    row = playbook()
    Playbook.objects.update(published=False)
    assert client.get(row.get_absolute_url()).status_code == 404
    page = client_of(charlie).get(row.get_absolute_url())
    assert "only staff see this page" in page.content.decode()


FITTED = """# M

## Which store
- kind: matrix

### Postgres
- Best for: Rows
- access: relational
- not cache: It is no cache.

### Valkey
- Best for: Copies
- access: cache
"""


def test_the_matrix_narrows_down(client):
    row = playbook("m", FITTED)
    url = reverse("playbook:matrix", args=[row.key])
    whole = client.get(url).content.decode()
    assert "2 remain" in whole and "Ruled out" not in whole
    page = client.get(url, {"access": "cache"}).content.decode()
    assert "1 remains" in page and "It is no cache." in page
    part = client.get(url, {"access": "cache"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="verdict")
    assert part.content.decode().split()[:2] == ["<section", 'id="verdict"']


def test_how_a_matrix_is_narrowed_down_is_not_read_as_a_column(client):
    row = playbook("m", FITTED)
    assert "not cache" not in client.get(row.get_absolute_url()).content.decode()
