"""The dashboard in the database: what it counts, what it says, what it costs."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from drills.models import Card, StudyDay
from plans import board
from plans import interview_changes as changes
from plans.models import Asked, Interview, Item
from playbook import sheet
from playbook.models import Reading
from prepsite import activity
from prepsite.gathering import facts
from prepsite.models import Day
from prepsite.readiness import ENOUGH_CARDS, readiness
from prepsite.templatetags.today_words import part_of_day
from tests.drills.factories import card, in_review, small_deck
from tests.plans.factories import interview, plan_of
from tests.playbook.factories import note
from tests.prepsite.world import build
from tests.scenarios.practice import attempt_of, finished, scenario
from writing.models import Revision

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)
HOME = "/"


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` is what every page takes for now."""

    def moved(moment: datetime) -> datetime:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    moved(NOW)
    return moved


def wrote(owner, when: datetime, model: str = "stories.story") -> None:
    """A save at `when`, as the ledger sees one."""
    Revision.objects.create(
        owner=owner, model=model, object_id=1, version=Revision.objects.count() + 1,
        base_version=0, kind="saved", fields={"title": "x"}, whole=True, saved_at=when,
    )  # fmt: skip


def interview_row(owner, when: datetime) -> Interview:
    return Interview(owner=owner, company="Acme", at=when, minutes=60, time_zone="UTC")


class TestLedger:
    def test_a_stretch_in_which_something_was_saved_is_five_minutes(self, alice):
        for second in (1, 2, 250, 299, 301):
            wrote(alice, NOW.replace(hour=18, minute=0, second=0) + timedelta(seconds=second))
        found = activity.activity(alice, NOW)
        assert found.minutes()[NOW.date()] == 10
        assert found.on(NOW.date())["stories"] == 10

    def test_drills_and_tellings_are_measured(self, alice):
        StudyDay.objects.create(owner=alice, day=NOW.date(), reviews=9, milliseconds=180_500)
        assert activity.activity(alice, NOW).on(NOW.date())["drills"] == 3

    @pytest.mark.parametrize(
        ("zone", "starts", "when", "day"),
        [
            # 03:30 in Berlin is still the day before; 04:30 is not.
            ("Europe/Berlin", 4, datetime(2026, 11, 27, 2, 30, tzinfo=UTC), 26),
            ("Europe/Berlin", 4, datetime(2026, 11, 27, 3, 30, tzinfo=UTC), 27),
            ("America/Los_Angeles", 4, datetime(2026, 11, 27, 3, 30, tzinfo=UTC), 26),
            ("Pacific/Auckland", 0, datetime(2026, 11, 26, 11, 30, tzinfo=UTC), 27),
            # The night in which the clocks go forward, and the one in which they go back.
            ("Europe/Berlin", 4, datetime(2026, 3, 29, 1, 59, tzinfo=UTC), 28),
            ("Europe/Berlin", 4, datetime(2026, 3, 29, 2, 0, tzinfo=UTC), 29),
            ("Europe/Berlin", 4, datetime(2026, 10, 25, 2, 59, tzinfo=UTC), 24),
            ("Europe/Berlin", 4, datetime(2026, 10, 25, 3, 0, tzinfo=UTC), 25),
            ("Asia/Kathmandu", 4, datetime(2026, 11, 26, 22, 14, tzinfo=UTC), 26),
            ("Asia/Kathmandu", 4, datetime(2026, 11, 26, 22, 15, tzinfo=UTC), 27),
        ],
    )
    def test_a_day_begins_at_ones_own_hour(self, alice, zone, starts, when, day):
        alice.time_zone, alice.day_starts_at = zone, starts
        alice.save()
        wrote(alice, when)
        spent = activity.activity(alice, NOW.astimezone(ZoneInfo(zone))).minutes()
        assert {date.day for date, minutes in spent.items() if minutes} == {day}

    def test_a_day_that_is_over_is_written_once_and_stays(self, alice, at):
        wrote(alice, NOW - timedelta(days=3))
        assert activity.activity(alice, NOW).minutes()[NOW.date() - timedelta(days=3)] == 5
        assert Day.objects.for_user(alice).filter(closed=True).count() == 2  # and yesterday's
        # Another zone moves no day of the past.
        alice.time_zone = "Pacific/Auckland"
        alice.save()
        assert activity.activity(alice, NOW).minutes()[NOW.date() - timedelta(days=3)] == 5

    def test_days_away_are_counted_when_one_is_back(self, alice):
        activity.activity(alice, NOW)
        wrote(alice, NOW + timedelta(hours=1))
        wrote(alice, NOW + timedelta(days=4))
        spent = activity.activity(alice, NOW + timedelta(days=20)).minutes()
        assert spent[NOW.date()] == 5
        assert spent[NOW.date() + timedelta(days=4)] == 5

    def test_nobody_elses_days(self, alice, bob):
        wrote(alice, NOW)
        assert not any(activity.activity(bob, NOW).minutes().values())

    def test_it_costs_one_query(self, alice, django_assert_num_queries):
        wrote(alice, NOW - timedelta(days=3))
        activity.activity(alice, NOW)
        with django_assert_num_queries(1):
            activity.activity(alice, NOW)
        with django_assert_num_queries(2):
            activity.activity(alice, NOW + timedelta(days=1))

    def test_the_shown_readiness_is_kept_by_the_day(self, alice, django_assert_num_queries):
        found = activity.activity(alice, NOW)
        activity.note_readiness(alice, found, 12)
        activity.note_readiness(alice, found, 14)
        with django_assert_num_queries(0):
            activity.note_readiness(alice, found, 14)
        assert activity.activity(alice, NOW).readiness == {NOW.date(): 14}
        # The day goes on, and its minutes are counted when it is over.
        wrote(alice, NOW)
        later = activity.activity(alice, NOW + timedelta(days=1))
        assert later.minutes()[NOW.date()] == 5
        assert later.readiness == {NOW.date(): 14}


class TestFacts:
    def test_a_world_is_counted(self, alice):
        build(alice)
        found = facts(alice, timezone.now())
        assert found.plan is not None
        assert found.stories
        assert found.cards.cards == 1
        assert found.cards.seen == 1
        assert 0 < readiness(found.evidence).exact < 100

    def test_nothing_of_it_is_anybody_elses(self, alice, bob):
        build(alice)
        found = facts(bob, timezone.now())
        assert readiness(found.evidence).exact == 0
        assert (found.plan, found.stories, found.interviews) == (None, [], [])

    def test_a_scenario_sent_back_waits_for_an_attempt(self, alice):
        shop = scenario()
        talk = interview(alice, at=NOW - timedelta(days=1))
        Asked.objects.create(
            owner=alice, interview=talk, source="scenario", key=shop.key, title="The shop",
            went="weak", again_at=NOW,
        )  # fmt: skip
        assert facts(alice, NOW).scenarios[0].wanted
        finished(alice, shop, begun=NOW + timedelta(hours=1))
        assert not facts(alice, NOW + timedelta(hours=3)).scenarios[0].wanted

    def test_asking_five_questions_is_a_step_and_beginning_is_none(self, alice):
        row = attempt_of(alice, scenario(), mode="clarify", now=NOW)
        found = facts(alice, NOW).scenarios[0]
        assert (found.open, found.opened, found.only_clarifies) == (row.pk, NOW, True)
        assert not found.tried
        row.lines.filter(position__lt=5).update(text="How many?", asked_at=NOW)
        assert not facts(alice, NOW).scenarios[0].tried
        row.lines.filter(position=5).update(text="How many?", asked_at=NOW)
        assert facts(alice, NOW).scenarios[0].tried

    def test_the_sheet_of_the_morning_is_known(self, alice):
        assert facts(alice, NOW).sheet_at is None
        sheet.keep(alice, ["card-1"], NOW)
        assert facts(alice, NOW).sheet_at == NOW

    def test_the_pace_of_a_plan_is_that_of_its_page(self, alice):
        """Half of it was done, and one item left out, before its clock started."""
        plan = plan_of(alice)
        items = Item.objects.filter(plan=plan)
        items.filter(block=plan.blocks.first()).update(done_at=NOW - timedelta(days=1))
        items.filter(text="Pipelines").update(done_at=None, left_out_at=NOW - timedelta(days=1))
        plan.set_pace(NOW, 75)
        standing = facts(alice, NOW).plan.standing
        assert standing.on_pace
        assert standing == board.load(plan, NOW).standing

    def test_a_tick_counts_and_is_taken_back(self, alice):
        build(alice)
        item = Item.objects.for_user(alice).exclude(kind="section").first()
        Item.objects.filter(pk=item.pk).update(done_at=None)
        before = facts(alice, timezone.now())
        Item.objects.filter(pk=item.pk).update(done_at=timezone.now())
        after = facts(alice, timezone.now())
        assert after.ticked == before.ticked + 1
        assert readiness(after.evidence).exact > readiness(before.evidence).exact


class TestForecast:
    """The readiness at the hour of the interview."""

    @pytest.fixture
    def board(self, client_of, alice, at):
        browser = client_of(alice)
        # Through the form: the drills then aim at its hour.
        changes.add(alice, interview_row(alice, NOW + timedelta(days=6)), uuid.uuid4(), NOW)
        return lambda: browser.get(HOME).context["board"]

    def test_cards_that_were_never_seen_are_in_the_plan_and_so_in_the_forecast(self, alice, board):
        Card.objects.adopt(alice, list(small_deck(40).entries.all()), NOW)
        found = board()
        assert found.readiness.exact == 0
        known = found.on_the_day.part("cards").share * ENOUGH_CARDS
        assert known == pytest.approx(40 * min(1, found.facts.cards.planned / 0.9))
        assert known > 20

    def test_more_cards_lower_neither(self, alice, board):
        for n in range(30):
            in_review(alice, f"Front {n}?", due=NOW, last_review=NOW - timedelta(days=8))
        before = board()
        # Far more than the minutes until then can teach: a smaller share, of more.
        Card.objects.adopt(alice, list(small_deck(300).entries.all()), NOW)
        after = board()
        assert after.facts.cards.planned < before.facts.cards.planned
        assert after.readiness.exact >= before.readiness.exact
        assert after.on_the_day.exact >= before.on_the_day.exact

    def test_what_was_set_aside_is_taken_as_today(self, alice, board):
        for n in range(10):
            in_review(alice, f"Front {n}?", suspended=True, last_review=NOW - timedelta(hours=1))
        card(alice, "A new one?")
        found = board()
        assert found.on_the_day.exact >= found.readiness.exact > 0


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Friday night"),
        (4, "Friday night"),
        (5, "Saturday morning"),
        (16, "Saturday afternoon"),
        (23, "Saturday night"),
    ],
)
def test_the_small_hours_are_of_the_night_before(hour, words):
    assert part_of_day(NOW.replace(hour=hour)) == words


class TestPage:
    def test_a_newcomer_sees_three_steps(self, client_of, alice, at):
        html = client_of(alice).get(HOME).content.decode()
        assert html.count("first-steps") == 1
        assert "Start the 1-day plan" in html
        assert "Not now" not in html

    def test_a_world_names_one_thing_to_do(self, client_of, alice):
        build(alice)
        html = client_of(alice).get(HOME).content.decode()
        assert 'class="score"' in html
        assert "How it is counted" in html

    def test_the_interview_stands_above(self, client_of, alice, at):
        Interview.objects.create(
            owner=alice, company="Acme", at=NOW + timedelta(days=6), minutes=60, time_zone="UTC"
        )
        html = client_of(alice).get(HOME).content.decode()
        assert "Acme is in 6 days." in html

    def test_an_open_attempt_is_among_what_was_left(self, client_of, alice, at):
        row = attempt_of(alice, scenario(), now=NOW - timedelta(hours=2))
        left = client_of(alice).get(HOME).context["board"].left
        assert [each.address for each in left] == [reverse("scenarios:attempt", args=[row.pk])]

    def test_before_an_interview_only_the_time_until_then_counts(self, client_of, alice, at):
        changes.add(alice, interview_row(alice, NOW + timedelta(minutes=50)), uuid.uuid4(), NOW)
        board = client_of(alice).get(HOME, {"minutes": "90"}).context["board"]
        assert (board.minutes, board.time_left) == (90, 50)

    def test_the_fragment_comes_alone(self, client_of, alice):
        response = client_of(alice).get(
            HOME, {"minutes": "60"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="today"
        )
        html = response.content.decode()
        assert html.lstrip().startswith('<div id="today"')
        assert "<html" not in html

    @pytest.mark.parametrize("minutes", ["60", "nonsense", "-1", "9" * 99, ""])
    def test_any_number_of_minutes(self, client_of, alice, minutes):
        assert client_of(alice).get(HOME, {"minutes": minutes}).status_code == 200

    def test_not_now_is_kept_for_the_day(self, client_of, alice, at, monkeypatch):
        build(alice)
        monkeypatch.setattr("prepsite.dashboard.Dashboard.steps", [])
        browser = client_of(alice)
        first = browser.get(HOME).context["board"].action
        answer = browser.post(reverse("not-now"), {"key": first.key, "minutes": "30"})
        assert answer.url == "/?minutes=30"
        assert browser.get(HOME).context["board"].action.key != first.key
        # htmx gets the page's inner part at once, with another proposal.
        second = browser.get(HOME).context["board"].action
        answer = browser.post(
            reverse("not-now"), {"key": second.key}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="today"
        )
        assert answer.context["board"].action.key not in (first.key, second.key)
        at(NOW + timedelta(days=1))
        assert browser.get(HOME).context["board"].skipped == ()

    def test_nonsense_is_not_kept(self, client_of, alice):
        browser = client_of(alice)
        browser.post(reverse("not-now"), {"key": "no-such-thing\0", "minutes": "x"})
        assert "skipped_actions" not in browser.session

    def test_readiness_is_explained_with_ones_own_figures(self, client_of, alice):
        html = client_of(alice).get(reverse("about-readiness")).content.decode()
        assert "Yours stands at" in html

    def test_queries(self, client_of, alice, django_assert_num_queries):
        build(alice)
        browser = client_of(alice)
        browser.get(HOME)
        for _ in range(2):
            # Ten with the session and the person themselves.
            with django_assert_num_queries(10):
                browser.get(HOME)


class TestWeek:
    def test_what_a_week_came_to(self, client_of, alice, at):
        wrote(alice, NOW)
        StudyDay.objects.create(
            owner=alice, day=NOW.date(), reviews=9, first_time=4, milliseconds=180_000, tested=4,
            kept=3, expected_millionths=3_600_000,
        )  # fmt: skip
        html = client_of(alice).get(reverse("week")).content.decode()
        assert "on 1 day" in html
        assert "9 answers, 4 of them to new cards" in html
        # A number and its unit stand on one line, however narrow the page.
        assert "75\N{NO-BREAK SPACE}%" in html
        assert "8&nbsp;minutes" in html and "3&nbsp;min" in html

    @pytest.mark.parametrize(
        ("day", "heading"),
        [
            ("2026-11-28", "This week"),
            ("2026-11-12", "9 to 15 November"),
            ("2026-11-01", "26 October to 1 November"),
        ],
    )
    def test_a_week_is_called_by_its_days(self, client_of, alice, at, day, heading):
        html = client_of(alice).get(reverse("week"), {"from": day}).content.decode()
        assert f"<h1>{heading}</h1>" in html

    def test_a_note_that_is_not_here_has_no_name(self, client_of, alice, at):
        Reading.objects.create(owner=alice, note=note(), read_at=NOW)
        Reading.objects.create(owner=alice, read_at=NOW)
        html = client_of(alice).get(reverse("week")).content.decode()
        assert "Read: Caching." in html

    @pytest.mark.parametrize(
        "day", ["2026-11-01", "2020-01-01", "2099-01-01", "x", "\0", "9999-12-31", "0001-01-01"]
    )
    def test_any_week(self, client_of, alice, at, day):
        assert client_of(alice).get(reverse("week"), {"from": day}).status_code == 200

    def test_queries(self, client_of, alice, django_assert_num_queries):
        build(alice)
        browser = client_of(alice)
        browser.get(reverse("week"))
        with django_assert_num_queries(9):
            browser.get(reverse("week"))
