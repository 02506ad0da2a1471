"""The catalogue: what stands in it, the filters in the address, chance, one's own progress."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from scenarios import catalogue
from scenarios.catalogue import Filters
from scenarios.models import Scenario
from scenarios.templatetags.scenario_words import pattern
from tests.scenarios.factories import prompt_only, solved
from tests.scenarios.practice import START, attempt_of, finished

pytestmark = pytest.mark.django_db
LIST = "/scenarios/"
HTMX = {"HX-Request": "true", "HX-Target": "catalogue"}


@pytest.fixture
def client(client_of, alice):
    return client_of(alice)


@pytest.fixture
def four():
    return [
        solved("parcels", domain="platform", difficulty="core", minutes=45,
               patterns=["queue", "cdn"], order=1),
        prompt_only("loans", title="Library loans", domain="AI", difficulty="warm-up", minutes=30,
                    patterns=["queue"], order=2, prompt="Waiting lists that are *fair*."),
        prompt_only("tickets", domain="e-commerce", difficulty="stretch", minutes=60,
                    patterns=["waiting room"], order=3),
        prompt_only("hidden", order=0),
    ]  # fmt: skip


def keys(response) -> list[str]:
    return [scenario.key for scenario, _ in response.context["cards"]]


@pytest.fixture(autouse=True)
def _hide(request):
    if "four" in request.fixturenames:
        request.getfixturevalue("four")
        Scenario.objects.filter(key="hidden").update(published=False)


def test_cards_in_their_order(client, four):
    response = client.get(LIST)
    assert keys(response) == ["parcels", "loans", "tickets"]
    text = response.content.decode()
    assert "Platform · Core · 45 min" in text and "queue, CDN" in text
    assert "AI · Warm-up · 30 min · prompt only" in text
    assert "that are <em>fair</em>" in text and "3 scenarios" in text
    assert "What the flows say" not in text and "Two people." not in text


@pytest.mark.parametrize(("query", "found"), [
    ("domain=AI", ["loans"]), ("difficulty=stretch", ["tickets"]),
    ("minutes=45", ["parcels", "loans"]), ("pattern=queue", ["parcels", "loans"]),
    ("pattern=CDN", ["parcels"]), ("q=LIBRARY", ["loans"]), ("q=waiting+fair", ["loans"]),
    ("q=e-commerce", ["tickets"]), ("q=cdn+parcels", ["parcels"]), ("q=100%25", []),
    ("q=hidden", []), ("pattern=queue&minutes=30", ["loans"]),
    ("domain=plumbing&minutes=soon&q=%00", ["parcels", "loans", "tickets"]),
])  # fmt: skip
def test_filters_in_the_address(client, four, query, found):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert keys(response) == found


def test_the_form_shows_what_was_asked(client, four):
    text = client.get(f"{LIST}?q=fair&domain=AI&minutes=30&pattern=queue").content.decode()
    assert 'name="q" value="fair"' in text
    for chosen in ('value="AI" selected', 'value="30" selected', 'value="queue" selected'):
        assert chosen in text
    assert "1 fits" in text
    assert "waiting room</option>" in text


def test_nothing_fits_and_nothing_there(client, four):
    text = client.get(f"{LIST}?q=zebra").content.decode()
    assert "Nothing fits all of that." in text and "Let chance pick" not in text
    Scenario.objects.update(published=False)
    assert "No scenario is published yet." in client.get(LIST).content.decode()


def test_htmx_gets_the_list_alone_and_a_clean_address(client, four):
    response = client.get(f"{LIST}?q=fair&domain=&minutes=&difficulty=&pattern=", headers=HTMX)
    text = response.content.decode()
    assert text.lstrip().startswith('<section id="catalogue"') and "<form" not in text
    assert response["HX-Push-Url"] == "/scenarios/?q=fair"
    assert "HX-Target" in response["Vary"]
    assert client.get(f"{LIST}?q=", headers=HTMX)["HX-Push-Url"] == "/scenarios/"
    assert "HX-Push-Url" not in client.get(LIST)


def test_the_query_string_comes_back():
    sent = "q=a+b&domain=AI&difficulty=core&minutes=45&pattern=queue"
    filters = Filters.read(QueryDict(sent))
    assert parse_qs(filters.query[1:]) == parse_qs(sent)
    assert Filters.read(QueryDict(filters.query[1:])) == filters
    assert bool(filters) and not Filters() and Filters().query == ""


def test_pages(client, monkeypatch):
    monkeypatch.setattr("scenarios.views.PER_PAGE", 2)
    for number in range(5):
        prompt_only(f"s{number}", order=number, patterns=["queue"])
    text = client.get(f"{LIST}?pattern=queue&page=2")
    assert keys(text) == ["s2", "s3"]
    assert "?pattern=queue&amp;page=3" in text.content.decode()


# Chance.


def test_chance_stays_within_the_filters(client, four):
    for _ in range(10):
        response = client.get("/scenarios/chance/?minutes=30")
        assert response["Location"] == "/scenarios/loans/"
    assert "no-store" in response["Cache-Control"]
    found = {client.get("/scenarios/chance/")["Location"] for _ in range(60)}
    assert found == {"/scenarios/parcels/", "/scenarios/loans/", "/scenarios/tickets/"}


def test_chance_takes_what_was_not_tried_first(client, four, alice, bob):
    attempt_of(alice, four[0])
    attempt_of(alice, four[1])
    attempt_of(bob, four[2])
    assert {client.get("/scenarios/chance/")["Location"] for _ in range(20)} == {
        "/scenarios/tickets/"
    }
    attempt_of(alice, four[2])
    assert len({client.get("/scenarios/chance/")["Location"] for _ in range(60)}) == 3


def test_chance_with_nothing_to_pick(client, four):
    response = client.get("/scenarios/chance/?q=zebra", follow=True)
    assert urlsplit(response.redirect_chain[-1][0]).query == "q=zebra"
    assert "No scenario fits." in response.content.decode()


# Progress.


def test_progress_is_ones_own(four, alice, bob):
    finished(alice, four[0])
    attempt_of(alice, four[0], now=START + timedelta(days=1))
    attempt_of(bob, four[1])
    progress = catalogue.progress_for(alice, four)
    assert list(progress) == [four[0].pk]
    mine = progress[four[0].pk]
    assert (mine.attempts, mine.finished, mine.open) == (2, 1, True)
    assert mine.last == START + timedelta(days=1)
    assert mine.percent == 0


def test_progress_stands_on_the_card(client, four, alice, bob):
    assert "at best" not in client.get(LIST).content.decode()
    finished(alice, four[0])
    finished(bob, four[2])
    text = client.get(LIST).content.decode()
    assert text.count("1 attempt, at best 0 % of the questions") == 1
    attempt_of(alice, four[1])
    assert "Under way" in client.get(LIST).content.decode()


# What it costs.


@pytest.mark.parametrize("many", [3, 30])
def test_the_number_of_queries_is_constant(client, alice, many, django_assert_num_queries):
    for number in range(many):
        row = solved(f"s{number}", patterns=["queue"])
        if number < 3:
            attempt_of(alice, row)
    client.get(LIST)
    with django_assert_num_queries(6):  # session, user, count, rows, progress, patterns
        client.get(LIST)
    with django_assert_num_queries(5):
        client.get(f"{LIST}?q=s", headers=HTMX)


@pytest.mark.parametrize(("term", "written"), [
    ("cdn", "CDN"), ("websocket fan-out", "WebSocket fan-out"), ("saga", "saga"), ("cqrs", "CQRS"),
])  # fmt: skip
def test_patterns_as_people_write_them(term, written):
    assert pattern(term) == written


def test_names_of_the_addresses():
    assert reverse("scenarios:list") == LIST
    assert reverse("scenarios:solution", args=["a"]) == "/scenarios/a/solution/"
