"""The search page and the list below the box."""

import re

import pytest
from django.urls import reverse

from search.pages import PAGES, named
from tests.factories import UserFactory
from tests.prepsite.world import CANARY, build
from tests.search.test_index import learning
from tests.search.test_query import HOSTILE
from tests.stories.factories import StoryFactory

pytestmark = pytest.mark.django_db
BOX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "sought"}
RESULTS = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "results"}


@pytest.fixture
def search(alice, client_of):
    browser = client_of(alice)

    def get(words: str, **more) -> str:
        headers = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
        response = browser.get(
            reverse("search:search"), {"q": words, **more}, follow=True, **headers
        )
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_the_page_works_without_javascript(alice, search):
    learning(alice, "A cache lies now and then.", title="On caching")
    StoryFactory(owner=alice, title="The cache that lied")
    html = search("cache")
    assert '<form method="get"' in html and 'value="cache"' in html
    main = html[html.index('id="results"') :]
    assert main.index("Stories</h2>") and "On <mark>caching</mark>" in main
    assert re.search(r'<li>\s*<a href="/playbook/learnings/\d+/">', main)


def test_the_box_gets_a_list_of_options(alice, search):
    learning(alice, "A cache lies now and then.", title="On caching")
    html = search("cache", **BOX)
    assert html.strip().startswith('<div id="sought" role="listbox"')
    assert 'role="option"' in html and "<html" not in html
    assert 'data-total="1"' in html


def links(html: str) -> int:
    return html[html.index('id="results"') :].count("<li><a")


def test_a_room_is_leafed_through(alice, search):
    for number in range(35):
        learning(alice, "cache", title=f"Note {number}")
    assert "All 35 in Playbook" in search("cache")
    first, second = search("cache", room="playbook"), search("cache", room="playbook", page=2)
    assert links(first) == 30 and "page=2" in first
    assert links(second) == 5 and "page=3" not in second
    assert "All rooms" in first and "All 35" not in first
    assert links(search("cache", room="playbook", page=9)) == 30


@pytest.mark.parametrize(
    "more", [{"room": "nothing"}, {"page": "x"}, {"page": "99", "room": "drills"}]
)
def test_nonsense_in_the_address_is_no_fault(search, more):
    assert "holds" in search("zebra", **more)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_can_be_sent_is_a_fault(search, words):
    for headers in ({}, BOX, RESULTS):
        html = search(words.encode("utf-8", "surrogatepass"), **headers)
        assert "<script>alert" not in html


def test_words_come_back_escaped(search):
    html = search('"><script>alert(1)</script>')
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_nobody_sees_what_is_anothers(alice, bob, client_of, search):
    build(alice)
    theirs = client_of(bob).get(reverse("search:search"), {"q": CANARY[:4]}).content.decode()
    assert CANARY not in theirs
    assert CANARY in search(CANARY[:4]).replace("<mark>", "").replace("</mark>", "")


def test_the_queries_stay_the_same(alice, search, django_assert_num_queries):
    def counted():
        with django_assert_num_queries(3):
            search("cache", **BOX)
        with django_assert_num_queries(3):
            search("cache")

    for number in range(4):
        learning(alice, "cache", title=f"Note {number}")
    counted()
    for number in range(40):
        learning(alice, "cache", title=f"Note {number}")
    counted()


def test_another_spelling_is_offered(alice, search):
    learning(alice, "Idempotent consumers and their keys.")
    html = search("idempotnet consumers")
    assert "Did you mean" in html and "?q=idempotent+consumers" in html
    assert "Did you mean" in search("idempotnet", **BOX)
    assert "Did you mean" not in search("zzzzzz")
    assert "Did you mean" not in search("idempotent")


def test_nobodys_spelling_comes_from_another(alice, bob, client_of):
    learning(alice, "Zanzibar")
    html = client_of(bob).get(reverse("search:search"), {"q": "zanzibra"}).content.decode()
    assert "zanzibar" not in html.lower().replace("zanzibra", "")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("statistics", "Statistics"),
        ("stat", "Statistics"),
        ("matrix", "Coverage"),
        ("print", "Print your stories"),
        ("account", "Account"),
        ("dark", "Account"),
        ("dashboard", "Today"),
        ("print sheet", "The morning's sheet"),
        ("export", "Your data"),
        ("anki", "Cards as files"),
    ],
)
def test_a_page_is_found_by_name(search, words, name):
    html = search(words, **BOX).replace("&#x27;", "'")
    assert f"<b>{name}</b>" in html
    assert html.index(f"<b>{name}</b>") < html.index("</div>")


def test_every_page_that_is_named_opens(alice, client_of):
    root = UserFactory(username="root", is_staff=True, is_superuser=True)
    browser = client_of(root)
    for page in PAGES:
        assert browser.get(page.address).status_code in (200, 302), page


def test_staff_pages_are_for_staff(alice, charlie):
    assert "Admin" not in [page.name for page in named("admin", alice)]
    assert "Admin" in [page.name for page in named("admin", charlie)]


def test_the_best_name_comes_first(alice):
    assert named("plans", alice)[0].name == "Plans"
    # Named so, before what is only known for it.
    assert named("readiness", alice)[0].name == "How readiness is counted"
    assert "Today" in [page.name for page in named("readiness", alice)]
    assert named("", alice) == []
