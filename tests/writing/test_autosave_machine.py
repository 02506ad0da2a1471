"""A random life of one text: whatever is done to it, every acknowledged text can be read again."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.factories import UserFactory
from tests.writing.sample.models import Note
from writing.autosave.history import entries, give_name, restore
from writing.autosave.saving import Conflict, Saved, save
from writing.models import Revision

# Lives of up to 400 steps: 3,000 steps and more in everyday runs, 10,000 with PREPSITE_LONG=1.
LONG = bool(os.environ.get("PREPSITE_LONG"))
LIVES, STEPS = 380 if LONG else 12, 400
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
steps_taken = 0

words = st.text("ab \né😀", max_size=12)
places = st.floats(0, 1)


class Life(RuleBasedStateMachine):
    """Two tabs, each at the version it last heard of, and what the server acknowledged to them."""

    @initialize(long=st.booleans())
    def begin(self, long):
        self.text = "lorem ipsum " * 100 if long else ""
        self.note = Note.objects.create(owner=UserFactory(), text=self.text)
        self.version, self.now = 1, START
        self.bases = [1, 1]
        self.acknowledged = {1: self.text} if long else {}
        self.kept: dict[int, str] = {}

    def step(self):
        global steps_taken
        steps_taken += 1
        self.now += timedelta(seconds=7)

    def heard(self, tab, outcome, text):
        if isinstance(outcome, Conflict):
            assert outcome.row.text == self.text
            self.kept[outcome.kept.pk] = text
        else:
            assert isinstance(outcome, Saved)
            if text != self.text:
                assert outcome.version == self.version + 1
                self.version, self.text = outcome.version, text
                self.acknowledged[self.version] = text
        self.bases[tab] = self.version

    @rule(tab=st.integers(0, 1), start=places, length=places, put=words)
    def edit(self, tab, start, length, put):
        self.step()
        at = int(start * len(self.text))
        cut = int(length * min(20, len(self.text) - at))
        text = self.text[:at] + put + self.text[at + cut :]
        base = self.bases[tab]
        outcome = save(
            Note, self.note.owner_id, self.note.pk, base, {"text": text}, uuid4(), self.now
        )
        assert isinstance(outcome, Saved) == (base == self.version or text == self.text)
        self.heard(tab, outcome, text)

    @rule(tab=st.integers(0, 1), text=words)
    def rewrite(self, tab, text):
        self.step()
        base = self.bases[tab]
        outcome = save(
            Note, self.note.owner_id, self.note.pk, base, {"text": text}, uuid4(), self.now
        )
        self.heard(tab, outcome, text)

    @rule(which=places)
    def restore_any(self, which):
        self.step()
        past = Revision.objects.of(self.note).order_by("id")
        count = len(self.acknowledged) + len(self.kept)
        if not count:
            return
        revision = past[int(which * (count - 1))]
        text = self.kept.get(revision.pk, self.acknowledged.get(revision.version))
        outcome = restore(self.note, revision, self.version, uuid4(), self.now)
        self.heard(0, outcome, text)

    @rule()
    def undo(self):
        self.step()
        before = Revision.objects.of(self.note).accepted().filter(version=self.version - 1).first()
        if before:
            outcome = restore(self.note, before, self.version, uuid4(), self.now)
            self.heard(1, outcome, self.acknowledged[self.version - 1])

    @rule(text=words)
    def bypass(self, text):
        """Somebody writes past the save function."""
        self.step()
        Note.objects.filter(pk=self.note.pk).update(text=text)
        if text != self.text:
            self.version, self.text = self.version + 1, text
            self.acknowledged[self.version] = text

    @rule(name=st.sampled_from(["", "told at Acme"]))
    def name_latest(self, name):
        self.step()
        if latest := Revision.objects.of(self.note).order_by("-id").first():
            give_name(latest, name)

    def teardown(self):
        if not hasattr(self, "note"):
            return
        self.note.refresh_from_db()
        assert (self.note.text, self.note.version) == (self.text, self.version)
        past = list(Revision.objects.of(self.note))
        found = {r.version: r.texts()["text"] for r in past if r.kind != "kept" and r.version}
        for version, text in self.acknowledged.items():
            assert found[version] == text
        assert {r.pk: r.texts()["text"] for r in past if r.kind == "kept"} == self.kept
        shown = list(entries(self.note))
        assert not past or max(r.pk for r in past) in {r.pk for r in shown}
        assert {r.pk for r in past if r.kind == "kept" or r.name} <= {r.pk for r in shown}


@pytest.mark.django_db
@pytest.mark.long
def test_every_acknowledged_text_is_retrievable():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert steps_taken >= (10_000 if LONG else 2_500)
