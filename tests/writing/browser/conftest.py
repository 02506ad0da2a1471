"""A server that can be killed, a browser that can be killed, and a note to write in."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from playwright.sync_api import Error, expect

from tests.browser import ARGS, PATIENCE, chromium
from tests.factories import UserFactory
from tests.waiting import until
from tests.writing.sample.models import Note

ROOT = Path(__file__).resolve().parents[3]


def _database_url() -> str:
    at = connection.settings_dict
    query = {"host": at["HOST"], "port": at["PORT"], **at.get("OPTIONS", {})}
    ours = {"pool", "prepare_threshold"}
    options = "&".join(f"{k}={quote(str(v))}" for k, v in query.items() if v and k not in ours)
    return f"postgres://{quote(at['USER'])}:{quote(at['PASSWORD'])}@/{at['NAME']}?{options}"


class Server:
    """The site at a port that stays its own over every kill and start."""

    def __init__(self, log):
        self.log = log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.writing.browser.server", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": _database_url()},
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )
        until(lambda: self.answers() or not self.runs, "the server answers")
        if not self.runs:
            self.log.seek(0)
            raise AssertionError(f"the server stopped while starting: {self.log.read()}")

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="session")
def kept_server(tmp_path_factory):
    """One server for all tests of a worker: starting one takes seconds of processor time."""
    with (tmp_path_factory.mktemp("server") / "server.log").open("w+") as log:
        server = Server(log)
        yield server
        server.kill()


@pytest.fixture
def server(transactional_db, kept_server):
    """The server, running; a test may kill it and start it again."""
    if not kept_server.runs:
        kept_server.kill()
        kept_server.start()
    return kept_server


@pytest.fixture
def site(server) -> str:
    return server.url


@pytest.fixture
def note(transactional_db):
    return Note.objects.create(owner=UserFactory(username="alice"))


@pytest.fixture
def address(site, note) -> str:
    return site + note.get_absolute_url()


@pytest.fixture
def stored(note):
    """The text of the note as the database has it now."""

    def read() -> str:
        return Note.objects.get(pk=note.pk).text

    return read


class Profile:
    """A browser with a profile of its own on the disk, which outlives a kill of the browser."""

    def __init__(self, browser_type, folder: Path):
        self.browser_type, self.folder, self.context = browser_type, folder, None

    def open(self):
        self.context = self.browser_type.launch_persistent_context(
            str(self.folder), executable_path=chromium(), args=list(ARGS), service_workers="block"
        )
        self.context.set_default_timeout(PATIENCE)
        return self.context.pages[0]

    def kill(self) -> None:
        """SIGKILL to every process of this browser, and wait until the last is gone."""
        while found := self._processes():
            for pid in found:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.02)
        with suppress(Error):
            self.context.close()
        self.context = None

    def _processes(self) -> list[int]:
        mark = str(self.folder).encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes()
                dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue
            if mark in command and b"chrom" in command and not dead:
                found.append(int(entry.name))
        return found


@pytest.fixture
def profile(browser, tmp_path):
    profile = Profile(browser.browser_type, tmp_path / "profile")
    yield profile
    if profile.context:
        profile.context.close()


def shows(page, text: str, timeout: int = PATIENCE) -> None:
    """Wait until the page says so of its text."""
    expect(page.locator("[data-save-state]")).to_contain_text(text, timeout=timeout)


def drafts_in(page) -> list[dict]:
    """The drafts that this page's person has in this browser."""
    return page.evaluate(f"async () => {{ {DRAFTS} return found; }}")


def wait_for_drafts(page, wanted: list[str], timeout: float = PATIENCE / 1000) -> None:
    """Wait until the texts of this person's drafts are `wanted`. Raises AssertionError.

    Asked again and again from here: Playwright's own wait takes a promise for a yes.
    """

    def there() -> bool:
        return [draft["fields"].get("text") for draft in drafts_in(page)] == wanted

    until(there, f"drafts of {wanted}", seconds=timeout, page=page, every=0.02)


DRAFTS = """
  const { drafts } = await import("/static/js/drafts.js");
  const found = await drafts(document.querySelector("[data-writing]").dataset.owner);
"""
