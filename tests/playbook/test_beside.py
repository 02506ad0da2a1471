"""The playbook speaks beside the work of other rooms, which know nothing of it."""

import pytest
from django.urls import reverse

from playbook import beside
from playbook.models import Row, Step
from tests.plans.factories import item, plan_of
from tests.playbook.factories import note, playbook
from tests.scenarios.practice import attempt_of

pytestmark = pytest.mark.django_db


def test_an_item_opens_the_note_of_its_longest_term(alice):
    caching, general = note("caching"), note("general")
    caching.terms, general.terms = ["elasticache"], ["cache"]
    caching.save(), general.save()
    titles = [aside.address for aside in beside.note_of(alice, "What belongs in ElastiCache")]
    assert titles == [caching.get_absolute_url()]
    assert beside.note_of(alice, "Draw a queue") == []


def test_a_plans_item_shows_its_note_in_place(alice, client_of):
    row = note()
    row.terms = ["lambda"]
    row.save()
    line = item(plan_of(alice), "Lambda")
    url = reverse("plans:item", args=[line.pk])
    part = (
        client_of(alice)
        .get(url, HTTP_HX_REQUEST="true", HTTP_HX_TARGET=f"line-{line.pk}")
        .content.decode()
    )
    assert "A cache is <strong>a copy</strong>." in part and row.get_absolute_url() in part


def test_a_phase_shows_its_step_and_my_own_words_for_it(alice, client_of):
    playbook()
    attempt = attempt_of(alice)
    url = reverse("scenarios:phase", args=[attempt.pk, "clarify"])
    client = client_of(alice)
    assert "Scale?" in client.get(url).content.decode()
    row = Row.objects.get(name="Clarify")
    step = Step.objects.create(owner=alice, row=row, name=row.name, text="Who pays for it?")
    page = client.get(url).content.decode()
    assert "Who pays for it?" in page and step.get_absolute_url() in page


def test_every_phase_of_practice_has_a_step():
    from scenarios.attempts import Phase

    assert set(beside.PHASES) == set(Phase.values)
    assert sorted(sum(beside.PHASES.values(), ())) == [1, 2, 3, 4, 5]
