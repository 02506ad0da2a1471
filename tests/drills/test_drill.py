"""A question, its answer, a rating, the next question."""

import re
import uuid

import pytest
from django.urls import reverse

from drills.models import Card, Review, Setting, StudyDay
from drills.scheduling import Rating
from tests.drills.factories import (
    NOW,
    after,
    card,
    deck,
    entry,
    in_review,
)
from tests.drills.pages import HTMX, answer, get, post, question

pytestmark = pytest.mark.django_db


class TestCard:
    def test_the_answer_is_hidden_until_asked_for(self, visitor, alice):
        in_review(alice, "Why a queue?", answer="It absorbs the burst.")
        html = get(visitor, "next")
        assert question(html) == "Why a queue?"
        assert re.search(r'<section id="answer"[^>]* hidden', html)
        assert re.search(r'<form class="thumbs rate"[^>]* hidden', html)

    def test_reveal_shows_the_differences(self, visitor, alice):
        made = in_review(alice, answer="It absorbs the burst of orders.")
        typed = {"typed": "It takes the burst of orders.", "key": str(uuid.uuid4())}
        html = post(visitor, "reveal", made.pk, data=typed).content.decode()
        assert not re.search(r'<section id="answer"[^>]* hidden', html)
        assert re.search(r"<del>.*?takes.*?</del>", html)
        assert re.search(r"<ins>.*?absorbs.*?</ins>", html)
        assert typed["key"] in html
        assert Review.objects.count() == 0

    def test_other_words_altogether_are_not_marked(self, visitor, alice):
        made = in_review(alice, answer="It absorbs the burst of orders.")
        html = post(visitor, "reveal", made.pk, data={"typed": "No idea."}).content.decode()
        assert "<del>" not in html
        assert "In other words altogether" in html

    def test_own_sentence_and_model(self, visitor, alice):
        shared = entry(deck())
        made = Card.objects.add(alice, front="", entry=shared, now=NOW).card
        html = post(visitor, "reveal", made.pk, data={"typed": "Lambda, for bursts."}).content
        assert "The model" in html.decode()
        key = {"typed": "Lambda, for bursts.", "key": str(uuid.uuid4())}
        html = post(visitor, "keep-answer", made.pk, data=key).content.decode()
        assert "Your sentence" in html
        assert Card.objects.get().answer == "Lambda, for bursts."
        post(visitor, "keep-answer", made.pk, data=key | {"typed": "Something else"})
        assert Card.objects.get().answer == "Lambda, for bursts."

    def test_a_blank_is_filled(self, visitor, alice):
        shared = entry(
            deck(), front="Design [use case].", blank="use case", fillings=["a feed", "a ledger"]
        )
        Card.objects.add(alice, front="", entry=shared, now=NOW)
        asked = question(get(visitor, "next"))
        assert asked in ("Design a feed.", "Design a ledger.")
        assert question(get(visitor, "next")) == asked

    def test_each_button_says_when_it_comes_back(self, visitor, alice):
        card(alice)
        html = get(visitor, "next")
        found = re.findall(
            r'class="button grade".*?<b>(\w+)</b>.*?class="num">([^<]*)<', html, re.DOTALL
        )
        assert found == [
            ("Again", "1 min"), ("Hard", "6 min"), ("Good", "10 min"), ("Easy", "8 days"),
        ]  # fmt: skip

    def test_no_button_passes_the_interview(self, visitor, alice):
        Setting.objects.create(owner=alice, interview_at=after(days=3))
        made = in_review(alice, stability=300.0)
        html = get(visitor, "card", made.pk)
        assert "interview" in re.findall(r'class="num">([^<]*)<', html)
        assert re.search(r"Chance to remember it at the interview, as of now: \d\d\s%", html)

    def test_text_is_escaped(self, visitor, alice):
        made = in_review(alice, "<script>1</script>", answer="<img src=x onerror=1>")
        html = post(
            visitor, "reveal", made.pk, data={"typed": "<script>alert(1)</script>"}
        ).content.decode()
        assert "<script>1" not in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html


class TestRate:
    def test_one_round_trip_brings_the_next_card(self, visitor, alice):
        first, second = in_review(alice, "One?"), in_review(alice, "Two?", stability=40.0)
        data = answer(visitor, first)
        response = post(visitor, "rate", first.pk, data=data, follow=False, **HTMX)
        html = response.content.decode()
        assert question(html) == "Two?"
        assert "<html" not in html
        assert response["HX-Replace-Url"] == reverse("drills:next")
        assert Review.objects.get().card == first
        assert second.turn == 0

    def test_without_a_script_it_goes_to_the_next_card(self, visitor, alice):
        first = in_review(alice, "One?")
        in_review(alice, "Two?", stability=40.0)
        response = post(visitor, "rate", first.pk, data=answer(visitor, first))
        assert response.redirect_chain == [(reverse("drills:next"), 302)]
        assert question(response.content.decode()) == "Two?"

    def test_a_double_click_is_one_answer_and_says_nothing(self, visitor, alice):
        made = in_review(alice)
        in_review(alice, "Two?")
        data = answer(visitor, made)
        for _ in range(2):
            html = post(visitor, "rate", made.pk, data=data, **HTMX).content.decode()
            assert question(html) == "Two?"
        assert "elsewhere" not in html
        assert Review.objects.count() == StudyDay.objects.get().reviews == 1

    def test_two_devices_are_told(self, visitor, alice):
        made = in_review(alice)
        one, other = answer(visitor, made), answer(visitor, made)
        post(visitor, "rate", made.pk, data=one, **HTMX)
        html = post(visitor, "rate", made.pk, data=other, **HTMX).content.decode()
        assert "answered already, elsewhere" in html
        assert Review.objects.count() == 1

    def test_the_time_is_counted(self, visitor, alice, clock):
        made = in_review(alice)
        data = answer(visitor, made)
        clock.now = after(seconds=9)
        post(visitor, "rate", made.pk, data=data)
        assert Review.objects.get().milliseconds == 9000

    @pytest.mark.parametrize(
        "broken",
        [
            {"rating": "5"}, {"rating": ""}, {"turn": "x"}, {"key": "x"}, {"shown": "nan"},
            {"shown": "1e400"}, {"turn": "99999999999999999999"},
        ],
    )  # fmt: skip
    def test_nonsense_is_refused_with_the_card(self, visitor, alice, broken):
        made = in_review(alice)
        response = post(visitor, "rate", made.pk, data=answer(visitor, made) | broken)
        assert response.status_code in (200, 422)
        assert Review.objects.count() == 0

    def test_undo_shows_the_card_again(self, visitor, alice):
        made = in_review(alice, "One?")
        in_review(alice, "Two?", stability=40.0)
        html = post(visitor, "rate", made.pk, data=answer(visitor, made), **HTMX).content.decode()
        review = Review.objects.get()
        assert reverse("drills:undo", args=[review.pk]) in html
        response = post(visitor, "undo", review.pk, **HTMX)
        assert question(response.content.decode()) == "One?"
        assert response["HX-Replace-Url"] == reverse("drills:card", args=[made.pk])
        assert Card.objects.get(pk=made.pk).memory == made.memory
        # Pressed twice, it takes back one.
        assert question(post(visitor, "undo", review.pk).content.decode()) == "One?"
        assert question(get(visitor, "next")) == "One?"

    def test_a_forgotten_card_comes_back_the_same_day(self, visitor, alice, clock):
        made = in_review(alice)
        post(visitor, "rate", made.pk, data=answer(visitor, made, Rating.AGAIN))
        assert question(get(visitor, "next")) == "Why a queue?"

    def test_a_leech_asks_to_be_rewritten(self, visitor, alice):
        made = in_review(alice, lapses=7)
        in_review(alice, "Two?")
        html = post(
            visitor, "rate", made.pk, data=answer(visitor, made, Rating.AGAIN), **HTMX
        ).content.decode()
        assert "was forgotten 8 times" in html
        assert "Leave it as it is" in get(visitor, "card", made.pk)
        post(visitor, "keep", made.pk)
        assert "Leave it as it is" not in get(visitor, "card", made.pk)

    def test_rewriting_ends_the_leech(self, visitor, alice):
        made = in_review(alice, lapses=8)
        data = {"version": made.version, "key": str(uuid.uuid4())}
        data["fields"] = {"answer": "Better words."}
        fetch = {"HTTP_X_REQUESTED_WITH": "fetch", "content_type": "application/json"}
        visitor.post(made.save_url, data, **fetch)
        made.refresh_from_db()
        assert (made.answer, made.is_leech, made.leech_at) == ("Better words.", False, 16)
