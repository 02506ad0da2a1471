"""Interviews: the list, a new one, its page, changes, and what is next."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans import interview_changes as changes
from plans.interview_showing import differing
from plans.models import Interview
from tests.plans.factories import NOW, interview

pytestmark = pytest.mark.django_db

COUNTDOWN = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "countdown"}
FORM = "application/x-www-form-urlencoded"


def data(**values) -> dict[str, str]:
    return {
        "company": "Acme", "role": "Architect", "round": "second round", "kind": "system-design",
        "day": "2026-12-03", "hour": "10:00", "time_zone": "Europe/Berlin", "minutes": "45",
        "place": "https://meet.example/acme", "interviewers": "Dana, staff engineer",
        "key": str(uuid.uuid4()),
    } | values  # fmt: skip


def get(client, name: str, *args, **headers) -> str:
    response = client.get(reverse(f"interviews:{name}", args=args), **headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def visitor(client_of, alice):
    return client_of(alice)


class TestNext:
    def test_the_earliest_that_is_not_over(self, alice, bob):
        rows = {
            name: interview(alice, name, at=NOW + timedelta(hours=hours))
            for name, hours in {"over": -2, "under way": -0.5, "next": 5, "later": 50}.items()
        }
        interview(bob, "theirs", at=NOW + timedelta(hours=1))
        mine = Interview.objects.for_user(alice)
        assert [row.company for row in mine.upcoming(NOW)] == ["under way", "next", "later"]
        assert [row.company for row in mine.past(NOW)] == ["over"]
        assert mine.next(NOW) == rows["under way"]
        assert mine.next(NOW + timedelta(hours=3)) == rows["next"]
        assert mine.next(NOW + timedelta(days=9)) is None

    def test_one_that_was_withdrawn_or_removed_leads_nothing(self, alice):
        first, second = (interview(alice, at=NOW + timedelta(hours=hours)) for hours in (1, 2))
        Interview.objects.filter(pk=first.pk).update(outcome="withdrawn")
        Interview.objects.filter(pk=second.pk).update(removed_at=NOW)
        mine = Interview.objects.for_user(alice)
        assert mine.next(NOW) is None
        assert list(mine.past(NOW)) == [first]

    def test_to_debrief(self, alice):
        row = interview(alice, at=NOW)
        mine = Interview.objects.for_user(alice)
        assert not mine.to_debrief(NOW)
        assert list(mine.to_debrief(NOW + timedelta(hours=1))) == [row]
        Interview.objects.update(debriefed_at=NOW)
        assert not mine.to_debrief(NOW + timedelta(hours=1))

    def test_the_end_follows_a_change(self, alice):
        row = interview(alice)
        row.minutes = 90
        row.save(update_fields=["minutes"])
        row.refresh_from_db()
        assert row.ends_at - row.at == timedelta(minutes=90)


class TestNew:
    def test_an_hour_in_a_named_zone(self, visitor, alice):
        assert 'value="Europe/Berlin"' in get(visitor, "new")
        response = visitor.post(reverse("interviews:new"), data())
        row = Interview.objects.for_user(alice).get()
        assert response.url == reverse("interviews:interview", args=[row.pk])
        assert row.at == datetime(2026, 12, 3, 9, tzinfo=UTC)
        assert (row.minutes, str(row)) == (45, "Acme, system design")

    def test_the_form_proposes_ones_own_zone(self, visitor, alice):
        alice.time_zone = "Asia/Tokyo"
        alice.save()
        assert '<option value="Asia/Tokyo" selected>' in get(visitor, "new")

    def test_a_double_click_makes_one_another_company_another(self, visitor):
        sent = data()
        first, second = (visitor.post(reverse("interviews:new"), sent) for _ in range(2))
        assert first.url == second.url
        visitor.post(reverse("interviews:new"), sent | {"company": "Globex"})
        assert Interview.objects.count() == 2

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"company": " "}, "This field is required"),
            ({"day": "soon"}, "Give a date"),
            ({"day": "9999-12-31"}, "between 2000 and 2099"),
            ({"hour": "25:00"}, "Give the time of day"),
            ({"time_zone": "Mars/Olympus"}, "Choose a time zone"),
            ({"minutes": "0"}, "greater than or equal to 5"),
            ({"minutes": "1000"}, "Ten hours at most"),
            ({"kind": "tea"}, "not one of the available choices"),
            ({"place": "x" * 501}, "501 characters"),
            (
                {"day": "2027-03-28", "hour": "02:30"},
                "skip 02:30. Did you mean 01:30 or 03:30?",
            ),
            ({"day": "2027-10-31", "hour": "02:30"}, "so 02:30 comes twice"),
        ],
    )
    def test_a_mistake_is_explained_and_the_text_kept(self, visitor, values, message):
        response = visitor.post(reverse("interviews:new"), data(**values))
        assert response.status_code == 422
        html = response.content.decode()
        assert message in html
        assert "Dana, staff engineer" in html
        assert not Interview.objects.exists()

    def test_the_second_of_two_hours(self, visitor, alice):
        night = {"day": "2027-10-31", "hour": "02:30"}
        html = visitor.post(reverse("interviews:new"), data(**night)).content.decode()
        assert "The first 02:30, at UTC+2" in html
        visitor.post(reverse("interviews:new"), data(**night, which="second"))
        row = Interview.objects.get()
        assert row.at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
        html = get(visitor, "edit", row.pk)
        assert 'value="second" checked' in html
        visitor.post(reverse("interviews:edit", args=[row.pk]), data(**night, which="first"))
        assert Interview.objects.get().at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


class TestTwoWindows:
    """Facts that were changed in one window are not lost to another that was open before."""

    @pytest.fixture
    def row(self, alice):
        return interview(alice, "Acme", at=NOW + timedelta(days=4), place="Room 4")

    def edition_of(self, visitor, row) -> str:
        page = get(visitor, "edit", row.pk)
        return re.search(r'name="edition" value="(\d+)"', page)[1]

    def save(self, visitor, row, **values):
        return visitor.post(reverse("interviews:edit", args=[row.pk]), data(**values))

    def test_the_second_is_asked(self, visitor, row):
        edition = self.edition_of(visitor, row)
        assert self.save(visitor, row, place="Room 5", edition=edition).status_code == 302
        response = self.save(visitor, row, company="Acme Ltd", place="Room 6", edition=edition)
        assert response.status_code == 409
        html = response.content.decode()
        # What was typed is kept, and what stands there is told.
        assert 'value="Room 6"' in html and 'value="Acme Ltd"' in html
        assert "<dd>Room 5</dd>" in html and "<dd>Acme</dd>" in html
        assert Interview.objects.get().place == "Room 5"
        # Said again on that page, it is meant.
        again = re.search(r'name="edition" value="(\d+)"', html)[1]
        assert self.save(visitor, row, place="Room 6", edition=again).status_code == 302
        assert Interview.objects.get().place == "Room 6"

    def test_a_double_click_is_no_other_window(self, visitor, row):
        sent = data(edition=self.edition_of(visitor, row))
        for _ in range(2):
            answer = visitor.post(reverse("interviews:edit", args=[row.pk]), sent)
            assert answer.status_code == 302
        assert Interview.objects.get().edition == 1

    def test_every_fact_that_differs_is_told(self, row, alice):
        mine = Interview(
            company="B", role="r", kind="coding", round="x", at=NOW, minutes=5, time_zone="UTC",
            place="p", interviewers="i",
        )  # fmt: skip
        told = dict(differing(row, mine))
        assert len(told) == len(changes.FORM)
        assert told["Begins"] == "Tuesday 24 November 2026, 20:00"
        assert told["Role"] == "nothing"
        assert differing(row, row) == []


class TestPage:
    def test_countdown_and_two_clocks(self, visitor, alice):
        alice.time_zone = "Europe/London"
        alice.save()
        at = timezone.now().replace(hour=9, minute=0) + timedelta(days=40)
        row = interview(alice, at=at, place="https://meet.example/acme", interviewers="Dana")
        html = get(visitor, "interview", row.pk)
        assert "In 40 days" in html
        assert "Berlin time" in html
        assert "for you" in html
        assert 'href="https://meet.example/acme"' in html
        part = get(visitor, "interview", row.pk, **COUNTDOWN)
        assert part.lstrip().startswith('<div class="countdown"')
        assert "<html" not in part

    @pytest.mark.parametrize(
        "place", ["javascript:alert(1)", "Building 3", "ftp://x", "https://a b", "https://"]
    )
    def test_a_place_that_is_no_address_is_text(self, visitor, alice, place):
        row = interview(alice, place=place)
        assert row.link == ""
        assert f'href="{place}' not in get(visitor, "interview", row.pk)

    def test_the_stack_is_saved_as_it_is_typed(self, visitor, alice):
        row = interview(alice)
        saved = visitor.post(row.save_url, "version=1&stack=*Kafka*&notes=", content_type=FORM)
        assert saved.status_code == 302
        row.refresh_from_db()
        assert (row.stack, row.version) == ("*Kafka*", 2)
        assert "<em>Kafka</em>" in row.stack_html

    def test_changes(self, visitor, alice):
        row = interview(alice)
        url = reverse("interviews:edit", args=[row.pk])
        assert 'value="2026-11-24"' in get(visitor, "edit", row.pk)
        assert visitor.post(url, data(hour="11:00")).status_code == 302
        row.refresh_from_db()
        assert (row.at, row.edition) == (datetime(2026, 12, 3, 10, tzinfo=UTC), 1)
        response = visitor.post(url, data(company=""))
        assert response.status_code == 422
        assert "Acme, system design" in response.content.decode()

    def test_outcome(self, visitor, alice):
        row = interview(alice)
        url = reverse("interviews:outcome", args=[row.pk])
        visitor.post(url, {"outcome": "offer"})
        assert Interview.objects.get().outcome == "offer"
        visitor.post(url, {"outcome": "a ham"})
        assert Interview.objects.get().outcome == "offer"

    def test_removed_and_back(self, visitor, alice):
        row = interview(alice)
        html = visitor.post(
            reverse("interviews:remove", args=[row.pk]), follow=True
        ).content.decode()
        undo = reverse("interviews:restore", args=[row.pk])
        assert f'action="{undo}"' in html
        assert visitor.get(row.get_absolute_url()).status_code == 404
        sent = visitor.post(row.save_url, "version=1&stack=x", content_type=FORM)
        assert sent.status_code == 404
        visitor.post(undo)
        assert visitor.get(row.get_absolute_url()).status_code == 200


class TestList:
    def test_nothing_yet_says_what_to_do(self, visitor):
        html = get(visitor, "list")
        assert "Name the interview you prepare for" in html

    def test_those_to_come_and_those_that_were(self, visitor, alice):
        now = timezone.now()
        interview(alice, "Acme", at=now + timedelta(days=2))
        interview(alice, "Globex", at=now - timedelta(days=2), outcome="offer")
        html = get(visitor, "list")
        assert html.index("To come") < html.index("Acme") < html.index("Past")
        assert html.index("Past") < html.index("Globex") < html.index("Offer")
        assert html.count("Look back on it, five minutes") == 1

    def test_queries_do_not_grow(self, visitor, alice, django_assert_num_queries):
        now = timezone.now()
        for days in range(-30, 10):
            interview(alice, at=now + timedelta(days=days))
        get(visitor, "list")
        # session, user, those to come, the count and the page of those that were
        with django_assert_num_queries(5):
            html = get(visitor, "list")
        assert "?page=2" in html
        row = Interview.objects.latest("at")
        with django_assert_num_queries(4):  # session, user, interview, what was asked
            get(visitor, "interview", row.pk)
        with django_assert_num_queries(3):
            get(visitor, "interview", row.pk, **COUNTDOWN)
