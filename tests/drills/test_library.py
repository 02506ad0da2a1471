"""The justification library: its list, an entry, groups and entries of one's own."""

import re
import uuid
from datetime import UTC

import pytest
from django.urls import reverse

from drills import own, uses
from drills.decks import Kind
from drills.models import Card, Filing, Group, Peek, Setting
from tests.drills.factories import NOW, after, card, deck, entry, in_review, many_cards, small_deck
from writing.models import Revision

pytestmark = pytest.mark.django_db
MODEL = "I chose Lambda because traffic comes in bursts, accepting cold starts."
MINE = "I chose Lambda because our traffic comes in waves, accepting cold starts."


@pytest.fixture
def visitor(client_of, alice, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return client_of(alice)


def get(visitor, name, *args, query="") -> str:
    response = visitor.get(reverse(f"drills:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def post(visitor, name, *args, data=None, status=200, **headers) -> str:
    address = reverse(f"drills:{name}", args=args)
    response = visitor.post(address, data or {}, follow=True, **headers)
    assert response.status_code == status
    return response.content.decode()


def save(visitor, made, **texts):
    """Save as a form without a script does it."""
    made.refresh_from_db()
    body = "&".join(f"{name}={value}" for name, value in {"version": made.version, **texts}.items())
    return visitor.post(made.save_url, body, content_type="application/x-www-form-urlencoded")


class TestList:
    def test_decks_in_their_order_and_own_groups_between(self, visitor, alice):
        small_deck(2, key="late", title="Late deck", order=30)
        small_deck(2, key="early", title="Early deck", order=10)
        small_deck(2, key="facts", title="Facts deck", kind="facts", order=5)
        own.add_group(alice, "My shop", "", uuid.uuid4())
        html = get(visitor, "justifications")
        found = re.findall(r'<h2 id="[^"]*-title">\s*(?:<a[^>]*>)?\s*([^<]*?)\s*<', html)
        assert found[:3] == ["Early deck", "My shop", "Late deck"]

    def test_progress_by_group_and_in_all(self, visitor, alice):
        of = small_deck(6)
        entries = list(of.entries.all())
        for shared in entries[:3]:
            Card.objects.add(alice, front="", entry=shared, answer=MINE, now=NOW)
        Card.objects.add(alice, front="", entry=entries[3], now=NOW)
        html = get(visitor, "justifications")
        assert "3 of 6 written" in html
        assert '<b class="num">3 of 6</b>' in html
        assert "Entry 1" in html
        left = get(visitor, "justifications", query="?show=unwritten")
        assert "Front 4?" in left
        assert "Entry 1" not in left

    def test_the_model_is_not_in_the_list(self, visitor):
        entry(deck())
        assert MODEL not in get(visitor, "justifications")

    def test_a_gentle_word_stands_beside_a_sentence(self, visitor, alice):
        Card.objects.add(alice, front="", entry=entry(deck()), answer="It is fast.", now=NOW)
        html = get(visitor, "justifications")
        assert "no reason" in html
        assert "no trade-off" in html

    def test_somebody_elses_sentences_are_not_there(self, visitor, bob):
        Card.objects.add(bob, front="", entry=entry(deck()), answer=MINE, now=NOW)
        card(bob, "Bob’s own choice")
        own.add_group(bob, "Bob’s project", "", uuid.uuid4())
        html = get(visitor, "justifications")
        assert "waves" not in html
        assert "Bob" not in html

    def test_a_project_of_other_cards_is_not_short_of_sentences(self, visitor, alice):
        small_deck(1)
        group = own.add_group(alice, "Storage", "", uuid.uuid4())
        for number in range(3):
            own.add_card(
                alice, uuid.uuid4(), NOW, front=f"Fact {number}?", answer="It is eleven nines.",
                kind="facts", group=group,
            )  # fmt: skip
        html = get(visitor, "justifications")
        assert "No justification yet; 3 cards of other kinds." in html
        assert "0 of 0" not in html
        assert "Fact 0?" in (page := get(visitor, "group", group.pk))
        assert "no trade-off" not in page

    def test_queries_do_not_grow(self, visitor, alice, django_assert_num_queries):
        small_deck(2)
        get(visitor, "justifications")
        with django_assert_num_queries(7):
            get(visitor, "justifications")
        for number in range(5):
            small_deck(6, key=f"deck{number}")
            group = own.add_group(alice, f"Project {number}", "", uuid.uuid4())
            for row in range(4):
                own.add_card(alice, uuid.uuid4(), NOW, front=f"Choice {row}", group=group)
        many_cards(alice, 10_000)
        with django_assert_num_queries(7):
            get(visitor, "justifications")


class TestEntry:
    def test_the_model_stays_closed_until_yours_is_written(self, visitor, alice):
        shared = entry(deck())
        html = get(visitor, "justification", shared.key)
        assert MODEL not in html
        assert "Cold starts take 200 ms." not in html
        html = post(visitor, "write", shared.key)
        assert MODEL not in html
        made = Card.objects.for_user(alice).get()
        answer = save(visitor, made, answer=MINE)
        assert answer.status_code == 302
        html = get(visitor, "justification", shared.key)
        assert re.search(r"<ins>.*bursts", html)
        assert re.search(r"<del>.*waves", html)
        assert "Cold starts take 200 ms." in html
        assert Peek.objects.count() == 0

    def test_spaces_are_no_sentence(self, visitor, alice):
        shared = entry(deck())
        post(visitor, "write", shared.key)
        save(visitor, Card.objects.get(), answer="%20%0A%20")
        assert MODEL not in get(visitor, "justification", shared.key)

    def test_show_me_anyway_is_remembered(self, visitor, alice):
        shared = entry(deck())
        html = post(visitor, "show-model", shared.key)
        assert MODEL in html
        assert "before yours stood" in html
        post(visitor, "show-model", shared.key)
        assert Peek.objects.get().at == NOW
        assert "model seen" in get(visitor, "justifications")
        Card.objects.add(alice, front="", entry=shared, answer=MINE, now=NOW)
        assert "You looked at it on 20 November" in get(visitor, "justification", shared.key)

    def test_looking_after_writing_is_no_peek(self, visitor, alice):
        shared = entry(deck())
        Card.objects.add(alice, front="", entry=shared, answer=MINE, now=NOW)
        post(visitor, "show-model", shared.key)
        assert Peek.objects.count() == 0

    def test_holding_it_against_the_model_saves_first(self, visitor, alice):
        shared = entry(deck())
        made = Card.objects.add(alice, front="", entry=shared, now=NOW).card
        address = reverse("drills:beside", args=[made.pk])
        form = f"version={made.version}&answer=Because+of+our+bursts"
        response = visitor.post(
            address, form, content_type="application/x-www-form-urlencoded", follow=True
        )
        made.refresh_from_db()
        assert made.answer == "Because of our bursts"
        assert MODEL in response.content.decode()
        assert response.redirect_chain[-1][0].endswith("/lambda/")
        stale = visitor.post(
            address, form + "+and+more", content_type="application/x-www-form-urlencoded"
        )
        assert stale.status_code == 409
        made.refresh_from_db()
        assert made.answer == "Because of our bursts"
        assert Revision.objects.filter(kind="kept").count() == 1

    def test_write_twice_is_one_card(self, visitor, alice):
        shared = entry(deck())
        for _ in range(2):
            post(visitor, "write", shared.key)
        assert Card.objects.for_user(alice).count() == 1

    def test_next_is_the_next_without_a_sentence(self, visitor, alice):
        first, second, third = small_deck(3).entries.order_by("order")
        Card.objects.add(alice, front="", entry=second, answer=MINE, now=NOW)
        html = get(visitor, "justification", first.key)
        assert reverse("drills:justification", args=[third.key]) in html
        assert reverse("drills:justification", args=[first.key]) in get(
            visitor, "justification", third.key
        )

    def test_only_published_justifications_have_a_page(self, visitor):
        facts = entry(deck("facts", kind="facts"), "a-fact")
        gone = entry(deck("gone"), "gone-one")
        gone.published = False
        gone.save()
        for key in (facts.key, gone.key, "nothing"):
            address = reverse("drills:justification", args=[key])
            assert visitor.get(address).status_code == 404
            assert visitor.post(address + "write/").status_code == 404
            assert visitor.post(address + "show/").status_code == 404

    def test_where_it_is_used(self, visitor, monkeypatch):
        asked = []

        def source(subjects):
            asked.extend(subjects)
            return {subjects[0].key: [uses.Use("Band shop", "/scenarios/band-shop/", "In front")]}

        monkeypatch.setattr(uses, "_sources", {"test": source})
        shared = entry(deck())
        html = get(visitor, "justification", shared.key)
        assert 'href="/scenarios/band-shop/"' in html
        assert (asked[0].title, asked[0].tags) == ("Serverless compute", ("compute",))

    def test_hints_are_said_while_one_writes(self, visitor):
        answer = {"answer": "It is fast. It is cheap."}
        html = post(visitor, "hints", data=answer, HTTP_HX_REQUEST="true")
        assert "more than one sentence" in html
        assert "<html" not in html
        assert "<li>" not in post(visitor, "hints", data={"answer": MINE})
        assert "<li>" not in post(visitor, "hints")

    def test_queries(self, visitor, alice, django_assert_num_queries, monkeypatch):
        # What other rooms say costs what it costs them.
        monkeypatch.setattr(uses, "_sources", {})
        shared = entry(deck())
        Card.objects.add(alice, front="", entry=shared, answer=MINE, now=NOW)
        get(visitor, "justification", shared.key)
        with django_assert_num_queries(7):
            get(visitor, "justification", shared.key)

    def test_no_due_date_lies_after_the_interview(self, visitor, alice):
        """An interview set since the last plan of a day has moved no due date yet."""
        own_kind = {"answer": MINE, "kind": Kind.JUSTIFICATION}
        row = in_review(alice, "Soon", due=after(days=20), stability=30, **own_kind)
        firm = in_review(alice, "Firm", due=after(days=290), stability=300, **own_kind)
        assert f"Due {after(days=20):%-d %B %Y}." in get(visitor, "own-justification", row.pk)
        Setting.objects.filter(owner=alice).update(interview_at=after(days=5))
        assert f"Due {after(days=4):%-d %B %Y}." in get(visitor, "own-justification", row.pk)
        assert "Not due before the interview." in get(visitor, "own-justification", firm.pk)
        get(visitor, "today")
        row.refresh_from_db()
        assert row.due == after(days=4)


class TestChoice:
    data = {
        "front": "Why CloudFront?", "source": "/scenarios/band-shop/solution/#cdn",
        "source_title": "Band shop", "note": "It takes the peak.",
    }  # fmt: skip

    def test_one_click_adds_and_a_second_says_so(self, visitor, alice):
        htmx = {"HTTP_HX_REQUEST": "true"}
        first = post(visitor, "add-choice", data=self.data, **htmx)
        made = Card.objects.for_user(alice).get()
        address = reverse("drills:own-justification", args=[made.pk])
        assert address in first
        assert "Already" not in first
        second = post(visitor, "add-choice", data=self.data, **htmx)
        assert address in second
        assert "Already in your justifications" in second
        assert Card.objects.for_user(alice).count() == 1

    def test_without_htmx_it_leads_there(self, visitor):
        assert "already" not in post(visitor, "add-choice", data=self.data)
        html = post(visitor, "add-choice", data=self.data)
        assert "This is in your library already" in html
        assert self.data["source"] in html
        assert "Added by you" in get(visitor, "justifications")

    @pytest.mark.parametrize("source", ["", "https://example.com/", "//example.com/", "x"])
    def test_only_pages_of_this_site(self, visitor, source):
        post(visitor, "add-choice", data=self.data | {"source": source}, status=404)
        assert Card.objects.count() == 0


class TestOwn:
    @pytest.fixture
    def group(self, visitor, alice):
        post(visitor, "add-group", data={"title": "My shop", "summary": "Sells"})
        return Group.objects.for_user(alice).get()

    def add(self, visitor, group, front):
        post(visitor, "add-line", group.pk, data={"front": front, "key": str(uuid.uuid4())})
        return Card.objects.get(front=front)

    def fronts(self, visitor, group):
        html = get(visitor, "group", group.pk)
        return re.findall(r'class="whole"[^>]*>([^<]*)<', html)

    def test_asking_twice_makes_one(self, visitor, group):
        key = str(uuid.uuid4())
        for _ in range(2):
            post(visitor, "add-group", data={"title": "Again", "key": key})
            post(visitor, "add-line", group.pk, data={"front": "Why Kafka?", "key": key})
        assert Group.objects.filter(title="Again").count() == 1
        assert Card.objects.filter(front="Why Kafka?", group=group).count() == 1

    def test_an_empty_name_is_refused(self, visitor, group):
        assert "required" in post(visitor, "add-group", data={"title": " "}, status=422)
        post(visitor, "rename-group", group.pk, data={"title": ""}, status=422)
        post(visitor, "add-line", group.pk, data={"front": "  "}, status=422)
        assert Card.objects.count() == 0
        group.refresh_from_db()
        assert group.title == "My shop"

    def test_rename(self, visitor, group):
        html = post(visitor, "rename-group", group.pk, data={"title": "Our shop", "summary": ""})
        assert "Our shop" in html

    def test_entries_are_written_renamed_and_moved(self, visitor, group):
        made = [self.add(visitor, group, f"Choice {n}") for n in range(1, 4)]
        assert self.fronts(visitor, group) == ["Choice 1", "Choice 2", "Choice 3"]
        post(visitor, "move-card", made[2].pk, data={"direction": "up"})
        post(visitor, "move-card", made[0].pk, data={"direction": "up"})
        assert self.fronts(visitor, group) == ["Choice 1", "Choice 3", "Choice 2"]
        post(visitor, "move-card", made[0].pk, data={"direction": "down"})
        assert self.fronts(visitor, group) == ["Choice 3", "Choice 1", "Choice 2"]
        post(visitor, "move-card", made[0].pk, data={"direction": "sideways"})
        assert save(visitor, made[0], front="Renamed", answer=MINE).status_code == 302
        assert self.fronts(visitor, group) == ["Choice 3", "Renamed", "Choice 2"]
        assert "1 of 3 written" in get(visitor, "group", group.pk)

    def test_groups_move(self, visitor, alice, group):
        own.add_group(alice, "Second", "", uuid.uuid4())
        post(visitor, "move-group", group.pk, data={"direction": "down"})
        assert [row.title for row in own.groups_of(alice)] == ["Second", "My shop"]

    def test_remove_and_undo(self, visitor, alice, group):
        kept, gone = (self.add(visitor, group, f"Choice {n}") for n in (1, 2))
        own.take_out(Card.objects.filter(pk=gone.pk), after(hours=-1))
        html = post(visitor, "remove-group", group.pk)
        assert not Card.objects.for_user(alice).standing()
        undo = reverse("drills:restore-group", args=[group.pk])
        assert f'action="{undo}"' in html
        post(visitor, "restore-group", group.pk)
        assert list(Card.objects.for_user(alice).standing()) == [kept]
        assert Setting.objects.filter(planned_day=None).count() == Setting.objects.count()

    def test_an_entry_leaves_and_comes_back(self, visitor, alice, group):
        made = self.add(visitor, group, "Why Kafka?")
        html = post(visitor, "leave", made.pk, data={"next": f"/drills/groups/{group.pk}/"})
        assert "My shop" in html
        assert f'action="{reverse("drills:rejoin", args=[made.pk])}"' in html
        assert self.fronts(visitor, group) == []
        assert "is back" in post(visitor, "rejoin", made.pk)
        assert self.fronts(visitor, group) == ["Why Kafka?"]

    def test_next_is_a_page_of_this_site(self, visitor, group):
        made = self.add(visitor, group, "Why Kafka?")
        for bad in ("https://example.com", "//example.com", "javascript:1"):
            address = reverse("drills:leave", args=[made.pk])
            assert "example" not in visitor.post(address, {"next": bad})["Location"]

    def test_into_another_group(self, visitor, alice, group):
        made = card(alice, "Why Kafka?")
        post(visitor, "file-card", made.pk, data={"group": group.pk})
        assert self.fronts(visitor, group) == ["Why Kafka?"]
        post(visitor, "file-card", made.pk, data={"group": ""})
        assert self.fronts(visitor, group) == []
        assert Filing.objects.count() == 1

    def test_nobody_elses_group_takes_it(self, visitor, alice, bob):
        made = card(alice, "Why Kafka?")
        theirs = own.add_group(bob, "Bob’s", "", uuid.uuid4())
        post(visitor, "file-card", made.pk, data={"group": theirs.pk})
        made.refresh_from_db()
        assert made.group is None

    def test_a_group_page_costs_the_same_with_many(
        self, visitor, alice, group, django_assert_num_queries
    ):
        for number in range(150):
            own.add_card(alice, uuid.uuid4(), NOW, front=f"Choice {number}", group=group)
        get(visitor, "group", group.pk)
        with django_assert_num_queries(5):
            html = get(visitor, "group", group.pk)
        assert "1 of 2" in html


def test_a_name_in_files_is_for_good(alice):
    made = card(alice, "Why Kafka?")
    first = own.guid_of(made)
    Card.objects.filter(pk=made.pk).update(front="Other", due=after(days=3))
    made = Card.objects.get(pk=made.pk)
    assert own.guid_of(made) == first
    assert made.created_at.tzinfo == UTC
    named, _ = own.add_card(alice, "their-guid", NOW, front="Named")
    assert own.guid_of(named) == "their-guid"
