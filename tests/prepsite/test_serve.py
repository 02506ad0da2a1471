"""`make run`, as a person at a terminal meets it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import psycopg
import pytest

from prepsite import database, serve
from tests.waiting import until

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]


class Terminal:
    """A terminal in which the site is served from `folder`; Ctrl-C reaches its whole session."""

    def __init__(self, folder: Path, port: int, output: Path, **environment: str):
        self.folder, self.address, self._output = folder, f"http://127.0.0.1:{port}", output
        inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        environment = {
            "PREPSITE_DATA_DIR": str(folder),
            "PREPSITE_STATIC_ROOT": str(output.parent / "static"),
            "PORT": str(port),
        } | environment
        with output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "prepsite.serve"],
                cwd=ROOT, env=inherited | environment, stdout=file, stderr=file,
                start_new_session=True,
            )  # fmt: skip

    def output(self) -> str:
        return self._output.read_text()

    def shows(self, line: str) -> "Terminal":
        until(lambda: line in self.output() or self.process.poll() is not None, line)
        assert line in self.output(), self.output()
        return self

    def ready(self) -> "Terminal":
        return self.shows(f"Prepsite is ready at {self.address} (Ctrl-C stops it)")

    def signal(self, number: int) -> int:
        """Send a signal to the session; the exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(20)

    def status(self, path: str) -> int:
        try:
            with urlopen(self.address + path, timeout=10) as answer:
                return answer.status
        except URLError as error:
            return getattr(error, "code", 0)
        except OSError:
            return 0

    def processes(self, word: str = "") -> list[psutil.Process]:
        """Every living process that belongs to this data folder, with `word` in its command."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                ours = process.environ().get("PREPSITE_DATA_DIR") == str(self.folder)
                if ours and process.status() != "zombie" and word in " ".join(process.cmdline()):
                    found.append(process)
        return sorted(found, key=lambda process: process.create_time())


class Desk:
    """Opens terminals. They share one data folder, so that the first alone pays for its making."""

    def __init__(self, home: Path):
        self.home, self.opened = home, []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def serve(self, folder: str = "data", **environment: str) -> Terminal:
        output = self.home / f"output-{len(self.opened)}"
        terminal = Terminal(self.home / folder, self.port, output, **environment)
        self.opened.append(terminal)
        return terminal

    def serving(self) -> Terminal:
        """The terminal in which the site is served; a new one unless a test left it up."""
        up = [t for t in self.opened if t.process.poll() is None]
        return (up[0] if up else self.serve()).ready()

    def clear(self) -> None:
        for terminal in self.opened:
            for process in terminal.processes():
                with contextlib.suppress(psutil.Error):
                    process.kill()
            terminal.process.wait()


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("serve"))
    yield desk
    desk.clear()


def ask(folder: Path, question: str) -> list[tuple]:
    with psycopg.connect(database.url(folder), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def embedded(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_it_serves(desk):
    terminal = desk.serving()
    for path in ("/healthz", "/readyz", "/static/css/site.css"):
        assert (path, terminal.status(path)) == (path, 200)


def test_a_second_start_on_the_same_data_is_refused(desk):
    first = desk.serving()
    second = desk.serve()
    assert second.process.wait(20) == 1
    assert f"already runs on the data in {first.folder}, at {first.address}." in second.output()
    assert first.status("/healthz") == 200


def test_a_second_start_on_the_same_port_is_refused(desk):
    first = desk.serving()
    second = desk.serve("other")
    assert second.process.wait(20) == 1
    assert f"Port {desk.port} is taken by another program." in second.output()
    assert first.status("/healthz") == 200


@pytest.mark.parametrize("given", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none(desk, given):
    terminal = desk.serve("other", PORT=given)
    assert terminal.process.wait(20) == 1
    assert terminal.output() == f"PORT must be a number from 1 to 65535, not {given!r}.\n"


def test_it_starts_again_whatever_dies(desk):
    terminal = desk.serving()
    os.kill(int((terminal.folder / "postgres/postmaster.pid").read_text().split()[0]), 9)
    terminal.shows("The database is back")
    until(lambda: terminal.status("/readyz") == 200, "the site finds its database again")
    terminal.processes("granian")[0].kill()
    terminal.shows("The site is back")
    assert terminal.status("/readyz") == 200
    until(lambda: len(terminal.processes("granian")) == 3, "both workers are up")
    worker = terminal.processes("granian")[-1]
    worker.kill()
    until(lambda: not worker.is_running() and len(terminal.processes("granian")) == 3, "a new one")
    until(lambda: terminal.status("/readyz") == 200, "the site answers")


def test_ctrl_c_stops_all_of_it(desk):
    terminal = desk.serving()
    assert terminal.signal(signal.SIGINT) == 0
    assert terminal.output().endswith("Stopped.\n")
    assert [p.cmdline() for p in terminal.processes()] == []
    assert not (terminal.folder / "postgres" / "postmaster.pid").exists()


def comment(folder: Path) -> str:
    return ask(folder, "SELECT obj_description('django_migrations'::regclass)")[0][0]


def test_what_was_prepared_is_served_at_once_and_looked_after_beside(desk):
    desk.serving().signal(signal.SIGINT)
    terminal = desk.serve().ready()
    assert terminal.output().startswith("Prepsite is ready at")
    until(lambda: terminal.processes("prepare"), "prepare runs beside the site")
    assert terminal.signal(signal.SIGINT) == 0
    assert [p.cmdline() for p in terminal.processes()] == []


def test_what_another_version_prepared_is_prepared_first(desk):
    terminal = desk.serving()
    ours = comment(terminal.folder)
    ask(terminal.folder, "COMMENT ON TABLE django_migrations IS 'another'")
    assert terminal.signal(signal.SIGINT) == 0
    assert comment(desk.serving().folder) == ours


def test_killed_it_takes_its_workers_along_and_starts_again(desk):
    killed = desk.serving()
    ask(killed.folder, "CREATE TABLE kept_by_kill AS SELECT 42 AS answer")
    killed.process.kill()
    killed.process.wait()
    until(lambda: not killed.processes("granian"), "the workers end")
    again = desk.serving()
    assert ask(again.folder, "SELECT answer FROM kept_by_kill") == [(42,)]


def test_everything_killed_at_once_starts_again(desk):
    killed = desk.serving()
    ask(killed.folder, "CREATE TABLE kept_by_all AS SELECT 42 AS answer")
    for process in killed.processes():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    killed.process.wait()
    again = desk.serving()
    assert ask(again.folder, "SELECT answer FROM kept_by_all") == [(42,)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_stop_it_too(desk, number):
    terminal = desk.serving()
    assert terminal.signal(number) == 0
    assert [p.cmdline() for p in terminal.processes()] == []


def test_a_stop_while_a_child_begins_ends_it(monkeypatch):
    begun = []

    class Interrupted(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            begun.append(self)
            signal.raise_signal(signal.SIGHUP)

    stops = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, serve._stop) for number in stops}
    monkeypatch.setattr(serve._Begin, "stop", False)
    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    try:
        with (
            pytest.raises(serve.Stopped),
            serve._child(sys.executable, "-c", "import time; time.sleep(60)"),
        ):
            pytest.fail("It went on.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert begun[0].returncode == -signal.SIGTERM


def test_it_stops_before_it_is_ready(desk):
    terminal = desk.serve("new").shows("Applying")
    assert terminal.signal(signal.SIGINT) == 0
    assert [p.cmdline() for p in terminal.processes()] == []
