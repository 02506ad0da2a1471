"""The page of the day, the decks it offers, the settings."""

import re

import pytest
from django.urls import reverse

from drills import sources
from drills.models import Card, Entry, Setting
from tests.drills.factories import (
    NOW,
    after,
    entry,
    in_review,
    many_cards,
    small_deck,
)
from tests.drills.pages import HTMX, answer, get, post, question

pytestmark = pytest.mark.django_db


class TestToday:
    def test_a_newcomer_is_offered_the_decks(self, visitor, alice):
        small_deck(3)
        html = get(visitor, "today")
        assert "Or take a deck, and begin" in html
        assert reverse("drills:justifications") in html
        assert "Take 3 cards" in html
        response = post(visitor, "start", "patterns")
        assert "3 cards, about 2 minutes" in response.content.decode()
        assert Card.objects.for_user(alice).count() == 3
        post(visitor, "start", "patterns")
        assert Card.objects.for_user(alice).count() == 3
        assert "Take another deck" not in get(visitor, "today")

    def test_one_deck_of_each_kind_is_offered_in_their_order(self, visitor):
        small_deck(1, key="later", title="Later", order=20)
        small_deck(1, key="first", title="First", order=10)
        small_deck(1, key="facts", title="Numbers", kind="facts", order=5)
        html = get(visitor, "today")
        assert html.index(">Numbers<") < html.index(">First<")
        assert ">Later<" not in html
        assert "All 3 decks" in html
        post(visitor, "start", "first")
        assert ">Later<" in get(visitor, "today")

    def test_taking_a_deck_can_be_undone(self, visitor, alice):
        small_deck(3)
        assert reverse("drills:leave-deck", args=["patterns"]) in (
            post(visitor, "start", "patterns").content.decode()
        )
        post(visitor, "leave-deck", "patterns")
        assert not Card.objects.for_user(alice).standing().exists()

    def test_every_page_of_the_room_is_a_tab_away(self, visitor):
        html = get(visitor, "today")
        for name in ("justifications", "decks", "statistics", "settings"):
            assert f'href="{reverse(f"drills:{name}")}"' in html

    def test_a_deck_that_grew_offers_the_rest(self, visitor, alice):
        of = small_deck(2)
        post(visitor, "start", "patterns")
        entry(of, "third", order=3)
        assert "Take 1 more" in get(visitor, "today")

    def test_an_unknown_deck_is_404(self, visitor):
        assert post(visitor, "start", "nothing").status_code == 404

    def test_the_day_holds_what_was_said(self, visitor, alice):
        small_deck(30)
        post(visitor, "start", "patterns")
        assert "10 cards, about 5 minutes" in get(visitor, "today")
        for number in range(5):
            in_review(alice, f"Due {number}")
        Setting.replan(alice.pk)
        assert "15 cards, about 6 minutes" in get(visitor, "today")

    def test_counts_stand_apart_only_where_there_is_more_than_one(self, visitor, alice):
        small_deck(3)
        post(visitor, "start", "patterns")
        html = get(visitor, "today")
        assert 'class="counts' not in html
        assert "New to you." in html
        in_review(alice)
        Setting.replan(alice.pk)
        html = get(visitor, "today")
        assert "<dt>due</dt><dd>1</dd>" in html
        assert "<dt>new</dt><dd>3</dd>" in html
        # Before an interview the list holds what gains most by it, due or not.
        Setting.objects.update(interview_at=after(days=2), planned_day=None)
        assert "<dt>to review</dt><dd>1</dd>" in get(visitor, "today")

    def test_a_backlog_is_spread(self, visitor, alice):
        many_cards(alice, 1000, due_in_days=1)
        html = get(visitor, "today")
        assert "100 cards, about 20 minutes" in html
        assert "are due. They are spread over the next days" in html
        assert Setting.objects.get().left_for_later > 100

    def test_rooms_put_their_own_work_in_the_list(self, visitor, monkeypatch):
        monkeypatch.setattr(sources, "_sources", {})
        sources.register(
            "stories", lambda user, by: [sources.Offer("Tell “The outage”", "/stories/1/", NOW, 3)]
        )
        html = get(visitor, "today")
        assert 'href="/stories/1/"' in html
        assert "3 min" in html

    def test_an_hour_of_other_work_leaves_half_of_the_day_to_the_cards(
        self, visitor, alice, monkeypatch
    ):
        monkeypatch.setattr(sources, "_sources", {})
        sources.register(
            "asked", lambda user, by: [sources.Offer("Practise it again", "/scenarios/1/", NOW, 60)]
        )
        many_cards(alice, 1000, due_in_days=1)
        html = get(visitor, "today")
        assert 'href="/scenarios/1/"' in html
        assert "50 cards, about 10 minutes" in html

    def test_minutes_before_the_interview_the_list_fits_into_them(self, visitor, alice):
        small_deck(30)
        post(visitor, "start", "patterns")
        Setting.objects.update_or_create(
            owner=alice, defaults={"interview_at": after(minutes=7), "planned_day": None}
        )
        html = get(visitor, "today")
        assert "14 cards, about 7 minutes" in html
        # What there is no time for will not be remembered.
        assert "<b>100" not in html
        Setting.objects.update(interview_at=after(minutes=70), planned_day=None)
        assert "30 cards, about 15 minutes" in get(visitor, "today")

    def test_one_card_that_waits_is_told_as_one(self, visitor, alice):
        made = in_review(alice)
        post(visitor, "rate", made.pk, data=answer(visitor, made))
        Setting.objects.update(left_for_later=1)
        assert "1 due card waits for the next days" in get(visitor, "today")
        Setting.objects.update(left_for_later=2)
        assert "2 due cards wait for the next days" in get(visitor, "today")

    def test_when_all_is_done_the_page_says_so(self, visitor, alice):
        made = in_review(alice)
        post(visitor, "rate", made.pk, data=answer(visitor, made))
        assert "Done for today" in get(visitor, "today")
        assert "Done for today" in get(visitor, "next")

    def test_ten_minutes_more(self, visitor, alice):
        many_cards(alice, 1000, due_in_days=1)
        Setting.objects.create(owner=alice, minutes_a_day=1)
        assert "5 cards, about 1 minute<" in get(visitor, "today")
        assert "55 left" in post(visitor, "more").content.decode()

    def test_tomorrow_has_a_plan_of_its_own(self, visitor, alice, clock):
        small_deck(30)
        post(visitor, "start", "patterns")
        post(visitor, "more")
        clock.now = after(days=1)
        assert "10 cards" in get(visitor, "today")
        assert Setting.objects.get().extra_minutes == 0

    def test_the_interview_is_named(self, visitor, alice):
        in_review(alice)
        Setting.objects.create(owner=alice, interview_at=after(days=5))
        assert re.search(
            r"On Wednesday 25 November, 19:00 you would remember about\s+<b>\d\d\s%</b>",
            get(visitor, "today"),
        )

    def test_settings(self, visitor, alice, clock):
        made = in_review(alice, stability=100.0, due=after(days=60))
        data = {
            "new_a_day": "7", "minutes_a_day": "30", "percent": "85",
            "interview_at": "2026-12-01T10:00",
        }  # fmt: skip
        alice.time_zone = "America/New_York"
        alice.save()
        assert post(visitor, "settings", data=data).status_code == 200
        setting = Setting.objects.get()
        assert (setting.new_a_day, setting.minutes_a_day, setting.retention) == (7, 30, 0.85)
        assert setting.interview_at == NOW.replace(month=12, day=1, hour=15)
        made.refresh_from_db()
        assert made.due <= setting.interview_at
        # When the interview is over the card waits as long as it would have.
        clock.now = after(days=20)
        get(visitor, "today")
        made.refresh_from_db()
        assert made.due > after(days=60)

    def test_settings_out_of_bounds_are_refused(self, visitor):
        data = {"new_a_day": "7", "minutes_a_day": "0", "percent": "99"}
        assert post(visitor, "settings", data=data).status_code == 422


def test_nothing_of_the_deck_is_lost_when_it_is_retired(visitor, alice):
    small_deck(2)
    post(visitor, "start", "patterns")
    Entry.objects.update(retired_at=NOW)
    assert question(get(visitor, "next")) == "Front 1?"


class TestAim:
    """With an interview to come, the page says what will be remembered at its hour."""

    def shares(self, html: str) -> list[int]:
        return [int(share) for share in re.findall(r"<b>(\d+)\s%</b>", html)]

    def test_without_with_today_and_with_the_plan(self, visitor, alice):
        for number in range(20):
            in_review(alice, f"Front {number}", stability=3.0 + number)
        small_deck(10)
        post(visitor, "start", "patterns")
        Setting.objects.update(interview_at=after(days=5))
        without, today, planned = self.shares(get(visitor, "today"))
        assert without < today < planned

    def test_the_forecast_moves_with_each_review(self, visitor, alice):
        cards = [in_review(alice, f"Front {number}", stability=3.0) for number in range(4)]
        Setting.objects.create(owner=alice, interview_at=after(days=5))
        seen = [self.shares(get(visitor, "today"))[0]]
        for made in cards:
            post(visitor, "rate", made.pk, data=answer(visitor, made), **HTMX)
            seen.append(self.shares(get(visitor, "today"))[0])
        assert seen == sorted(set(seen))
        # The statistics say the same, and the curve begins where memory stands now.
        assert self.shares(get(visitor, "statistics"))[0] == seen[-1]
        assert 2 * '<td class="num">100\N{NO-BREAK SPACE}%</td>' in get(visitor, "statistics")

    def test_the_curve_has_words(self, visitor, alice):
        in_review(alice)
        Setting.objects.create(owner=alice, interview_at=after(days=5))
        html = get(visitor, "today")
        assert re.search(
            r'role="img"\s+aria-label="Share remembered from now to the interview', html
        )
        assert re.search(r'class="with" points="46,[\d.]+ [\d.]+,', html)
        assert '<th scope="row">Fri 20 Nov, 19:00</th>' in html

    def test_the_last_days_are_named(self, visitor, alice):
        in_review(alice)
        Setting.objects.create(owner=alice, interview_at=after(hours=20))
        assert "These are the last days" in get(visitor, "today")

    def test_an_interview_that_is_over_is_not_aimed_at(self, visitor, alice):
        in_review(alice)
        Setting.objects.create(owner=alice, interview_at=after(hours=-1))
        assert "At the interview" not in get(visitor, "today")
