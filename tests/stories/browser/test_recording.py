"""The recording of a telling: kept and heard on this device, and never sent."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import ARGS, WATCH, chromium
from tests.stories.browser.conftest import settle, telling
from tests.stories.factories import written
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


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
        telling(page, "running")
        expect(page.locator("[data-recorder]")).to_contain_text("Recording")
        page.wait_for_timeout(wait)  # so much is to be heard afterwards

    def test_it_is_kept_played_and_deleted_here_and_never_sent(self, studio):
        self.tell(studio)
        studio.get_by_role("button", name="Stop").click()
        telling(studio, "stopped")
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
        telling(studio, "running")
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
        telling(studio, "stopped")
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
    telling(stage, "running")


def test_a_browser_that_cannot_record_does_not_offer_it(stage):
    stage.add_init_script("delete window.MediaRecorder")
    stage.reload()
    expect(stage.locator("[data-recorder]")).to_have_text("This browser cannot record.")
    expect(stage.get_by_label("Record it on this device")).to_be_hidden()
