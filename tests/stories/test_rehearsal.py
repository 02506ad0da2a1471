"""Telling a story: the clock on the server, what is revealed, the rating once, undo exactly."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from drills.scheduling import State
from stories import rehearsing
from stories.models import Rehearsal, Story
from stories.rehearsals import LONGEST
from tests.stories.factories import RELEASES, MetricFactory, told, written
from writing.models import Revision

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def story(alice) -> Story:
    return written(alice)


@pytest.fixture
def browser(client_of, alice):
    return client_of(alice)


def begun(story: Story, seconds: int = 0, **fields) -> Rehearsal:
    """A telling that began so many seconds ago."""
    row = Rehearsal.start(story, 120, key=uuid.uuid4(), now=timezone.now())
    told_at = timezone.now() - timedelta(seconds=seconds)
    Rehearsal.objects.filter(pk=row.pk).update(told_at=told_at, **fields)
    row.refresh_from_db()
    return row


def stopped(story: Story, seconds: int = 118) -> Rehearsal:
    row = begun(story, seconds)
    row.stop(timezone.now())
    return row


def rate(browser, row: Rehearsal, rating, remark="", version=None, **headers):
    fields = {"rating": rating, "remark": remark, "version": version or row.version}
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    return browser.post(reverse("stories:rate", args=[row.pk]), body, FORM, **headers)


def page(browser, story: Story, **query):
    return browser.get(reverse("stories:rehearse", args=[story.pk]), query)


def schedule(story: Story) -> dict:
    return Story.objects.filter(pk=story.pk).values(*Story.SCHEDULE).get()


class TestClock:
    def test_two_starts_are_one_telling(self, browser, story):
        for _ in range(2):
            browser.post(reverse("stories:start", args=[story.pk]), {"length": 30})
        row = Rehearsal.objects.get()
        assert (row.length, row.running) == (30, True)

    def test_a_start_with_the_key_of_a_finished_telling_begins_none(self, browser, story):
        key = str(uuid.uuid4())
        url = reverse("stories:start", args=[story.pk])
        browser.post(url, {"key": key})
        Rehearsal.objects.get().stop(timezone.now())
        browser.post(url, {"key": key})
        assert Rehearsal.objects.count() == 1

    def test_the_target_of_the_story_is_preselected(self, browser, story):
        Story.objects.filter(pk=story.pk).update(target=300)
        assert page(browser, story).context["length"] == 300
        assert page(browser, story, length=30).context["length"] == 30
        assert page(browser, story, length="99999999999").context["length"] == 300

    def test_a_reload_reads_the_same_clock(self, browser, story):
        begun(story, 75)
        html = page(browser, story).content.decode()
        seconds = int(re.search(r'data-seconds="(\d+)"', html)[1])
        assert 75 <= seconds < 90
        assert 'data-state="running"' in html

    def test_stop_counts_from_the_press_and_not_from_the_request(self, browser, story):
        row = begun(story, 100)
        browser.post(reverse("stories:stop", args=[row.pk]), {"seconds": "88"})
        row.refresh_from_db()
        assert row.seconds == 88
        assert row.stopped_at == row.told_at + timedelta(seconds=88)

    @pytest.mark.parametrize("sent", ["", "-5", "5000", "x", "²", "9" * 4000])
    def test_what_the_page_says_never_adds_time(self, browser, story, sent):
        row = begun(story, 100)
        browser.post(reverse("stories:stop", args=[row.pk]), {"seconds": sent})
        row.refresh_from_db()
        assert 100 <= row.seconds < 120

    def test_a_second_stop_changes_nothing(self, browser, story):
        row = stopped(story, 60)
        browser.post(reverse("stories:stop", args=[row.pk]), {"seconds": "3"})
        row.refresh_from_db()
        assert 60 <= row.seconds < 70

    def test_a_telling_nobody_stopped_makes_room(self, browser, story):
        old = begun(story, LONGEST + 60)
        assert page(browser, story).context["state"] == "forgotten"
        browser.post(reverse("stories:start", args=[story.pk]))
        old.refresh_from_db()
        assert old.removed_at
        assert Rehearsal.objects.kept().get().elapsed(timezone.now()) < 60

    def test_htmx_gets_the_telling_and_nothing_else(self, browser, story):
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "telling"}
        answer = browser.post(reverse("stories:start", args=[story.pk]), {}, **headers)
        html = answer.content.decode()
        assert html.strip().startswith('<div id="telling"')
        assert 'data-state="running"' in html
        headers["HTTP_HX_TARGET"] = "clock"
        html = browser.get(reverse("stories:rehearse", args=[story.pk]), **headers).content.decode()
        assert html.strip().startswith('<section id="clock"')


class TestPrompts:
    def test_they_are_cues_and_never_the_text(self, browser, story):
        MetricFactory(story=story)
        html = page(browser, story).content.decode()
        assert "blue-green" in html
        assert "Release time?" in html
        for part in ("situation", "task", "action", "result"):
            assert RELEASES[part] not in html
        assert "6 → 0.3 hours" not in html

    def test_a_part_without_a_text_asks_instead(self, browser, story):
        Story.objects.filter(pk=story.pk).update(result="", result_html="")
        assert "What changed, in which number?" in page(browser, story).content.decode()

    def test_a_part_is_revealed_alone_and_recorded(self, browser, story):
        MetricFactory(story=story)
        row = begun(story, 5)
        url = reverse("stories:reveal", args=[row.pk])
        html = browser.post(url, {"part": "result"}, HTTP_HX_REQUEST="true").content.decode()
        assert RELEASES["result"] in html
        assert "6 → 0.3 hours" in html
        browser.post(url, {"part": "result"})
        row.refresh_from_db()
        assert row.revealed == ["result"]
        html = page(browser, story).content.decode()
        assert RELEASES["result"] in html
        assert RELEASES["action"] not in html

    def test_looking_after_the_end_is_not_recorded(self, browser, story):
        row = stopped(story)
        browser.post(reverse("stories:reveal", args=[row.pk]), {"part": "task"})
        row.refresh_from_db()
        assert row.revealed == []

    @pytest.mark.parametrize("part", ["", "signal", "title", "x\0y"])
    def test_a_part_that_is_none_reveals_nothing(self, browser, story, part):
        row = begun(story)
        answer = browser.post(reverse("stories:reveal", args=[row.pk]), {"part": part})
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.revealed == []


class TestRating:
    def test_each_rating_says_when_before_it_is_chosen_and_keeps_its_word(
        self, browser, story, alice
    ):
        row = stopped(story)
        choices = page(browser, story).context["choices"]
        assert [c.rating.label for c in choices] == list(Rehearsal.Rating.labels)
        assert choices[0].span == "now"
        promised = choices[2]
        rate(browser, row, 3)
        story.refresh_from_db()
        due = timezone.localtime(story.due_at, alice.zone)
        assert promised.date == f"{due:%a} {due.day} {due:%b}"
        assert promised.span == "in 2 days"
        assert story.recall_state == State.REVIEW

    def test_a_double_click_counts_once(self, browser, story):
        row = stopped(story)
        rate(browser, row, 3)
        before = schedule(story)
        rate(browser, row, 3)
        rate(browser, row, 1)
        assert schedule(story) == before
        assert Rehearsal.objects.rated().get().rating == 3

    def test_a_running_telling_cannot_be_rated(self, browser, story):
        row = begun(story)
        rate(browser, row, 3)
        assert schedule(story)["due_at"] is None

    def test_no_rating_is_422_with_the_remark_kept(self, browser, story):
        row = stopped(story)
        answer = rate(browser, row, "", "Slower+at+the+start")
        assert answer.status_code == 422
        assert "Choose one of the four." in answer.content.decode()
        assert "Slower at the start" in answer.content.decode()
        row.refresh_from_db()
        assert row.remark == "Slower at the start"

    @pytest.mark.parametrize("rating", ["0", "5", "x", "3.0", "٣", "%00"])
    def test_an_unknown_rating_is_422(self, browser, story, rating):
        row = stopped(story)
        assert rate(browser, row, rating).status_code == 422
        assert Rehearsal.objects.rated().count() == 0

    def test_a_stale_remark_is_kept_in_the_history_and_the_rating_counts(self, browser, story):
        row = stopped(story)
        Rehearsal.objects.filter(pk=row.pk).update(remark="From the other tab")
        rate(browser, row, 3, "From+this+tab", version=1)
        row.refresh_from_db()
        assert (row.remark, row.rating) == ("From the other tab", 3)
        kept = Revision.objects.of(row).filter(kind=Revision.Kind.KEPT).get()
        assert kept.fields == {"remark": "From this tab"}

    def test_a_remark_that_cannot_be_stored_stays_on_the_page(self, browser, story):
        row = stopped(story)
        answer = rate(browser, row, 3, "w" * 100_001)
        assert answer.status_code == 422
        assert "w" * 100_001 in answer.content.decode()
        assert Rehearsal.objects.rated().count() == 0

    def test_the_remark_saves_itself_before_the_rating(self, browser, story):
        row = stopped(story)
        body = f'{{"version": {row.version}, "fields": {{"remark": "Name the figure"}}}}'
        headers = {"HTTP_X_REQUESTED_WITH": "fetch"}
        answer = browser.post(row.save_url, body, "application/json", **headers)
        assert answer.status_code == 200
        row.refresh_from_db()
        assert row.remark == "Name the figure"


class TestUndo:
    def test_it_puts_the_schedule_back_exactly(self, browser, story):
        first = stopped(story, 140)
        rate(browser, first, 2)
        moment = timezone.now() - timedelta(days=3, microseconds=123)
        Story.objects.filter(pk=story.pk).update(last_rated_at=moment, due_at=moment)
        before = schedule(story)
        second = stopped(story, 120)
        rate(browser, second, 4, "Too+fast")
        assert schedule(story) != before
        browser.post(reverse("stories:take-back", args=[second.pk]))
        assert schedule(story) == before
        row = page(browser, story).context["telling"]
        assert (row.pk, row.remark, row.rating) == (second.pk, "Too fast", None)

    def test_the_first_rating_too(self, browser, story):
        before = schedule(story)
        row = stopped(story)
        rate(browser, row, 3)
        browser.post(reverse("stories:take-back", args=[row.pk]))
        assert schedule(story) == before
        assert before["due_at"] is None

    def test_only_the_last_rating_can_be_taken_back(self, browser, story):
        first = stopped(story)
        rate(browser, first, 3)
        second = stopped(story)
        rate(browser, second, 3)
        before = schedule(story)
        browser.post(reverse("stories:take-back", args=[first.pk]))
        assert schedule(story) == before
        for row in (second, first):
            browser.post(reverse("stories:take-back", args=[row.pk]))
        assert schedule(story)["due_at"] is None

    def test_twice_is_once(self, browser, story):
        row = stopped(story)
        rate(browser, row, 3)
        for _ in range(2):
            browser.post(reverse("stories:take-back", args=[row.pk]))
        assert Rehearsal.objects.open().get() == row
        rate(browser, row, 1)
        assert Rehearsal.objects.rated().get().rating == 1


class TestThrownAway:
    def test_it_comes_back_stopped_with_its_remark(self, browser, story):
        row = begun(story, 40, remark="Half of it")
        browser.post(reverse("stories:throw-away", args=[row.pk]))
        assert page(browser, story).context["state"] == "ready"
        browser.post(reverse("stories:start", args=[story.pk]))
        browser.post(reverse("stories:fetch-back", args=[row.pk]))
        row.refresh_from_db()
        assert row.removed_at is None
        assert not row.running
        assert row.remark == "Half of it"

    def test_a_rated_telling_stays(self, browser, story):
        row = told(story)
        browser.post(reverse("stories:throw-away", args=[row.pk]))
        row.refresh_from_db()
        assert row.removed_at is None


class TestHistory:
    def test_the_chart_has_a_text_and_draws_one_version(self, browser, story):
        now = timezone.now()
        for days, seconds in ((3, 150), (2, 131)):
            told(story, told_at=now - timedelta(days=days), seconds=seconds)
        told(story, length=30, seconds=41)
        html = page(browser, story).content.decode()
        assert "2 tellings against 120 seconds: 150, 131 seconds." in html
        assert html.count("<tr>") == 4
        assert "+0:30" in html
        html = page(browser, story, length=30).content.decode()
        assert "1 telling against 30 seconds: 41 seconds." in html


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_do_not_grow(count, browser, story, alice, django_assert_num_queries):
    for number in range(count):
        told(story, told_at=timezone.now() - timedelta(days=number))
        written(alice, title=f"Story {number}")
        MetricFactory(story=story)
    page(browser, story)
    with django_assert_num_queries(7):
        page(browser, story)
    stopped(story)
    with django_assert_num_queries(8):
        page(browser, story)
    with django_assert_num_queries(4):
        browser.get(reverse("stories:rehearsals"))
    with django_assert_num_queries(5):
        browser.get(reverse("stories:train"))
    with django_assert_num_queries(5):
        browser.get(reverse("stories:print"))


def test_no_address_takes_sound(browser, story):
    """A recording has nowhere to go: no address of the room reads a file, or a body of sound."""
    row = stopped(story)
    urls = [reverse(f"stories:{name}", args=[row.pk]) for name in ("stop", "rate", "reveal")]
    before = Rehearsal.objects.values().get()
    for url in urls:
        browser.post(url, b"\x1aE\xdf\xa3" * 1000, "audio/webm")
    assert Rehearsal.objects.values().get() == before


def test_sound_made_here_may_play_on_this_page_and_nowhere_else(browser, story):
    policy = page(browser, story)["Content-Security-Policy"]
    assert "media-src blob:" in policy
    assert policy.count("blob:") == 1
    for name in ("stories:list", "stories:train", "stories:print", "stories:rehearsals"):
        assert "media-src" not in browser.get(reverse(name))["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_ten_ratings_at_once_are_one(alice):
    """Whatever they say, one of them counts, and the schedule moved once."""
    story = written(alice)
    row = stopped(story)

    def one(rating: int) -> bool:
        try:
            return rehearsing.rate(alice, Rehearsal.objects.get(pk=row.pk), rating, timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        counted = list(pool.map(one, [1, 2, 3, 4] * 3))
    assert counted.count(True) == 1
    row.refresh_from_db()
    story.refresh_from_db()
    assert story.last_rated_at == row.rated_at
    assert row.before["due_at"] is None


def test_the_database_lets_one_telling_of_a_story_run(alice):
    story = written(alice)
    begun(story)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname = 'one_telling_at_a_time'"
            " AND indexdef LIKE '%UNIQUE%'"
        )
        assert cursor.fetchone() == (1,)
