"""Waiting for what happens beside the test: asked again and again, never slept for."""

import time
from collections.abc import Callable

PATIENCE = 180  # seconds, of a machine that does much else


def until(
    holds: Callable[[], object],
    what: str,
    *,
    seconds: float | None = None,
    page=None,
    every: float = 0.05,
):
    """What `holds()` gives as soon as that is something.

    With a Playwright `page` its routes and events are heard meanwhile. Raises AssertionError after
    `seconds`, or PATIENCE.
    """
    deadline = time.monotonic() + (seconds or PATIENCE)
    while not (result := holds()):
        assert time.monotonic() < deadline, f"in vain: {what}"
        page.wait_for_timeout(every * 1000) if page else time.sleep(every)
    return result
