"""The server's clock, in the hands of a test."""

import pytest

from scenarios import practice_views, review_views
from tests.scenarios.practice import after


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes)` sets the server's clock of an attempt to so many minutes after START."""

    def move(minutes: float) -> None:
        for views in (practice_views, review_views):
            monkeypatch.setattr(views, "now", lambda: after(minutes))

    move(0)
    return move
