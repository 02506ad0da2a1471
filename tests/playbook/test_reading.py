"""The shelf, a playbook, a note and the matrix, as readers see them."""

import re

import pytest
from django.urls import reverse

from playbook.models import Playbook, Row
from tests.playbook.factories import FRAMEWORK, note, playbook

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
        with django_assert_num_queries(9):
            client.get(row.get_absolute_url())
        if not again:
            longer = "\n".join(f"## Part {n}\n\n- **A{n}**: b\n- **B{n}**: c\n" for n in range(30))
            row = playbook("long", f"{FRAMEWORK}\n\n{longer}")


def test_answers_are_folded_until_asked_for(client):
    source = (
        "# L\n\n## Levels\n- kind: levels\n\n### Cost\n- id: cost\n- Weak: none\n- Strong: a model"
    )
    url = playbook("l", source).get_absolute_url()
    assert '<details class="ladder" id="cost">' in client.get(url).content.decode()
    assert 'id="cost" open>' in client.get(url, {"open": "all"}).content.decode()


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


NUMBERED = """# N

## Prices
- kind: matrix

| Name | Price | Note |
|---|---|---|
| Queue | 0.40 | b |
| Topic | 0.5 | |
| Bus | 1,000 | a |
"""


def names(page: str) -> list[str]:
    return re.findall(r'<tr id="([a-z]+)">', page)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["queue", "topic", "bus"]),
        ("prices.0", ["bus", "queue", "topic"]),
        ("-prices.0", ["topic", "queue", "bus"]),
        ("prices.1", ["queue", "topic", "bus"]),
        ("-prices.1", ["bus", "topic", "queue"]),
        ("prices.2", ["topic", "bus", "queue"]),
        ("prices.9", ["queue", "topic", "bus"]),
        ("other.1", ["queue", "topic", "bus"]),
        ("prices.1; drop", ["queue", "topic", "bus"]),
    ],
)
def test_a_matrix_is_sorted_by_any_column(client, sort, order):
    url = playbook("n", NUMBERED).get_absolute_url()
    assert names(client.get(url, {"sort": sort}).content.decode()) == order


def test_a_click_sorts_up_then_down_then_not_at_all(client):
    url = playbook("n", NUMBERED).get_absolute_url()
    assert "?sort=prices.1#prices" in client.get(url).content.decode()
    up = client.get(url, {"sort": "prices.1"}).content.decode()
    assert 'aria-sort="ascending"' in up and "?sort=-prices.1#prices" in up
    down = client.get(url, {"sort": "-prices.1"}).content.decode()
    assert 'aria-sort="descending"' in down and "?sort=#prices" in down


def test_htmx_gets_the_rows_alone(client):
    url = playbook("n", NUMBERED).get_absolute_url()
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "rows-of-prices"}
    for sort, order in (("-prices.1", ["bus", "topic", "queue"]), ("prices.99", names)):
        page = client.get(url, {"sort": sort}, **headers).content.decode()
        assert page.split()[:2] == ["<div", 'id="rows-of-prices"'] and "<html" not in page
        assert order is names or names(page) == order


def test_steps_with_minutes_offer_the_clock_and_those_with_a_starter_are_made_ones_own(client):
    row = playbook()
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("playbook:timer", args=[row.key]) in page and "Make it mine" in page
    step = Row.objects.get(name="Clarify")
    client.post(reverse("playbook:make-step"), {"row": step.pk})
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Make it mine" not in page and "Write on mine" in page
    other = playbook("n", NUMBERED).get_absolute_url()
    assert "Run the clock" not in client.get(other).content.decode()
