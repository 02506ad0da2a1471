"""A telling in a real browser: clock, reveal, rating, undo; the recording; the train; the paper."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from stories.models import Rehearsal, Story
from tests.browser import ARGS, WATCH, chromium
from tests.stories.factories import RELEASES, MetricFactory, told, written
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, 844), (1280, 800)]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture
def story(alice) -> Story:
    story = written(alice)
    MetricFactory(story=story)
    return story


@pytest.fixture
def stage(site, page, sign_in, alice, story):
    """The page of the story's telling, as alice."""
    sign_in(page, alice)
    page.goto(f"{site}/stories/{story.pk}/rehearse/")
    return page


def state(page, name: str):
    return expect(page.locator("#telling")).to_have_attribute("data-state", name)


def back_date(seconds: int) -> None:
    """As if the one telling had begun so much earlier."""
    row = Rehearsal.objects.get()
    row.told_at -= timedelta(seconds=seconds)
    row.save(update_fields=["told_at"])


def seconds_shown(page) -> int:
    minutes, seconds = page.locator("[data-time]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def settle(page) -> None:
    """Until a second tap is no longer taken for the first."""
    page.wait_for_timeout(400)


def test_a_telling_by_keyboard(stage):
    settle(stage)
    stage.keyboard.press("Space")
    state(stage, "running")
    expect(stage.locator("[data-time]")).to_have_text(re.compile("0:0[1-9]"))
    assert RELEASES["situation"] not in stage.content()
    stage.keyboard.press("r")
    expect(stage.locator("#cue-situation .told")).to_have_text(RELEASES["situation"])
    expect(stage.locator("#cue-task .told")).to_have_count(0)
    settle(stage)
    stage.keyboard.press("Space")
    state(stage, "stopped")
    expect(stage.locator(".verdict")).to_contain_text("to spare")
    stage.get_by_label("A remark").fill("Name the figure first.")
    settle(stage)
    stage.locator(".verdict").focus()
    stage.keyboard.press("3")
    expect(stage.locator("#toasts")).to_contain_text("in 2 days")
    row = Rehearsal.objects.get()
    assert (row.rating, row.revealed) == (3, ["situation"])
    assert row.remark == "Name the figure first."
    stage.get_by_role("button", name="Undo").click()
    state(stage, "stopped")
    expect(stage.get_by_label("A remark")).to_have_value("Name the figure first.")
    assert Story.objects.get().due_at is None


def test_the_clock_survives_a_reload_and_marks_overtime(stage):
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    back_date(118)
    stage.reload()
    state(stage, "running")
    assert seconds_shown(stage) >= 118
    expect(stage.locator("#clock")).to_have_class(re.compile("over"))
    expect(stage.locator("[data-target]")).to_have_text(re.compile(r"0:0\d over 2:00"))
    expect(stage.locator("#cue-result")).to_have_class(re.compile("now"))


def test_a_tab_that_slept_reads_the_clock_again(stage):
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    back_date(70)
    assert seconds_shown(stage) < 30
    stage.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stage.locator("[data-time]")).to_have_text(re.compile(r"1:\d\d"))
    expect(stage.locator("#cue-action")).to_have_class(re.compile("now"))


def test_stopped_on_another_device_it_waits_here_for_its_rating(stage):
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    Rehearsal.objects.get().stop(timezone.now())
    stage.evaluate("dispatchEvent(new Event('online'))")
    state(stage, "stopped")


def test_stop_counts_when_it_was_pressed_though_it_could_not_be_sent(stage, problems):
    problems.allow("Failed to load resource|htmx:(afterRequest|sendError)")
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    back_date(30)
    stage.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stage.locator("[data-time]")).to_have_text(re.compile(r"0:3\d"))
    settle(stage)
    stage.route("**/stop/", lambda route: route.abort())
    stage.get_by_role("button", name="Stop").click()
    expect(stage.locator("#toasts")).to_contain_text("Not saved")
    pressed = seconds_shown(stage)
    stage.unroute("**/stop/")
    back_date(40)
    stage.get_by_role("button", name="Stop").click()
    state(stage, "stopped")
    assert abs(Rehearsal.objects.get().seconds - pressed) <= 1


def test_a_double_tap_on_stop_rates_nothing(stage):
    stage.set_viewport_size({"width": 390, "height": 844})
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    settle(stage)
    stage.get_by_role("button", name="Stop").click()
    state(stage, "stopped")
    # As the second tap of a double tap does: at once, wherever it falls.
    stage.evaluate("document.querySelector('.grade').click()")
    assert Rehearsal.objects.rated().count() == 0


def test_a_remark_outlives_the_page(stage, site, story):
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")
    settle(stage)
    stage.get_by_role("button", name="Stop").click()
    state(stage, "stopped")
    stage.get_by_label("A remark").fill("Too long about the team.")
    expect(stage.locator(".judge [data-save-state]")).to_have_attribute("data-state", "saved")
    stage.goto(f"{site}/stories/")
    stage.goto(f"{site}/stories/{story.pk}/rehearse/")
    expect(stage.get_by_label("A remark")).to_have_value("Too long about the team.")


def test_without_a_script(site, browser, sign_in, alice, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, alice)
    page.goto(f"{site}/stories/{story.pk}/rehearse/")
    assert not page.get_by_text("Record it on this device").is_visible()
    page.get_by_role("link", name="30 seconds").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Begun at")).to_be_visible()
    back_date(41)
    page.get_by_role("button", name="Reveal Action").click()
    expect(page.locator("#cue-action .told")).to_have_text(RELEASES["action"])
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".verdict")).to_contain_text("longer than 30 seconds")
    page.get_by_label("A remark").fill("Shorter.")
    page.get_by_role("button", name="By heart").click()
    expect(page.locator("table.tellings")).to_contain_text("Shorter.")
    row = Rehearsal.objects.get()
    assert (row.rating, row.revealed, row.length) == (4, ["action"], 30)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("A remark")).to_have_value("Shorter.")
    context.close()


class TestRecording:
    @pytest.fixture
    def studio(self, browser, site, problems, client_of, alice, story):
        """A browser with a microphone that hums, and every request it makes."""
        own = browser.browser_type.launch(executable_path=chromium(), args=[*ARGS, *MICROPHONE])
        context = own.new_context(service_workers="block", locale="en-GB")
        value = client_of(alice).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
        page = context.new_page()
        page.add_init_script(WATCH)
        problems.watch(page)
        page.sent = []
        context.on("request", lambda request: page.sent.append(request))
        page.goto(f"{site}/stories/{story.pk}/rehearse/")
        yield page
        own.close()
        assert not problems.left()

    def tell(self, page, wait: int = 2600) -> None:
        page.get_by_label("Record it on this device").check()
        expect(page.locator("[data-recorder]")).to_contain_text("nobody else can hear it")
        page.get_by_role("button", name="Start").click()
        state(page, "running")
        expect(page.locator("[data-recorder]")).to_contain_text("Recording")
        page.wait_for_timeout(wait)  # so much is to be heard afterwards

    def test_it_is_kept_played_and_deleted_here_and_never_sent(self, studio):
        self.tell(studio)
        studio.get_by_role("button", name="Stop").click()
        state(studio, "stopped")
        panel = studio.locator("#recordings")
        expect(panel).to_contain_text("They stay in this browser on this device")
        expect(panel.locator("li")).to_have_count(1)
        expect(panel.locator("[data-kept]")).to_have_text(re.compile(r"1 in all, \d+ kB\."))
        settle(studio)
        here = studio.locator("[data-recording]")
        here.get_by_role("button", name="Listen").click()
        heard = studio.locator("[data-recording] audio")
        expect(heard).to_have_js_property("paused", False)
        expect(heard).to_have_js_property("error", None)
        assert heard.evaluate("(audio) => audio.readyState") >= 1
        studio.get_by_role("button", name="Good").click()
        expect(studio.locator("table.tellings tbody tr")).to_have_count(1)
        studio.reload()
        expect(panel.locator("li")).to_have_count(1)
        panel.get_by_role("button", name="Delete:").click()
        expect(panel).to_be_hidden()
        studio.get_by_role("button", name="Undo").click()
        expect(panel.locator("li")).to_have_count(1)
        panel.get_by_role("button", name="Delete all").click()
        expect(panel).to_be_hidden()
        studio.reload()
        expect(studio.locator("#telling")).to_be_visible()
        expect(panel).to_be_hidden()
        self.nothing_was_sent(studio)

    def nothing_was_sent(self, page) -> None:
        posts = [request for request in page.sent if request.method not in ("GET", "HEAD")]
        assert len(posts) >= 3
        for request in posts:
            kind = request.headers.get("content-type", "")
            body = request.post_data_buffer or b""
            assert kind.startswith(("application/x-www-form-urlencoded", "application/json")), kind
            assert len(body) < 2000
            assert b"webm" not in body.lower()
            assert b"audio" not in body.lower()

    def test_a_page_that_is_left_keeps_what_was_said(self, studio):
        self.tell(studio, 4500)
        studio.reload()
        state(studio, "running")
        expect(studio.locator("[data-recorder]")).to_contain_text("is kept")
        expect(studio.locator("#recordings li")).to_have_count(1)

    def test_another_person_of_this_browser_hears_nothing(self, studio, client_of, bob, site):
        self.tell(studio)
        studio.get_by_role("button", name="Stop").click()
        expect(studio.locator("#recordings li")).to_have_count(1)
        value = client_of(bob).cookies["sessionid"].value
        studio.context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
        studio.goto(f"{site}/stories/{written(bob).pk}/rehearse/")
        expect(studio.get_by_label("Record it on this device")).to_be_visible()
        expect(studio.locator("#recordings")).to_be_hidden()

    def test_a_device_without_room_says_so_and_the_telling_goes_on(self, studio):
        full = "IDBObjectStore.prototype.put = function () { this.transaction.abort() }"
        studio.evaluate(f"() => {{ {full} }}")
        self.tell(studio)
        expect(studio.locator("[data-recorder]")).to_contain_text("no more room")
        studio.get_by_role("button", name="Stop").click()
        state(studio, "stopped")
        expect(studio.locator("#recordings")).to_be_hidden()

    def test_a_start_that_failed_leaves_the_microphone(self, studio, problems):
        problems.allow("Failed to load resource|htmx:(afterRequest|sendError)")
        studio.evaluate(
            """() => {
              const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
              navigator.mediaDevices.getUserMedia = async (what) => (window.last = await ask(what));
            }"""
        )
        studio.route("**/start/", lambda route: route.abort())
        studio.get_by_label("Record it on this device").check()
        expect(studio.locator("[data-recorder]")).to_contain_text("Ready to record")
        studio.get_by_role("button", name="Start").click()
        expect(studio.locator("#toasts")).to_contain_text("Not saved")
        ended = "() => window.last.getTracks()[0].readyState === 'ended'"
        until(lambda: studio.evaluate(ended), "the microphone is off", page=studio)


def test_a_refused_microphone_is_said_and_nothing_starts(stage):
    stage.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('', 'NotAllowedError') } }"
    )
    stage.get_by_label("Record it on this device").click()
    expect(stage.locator("[data-recorder]")).to_contain_text("The microphone was refused")
    expect(stage.get_by_label("Record it on this device")).not_to_be_checked()
    settle(stage)
    stage.get_by_role("button", name="Start").click()
    state(stage, "running")


def test_a_browser_that_cannot_record_does_not_offer_it(stage):
    stage.add_init_script("delete window.MediaRecorder")
    stage.reload()
    expect(stage.locator("[data-recorder]")).to_have_text("This browser cannot record.")
    expect(stage.get_by_label("Record it on this device")).to_be_hidden()


class TestTrain:
    @pytest.fixture
    def seat(self, stage, site, alice):
        for title in ("B", "C"):
            written(alice, title=f"{title} story", action=RELEASES["action"] * 12)
        written(alice, title="A draft", status="draft")
        stage.goto(f"{site}/stories/train/")
        return stage

    def test_keys_turn_a_screen_each_and_offline_too(self, seat):
        where = seat.locator("[data-where]")
        expect(where).to_have_text("1 of 3")
        expect(seat.get_by_role("heading", name="A draft")).to_have_count(0)
        seat.context.set_offline(True)
        seat.keyboard.press("ArrowRight")
        expect(where).to_have_text("2 of 3")
        seat.keyboard.press("ArrowRight")
        expect(where).to_have_text("3 of 3")
        expect(seat.get_by_role("heading", name=RELEASES["title"])).to_be_in_viewport()
        seat.keyboard.press("ArrowRight")
        seat.keyboard.press("ArrowLeft")
        expect(where).to_have_text("2 of 3")
        expect(seat.get_by_role("heading", name="C story")).to_be_in_viewport()
        seat.context.set_offline(False)

    def test_a_swipe_is_counted_and_a_long_story_scrolls_within_its_screen(self, seat):
        seat.set_viewport_size({"width": 390, "height": 844})
        seat.evaluate("document.querySelector('.carriage').scrollTo({ left: 390 })")
        expect(seat.locator("[data-where]")).to_have_text("2 of 3")
        tall = "(seat) => seat.scrollHeight > seat.clientHeight"
        assert seat.locator(".seat").nth(1).evaluate(tall)
        assert not seat.evaluate("document.documentElement.scrollHeight > innerHeight + 1")


class TestPaper:
    LONG = "I drew the flow of a release with everyone who touched it, and timed each step. "

    def pages(self, page) -> int:
        pdf = page.pdf(prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    def test_two_stories_a_page_however_long(self, stage, site, alice):
        Story.objects.all().delete()
        for number, words in enumerate((40, 150, 300, 450, 600, 800, 1500)):
            sentences = round(words / 17)
            row = written(
                alice, title=f"{number} of {words} words", action=self.LONG * (sentences * 2 // 3),
                situation=self.LONG * (sentences // 6), result=self.LONG * (sentences // 6),
            )  # fmt: skip
            for name in range(number):
                MetricFactory(story=row, name=f"Metric {name}")
        stage.goto(f"{site}/stories/print/")
        expect(stage.locator(".half")).to_have_count(7)
        assert self.pages(stage) == 4

    def test_what_was_cut_says_so(self, stage, site, alice, story):
        Story.objects.filter(pk=story.pk).update(action=self.LONG * 200)
        stage.goto(f"{site}/stories/print/")
        mark = stage.locator(".half .continues")
        expect(mark).to_have_count(1)
        expect(mark).to_contain_text("… continues, ")
        assert self.pages(stage) == 1

    def test_one_chooses(self, stage, site, alice):
        draft = written(alice, title="Only a draft", status="draft")
        stage.goto(f"{site}/stories/print/")
        expect(stage.locator(".half h2")).to_have_text([RELEASES["title"]])
        stage.get_by_label(RELEASES["title"]).uncheck()
        stage.get_by_label("Only a draft").check()
        stage.get_by_role("button", name="Show these").click()
        expect(stage.locator(".half h2")).to_have_text([draft.title])


@pytest.mark.parametrize("size", SIZES, ids=["phone", "laptop"])
def test_pages_are_accessible_and_fit(stage, site, axe, alice, story, size):
    stage.emulate_media(reduced_motion="reduce")
    stage.set_viewport_size({"width": size[0], "height": size[1]})
    told(story, seconds=151)
    for address in ("rehearse/", "train/", "print/", f"{story.pk}/rehearse/?length=300"):
        stage.goto(f"{site}/stories/{address}")
        assert axe(stage) == [], address
        assert not stage.evaluate(WIDER), address
    settle(stage)
    stage.get_by_role("button", name="Start").click()
    for name, verb in (("running", "Stop"), ("stopped", "")):
        state(stage, name)
        settle(stage)
        assert axe(stage) == [], name
        assert not stage.evaluate(WIDER), name
        if verb:
            stage.get_by_role("button", name=verb).click()
