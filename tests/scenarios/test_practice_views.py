"""The pages of an attempt: anonymous, owner, somebody else; valid and not; htmx and plain."""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from scenarios.attempts import Attempt
from scenarios.sheets import AskedQuestion, AttemptChoice, DesignSheet
from tests.scenarios.practice import (
    FORM,
    HTMX,
    START,
    address,
    after,
    ask,
    attempt_of,
    brought,
    finished,
    go,
    open_until,
    page_of,
    scenario,
    send,
)
from writing.models import Revision

pytestmark = pytest.mark.django_db


def test_starting_leads_to_the_first_phase_and_once(alice, client_of, clock):
    scenario()
    client, data = client_of(alice), {"mode": "timed", "key": str(uuid.uuid4())}
    for _ in range(3):
        response = client.post(address("start", "band-shop"), data, follow=True)
    assert response.redirect_chain[-1][0] == address("phase", Attempt.objects.get().pk, "clarify")
    page = response.content.decode()
    assert "Our shop falls over" in page and "10:00" in page and "left of 5–10 min" in page
    assert "until 19:10" in page


def test_an_attempt_begun_by_mistake_is_put_away_and_comes_back(alice, bob, client_of, clock):
    shop, client = scenario(), client_of(alice)
    key = str(uuid.uuid4())
    client.post(address("start", shop.key), {"mode": "timed", "key": key})
    attempt = Attempt.objects.get()
    DesignSheet.objects.update(design="A word.")
    assert client_of(bob).post(address("discard", attempt.pk)).status_code == 404
    page = client.post(address("discard", attempt.pk), follow=True)
    assert page.redirect_chain[-1][0] == address("scenario", shop.key)
    text = page.content.decode()
    assert "Attempt discarded." in text and address("restore", attempt.pk) in text
    assert "Practise it" in text and "Under way" not in text
    assert page_of(client, attempt).status_code == 404
    for there in (address("list"), address("attempts", shop.key), address("solution", shop.key)):
        assert "Under way" not in client.get(there).content.decode()
    assert "No attempt yet" in client.get(address("attempts", shop.key)).content.decode()
    # The start's page, gone back to and sent again, begins another.
    client.post(address("start", shop.key), {"mode": "timed", "key": key})
    assert Attempt.objects.for_user(alice).standing().get().number == 2
    assert client_of(bob).post(address("restore", attempt.pk)).status_code == 404
    assert client.post(address("restore", attempt.pk))["Location"] == attempt.get_absolute_url()
    assert page_of(client, attempt).status_code == 200
    assert DesignSheet.objects.get(attempt=attempt).design == "A word."


def test_a_finished_attempt_is_not_discarded(alice, client_of, clock):
    done = finished(alice)
    client = client_of(alice)
    assert client.post(address("discard", done.pk))["Location"] == done.get_absolute_url()
    assert Attempt.objects.get().discarded_at is None


@pytest.mark.parametrize("data", [{"mode": "asleep"}, {"mode": ""}])
def test_there_are_three_modes(alice, client_of, data):
    scenario()
    assert client_of(alice).post(address("start", "band-shop"), data).status_code == 404


@pytest.mark.parametrize(
    ("asked", "mode"),
    [
        ("", "timed"),
        ("?mode=clarify", "clarify"),
        ("?mode=untimed", "untimed"),
        ("?mode=x", "timed"),
    ],
)
def test_the_address_may_choose_the_mode(alice, client_of, asked, mode):
    page = client_of(alice).get(scenario().get_absolute_url() + asked).content.decode()
    assert re.findall(r'name="mode"\s+value="(\w+)"\s+checked', page) == [mode]


def test_an_unpublished_scenario_starts_nothing(alice, client_of):
    scenario(published=False)
    assert client_of(alice).post(address("start", "band-shop")).status_code == 404


def test_few_questions_are_remarked_on_and_stop_nobody(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    ask(client, attempt, "How many buyers arrive after a show?")
    url = address("open-phase", attempt.pk, "high-level")
    page = client.post(url)
    assert page.status_code == 200 and "One question so far" in page.content.decode()
    assert list(attempt.phase_starts.values_list("phase", flat=True)) == ["clarify"]
    assert go(client, attempt, "high-level").url == address("phase", attempt.pk, "high-level")


def test_five_questions_open_the_next_phase_without_a_word(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    for n in range(1, 6):
        ask(client, attempt, f"Is this number {n}?", n)
    response = client.post(address("open-phase", attempt.pk, "high-level"))
    assert response.url == address("phase", attempt.pk, "high-level")


def test_the_next_phase_takes_the_words_along(alice, client_of, clock):
    """Without a script: what was not saved by its own button is saved by the one that leads on."""
    attempt = attempt_of(alice)
    client = client_of(alice)
    go(client, attempt, "high-level", **brought(attempt.clarify, scope="Feed, not chat"))
    attempt.clarify.refresh_from_db()
    assert attempt.clarify.scope == "Feed, not chat"
    sheet = attempt.high_level
    DesignSheet.objects.filter(pk=sheet.pk).update(design="changed elsewhere")
    response = go(client, attempt, "drill-down", **brought(sheet, design="mine"))
    assert response.status_code == 409
    assert not attempt.phase_starts.filter(phase="drill-down").exists()
    assert Revision.objects.of(sheet).filter(kind="kept").get().texts() == {"design": "mine"}


def test_a_form_with_files_saves_nothing_and_says_so(alice, client_of, clock):
    attempt = attempt_of(alice)
    url = address("open-phase", attempt.pk, "high-level")
    response = client_of(alice).post(url, brought(attempt.clarify, scope="mine") | {"sure": "yes"})
    assert response.status_code == 415
    assert "high-level" not in Attempt.objects.get().starts


def test_phases_not_opened_yet_lead_back(alice, client_of, clock):
    attempt = attempt_of(alice)
    response = page_of(client_of(alice), attempt, "drill-down")
    assert response.url == address("attempt", attempt.pk)
    assert go(client_of(alice), attempt, "wrap-up").url == address("attempt", attempt.pk)
    assert page_of(client_of(alice), attempt, "nonsense").status_code == 404


def test_an_earlier_phase_stays_open_while_the_clock_goes_on(alice, client_of, clock):
    attempt = attempt_of(alice)
    attempt.open_phase("high-level", after(8))
    clock(9)
    page = page_of(client_of(alice), attempt).content.decode()
    assert "The clock is on" in page and "Back to where the clock is" in page
    ask(client_of(alice), attempt, "How many buyers arrive after a show?")
    assert AskedQuestion.objects.filter(asked_at__isnull=False).count() == 1


def test_the_clock_is_written_out_for_those_without_a_script(alice, client_of, clock):
    attempt = attempt_of(alice)
    clock(12.5)
    page = page_of(client_of(alice), attempt).content.decode()
    assert "2:30" in page and "over: go on, nothing is cut off" in page


def test_the_clock_alone_is_a_fragment(alice, client_of, clock):
    attempt = attempt_of(alice)
    clock(3)
    page = page_of(client_of(alice), attempt, HTTP_HX_TARGET="clock", **HTMX).content.decode()
    assert page.strip().startswith('<section id="clock"') and 'data-elapsed="180"' in page
    assert "<html" not in page


def test_pause_and_resume(alice, client_of, clock):
    attempt = attempt_of(alice)
    client = client_of(alice)
    clock(4)
    client.post(address("pause", attempt.pk), {"phase": "clarify"})
    clock(30)
    page = page_of(client, attempt).content.decode()
    assert "Paused" in page and "6:00" in page and "data-running" not in page
    part = client.post(address("resume", attempt.pk), {"phase": "clarify"},
                       HTTP_HX_TARGET="clock", **HTMX)  # fmt: skip
    assert "data-running" in part.content.decode() and "6:00" in part.content.decode()


def test_the_reminders_stand_where_they_belong(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "wrap-up")
    client = client_of(alice)
    clarify, high, drill, wrap = (
        page_of(client, attempt, name).content.decode()
        for name in ("clarify", "high-level", "drill-down", "wrap-up")
    )
    assert "Say what you will build and what you leave out" in clarify
    assert high.index("The flow in words") < high.index("Does it look right to you")
    assert (
        drill.index("The bottleneck")
        < drill.index("Does that make sense?")
        < drill.index("The schema")
    )
    assert "Monitoring and tracing" in wrap


def test_show_me_anyway_is_allowed_and_remembered(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "high-level")
    client = client_of(alice)
    assert client.get(address("compare", attempt.pk)).url == address("attempt", attempt.pk)
    clock(12)
    response = client.post(address("show", attempt.pk), follow=True)
    page = response.content.decode()
    assert "before the end" in page and "It takes the spike away" in page
    assert "Go on with the attempt" in page
    assert "model shown early" in page_of(client, attempt, "high-level").content.decode()


@pytest.mark.parametrize("name, args", [("finish", ()), ("open-phase", ("high-level",))])
def test_a_page_before_a_step_opened_again_leads_back(alice, client_of, clock, name, args):
    attempt = attempt_of(alice)
    response = client_of(alice).get(address(name, attempt.pk, *args))
    assert response["Location"] == attempt.get_absolute_url()
    attempt.refresh_from_db()
    assert attempt.finished_at is None and attempt.reading(after(1)).current.phase == "clarify"


def test_finishing_takes_the_last_words_along_and_closes_the_pages(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "wrap-up")
    client = client_of(alice)
    clock(41)
    data = brought(attempt.wrap_up, more_time="Tracing.")
    asked = send(client, address("finish", attempt.pk), data).content.decode()
    assert "Finish after 41 minutes?" in asked
    assert "Still empty: your questions, scope and assumptions, the flow in words" in asked
    assert "technology choices" in asked and "with more time" not in asked
    attempt.wrap_up.refresh_from_db()
    assert attempt.wrap_up.more_time == "Tracing." and Attempt.objects.get().finished_at is None
    data = brought(attempt.wrap_up, more_time="Tracing.") | {"sure": "yes"}
    response = send(client, address("finish", attempt.pk), data)
    assert response.url == address("compare", attempt.pk)
    assert "Tracing." in client.get(response.url).content.decode()
    for name in ("clarify", "wrap-up"):
        assert page_of(client, attempt, name).url == address("attempt", attempt.pk)
    assert client.get(address("attempt", attempt.pk)).url == response.url
    for url, data in (
        (address("ask", attempt.pk, 1), {"text": "How many buyers?"}),
        (address("quote", attempt.pk, 1), {}),
        (address("sketch", attempt.pk), {"diagram": "", "box": "cdn"}),
        (address("add-choice", attempt.pk), {}),
        (address("open-phase", attempt.pk, "wrap-up"), brought(attempt.wrap_up, more_time="late")),
        (address("pause", attempt.pk), {}), (address("resume", attempt.pk), {}),
        (address("finish", attempt.pk), brought(attempt.wrap_up, more_time="late")),
    ):  # fmt: skip
        assert send(client, url, data).status_code in (302, 423), url
    assert not AttemptChoice.objects.exists() and not AskedQuestion.objects.exclude(asked_at=None)
    attempt.wrap_up.refresh_from_db()
    assert attempt.wrap_up.more_time == "Tracing."


def test_a_button_brings_along_every_text_of_its_page(alice, client_of, clock):
    """Without JavaScript a page is one form: Pause saves an answer far down."""
    attempt = open_until(attempt_of(alice), "drill-down")
    client = client_of(alice)
    client.post(address("add-choice", attempt.pk), {"key": str(uuid.uuid4())})
    sheet, choice, follow_up = attempt.drill_down, attempt.choices.get(), attempt.follow_ups.first()
    body = "&".join(
        urlencode(brought(row, **texts))
        for row, texts in (
            (sheet, {"bottleneck": "The disk", "schema": "Orders"}),
            (choice, {"name": "SQS", "why": "Orders wait."}),
            (follow_up, {"text": "I shed load."}),
        )
    )
    url = address("pause", attempt.pk)
    for _ in range(2):  # pressed twice, or gone back to
        response = client.post(url, f"phase=drill-down&{body}", content_type=FORM)
        assert response.url == address("phase", attempt.pk, "drill-down")
    for row in (sheet, choice, follow_up):
        row.refresh_from_db()
    assert sheet.writing_texts() == {"bottleneck": "The disk", "schema": "Orders"}
    assert choice.writing_texts() == {"name": "SQS", "why": "Orders wait."}
    assert follow_up.text == "I shed load."
    assert attempt.pauses.filter(ended_at=None).count() == 1
    pairs = [brought(sheet, schema="Buyers"), brought(choice, why="It waits.")]
    body = "&".join(urlencode(one) for one in pairs)
    page = client.post(choice.save_url, body, content_type=FORM, follow=True).content.decode()
    assert "Saved at" in page and "Buyers" in page and "It waits." in page


def test_a_text_that_cannot_come_along_stops_the_button_and_no_other_text(alice, client_of, clock):
    attempt = open_until(attempt_of(alice), "drill-down")
    sheet, follow_up = attempt.drill_down, attempt.follow_ups.first()
    type(sheet).objects.filter(pk=sheet.pk).update(schema="changed elsewhere")
    pairs = [brought(sheet, schema="mine"), brought(follow_up, text="I shed load.")]
    body = "&".join(urlencode(one) for one in pairs)
    response = client_of(alice).post(address("pause", attempt.pk), body, content_type=FORM)
    assert response.status_code == 409 and "mine" in response.content.decode()
    follow_up.refresh_from_db()
    assert follow_up.text == "I shed load."
    assert not attempt.pauses.exists()
    assert Revision.objects.of(sheet).filter(kind="kept").get().texts() == {"schema": "mine"}


GETS = [("attempt",), ("phase", "clarify"), ("follow-ups",), ("compare",), ("score",)]
POSTS = [("pause",), ("resume",), ("finish",), ("show",), ("open-phase", "high-level"), ("ask", 1),
         ("quote", 1), ("sketch",), ("add-choice",), ("score",)]  # fmt: skip


@pytest.mark.parametrize("name", GETS + POSTS)
def test_what_is_not_yours_is_not_there(alice, bob, client, client_of, name):
    attempt = finished(alice) if name[0] in ("compare", "score") else attempt_of(alice)
    verb, *more = name
    url = address(verb, attempt.pk, *more)
    ask_for = client_of(bob).post if name in POSTS else client_of(bob).get
    assert ask_for(url, {"text": "x", "sure": "1"}).status_code == 404
    assert client.get(url).status_code == 302 and "/account/" in client.get(url).url
    assert Attempt.objects.get().starts.keys() >= {"clarify"}
    assert not AskedQuestion.objects.exclude(asked_at=None).exists()


@pytest.mark.parametrize("name", ["remove-choice", "restore-choice"])
def test_a_choice_of_somebody_else_is_not_there(alice, bob, client_of, name):
    shop = scenario()
    mine, theirs = attempt_of(alice, shop), attempt_of(bob, shop)
    row = AttemptChoice.objects.create(owner=alice, attempt=mine, request_key=uuid.uuid4())
    assert client_of(bob).post(address(name, mine.pk, row.pk)).status_code == 404
    assert client_of(bob).post(address(name, theirs.pk, row.pk)).status_code == 404
    another = attempt_of(alice, shop)  # her own, but not the attempt that the choice is of
    assert client_of(alice).post(address(name, another.pk, row.pk)).status_code == 404
    row.refresh_from_db()
    assert row.removed_at is None


@pytest.mark.parametrize(("phase", "queries"), [
    ("clarify", 7), ("high-level", 9), ("drill-down", 9), ("wrap-up", 8),
])  # fmt: skip
def test_a_page_asks_the_database_a_fixed_number_of_questions(
    alice, client_of, clock, django_assert_num_queries, phase, queries
):
    attempt = open_until(attempt_of(alice), phase)
    client = client_of(alice)
    for n in range(1, 11):
        ask(client, attempt, f"Is this number {n}?", n)
    for _ in range(8):
        AttemptChoice.objects.create(owner=alice, attempt=attempt, request_key=uuid.uuid4())
    DesignSheet.objects.update(diagram="flowchart LR\n  a --> b")
    clock(40)
    with django_assert_num_queries(queries):
        assert page_of(client, attempt, phase).status_code == 200


def test_a_whole_attempt_against_the_clock(alice, client_of, clock):
    """Forty-five minutes, every phase to its budget and the last one over it."""
    scenario()
    client = client_of(alice)
    client.post(address("start", "band-shop"), {"key": str(uuid.uuid4())})
    attempt = Attempt.objects.get()
    questions = ["How many buyers arrive after a show?", "May it be oversold?",
                 "Which availability?", "Who runs this at night?", "Colour?"]  # fmt: skip
    for minute, text in enumerate(questions, 1):
        clock(minute)
        ask(client, attempt, text, minute)
    for phase, at in (("high-level", 10), ("drill-down", 20), ("wrap-up", 40)):
        clock(at)
        client.post(address("open-phase", attempt.pk, phase))
    clock(44)
    assert "1:00" in page_of(client, attempt, "wrap-up").content.decode()
    clock(47)
    assert "2:00" in page_of(client, attempt, "wrap-up").content.decode()
    client.post(address("finish", attempt.pk), {"sure": "yes"})
    attempt = Attempt.objects.get()
    reading = attempt.reading(after(999))
    assert [row.elapsed for row in reading.phases] == [
        timedelta(minutes=n) for n in (10, 10, 20, 7)
    ]  # fmt: skip
    assert (attempt.covered, attempt.prepared) == (4, 5)
    assert attempt.created_at == START
