"""Alice in the drills room, and the clock of its requests."""

import pytest

from tests.drills.factories import NOW


@pytest.fixture
def clock(monkeypatch):
    """The time of every request: NOW, until `clock.now` moves it."""

    class Clock:
        now = NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: Clock.now)
    return Clock


@pytest.fixture
def visitor(client_of, alice, clock):
    return client_of(alice)
