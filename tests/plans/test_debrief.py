"""Looking back: what was asked, how it went, and weak answers brought back into practice."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from drills import answering, asked, queue
from drills.models import Card, Review, Setting
from drills.scheduling import Rating, State
from plans import debrief
from plans.models import Asked, Interview
from scenarios.attempts import Attempt, Mode
from stories import rehearsing
from stories.models import Story
from tests.drills.factories import card, in_review, small_deck
from tests.plans.factories import interview
from tests.scenarios.factories import solved as scenario
from tests.stories.factories import QuestionFactory, StoryFactory

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "asked"}


@pytest.fixture
def visitor(client_of, alice):
    return client_of(alice)


@pytest.fixture
def row(alice):
    return interview(alice, at=timezone.now() - timedelta(hours=2))


def post(client, name: str, pk: int, data=None, **headers):
    return client.post(reverse(f"interviews:{name}", args=[pk]), data or {}, **headers)


def weak(interview: Interview, value: str = "", title: str = "Why this queue?") -> Asked:
    """A line of the debrief that went badly: `value` names a thing, else it is new words."""
    thing = asked.get(interview.owner, value) if value else None
    assert bool(thing) == bool(value)
    line = debrief.add(interview, title, thing, uuid.uuid4())
    Asked.objects.filter(pk=line.pk).update(went="weak")
    return Asked.objects.get(pk=line.pk)


class TestFinding:
    def test_every_room_is_searched_and_words_may_stand_apart(self, alice, bob):
        scenario("band-shop", title="A shop for a band on tour")
        question = QuestionFactory(text="Tell me about a tour that failed.")
        story = StoryFactory(owner=alice, title="The tour of the warehouse")
        StoryFactory(owner=bob, title="Their tour")
        own = card(alice, "Why a tour of all tables?")
        card(bob, "Why their tour?")
        small_deck(1, key="tours")
        found = [thing.value for thing in asked.find(alice, "TOUR")]
        assert set(found) == {
            "scenario:band-shop", f"question:{question.key}", f"story:/stories/{story.pk}/",
            f"card:/drills/cards/{own.pk}/edit/",
        }  # fmt: skip
        assert [thing.value for thing in asked.find(alice, "tour warehouse")] == [
            f"story:/stories/{story.pk}/"
        ]
        assert [thing.value for thing in asked.find(alice, "entry 1")] == ["entry:tours-1"]

    @pytest.mark.parametrize("text", ["", "   ", "\0", "%", "_" * 300, "a " * 5000])
    def test_nothing_and_nonsense_find_nothing(self, alice, text):
        card(alice, "Why?")
        assert asked.find(alice, text) == []

    @pytest.mark.parametrize(
        "value", ["", ":", "scenario:", "scenario:no", "card:x", "card:/²/", "no:1", "card:/9999/"]
    )
    def test_what_names_nothing_is_none(self, alice, value):
        assert asked.get(alice, value) is None

    def test_nobody_elses_card_or_story(self, alice, bob):
        theirs, told = card(bob, "Why?"), StoryFactory(owner=bob)
        assert asked.get(alice, f"card:{theirs.get_absolute_url()}") is None
        assert asked.get(alice, f"story:{told.get_absolute_url()}") is None

    def test_the_page_shows_what_was_found_whole_or_in_part(self, visitor, row):
        scenario("band-shop", title="A shop for a band")
        url = f"{row.debrief_url}?q=band"
        page = visitor.get(url).content.decode()
        assert 'name="pick" value="scenario:band-shop"' in page
        assert 'value="band"' in page
        part = visitor.get(url, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="found").content.decode()
        assert part.lstrip().startswith('<div id="found"')
        assert "scenario:band-shop" in part


class TestList:
    def test_a_thing_found_and_new_words(self, visitor, row):
        scenario("band-shop", title="A shop for a band")
        post(visitor, "add-asked", row.pk, {"pick": "scenario:band-shop", "q": "ban"})
        post(visitor, "add-asked", row.pk, {"q": "Why not  <b>Kafka</b>?"})
        first, second = debrief.of(row)
        assert (first.title, first.label) == ("A shop for a band", "Scenario")
        assert first.address == "/scenarios/band-shop/"
        assert (second.title, second.source) == ("Why not  <b>Kafka</b>?", "")
        page = visitor.get(row.debrief_url).content.decode()
        assert '<a href="/scenarios/band-shop/">A shop for a band</a>' in page
        assert "<b>Kafka" not in page

    def test_a_double_click_notes_one_and_a_thing_stands_once(self, visitor, row):
        scenario("band-shop")
        sent = {"q": "Why?", "key": str(uuid.uuid4())}
        for _ in range(2):
            post(visitor, "add-asked", row.pk, sent)
            post(visitor, "add-asked", row.pk, {"pick": "scenario:band-shop"})
        assert debrief.of(row).count() == 2

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"q": " "}, "Write what was asked"),
            ({"q": "x" * 301}, "301 characters"),
            ({"q": "band", "pick": "scenario:gone"}, "not there any more"),
        ],
    )
    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_mistake_keeps_the_words(self, visitor, row, data, message, headers):
        response = post(visitor, "add-asked", row.pk, data, **headers)
        assert response.status_code == 422
        html = response.content.decode()
        assert message in html
        assert f'value="{data["q"]}"' in html
        assert ("<html" in html) == (not headers)
        assert not Asked.objects.exists()

    def test_how_it_went_is_set_and_never_toggled(self, visitor, row):
        line = debrief.add(row, "Why?", None, uuid.uuid4())
        for _ in range(2):
            response = post(visitor, "went", line.pk, {"went": "weak"}, **HTMX)
        html = response.content.decode()
        assert 'value="weak" aria-pressed="true"' in html.replace("\n", " ")
        assert "Make a card of it" in html
        post(visitor, "went", line.pk, {"went": "splendid"})
        assert Asked.objects.get().went == "weak"

    def test_removed_and_back(self, visitor, row):
        line = debrief.add(row, "Why?", None, uuid.uuid4())
        html = post(visitor, "remove-asked", line.pk, **HTMX).content.decode()
        undo = reverse("interviews:restore-asked", args=[line.pk])
        assert f'hx-post="{undo}"' in html
        assert not debrief.of(row)
        visitor.post(undo)
        assert debrief.of(row).count() == 1

    def test_queries_do_not_grow(self, visitor, row, django_assert_num_queries):
        for number in range(12):
            weak(row, title=f"Question {number}?")
        visitor.get(row.debrief_url)
        with django_assert_num_queries(4):  # session, user, interview, lines
            visitor.get(row.debrief_url)
        with django_assert_num_queries(9):  # and one for each sort of thing
            visitor.get(f"{row.debrief_url}?q=kafka")


class TestBack:
    """Each sort of thing comes back by its room's own way, once, and can be taken back."""

    def back(self, visitor, line: Asked) -> Asked:
        """Press it twice."""
        for _ in range(2):
            assert post(visitor, "bring-back", line.pk).status_code == 302
        line.refresh_from_db()
        assert line.again_at
        return line

    def leave(self, visitor, line: Asked) -> Asked:
        for _ in range(2):
            assert post(visitor, "take-back", line.pk).status_code == 302
        line.refresh_from_db()
        return line

    def test_new_words_become_a_card_with_its_source(self, visitor, alice, row):
        line = self.back(visitor, weak(row))
        made = Card.objects.for_user(alice).get()
        assert (made.front, made.kind) == ("Why this queue?", "questions")
        assert made.source == f"{row.debrief_url}#asked-{line.request_key}"
        assert made.source_title == "Asked at Acme"
        assert self.leave(visitor, line).again_at is None
        assert not Card.objects.standing().exists()
        self.back(visitor, line)
        assert Card.objects.standing().get() == made

    def test_a_question_becomes_a_card_once(self, visitor, alice, row):
        question = QuestionFactory()
        line = self.back(visitor, weak(row, f"question:{question.key}"))
        other = interview(alice, "Globex", at=row.at)
        self.back(visitor, weak(other, f"question:{question.key}"))
        made = Card.objects.for_user(alice).get()
        assert (made.front, made.source) == (question.text, question.get_absolute_url())
        # Asked a second time it was brought back, which is a review: the first cannot be undone.
        assert made.state == State.LEARNING
        assert self.leave(visitor, line).again_at
        assert Card.objects.standing().exists()

    @pytest.mark.parametrize("aside", [{}, {"suspended": True}])
    def test_a_card_becomes_due_now_and_exactly_what_it_was(self, visitor, alice, row, aside):
        now = timezone.now()
        made = in_review(alice, due=now + timedelta(days=30), last_review=now, **aside)
        before = made.snapshot()
        line = self.back(visitor, weak(row, f"card:{made.get_absolute_url()}"))
        made.refresh_from_db()
        assert made.due <= timezone.now()
        assert not made.suspended
        setting = queue.ready(alice, timezone.now())
        assert queue.following(alice, setting, timezone.now()).card == made.pk
        assert Review.objects.counted().get().rating == Rating.AGAIN
        self.leave(visitor, line)
        made.refresh_from_db()
        assert made.snapshot() == before
        assert made.suspended == bool(aside)
        assert not Review.objects.counted().exists()

    def test_a_card_answered_since_stays(self, visitor, alice, row):
        made = in_review(alice)
        line = self.back(visitor, weak(row, f"card:{made.get_absolute_url()}"))
        made.refresh_from_db()
        answering.rate(
            alice, made, Setting.of(alice), Rating.GOOD, turn=made.turn, key=uuid.uuid4(),
            milliseconds=0, now=timezone.now(),
        )  # fmt: skip
        html = post(visitor, "take-back", line.pk, **HTMX).content.decode()
        assert "practised since" in html
        line.refresh_from_db()
        assert line.again_at

    def test_an_entry_is_taken_or_brought_back(self, visitor, alice, row):
        small_deck(2)
        first = self.back(visitor, weak(row, "entry:patterns-1"))
        taken = Card.objects.for_user(alice).standing().get()
        assert (taken.entry.key, taken.state) == ("patterns-1", State.NEW)
        self.leave(visitor, first)
        assert not Card.objects.standing().exists()
        self.back(visitor, first)
        other = interview(alice, "Globex", at=row.at)
        second = self.back(visitor, weak(other, "entry:patterns-1"))
        taken.refresh_from_db()
        assert taken.due <= timezone.now()
        self.leave(visitor, second)
        taken.refresh_from_db()
        assert taken.state == State.NEW

    def test_a_story_is_due_for_rehearsal(self, visitor, alice, row):
        now = timezone.now()
        story = StoryFactory(owner=alice, situation="A shop.")
        Story.objects.filter(pk=story.pk).update(
            recall_state=State.REVIEW, recall_step=None, stability=40.0, difficulty=5.0,
            due_at=now + timedelta(days=30), last_rated_at=now - timedelta(days=1),
        )  # fmt: skip
        story.refresh_from_db()
        before = story.snapshot()
        assert not rehearsing.offers(alice, now)
        line = self.back(visitor, weak(row, f"story:{story.get_absolute_url()}"))
        (offer,) = rehearsing.offers(alice, timezone.now())
        assert offer.address == reverse("stories:rehearse", args=[story.pk])
        self.leave(visitor, line)
        story.refresh_from_db()
        assert story.snapshot() == before

    def test_a_scenario_waits_in_the_drills_until_it_was_practised(self, visitor, alice, row):
        shop = scenario("band-shop", title="A shop for a band")
        line = self.back(visitor, weak(row, "scenario:band-shop"))
        assert debrief.to_practise(alice) == [line]
        page = visitor.get(reverse("drills:today")).content.decode()
        assert "Practise “A shop for a band” again" in page
        assert "Asked at Acme" in page
        now = timezone.now()
        attempt = Attempt.start(alice, shop, Mode.UNTIMED, key=uuid.uuid4(), now=now)
        assert debrief.to_practise(alice) == [line]
        Attempt.objects.filter(pk=attempt.pk).update(finished_at=now + timedelta(minutes=40))
        assert debrief.to_practise(alice) == []
        assert debrief.offers(alice, now) == []
        assert self.leave(visitor, line).again_at is None

    def test_one_that_is_gone_comes_back_as_its_words(self, visitor, alice, row):
        question = QuestionFactory()
        line = weak(row, f"question:{question.key}")
        question.delete()
        self.back(visitor, line)
        assert Card.objects.for_user(alice).get().front == line.title
        assert self.leave(visitor, line).again_at is None

    def test_all_weak_ones_at_once_and_back(self, visitor, alice, row):
        lines = [weak(row, title=f"Question {number}?") for number in range(3)]
        Asked.objects.filter(pk=lines[2].pk).update(went="fair")
        html = visitor.get(row.debrief_url).content.decode()
        assert "Send the 2 weak ones back" in html
        for _ in range(2):
            html = post(visitor, "bring-all-back", row.pk, **HTMX).content.decode()
        assert Card.objects.for_user(alice).standing().count() == 2
        assert reverse("interviews:bring-all-back", args=[row.pk]) not in html
        post(visitor, "take-all-back", row.pk)
        assert not Card.objects.for_user(alice).standing().exists()
        assert not Asked.objects.exclude(again_at=None).exists()

    def test_to_practise_costs_one_query_a_sort(self, alice, row, django_assert_num_queries):
        scenario("band-shop")
        for number in range(5):
            weak(row, title=f"Question {number}?")
        weak(row, "scenario:band-shop")
        debrief.bring_all_back(alice, row, timezone.now())
        with django_assert_num_queries(3):
            assert len(debrief.to_practise(alice)) == 6

    def test_not_theirs(self, client_of, bob, row):
        line = weak(row)
        stranger = client_of(bob)
        for name in ("went", "bring-back", "take-back", "remove-asked", "restore-asked"):
            assert post(stranger, name, line.pk, {"went": "fair"}).status_code == 404
        for name in ("add-asked", "bring-all-back", "take-all-back", "debrief"):
            assert post(stranger, name, row.pk, {"q": "Why?"}).status_code == 404


class TestClosing:
    def test_done(self, visitor, row):
        response = post(visitor, "debrief", row.pk, {"went": "fair", "outcome": "next-round"})
        assert response.url == row.get_absolute_url()
        row.refresh_from_db()
        assert (row.went, row.outcome) == ("fair", "next-round")
        first = row.debriefed_at
        post(visitor, "debrief", row.pk, {"went": "strong", "outcome": "offer"})
        row.refresh_from_db()
        assert (row.went, row.debriefed_at) == ("strong", first)

    def test_nonsense_closes_nothing(self, visitor, row):
        response = post(visitor, "debrief", row.pk, {"went": "so", "outcome": "ham"})
        assert response.status_code == 422
        row.refresh_from_db()
        assert row.debriefed_at is None
