"""The drills, the stories and their settings follow the next interview."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from drills import queue
from drills.interviews import leading
from drills.models import Setting
from plans import interview_changes as changes
from plans.models import Interview
from stories import rehearsing
from tests.drills.factories import in_review
from tests.plans.factories import NOW, interview

pytestmark = pytest.mark.django_db


def at(**parts):
    return NOW + timedelta(**parts)


def aimed(user):
    return Setting.objects.for_user(user).get().interview_at


def draft(**values) -> Interview:
    return Interview(**{"company": "Acme", "at": at(days=4), "minutes": 60} | values)


def kept(user, number: int, **values) -> Interview:
    key = type(draft().request_key)(int=number)
    return changes.add(user, draft(**values), key, NOW)


class TestChanges:
    def test_the_earliest_leads_whatever_the_order_they_come_in(self, alice):
        kept(alice, 1, at=at(days=4))
        assert aimed(alice) == at(days=4)
        kept(alice, 2, at=at(days=9))
        assert aimed(alice) == at(days=4)
        kept(alice, 3, at=at(days=2))
        assert aimed(alice) == at(days=2)

    def test_each_change_moves_the_aim(self, alice):
        first, second = kept(alice, 1), kept(alice, 2, at=at(days=9))
        first.at = at(days=12)
        changes.change(first, NOW)
        assert aimed(alice) == at(days=9)
        changes.set_outcome(second, "withdrawn", NOW)
        assert aimed(alice) == at(days=12)
        changes.remove(first, NOW)
        assert aimed(alice) is None
        changes.restore(first, NOW)
        assert aimed(alice) == at(days=12)

    def test_a_date_of_ones_own_stays_while_nothing_leads(self, alice):
        past = interview(alice, at=at(days=-3))
        Setting.objects.create(owner=alice, interview_at=at(days=20))
        changes.set_outcome(past, "offer", NOW)
        changes.close_debrief(past, NOW)
        assert aimed(alice) == at(days=20)

    def test_the_plan_of_the_day_is_made_anew_only_when_the_hour_moved(self, alice):
        row = kept(alice, 1)
        in_review(alice)
        queue.ready(alice, NOW)
        row.place = "Room 3"
        changes.change(row, NOW)
        assert Setting.objects.get().planned_day == NOW.date()
        row.at = at(days=5)
        changes.change(row, NOW)
        assert Setting.objects.get().planned_day is None

    def test_nobody_elses(self, alice, bob):
        kept(bob, 1)
        assert leading(alice, NOW) is None
        assert not Setting.objects.for_user(alice).exists()


class TestMovingOn:
    def test_the_next_plan_of_a_day_moves_on(self, alice, django_assert_num_queries):
        kept(alice, 1, at=at(hours=2))
        kept(alice, 2, at=at(days=6))
        in_review(alice)
        assert queue.ready(alice, NOW).aimed_at == at(hours=2)
        with django_assert_num_queries(1):
            queue.ready(alice, at(hours=1))
        setting = queue.ready(alice, at(hours=3))
        assert (setting.interview_at, setting.aimed_at) == (at(days=6), at(days=6))
        with django_assert_num_queries(1):
            queue.ready(alice, at(hours=3, minutes=1))

    def test_after_the_last_one_cards_are_learned_for_good(self, alice):
        kept(alice, 1, at=at(hours=2))
        queue.ready(alice, NOW)
        setting = queue.ready(alice, at(hours=3))
        assert (setting.limit(at(hours=3)), setting.aimed_at) == (None, None)

    def test_stories_move_on_too(self, alice):
        kept(alice, 1, at=at(hours=2))
        kept(alice, 2, at=at(days=6))
        assert rehearsing.aim_of(alice, NOW).limit == at(hours=2)
        assert rehearsing.aim_of(alice, at(hours=3)).limit == at(days=6)


class TestSettings:
    @pytest.fixture
    def visitor(self, client_of, alice):
        return client_of(alice)

    @pytest.fixture
    def row(self, alice):
        return changes.add(
            alice,
            draft(at=timezone.now() + timedelta(days=4)),
            draft().request_key,
            timezone.now(),
        )

    def test_the_page_says_which_interview_it_follows(self, visitor, row):
        html = visitor.get(reverse("drills:settings")).content.decode()
        assert f'follow <a href="{row.get_absolute_url()}">Acme, system design</a>' in html
        assert 'name="interview_at"' not in html
        assert "Clear the interview" not in html

    def test_a_date_of_ones_own_cannot_take_its_place(self, visitor, alice, row):
        sent = {
            "new_a_day": "7", "minutes_a_day": "20", "percent": "90",
            "interview_at": "2030-01-01T10:00",
        }  # fmt: skip
        assert visitor.post(reverse("drills:settings"), sent).status_code == 302
        visitor.post(reverse("drills:clear-interview"))
        visitor.post(reverse("drills:set-interview") + "?at=2030-01-01T10:00Z")
        setting = Setting.objects.for_user(alice).get()
        assert (setting.interview_at, setting.new_a_day) == (row.at, 7)

    def test_without_an_interview_the_date_is_ones_own(self, visitor, alice):
        html = visitor.get(reverse("drills:settings")).content.decode()
        assert 'name="interview_at"' in html
