"""What a design is made of: quotes, the palette, choices, and follow-ups at their minute."""

import uuid

import pytest

from scenarios.sheets import AttemptChoice, DesignSheet
from tests.scenarios.practice import (
    HTMX,
    address,
    after,
    ask,
    attempt_of,
    brought,
    open_until,
    page_of,
    send,
)

pytestmark = pytest.mark.django_db


def test_answers_are_quoted_into_the_design_once(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    ask(client, attempt, "How many buyers arrive after a show?")
    ask(client, attempt, "Colour?", 2)
    for _ in range(2):
        response = client.post(address("quote", attempt.pk, 1))
    assert response.url == address("phase", attempt.pk, "high-level")
    assert DesignSheet.objects.get().design == (
        "> How many buyers arrive after a show?\n> “About 40,000, for 20 minutes.”\n"
    )
    assert client.post(address("quote", attempt.pk, 2)).status_code == 404
    assert client.post(address("quote", attempt.pk, 3)).status_code == 404
    toast = client.post(address("quote", attempt.pk, 1), **HTMX).content.decode()
    assert "Quoted" in toast


def test_the_palette_draws_without_a_script(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "high-level")
    client = client_of(alice)
    for box in ("client", "cdn"):
        sheet = DesignSheet.objects.get()
        data = brought(sheet, diagram=sheet.diagram, design="words") | {"box": box}
        response = send(client, address("sketch", attempt.pk), data)
        assert response.url == address("phase", attempt.pk, "high-level")
    sheet = DesignSheet.objects.get()
    data = brought(sheet, diagram=sheet.diagram)
    data |= {"start": "client", "end": "cdn", "label": "HTTPS"}
    send(client, address("sketch", attempt.pk), data)
    sheet = DesignSheet.objects.get()
    assert sheet.design == "words"
    assert sheet.diagram.splitlines()[-1] == '  client -->|"HTTPS"| cdn'
    assert (
        '<option value="cdn">CDN</option>'
        in page_of(client, attempt, "high-level").content.decode()
    )


def test_the_palette_answers_a_script(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "high-level")
    client, fetch = client_of(alice), {"HTTP_X_REQUESTED_WITH": "fetch"}
    data = {"diagram": "flowchart LR\n", "box": "queue", "named": "Orders"}
    answer = client.post(address("sketch", attempt.pk), data, **fetch).json()
    assert answer["nodes"] == [["orders", "Orders"]] and "[[Orders]]" in answer["diagram"]
    for data in ({"diagram": "pie", "box": "cdn"}, {"diagram": "", "box": "blockchain"},
                 {"diagram": "", "start": "a", "end": "b"}):  # fmt: skip
        response = client.post(address("sketch", attempt.pk), data, **fetch)
        assert response.status_code == 422 and response.json()["error"]
        assert response.json()["diagram"] == data["diagram"]
    assert DesignSheet.objects.get().diagram == ""


def test_a_palette_that_cannot_says_why_and_keeps_the_text(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "high-level")
    data = brought(attempt.high_level, diagram="pie\n  title x", design="mine") | {"box": "cdn"}
    response = send(client_of(alice), address("sketch", attempt.pk), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "another kind" in page and "title x" in page and "mine" in page


def test_choices_come_and_go_and_come_back(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "drill-down")
    client, key = client_of(alice), str(uuid.uuid4())
    for _ in range(2):
        client.post(address("add-choice", attempt.pk), {"key": key})
    row = AttemptChoice.objects.get()
    AttemptChoice.objects.filter(pk=row.pk).update(name="DynamoDB", why="One read a page.")
    page = page_of(client, attempt, "drill-down").content.decode()
    assert 'value="DynamoDB"' in page and "One read a page." in page
    part = client.post(address("remove-choice", attempt.pk, row.pk), HTTP_HX_TARGET="x", **HTMX)
    assert "Removed DynamoDB" in part.content.decode()
    assert 'value="DynamoDB"' not in page_of(client, attempt, "drill-down").content.decode()
    client.post(address("restore-choice", attempt.pk, row.pk))
    assert 'value="DynamoDB"' in page_of(client, attempt, "drill-down").content.decode()
    part = client.post(address("add-choice", attempt.pk), {"key": str(uuid.uuid4())}, **HTMX)
    assert 'id="choice-' in part.content.decode() and "hx-swap-oob" in part.content.decode()


def test_follow_ups_come_at_their_minute(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "drill-down")
    client = client_of(alice)
    clock(20)
    page = page_of(client, attempt, "drill-down").content.decode()
    assert "The stock service is down." in page and "Ten times the traffic" not in page
    assert 'data-follow-up="300"' in page
    url = address("follow-ups", attempt.pk)
    assert client.get(url, {"after": 1}).status_code == 204
    clock(25)
    part = client.get(url, {"after": 1}).content.decode()
    assert "Ten times the traffic tomorrow." in part and "stock service" not in part
    assert client.get(url, {"after": "x"}).status_code == 404


@pytest.mark.parametrize(("left", "told"), [(0.2, "1"), (1.4, "2"), (59.6, "60")])
def test_the_page_never_asks_before_a_follow_up_is_due(alice, client_of, clock, left, told):
    attempt = open_until(attempt_of(alice), "drill-down")
    clock(25 - left / 60)
    page = page_of(client_of(alice), attempt, "drill-down", HX_Target="clock").content.decode()
    assert f'data-follow-up="{told}"' in page


def test_a_pause_holds_the_follow_ups_back(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "drill-down")
    attempt.pause(after(20))
    clock(50)
    page = page_of(client_of(alice), attempt, "drill-down").content.decode()
    assert "Ten times the traffic" not in page


def test_without_a_clock_all_follow_ups_are_there(alice, client_of, clock):
    attempt = attempt_of(alice, mode="untimed")
    open_until(attempt, "drill-down")
    clock(18)
    page = page_of(client_of(alice), attempt, "drill-down").content.decode()
    assert "Cut the bill by 40 %." in page and "left of" not in page
