"""Decks and cards to look through, to take and to leave."""

import uuid

import pytest
from django.urls import reverse

from drills.models import Card, Setting
from drills.scheduling import recall
from drills.words import UNIT
from tests.drills.factories import NOW, after, card, deck, entry, in_review, many_cards, small_deck

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client_of, alice, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return client_of(alice)


def get(visitor, name, *args, query="") -> str:
    response = visitor.get(reverse(f"drills:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def post(visitor, name, *args, data=None, status=200) -> str:
    address = reverse(f"drills:{name}", args=args)
    response = visitor.post(address, data or {}, follow=True)
    assert response.status_code == status
    return response.content.decode()


class TestDecks:
    def test_decks_stand_in_their_order(self, visitor):
        small_deck(1, key="second", title="B deck", order=20)
        small_deck(1, key="first", title="C deck", order=10)
        html = get(visitor, "decks")
        assert html.index("C deck") < html.index("B deck")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?q=quorums", ["quorum"]),
            ("?q=Front+QU", ["quorum"]),
            ("?kind=facts", ["quorum"]),
            ("?tag=storage", ["shelf"]),
            ("?kind=facts&tag=storage", []),
            ("?q=no+such+word", []),
            ("?q=%00%ff'%22%29", []),
        ],
    )
    def test_search_and_filters(self, visitor, query, found):
        entry(
            deck("facts", kind="facts"), "quorum", title="Quorum", front="Front quorum?", tags=["x"]
        )
        entry(deck("shelves"), "shelf", title="Shelf", front="Why a shelf?", tags=["storage"])
        html = get(visitor, "decks", query=query)
        for key in ("quorum", "shelf"):
            assert (f'id="entry-{key}"' in html) == (key in found), query

    @pytest.mark.parametrize("query", ["?kind=nothing", "?page=99", "?q=&tag="])
    def test_what_is_not_known_is_left_out(self, visitor, query):
        small_deck(2)
        assert "2 cards" in get(visitor, "decks", query=query)

    def test_the_model_of_a_justification_stays_closed(self, visitor):
        small_deck(1, key="why")
        small_deck(1, key="what", kind="facts")
        assert "Because of reason 1" not in get(visitor, "deck", "why")
        assert "Because of reason 1" in get(visitor, "deck", "what")

    def test_a_blank_is_filled(self, visitor):
        of = deck("asked", kind="questions")
        entry(of, front="Design [use case].", blank="use case", fillings=["a feed", "a ledger"])
        html = get(visitor, "deck", "asked")
        assert "[use case]" not in html
        assert ("Design a feed." in html) != ("Design a ledger." in html)

    def test_take_one_and_undo(self, visitor, alice):
        small_deck(3)
        html = post(visitor, "take", "patterns-2", data={"next": "/drills/decks/?q=entry"})
        made = Card.objects.for_user(alice).get()
        assert made.entry.key == "patterns-2"
        assert f'action="{reverse("drills:leave", args=[made.pk])}"' in html
        post(visitor, "leave", made.pk)
        assert not Card.objects.for_user(alice).standing()
        post(visitor, "take", "patterns-2")
        assert Card.objects.for_user(alice).standing().get() == made

    def test_take_all_leave_all_and_undo(self, visitor, alice):
        small_deck(3)
        post(visitor, "take-deck", "patterns")
        first = Card.objects.for_user(alice).order_by("pk").first()
        Card.objects.filter(pk=first.pk).update(removed_at=after(days=-1), answer="Mine")
        html = post(visitor, "leave-deck", "patterns")
        assert "2 cards of “Patterns” taken out" in html
        assert not Card.objects.for_user(alice).standing()
        post(visitor, "rejoin-deck", "patterns")
        assert Card.objects.for_user(alice).standing().count() == 2
        post(visitor, "take-deck", "patterns")
        assert Card.objects.for_user(alice).standing().count() == 3
        assert Card.objects.get(pk=first.pk).answer == "Mine"

    def test_nobody_elses_cards_leave(self, visitor, bob):
        of = small_deck(1)
        theirs = Card.objects.add(bob, front="", entry=of.entries.get(), now=NOW).card
        post(visitor, "leave-deck", "patterns")
        theirs.refresh_from_db()
        assert theirs.removed_at is None

    def test_unknown_ones_are_404(self, visitor):
        hidden = small_deck(1, key="hidden")
        hidden.published = False
        hidden.save()
        for key in ("hidden", "nothing"):
            assert visitor.get(reverse("drills:deck", args=[key])).status_code == 404
        post(visitor, "take", "hidden-1", status=404)

    def test_queries_do_not_grow(self, visitor, alice, django_assert_num_queries):
        Setting.of(alice)
        small_deck(2)
        for size in (2, 40):
            small_deck(size, key=f"deck{size}")
            many_cards(alice, 100 * size)
            get(visitor, "decks")
            with django_assert_num_queries(4):
                get(visitor, "decks")
            with django_assert_num_queries(7):
                get(visitor, "decks", query="?q=front")
            with django_assert_num_queries(6):
                get(visitor, "deck", f"deck{size}")
            with django_assert_num_queries(6):
                get(visitor, "cards")


class TestCards:
    def test_no_card_is_due_on_a_day_after_the_interview(self, visitor, alice):
        """As the drills will have it, which aim at an interview with their next plan of a day."""
        in_review(alice, "Soon", due=after(days=2), stability=12)
        in_review(alice, "Firm enough by then", due=after(days=290), stability=300)
        in_review(alice, "Once more before it", due=after(days=20), stability=30)
        assert get(visitor, "cards").count(">due ") == 3
        Setting.objects.filter(owner=alice).update(interview_at=after(days=5))
        html = get(visitor, "cards")
        assert html.count("not due before it") == 1
        said = [f">due {after(days=n):%-d %b}" for n in (2, 4)]
        assert all(html.count(one) == 1 for one in said)
        get(visitor, "today")
        again = get(visitor, "cards")
        assert again.count("not due before it") == 1 and all(one in again for one in said)

    def test_each_says_its_chance_at_the_interview(self, visitor, alice):
        seen = in_review(alice, "Seen")
        card(alice, "New")
        assert "at the interview" not in get(visitor, "cards")
        Setting.objects.filter(owner=alice).update(interview_at=after(days=5))
        chance = f"{recall(seen.memory, after(days=5)) * 100:.0f}{UNIT}% at the interview"
        html = get(visitor, "cards")
        assert html.count("at the interview") == html.count(chance) == 1

    def test_the_lists(self, visitor, alice):
        in_review(alice, "Plain card")
        in_review(alice, "Leech card", lapses=9)
        in_review(alice, "Suspended card", suspended=True)
        in_review(alice, "Buried card", buried_until=after(hours=8))
        in_review(alice, "Was buried", buried_until=after(hours=-8))
        for show, title in (
            ("leeches", "Leech"), ("suspended", "Suspended"), ("buried", "Buried")
        ):  # fmt: skip
            html = get(visitor, "cards", query=f"?show={show}")
            assert f"{title} card" in html
            assert "Plain card" not in html
            assert "Was buried" not in html
        assert "Plain card" in get(visitor, "cards", query="?show=nonsense")

    def test_words_and_tags(self, visitor, alice):
        card(alice, "Why Kafka?", tags=["streams"])
        card(alice, "Why SQS?", answer="It absorbs Kafka-like bursts")
        assert "Why SQS?" not in get(visitor, "cards", query="?tag=Streams")
        html = get(visitor, "cards", query="?q=kafka")
        assert "Why Kafka?" in html
        assert "Why SQS?" in html

    def test_taking_up_again(self, visitor, alice):
        made = in_review(alice, "Suspended card", suspended=True, buried_until=after(hours=8))
        Setting.objects.create(owner=alice, planned_day=NOW.date())
        html = post(visitor, "release", made.pk, data={"next": "/drills/cards/?show=suspended"})
        assert "Nothing is suspended." in html
        made.refresh_from_db()
        assert (made.suspended, made.buried_until) == (False, None)
        assert Setting.objects.get().planned_day is None

    def test_a_card_of_any_kind(self, visitor, alice):
        key = str(uuid.uuid4())
        data = {
            "kind": "facts", "front": "What is a quorum?", "answer": "More than half.",
            "tags": "Consensus, basics", "key": key,
        }  # fmt: skip
        for _ in range(2):
            post(visitor, "new", data=data)
        made = Card.objects.for_user(alice).get()
        assert (made.kind, made.front, made.answer) == (
            "facts", "What is a quorum?", "More than half."
        )  # fmt: skip
        assert made.tags == ["consensus", "basics"]
        assert made.answer_html

    def test_an_empty_question_is_refused_with_the_rest_kept(self, visitor, bob, alice):
        from drills import own

        theirs = own.add_group(bob, "Bob’s", "", uuid.uuid4())
        data = {"kind": "facts", "front": " ", "answer": "Kept text", "group": theirs.pk}
        html = post(visitor, "new", data=data, status=422)
        assert "Kept text" in html
        assert "Bob" not in html
        assert not Card.objects.exists()

    def test_somebody_elses_cards_are_not_listed(self, visitor, bob):
        in_review(bob, "Bob’s card", suspended=True)
        for show in ("all", "suspended"):
            assert "Bob" not in get(visitor, "cards", query=f"?show={show}")
