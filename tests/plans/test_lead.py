"""What a plan says of the next interview: its name, a start that fits, the company's stack."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans import beside
from plans.models import Interview, Item, Plan
from tests.plans.factories import interview, item, plan_of
from writing import asides

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client_of, alice):
    return client_of(alice)


@pytest.fixture
def plan(alice):
    return plan_of(alice)


@pytest.fixture
def row(alice):
    return interview(alice, at=timezone.now() + timedelta(days=6))


def page(client, plan) -> str:
    return client.get(reverse("plans:detail", args=[plan.pk])).content.decode()


def field(html: str, name: str) -> str:
    return html.split(f'name="{name}" value="')[1].split('"')[0]


def test_the_page_names_it_and_proposes_a_start(visitor, alice, plan, row):
    html = page(visitor, plan)
    assert f'<a href="{row.get_absolute_url()}">Acme, system design</a>, in 6 days, ' in html
    sent = {name: field(html, name) for name in ("start", "minutes")}
    url = reverse("plans:fit", args=[plan.pk])
    assert visitor.post(url, sent).url == reverse("plans:detail", args=[plan.pk])
    plan.refresh_from_db()
    assert plan.starts_at.hour == 9  # alice lives by UTC
    assert plan.starts_at.date() == row.at.date() - timedelta(days=1)
    assert plan.minutes == 150
    assert url not in page(visitor, plan)


def test_without_an_interview_nothing_is_said(visitor, plan, bob):
    interview(bob, at=timezone.now() + timedelta(days=6))
    assert "The next interview" not in page(visitor, plan)


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"start": "soon", "minutes": "60"}, {"start": "2026-12-02T09:00", "minutes": "60"},
        {"start": "2026-12-02T09:00+01:00", "minutes": "0"},
        {"start": "9999-12-02T09:00+01:00", "minutes": "60"},
    ],
)  # fmt: skip
def test_nonsense_sets_no_clock(visitor, plan, sent):
    response = visitor.post(reverse("plans:fit", args=[plan.pk]), sent)
    assert response.url == reverse("plans:pace", args=[plan.pk])
    assert Plan.objects.get().starts_at is None


def test_not_theirs(client_of, bob, plan):
    sent = {"start": "2026-12-02T09:00+01:00", "minutes": "60"}
    url = reverse("plans:fit", args=[plan.pk])
    assert client_of(bob).post(url, sent).status_code == 404


class TestStack:
    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("Have you researched the company's tech stack?", True),
            ("The company: have you looked up the technologies it builds with?", True),
            ("Lambda: cold starts", False),
            ("The company: what does it sell?", False),
            ("Stack and heap", False),
        ],
    )
    def test_the_line_that_asks_for_it(self, text, asked):
        assert beside.asks_of_stack(text) == asked

    def test_the_line_leads_to_the_field(self, visitor, plan, row):
        row.stack = "Kafka, *Go*"
        row.save()
        line = item(plan, "Pipelines")
        Item.objects.filter(pk=line.pk).update(text="Researched the company's tech stack?")
        html = visitor.get(reverse("plans:item", args=[line.pk])).content.decode()
        assert "What you know of Acme’s stack" in html
        assert "Kafka, <em>Go</em>" in html
        assert f'href="{row.get_absolute_url()}#stack"' in html
        assert 'id="stack"' in visitor.get(row.get_absolute_url()).content.decode()

    def test_nothing_noted_and_no_interview(self, alice, row):
        (aside,) = beside.stack_of(alice, "tech stack")
        assert "Nothing noted yet." in aside.html
        Interview.objects.all().delete()
        (aside,) = beside.stack_of(alice, "tech stack")
        assert (aside.address, aside.link) == (reverse("interviews:new"), "Set an interview")

    def test_any_other_line_asks_nothing(self, alice, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert beside.stack_of(alice, "Lambda") == []
        assert "stack" in asides._sources["plan item"]
