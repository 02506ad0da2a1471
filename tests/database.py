"""A Postgres of the suite's own, up before Django's settings are read and gone at the end.

Named in pytest's `addopts`, because pytest-django reads the settings before any conftest.py.
With DATABASE_URL set the suite uses that server and starts none. Nothing about safety is relaxed:
the server runs with the same settings as at home, fsync included.

With `-n` each worker has a server of its own, which begins with a migrated database (see
tests/migrated.py). The process that hands out the tests has none; it
comes last, and clears up after a worker that was cut short.
"""

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from prepsite import database
from tests import migrated

PREFIX = "prepsite-tests-"
# What a developer's own shell may hold must not steer the tests.
STEERING = ("PREPSITE_ENV", "PREPSITE_DEBUG", "PREPSITE_STATIC_ROOT", "EMAIL_URL", "ALLOWED_HOSTS")
_open = ExitStack()
# Whatever way pytest leaves, and also when it never gets as far as unconfigure.
atexit.register(_open.close)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    _sweep()
    for name in STEERING:
        os.environ.pop(name, None)
    # Short, for the socket's path; private, as mkdtemp makes it.
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    _open.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PREPSITE_DATA_DIR"] = str(folder)
    if _hands_out(early_config):
        _open.callback(_sweep)
    else:
        if database.embedded():
            migrated.copy_into(folder)
        _open.callback(_throw_away, _open.enter_context(database.running(folder)))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers():
    """Half as many again as cores: who waits for a browser or a server leaves its core idle."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (cores or 1) + (cores or 1) // 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the files that take longest; the short ones fill the gaps at the end."""
    marks = ("long", "browser")
    long = {item.path for item in items if any(map(item.get_closest_marker, marks))}
    items.sort(key=lambda item: item.path not in long)


def pytest_unconfigure():
    _open.close()


def _hands_out(config) -> bool:
    """Is this the process that shares out the tests among workers?"""
    workers = getattr(config.known_args_namespace, "numprocesses", None)
    return bool(workers) and "PYTEST_XDIST_WORKER" not in os.environ


def _throw_away(server: database.Server | None) -> None:
    """End the server at once: nobody reads its data again, and a worker has seconds to leave."""
    if server and (pid := server.pid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)


def _sweep() -> None:
    """Stop and remove what a suite that was killed left behind."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):
        # Another suite may remove its own folder while this one looks.
        with contextlib.suppress(FileNotFoundError):
            if folder.stat().st_uid == os.geteuid() and database.Server(folder).stop_if_unused():
                shutil.rmtree(folder, ignore_errors=True)
