"""The pages to read: on the train, on paper, and what stands there beside the story."""

import pytest
from django.urls import reverse

from stories import reading_views
from tests.stories.factories import AngleFactory, written

pytestmark = pytest.mark.django_db
TRAIN, PRINT = reverse("stories:train"), reverse("stories:print")


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def shown(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_train_reads_solid_stories_with_their_angles(client, alice):
    row = written(alice, title="The outage")
    AngleFactory(story=row, told_to="A bank", text="Begin with the audit trail.")
    AngleFactory(story=row, told_to="Nobody yet", text="")
    written(alice, title="A draft", status="draft")
    page = shown(client, TRAIN)
    assert "The outage" in page
    assert "Begin with the audit trail." in page
    assert "Nobody yet" not in page
    assert "A draft" not in page


def test_the_train_says_when_there_are_more(client, alice, monkeypatch):
    monkeypatch.setattr(reading_views, "MOST", 2)
    for title in ("A", "B"):
        written(alice, title=title)
    assert "the first 2 of your solid stories" not in shown(client, TRAIN)
    written(alice, title="C")
    assert "the first 2 of your solid stories" in shown(client, TRAIN)


def test_a_telling_has_the_angles_beside_its_prompts(client, alice):
    row = written(alice)
    AngleFactory(story=row, told_to="A bank", text="Begin with the audit trail.")
    assert "Begin with the audit trail." in shown(
        client, reverse("stories:rehearse", args=[row.pk])
    )


def test_the_story_page_leads_to_its_own_half_page(client, alice):
    row, other = written(alice, status="idea"), written(alice, title="Another solid one")
    address = f"{PRINT}?story={row.pk}"
    assert f'href="{address}"' in shown(client, row.get_absolute_url())
    context = client.get(address).context
    assert [sheet.story.pk for sheet in context["sheets"]] == [row.pk]
    assert {row.pk for row, _ in context["choices"]} == {row.pk, other.pk}


def test_what_is_chosen_beyond_a_printer_is_said(client, alice, monkeypatch):
    monkeypatch.setattr(reading_views, "MOST", 2)
    rows = [written(alice, title=f"Story {n}") for n in range(5)]
    assert "print the other 3 by themselves" in shown(client, PRINT)
    # The last by title can be chosen all the same.
    context = client.get(f"{PRINT}?story={rows[4].pk}").context
    assert [sheet.story.pk for sheet in context["sheets"]] == [rows[4].pk]
    assert context["left_out"] == 0
