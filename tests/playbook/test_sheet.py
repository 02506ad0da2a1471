"""The sheet of the morning: what is offered, what is kept, and that it fits two pages."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from drills.models import Card, Kind
from playbook import paper, sheet
from playbook.models import MorningSheet
from stories.models import Metric, Story
from tests.playbook.factories import playbook
from writing import morning
from writing.morning import Line, Table

pytestmark = pytest.mark.django_db
URL = "/playbook/sheet/"
NOW = timezone.now()


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def phrase(owner, words: str, moment: str = "To begin", **more) -> Card:
    front = f"The phrase for this moment: {moment}"
    values = {"front": front, "answer": words, "kind": Kind.PHRASE, "now": NOW} | more
    return Card.objects.add(owner, **values).card


def story(owner, title: str, status: str = Story.Status.SOLID, **metric) -> Story:
    row = Story.objects.create(owner=owner, title=title, status=status)
    if metric:
        Metric.objects.create(owner=owner, story=row, **metric)
    return row


def leaf(page: str, name: str) -> str:
    """The first or second page, as it will be printed."""
    found = re.search(rf'<section class="leaf {name}.*?</section>', page, re.S)
    return found[0] if found else ""


def test_what_is_ones_own_is_suggested(client, alice, bob):
    playbook()
    phrase(alice, "“At our scale …”")
    phrase(bob, "The phrase of bob")
    Card.objects.add(alice, front="Why SQS?", answer="It absorbs the peak.\n\nMore.", now=NOW)
    Card.objects.add(alice, front="Why SNS?", now=NOW)
    figures = {"name": "p95", "before": "900", "after": "120", "unit": "ms"}
    story(alice, "The migration", **figures)
    story(alice, "Only an idea", status=Story.Status.IDEA)
    page = client.get(URL).content.decode()
    front = leaf(page, "front")
    assert "At our scale" in front and "To begin" in front
    assert "Why SQS?" in front and "It absorbs the peak." in front and "More." not in front
    assert "The migration" in front and "p95 900 → 120 ms" in front
    for absent in ("Only an idea", "Why SNS?", "To ground it", "phrase of bob"):
        assert absent not in front, absent
    assert "Only an idea" in page and "phrase of bob" not in page
    back = leaf(page, "back")
    assert "Which store" in back and "Postgres" in back and "No joins" in back


def test_somebody_new_gets_the_playbooks_phrases(client):
    playbook()
    page = client.get(URL).content.decode()
    assert "To ground it" in leaf(page, "front")
    assert "You have written no justification yet." in page and "No story has a title" in page


def test_a_phrase_made_into_a_card_is_offered_once(client, alice):
    row = playbook().rows.get(section__kind="phrases")
    client.post(reverse("playbook:row-card", args=["framework"]), {"row": row.key})
    assert client.get(URL).content.decode().count('name="line"') == 2  # the card, the matrix


def test_the_choice_is_kept_and_is_all_there_is(client, alice):
    playbook()
    first, second = phrase(alice, "The first"), phrase(alice, "The second")
    url = reverse("playbook:keep-sheet")
    for _ in range(2):
        response = client.post(
            url, {"line": [first.get_absolute_url(), "/drills/cards/0/edit/", "x" * 999]}
        )
        assert response["Location"] == URL
    page = client.get(URL).content.decode()
    assert "The first" in leaf(page, "front") and "The second" not in leaf(page, "front")
    assert leaf(page, "back") == ""
    part = client.post(
        url, {"line": [second.get_absolute_url()]}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="sheet"
    ).content.decode()
    assert part.split()[:2] == ["<div", 'id="sheet"'] and "The second" in part
    client.post(url)
    assert "Nothing is chosen." in client.get(URL).content.decode()
    assert MorningSheet.objects.for_user(alice).count() == 1


def test_lines_that_were_named_by_ids_keep_their_choice(client, alice):
    made = playbook()
    row, matrix = made.rows.get(section__kind="phrases"), made.sections.get(kind="matrix")
    own = phrase(alice, "The first")
    told = story(alice, "The migration")
    ids = (f"card-{own.pk}", f"story-{told.pk}", f"phrase-{row.pk}", f"matrix-{matrix.pk}")
    sheet_ = MorningSheet.objects.create(owner=alice, chosen=[*ids, "phrase-0"])
    import_module("playbook.migrations.0007_chosen_by_address").by_address(apps, None)
    sheet_.refresh_from_db()
    offered = {line.key for _, lines in morning.offers(alice) for line in lines}
    assert len(sheet_.chosen) == 4
    assert set(sheet_.chosen) <= offered


def test_anothers_line_cannot_be_chosen(client, alice, bob):
    row = phrase(bob, "The phrase of bob")
    client.post(reverse("playbook:keep-sheet"), {"line": row.get_absolute_url()})
    assert "phrase of bob" not in client.get(URL).content.decode()


def test_the_queries_do_not_grow(client, alice, django_assert_num_queries):
    for again in range(2):
        playbook(f"p{again}")
        for n in range(1 + 20 * again):
            phrase(alice, f"Phrase {n}", source=f"/{again}/{n}")
            story(alice, f"Story {again}{n}", name="p95", before="9", after="1")
        with django_assert_num_queries(10):
            client.get(URL)


def lines(count: int, letters: int) -> list[Line]:
    return [Line(f"l-{n}", "t" * 30, "x" * letters) for n in range(count)]


def test_little_is_set_large_and_much_is_set_small():
    assert paper.front([lines(3, 80)]) == paper.Fit(0)
    sizes = [paper.front([lines(count, 120)]).size for count in (10, 30, 45, 60, 200)]
    assert sizes == sorted(sizes) and sizes[0] == 0 and sizes[-1] == 4
    assert paper.front([lines(200, 120)]).over > 100
    assert paper.front([]) == paper.back([]) == paper.Fit(0)


def test_a_table_is_as_high_as_its_fullest_cells():
    small = Table(["", "A", "B"], [["n", "a", "b"]] * 10)
    large = Table(["", "A", "B"], [["n", "a" * 300, "b"]] * 14)
    assert paper.back([small]) == paper.Fit(0)
    assert paper.back([large]).size > 0
    assert paper.back([large] * 4).over > 0


@pytest.mark.parametrize("choice", [sheet.phrases, sheet.justifications, sheet.matrices])
def test_nothing_is_offered_where_nothing_is(choice, alice):
    assert choice(alice) == []
