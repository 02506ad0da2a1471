"""One card: set aside, tagged, edited, added from elsewhere."""

import pytest
from django.urls import reverse

from drills.models import Card
from tests.drills.factories import after, in_review
from tests.drills.pages import HTMX, get, post, question

pytestmark = pytest.mark.django_db


class TestAside:
    def test_bury_leaves_it_until_tomorrow(self, visitor, alice, clock):
        made = in_review(alice, "One?")
        in_review(alice, "Two?", stability=40.0)
        html = post(visitor, "bury", made.pk, **HTMX).content.decode()
        assert question(html) == "Two?"
        assert reverse("drills:unbury", args=[made.pk]) in html
        clock.now = after(days=1)
        assert question(get(visitor, "next")) == "One?"

    def test_unbury_brings_it_back(self, visitor, alice):
        made = in_review(alice)
        post(visitor, "bury", made.pk)
        assert "Done for today" in get(visitor, "next")
        assert question(post(visitor, "unbury", made.pk).content.decode()) == "Why a queue?"
        assert question(get(visitor, "next")) == "Why a queue?"

    @pytest.mark.parametrize(("verb", "back"), [("suspend", "resume"), ("remove", "restore")])
    def test_set_aside_and_back(self, visitor, alice, clock, verb, back):
        made = in_review(alice)
        post(visitor, verb, made.pk)
        clock.now = after(days=3)
        assert "Why a queue?" not in get(visitor, "next")
        post(visitor, back, made.pk)
        assert question(get(visitor, "next")) == "Why a queue?"

    def test_tags(self, visitor, alice):
        made = in_review(alice)
        post(visitor, "edit", made.pk, data={"tags": "Cost,  storage , cost"})
        assert Card.objects.get().tags == ["cost", "storage"]
        assert post(visitor, "edit", made.pk, data={"tags": "x" * 61}).status_code == 422

    def test_edit_and_come_back(self, visitor, alice):
        made = in_review(alice)
        assert reverse("drills:card", args=[made.pk]) in get(visitor, "edit", made.pk)


class TestAdd:
    DATA = {"front": "Why SQS?", "answer": "It waits.", "source": "/scenarios/a/#sqs"}

    def test_one_click_adds_once(self, visitor, alice):
        first = post(visitor, "add", data=self.DATA)
        assert "Added to your drills." in first.content.decode()
        again = post(visitor, "add", data=self.DATA)
        assert "in your drills already" in again.content.decode()
        assert Card.objects.for_user(alice).get().source == "/scenarios/a/#sqs"

    @pytest.mark.parametrize(
        "source", ["https://other.example/", "//other.example/", "javascript:1"]
    )
    def test_a_source_is_a_page_of_this_site(self, visitor, source):
        assert post(visitor, "add", data=self.DATA | {"source": source}).status_code == 422
        assert not Card.objects.exists()
