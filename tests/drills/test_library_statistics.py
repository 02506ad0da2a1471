"""The statistics page and the settings page."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from drills import days, statistics
from drills.models import Card, Setting, StudyDay
from tests.drills.factories import (
    NOW,
    after,
    card,
    deck,
    entry,
    in_review,
    many_cards,
    many_reviews,
)  # fmt: skip
from tests.drills.test_queries import MANY

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client_of, alice, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return client_of(alice)


def get(visitor, name, *args, query="") -> str:
    response = visitor.get(reverse(f"drills:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def day(owner, back: int, **counters) -> StudyDay:
    return StudyDay.objects.create(
        owner=owner, day=NOW.date() - timedelta(days=back), **{"reviews": 10} | counters
    )


def figures(user) -> statistics.Statistics:
    return statistics.of(user, Setting.of(user), NOW)


class TestFigures:
    def test_answers_are_counted_by_day(self, alice, bob):
        day(alice, 0, reviews=7, milliseconds=60_000)
        day(alice, 3, reviews=30, milliseconds=300_000)
        day(alice, 26 * 7 + 7, reviews=1000)
        day(bob, 1, reviews=500)
        found = figures(alice)
        assert (found.answers, found.studied, found.minutes) == (37, 2, 6)
        assert found.busiest.reviews == 30
        assert sum(cell.count for cell in found.heat.cells) == 37

    def test_the_day_begins_at_four_in_ones_own_zone(self, alice):
        alice.time_zone = "Pacific/Auckland"
        alice.save()
        # 19:00 UTC is 8 in the next morning there.
        assert figures(alice).today == date(2026, 11, 21)
        in_review(alice, "Due at three", due=datetime(2026, 11, 21, 14, 0, tzinfo=UTC))
        in_review(alice, "Due at five", due=datetime(2026, 11, 21, 16, 0, tzinfo=UTC))
        coming = dict(figures(alice).coming)
        assert (coming[date(2026, 11, 21)], coming[date(2026, 11, 22)]) == (1, 1)

    @pytest.mark.parametrize("hour", range(8))
    def test_days_are_counted_as_the_drill_does_where_clocks_change(self, alice, hour):
        """The night in which the clocks of New York are put back, hour by hour."""
        alice.time_zone = "America/New_York"
        alice.save()
        due = datetime(2026, 11, 1, 3, 30, tzinfo=UTC) + timedelta(hours=hour)
        in_review(alice, due=due)
        assert statistics._due(alice, date(2026, 10, 20)) == {days.study_day(alice, due): 1}

    def test_true_retention_by_week(self, alice):
        day(alice, 0, tested=10, kept=9, expected_millionths=9_200_000)
        day(alice, 1, tested=10, kept=7, expected_millionths=8_800_000)
        day(alice, 8, tested=4, kept=4, expected_millionths=3_600_000)
        day(alice, 40, tested=100, kept=0, expected_millionths=90_000_000)
        found = figures(alice)
        this, last = found.weeks[-1][1], found.weeks[-2][1]
        assert (this.tested, this.kept) == (20, 16)
        assert this.predicted == pytest.approx(0.9)
        assert (last.tested, last.share) == (4, 1.0)
        assert last.low == pytest.approx(0.51, abs=0.005)
        assert found.month.tested == 24

    def test_what_is_overdue_counts_for_today(self, alice):
        in_review(alice, "Late", due=after(days=-9))
        in_review(alice, "Today", due=NOW)
        in_review(alice, "Later", due=after(days=3))
        in_review(alice, "Much later", due=after(days=45))
        in_review(alice, "Suspended", suspended=True)
        card(alice, "New")
        found = figures(alice)
        assert [count for _, count in found.coming[:4]] == [2, 0, 0, 1]
        assert found.due_soon == 3
        assert found.fullest[:2] == (NOW.date(), 2)

    def test_a_long_day_is_told_in_ones_own_minutes(self, alice):
        many_cards(alice, 100, due_in_days=1)
        assert figures(alice).fullest[2] == round(figures(alice).fullest[1] * 12 / 60)
        day(alice, 1, reviews=10, milliseconds=300_000)
        assert figures(alice).fullest[2] == round(figures(alice).fullest[1] * 30 / 60)

    def test_what_needs_nothing_before_the_interview_is_no_work_of_its_day(self, alice, visitor):
        interview = after(days=9)
        Setting.objects.create(owner=alice, interview_at=interview, aimed_at=interview)
        in_review(alice, "Before", due=after(days=3))
        in_review(alice, "Safe", due=interview)
        in_review(alice, "Safe too", due=interview)
        in_review(alice, "Suspended", due=interview, suspended=True)
        card(alice, "New")
        found = figures(alice)
        assert (found.due_soon, found.safe) == (1, 2)
        assert found.fullest[:2] == (after(days=3).date(), 1)
        html = get(visitor, "statistics")
        assert "<b>2</b> need nothing more before the interview." in html
        Card.objects.filter(front="Before").delete()
        assert "None of your cards" not in get(visitor, "statistics")
        Setting.objects.update(interview_at=None)
        assert (figures(alice).due_soon, figures(alice).safe) == (2, 0)

    def test_each_deck_says_where_it_stands(self, alice):
        of = deck()
        known = Card.objects.add(alice, front="", entry=entry(of), now=NOW).card
        Card.objects.add(alice, front="", entry=entry(of, "other"), now=NOW)
        Card.objects.filter(pk=known.pk).update(
            state="review", stability=10, difficulty=5, last_review=after(days=-10), step=None
        )
        card(alice, "My own")
        rows = {row["name"]: row for row in figures(alice).decks}
        assert rows["Patterns"]["cards"] == 2
        assert (rows["Patterns"]["new"], rows["Patterns"]["known"]) == (1, 1)
        assert rows["Patterns"]["share"] == pytest.approx(0.45, abs=0.001)
        assert rows["Added by you"]["share"] == 0


class TestPage:
    def test_a_newcomer_is_told_what_to_do(self, visitor):
        assert "Nothing to count yet." in get(visitor, "statistics")

    def test_everything_drawn_is_also_a_table(self, visitor, alice):
        in_review(alice)
        day(alice, 1, reviews=41, tested=20, kept=18, expected_millionths=18_200_000)
        Setting.objects.create(owner=alice, interview_at=after(days=9))
        html = get(visitor, "statistics")
        drawn = html.count('<svg class="chart" ') + html.count('<svg class="chart heat"')
        assert drawn == 4
        assert html.count('<table class="table figures">') == 4
        assert html.count('role="img"') >= 4
        assert "Thu 19 Nov: 41" in html
        assert "the true share lies between" in html
        assert "At the interview" in html
        assert "style=" not in html

    def test_it_costs_the_same_after_years(self, visitor, alice, django_assert_num_queries):
        in_review(alice)
        day(alice, 1)
        get(visitor, "statistics")
        with django_assert_num_queries(6):
            get(visitor, "statistics")
        cards, reviews = MANY
        many_cards(alice, cards)
        many_reviews(alice, reviews)
        StudyDay.objects.all().delete()
        StudyDay.objects.bulk_create(
            StudyDay(owner=alice, day=NOW.date() - timedelta(days=back), reviews=50, tested=40,
                     kept=36, expected_millionths=36_000_000)
            for back in range(400)
        )  # fmt: skip
        get(visitor, "statistics")
        with django_assert_num_queries(6):
            html = get(visitor, "statistics")
        assert f">{cards + 1}<" in html


class TestSettings:
    def test_each_setting_is_explained_in_ones_own_zone(self, visitor, alice):
        alice.time_zone = "Asia/Tokyo"
        alice.save()
        Setting.objects.create(owner=alice, interview_at=NOW.replace(month=12, day=1, hour=1))
        html = get(visitor, "settings")
        assert "Asia/Tokyo" in html
        assert 'value="2026-12-01T10:00"' in html
        assert "Clear the interview" in html

    def test_clearing_and_taking_it_back(self, visitor, alice):
        at = after(days=9, microseconds=123_456)
        Setting.objects.create(owner=alice, interview_at=at)
        response = visitor.post(reverse("drills:clear-interview"), follow=True)
        html = response.content.decode()
        assert Setting.objects.get().interview_at is None
        assert "Clear the interview" not in html
        undo = html.split(f'action="{reverse("drills:set-interview")}')[1].split('"')[0]
        visitor.post(reverse("drills:set-interview") + undo.replace("&amp;", "&"))
        assert Setting.objects.get().interview_at == at

    @pytest.mark.parametrize(
        "at", ["", "soon", "2026-12-01", "2026-12-01T10:00", "2026-99-99T10:00Z"]
    )
    def test_nonsense_sets_nothing(self, visitor, alice, at):
        response = visitor.post(reverse("drills:set-interview") + f"?at={at}")
        assert response.status_code == 302
        assert not Setting.objects.exclude(interview_at=None).exists()

    def test_what_cannot_be_is_refused_with_the_text_kept(self, visitor, alice):
        data = {"new_a_day": "7", "minutes_a_day": "0", "percent": "99", "interview_at": "never"}
        response = visitor.post(reverse("drills:settings"), data)
        assert response.status_code == 422
        html = response.content.decode()
        assert 'value="never"' in html
        assert "A day needs at least one minute." in html
        assert "From 70 to 97 per cent." in html
        assert Setting.objects.get().new_a_day == 10

    def test_each_hint_is_the_fields_own(self, visitor):
        html = visitor.get(reverse("drills:settings")).content.decode()
        named = set(" ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split())
        assert {"id_percent_helptext", "id_minutes_a_day_helptext"} <= named
        assert named <= set(re.findall(r'id="([^"]+)"', html))

    def test_an_hour_that_the_clock_skips_is_refused(self, visitor, alice):
        alice.time_zone = "Europe/Berlin"
        alice.save()
        data = {
            "new_a_day": "7", "minutes_a_day": "20", "percent": "90",
            "interview_at": "2027-03-28T02:30",
        }  # fmt: skip
        assert visitor.post(reverse("drills:settings"), data).status_code == 422
