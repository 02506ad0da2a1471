"""An attempt: begun once, moved on by its owner, and once finished only read."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import User
from accounts.ownership import owned_models
from scenarios.attempts import Attempt, Pause, PhaseStart
from scenarios.models import FollowUp
from scenarios.sheets import (
    AskedQuestion,
    AttemptChoice,
    ClarifySheet,
    DesignSheet,
    DrillDownSheet,
    FollowUpAnswer,
    Reflection,
    WrapUpSheet,
)  # fmt: skip
from tests.scenarios.practice import START, after, attempt_of, finished, scenario
from writing.autosave.saving import Locked, Saved, save
from writing.models import Revision

pytestmark = pytest.mark.django_db
ROWS = (PhaseStart, Pause, ClarifySheet, DesignSheet, DrillDownSheet, WrapUpSheet, AskedQuestion,
        AttemptChoice, FollowUpAnswer)  # fmt: skip


def fresh(attempt) -> Attempt:
    return Attempt.objects.get(pk=attempt.pk)


def test_a_new_attempt_has_ten_lines_its_sheets_and_the_follow_ups(alice):
    attempt = attempt_of(alice)
    assert list(attempt.lines.values_list("position", "text")) == [(n, "") for n in range(1, 11)]
    assert [row.minute for row in attempt.follow_ups.all()] == [15, 25, 38]
    assert {attempt.clarify, attempt.high_level, attempt.drill_down, attempt.wrap_up}
    assert attempt.starts == {"clarify": START}
    assert attempt.number == 1


def test_only_clarify_has_nothing_to_design_on(alice):
    attempt = attempt_of(alice, mode="clarify")
    assert attempt.lines.count() == 10 and attempt.clarify
    assert not DesignSheet.objects.exists() and not attempt.follow_ups.exists()


def test_every_row_is_its_owners(alice, bob):
    attempt_of(alice)
    attempt_of(bob, scenario("other"))
    for model in (*ROWS, Attempt, Reflection):
        assert model in owned_models()
        if model not in (Pause, AttemptChoice):
            assert model.objects.for_user(alice).count() == model.objects.for_user(bob).count() > 0


def test_one_key_starts_one_attempt(alice, bob):
    shop, key = scenario(), uuid.uuid4()
    first = Attempt.start(alice, shop, "timed", key=key, now=START)
    assert Attempt.start(alice, shop, "timed", key=key, now=after(1)) == first
    assert Attempt.start(bob, shop, "timed", key=key, now=after(1)) != first
    second = Attempt.start(alice, shop, "untimed", key=uuid.uuid4(), now=after(2))
    assert (second.number, second.reading(after(3)).current.budget) == (2, None)


def test_twenty_starts_at_once_are_one(transactional_db, alice):
    shop, key = scenario(), uuid.uuid4()
    gate, made = threading.Barrier(20), []

    def begin():
        gate.wait()
        made.append(Attempt.start(alice, shop, "timed", key=key, now=START).pk)
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20 and len(set(made)) == 1
    assert AskedQuestion.objects.count() == 10


def test_phases_open_in_order_and_once(alice):
    attempt = attempt_of(alice)
    assert not attempt.open_phase("drill-down", after(3))
    assert attempt.open_phase("high-level", after(8))
    assert attempt.open_phase("high-level", after(9))
    assert attempt.open_phase("clarify", after(9))
    assert fresh(attempt).starts == {"clarify": START, "high-level": after(8)}


def test_pausing_twice_is_one_pause_and_the_next_phase_ends_it(alice):
    attempt = attempt_of(alice)
    attempt.pause(after(2))
    attempt.pause(after(3))
    assert fresh(attempt).reading(after(9)).paused_since == after(2)
    attempt.resume(after(5))
    attempt.resume(after(6))
    attempt.pause(after(7))
    attempt.open_phase("high-level", after(8))
    assert list(attempt.pauses.values_list("started_at", "ended_at")) == [
        (after(2), after(5)), (after(7), after(8)),
    ]  # fmt: skip
    reading = fresh(attempt).reading(after(10))
    assert reading.running and reading.elapsed == timedelta(minutes=6)


def test_the_database_allows_one_pause_at_a_time(alice):
    attempt = attempt_of(alice)
    attempt.pause(after(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(owner=alice, attempt=attempt, started_at=after(2))


def test_showing_early_is_remembered_once(alice):
    attempt = attempt_of(alice)
    assert not attempt.may_compare
    attempt.show(after(4))
    attempt.show(after(5))
    assert fresh(attempt).shown_early_at == after(4) and fresh(attempt).may_compare


def test_after_the_finish_showing_is_not_early(alice):
    attempt = finished(alice)
    attempt.show(after(60))
    assert fresh(attempt).shown_early_at is None and attempt.may_compare


def test_finishing_stops_the_clock_and_a_pause(alice):
    attempt = attempt_of(alice)
    attempt.pause(after(3))
    attempt.finish(after(7))
    attempt.finish(after(8))
    row = fresh(attempt)
    assert row.finished_at == after(7) and row.pauses.get().ended_at == after(7)
    assert row.reading(after(500)).elapsed == timedelta(minutes=3)
    assert (row.covered, row.prepared) == (0, 5)


def test_a_finished_attempt_stands_still(alice):
    attempt = finished(alice)
    attempt.pause(after(50))
    attempt.resume(after(50))
    assert not attempt.open_phase("clarify-again", after(50))
    assert not attempt.pauses.exists()


def put(row, now=START, **fields):
    return save(type(row), row.owner_id, row.pk, row.version, fields, uuid.uuid4(), now)


def test_writing_goes_on_until_the_finish_and_is_kept_after_it(alice):
    attempt = attempt_of(alice)
    assert isinstance(put(attempt.high_level, design="one"), Saved)
    attempt.finish(after(7))
    row = DesignSheet.objects.get()
    outcome = put(row, design="two")
    assert isinstance(outcome, Locked) and "finished" in outcome.reason
    assert outcome.kept.texts() == {"design": "two"}
    assert DesignSheet.objects.get().design == "one"


def test_the_note_for_next_time_is_written_after_the_finish(alice):
    attempt = finished(alice)
    assert isinstance(put(attempt.reflection, next_time="Name a number."), Saved)


@pytest.mark.parametrize("model", ROWS)
def test_the_database_refuses_changes_of_a_finished_attempt(alice, model):
    attempt = attempt_of(alice)
    if model is Pause:
        attempt.pause(after(1))
    if model is AttemptChoice:
        AttemptChoice.objects.create(owner=alice, attempt=attempt, request_key=uuid.uuid4())
    row = model.objects.filter(attempt=attempt).first()
    change = {"attempt": attempt.pk}
    assert model.objects.filter(pk=row.pk).update(**change) == 1
    attempt.finish(after(2))
    for act in (
        lambda: model.objects.filter(pk=row.pk).update(**change),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="finished"), transaction.atomic():
            act()
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("act", [
    lambda rows: rows.update(finished_at=None),
    lambda rows: rows.update(shown_early_at=None),
    lambda rows: rows.delete(),
])  # fmt: skip
def test_the_database_refuses_to_reopen_or_delete_a_finished_attempt(alice, act):
    attempt = finished(alice)
    with pytest.raises(IntegrityError, match="finished"), transaction.atomic():
        act(Attempt.objects.filter(pk=attempt.pk))


def test_a_question_that_was_asked_keeps_its_words(alice):
    attempt = attempt_of(alice)
    line = attempt.lines.first()
    AskedQuestion.objects.filter(pk=line.pk).update(text="How many?", asked_at=after(1))
    with pytest.raises(IntegrityError, match="was asked"), transaction.atomic():
        AskedQuestion.objects.filter(pk=line.pk).update(text="Something else?")
    assert isinstance(put(AskedQuestion.objects.get(pk=line.pk), text="Else?"), Locked)


def test_a_score_beyond_two_is_refused_by_the_database(alice):
    attempt = finished(alice)
    Reflection.objects.filter(attempt=attempt).update(cost=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(attempt=attempt).update(cost=3)


def test_a_later_edition_of_the_scenario_changes_no_attempt(alice):
    attempt = attempt_of(alice)
    FollowUp.objects.all().delete()
    attempt.finish(after(3))
    assert attempt.follow_ups.first().title == "The stock service is down."


def test_a_scenario_that_was_attempted_is_not_deleted(alice):
    attempt = attempt_of(alice)
    with pytest.raises(ProtectedError):
        attempt.scenario.delete()


def test_deleting_an_account_deletes_its_finished_attempts_and_no_others(alice, bob):
    attempt, other = finished(alice), finished(bob, scenario("other"))
    put(attempt.reflection, next_time="Gone with me.")
    User.objects.get(pk=alice.pk).delete()
    for model in (*ROWS, Attempt, Reflection):
        assert not model.objects.filter(owner_id=alice.pk).exists()
    assert not Revision.objects.filter(owner_id=alice.pk).exists()
    assert Attempt.objects.get() == other and other.lines.count() == 10


def test_the_attempts_before_are_finished_and_at_the_same_scenario(alice, bob):
    shop = scenario()
    first = finished(alice, shop)
    attempt_of(alice, shop, now=after(60))
    finished(alice, scenario("other"), begun=after(70))
    finished(bob, shop, begun=after(80))
    last = finished(alice, shop, begun=after(200))
    assert list(last.earlier()) == [first] and list(first.earlier()) == []
