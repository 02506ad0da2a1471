"""A scenario before practice, and its model solution."""

import re

import pytest

from scenarios.attempts import Attempt
from scenarios.models import Scenario
from tests.scenarios.factories import prompt_only, solved
from tests.scenarios.practice import attempt_of, finished
from writing.diagrams import Diagram

pytestmark = pytest.mark.django_db
SOLUTION = "/scenarios/parcels/solution/"
# What must not be seen before one asks for it.
SPOILERS = (
    "Who runs it?", "Skills decide.", "Two people.", "estimated", "What the flows say", "modelled",
    "SQS", "Bursts wait.", "a direct call", "Freshness", "failing", "costing", "Ten times.",
    "A hundred times.", "region is gone", "I fail over.", "Said by six.", "A path to scale.",
)  # fmt: skip


@pytest.fixture
def client(client_of, alice):
    return client_of(alice)


def test_before_practice_there_is_the_prompt_and_how_to_start(client):
    solved(patterns=["queue", "cdn"], minutes=60, difficulty="stretch")
    text = client.get("/scenarios/parcels/").content.decode()
    assert "A courier wants its customers" in text and "What the intro says." in text
    assert "Stretch · 60 min" in text and "?pattern=cdn" in text and ">CDN</a>" in text
    for mode in ("timed", "untimed", "clarify"):
        assert re.search(rf'name="mode"\s+value="{mode}"', text)
    assert f'href="{SOLUTION}"' in text and "Show the model solution" in text
    assert [word for word in SPOILERS if word in text] == []


def test_the_hint_is_closed_until_one_has_tried(client, alice):
    row = solved()
    before = client.get("/scenarios/parcels/").content.decode()
    assert '<details class="more-about">' in before and "A hint" in before
    finished(alice, row)
    after = client.get("/scenarios/parcels/").content.decode()
    assert '<details class="more-about" open>' in after and "A hint" not in after


def test_an_attempt_under_way_is_one_press_away(client, alice):
    row = solved()
    before = client.get("/scenarios/parcels/").content.decode()
    assert "Go on with" not in before
    attempt = attempt_of(alice, row)
    text = client.get("/scenarios/parcels/").content.decode()
    assert f'href="{attempt.get_absolute_url()}">Go on with attempt 1</a>' in text
    main = text.split("<main")[1].split("</main>")[0]
    assert "Or begin another" in main and main.count('class="button first"') == 1


def test_without_a_solution_the_page_says_so(client):
    prompt_only()
    text = client.get("/scenarios/parcels/").content.decode()
    assert "There is none for this scenario yet." in text and "solution/" not in text
    assert client.get(SOLUTION)["Location"] == "/scenarios/parcels/"


def test_the_solution_holds_everything_in_four_parts(client):
    solved()
    text = client.get(SOLUTION).content.decode()
    assert [word for word in SPOILERS if word not in text] == []
    heading = r'<h2 id="[a-z]+-title"><span class="quiet">(Part \d)</span> ([^<]+)'
    assert re.findall(heading, text) == [
        ("Part 1", "Clarifying questions"), ("Part 2", "Architecture"),
        ("Part 3", "Technology choices"), ("Part 4", "Trade-offs and path to scale"),
    ]  # fmt: skip
    # In the order of the categories, the follow-ups by their minute.
    assert text.index("What for?") < text.index("How many vans?") < text.index("Who runs it?")
    assert text.index("Ten times tomorrow.") < text.index("The region is gone.")
    assert f'<img src="{Diagram.objects.get().url}" alt="Diagram: van to api.">' in text
    assert '<td data-label="Value">7</td>' in text


def test_every_entry_of_the_contents_leads_somewhere(client):
    solved()
    text = client.get(SOLUTION).content.decode()
    contents = text[text.index("On this page") : text.index("</nav>", text.index("On this page"))]
    links = re.findall(r'href="#([\w-]+)"', contents)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(links) == 20 and set(links) <= set(ids)
    assert len(ids) == len(set(ids))


def test_an_imported_solution_has_only_what_it_has(client):
    prompt_only(flows="1. One.", path_to_scale="More.")
    text = client.get(SOLUTION).content.decode()
    assert "Path to scale" in text
    for missing in ("Estimate", "Follow-ups", "At 10×", "Technology choices", "Clarifying"):
        assert missing not in text


def test_looking_during_an_attempt_is_said_and_marked(client, alice, bob):
    row = solved()
    attempt_of(bob, row)
    assert "Two people." in client.get(SOLUTION).content.decode()
    attempt = attempt_of(alice, row)
    text = client.get(SOLUTION).content.decode()
    assert "You are in the middle of it" in text and "Two people." not in text
    assert f'action="/scenarios/attempts/{attempt.pk}/show/"' in text
    client.post(f"/scenarios/attempts/{attempt.pk}/show/")
    assert Attempt.objects.get(pk=attempt.pk).shown_early_at
    assert "Two people." in client.get(SOLUTION).content.decode()


def test_own_attempts_are_named(client, alice, bob):
    row = solved()
    finished(bob, row)
    assert "your attempts" not in client.get("/scenarios/parcels/").content.decode()
    finished(alice, row)
    text = client.get("/scenarios/parcels/").content.decode()
    assert "Try it again" in text and 'href="/scenarios/parcels/attempts/"' in text


@pytest.mark.parametrize("change", [{"published": False}, {"retired_at": "2026-01-01T00:00Z"}])
def test_what_is_not_published_is_not_there(client, client_of, charlie, change):
    solved()
    Scenario.objects.update(**change)
    for address in ("/scenarios/parcels/", SOLUTION):
        assert client.get(address).status_code == 404
        staff = client_of(charlie).get(address)
        assert staff.status_code == (404 if "retired_at" in change else 200)
        assert ("Not published" in staff.content.decode()) == ("published" in change)


def test_strangers_sign_in_first(client, db):
    solved()
    client.logout()
    for address in ("/scenarios/", "/scenarios/parcels/", SOLUTION, "/scenarios/chance/"):
        assert client.get(address).status_code == 302


def test_what_the_pages_cost(client, alice, django_assert_num_queries):
    row = solved()
    finished(alice, row)
    client.get(SOLUTION)
    with django_assert_num_queries(5):  # session, user, scenario, progress, the last note
        client.get("/scenarios/parcels/")
    with django_assert_num_queries(8):  # session, user, scenario, attempt, four kinds of rows
        client.get(SOLUTION)
