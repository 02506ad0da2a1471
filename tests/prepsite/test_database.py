"""The embedded Postgres: one server, however many start it, whoever is killed."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from prepsite import database

ROOT = Path(__file__).parents[2]
# A process that uses the database until its input ends, and says which server it got.
USE = """
import sys
from pathlib import Path
from prepsite import database
with database.running(Path(sys.argv[1])) as server:
    print(server.pid(), flush=True)
    sys.stdin.read()
"""


class User:
    """One process that uses the database in `folder`."""

    def __init__(self, folder: Path):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def server(self) -> int:
        """Wait until it has a server; the id of the server's process."""
        return int(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(autouse=True)
def embedded(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    """A data folder; whatever a failing test leaves running there is stopped."""
    yield tmp_path / "data"
    if (tmp_path / "data").exists():
        database.Server(tmp_path / "data").stop_if_unused()


@pytest.fixture
def use(folder) -> Iterator[Callable[[], User]]:
    with ExitStack() as leaving:

        def begin() -> User:
            user = User(folder)
            leaving.callback(user.kill)
            return user

        yield begin


def ask(folder: Path, question: str) -> list[tuple]:
    with psycopg.connect(database.url(folder), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []


def lives(pid: int) -> bool:
    return "postgres" in database.command_line(pid)


def test_four_starts_at_once_share_one_server(folder, use):
    users = [use() for _ in range(4)]
    assert len({user.server() for user in users}) == 1
    assert ask(folder, "SELECT 1") == [(1,)]


def test_the_last_user_to_leave_stops_the_server(folder, use):
    first, second = use(), use()
    pid = first.server()
    second.server()
    first.leave()
    assert lives(pid)
    assert ask(folder, "SELECT 1") == [(1,)]
    second.leave()
    assert not lives(pid)
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_a_killed_user_is_forgotten(folder, use):
    killed = use()
    pid = killed.server()
    killed.kill()
    assert lives(pid)
    heir = use()
    assert heir.server() == pid
    heir.leave()
    assert not lives(pid)


def test_a_killed_server_comes_back_with_its_data(folder):
    with database.running(folder) as server:
        ask(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(server.pid(), signal.SIGKILL)
        while server.pid():
            time.sleep(0.01)
        server.start()
        assert ask(folder, "SELECT answer FROM kept") == [(42,)]


def test_server_and_user_killed_together(folder, use):
    killed = use()
    pid = killed.server()
    ask(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(pid, signal.SIGKILL)
    killed.kill()
    assert use().server() != pid
    assert ask(folder, "SELECT answer FROM kept") == [(42,)]


def test_a_server_left_while_it_stops_is_stopped_and_started_again(folder, use):
    killed = use()
    pid = killed.server()
    ask(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
    with psycopg.connect(database.url(folder)):
        os.kill(pid, signal.SIGTERM)  # "smart": it waits for the session, which never ends
        while "stopping" not in (folder / "postgres" / "postmaster.pid").read_text():
            time.sleep(0.01)
        killed.kill()
        heir = use()
        assert heir.server() != pid
    assert ask(folder, "SELECT answer FROM kept") == [(42,)]


def test_stale_locks_that_name_a_living_stranger(folder):
    with database.running(folder) as server:
        lines = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
        socket = server.sockets / f".s.PGSQL.{database.PORT}"
        lock = Path(f"{socket}.lock").read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for file, left in (
            (folder / "postgres" / "postmaster.pid", lines),
            (f"{socket}.lock", lock),
        ):
            Path(file).parent.mkdir(exist_ok=True)
            Path(file).write_text("\n".join([str(stranger.pid), *left[1:], ""]))
        with database.running(folder) as server:
            assert server.pid() != stranger.pid
            assert ask(folder, "SELECT 1") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_nothing_stored_can_make_it_unsafe(folder):
    with database.running(folder):
        ask(folder, "ALTER SYSTEM SET fsync = off")
        ask(folder, "ALTER SYSTEM SET full_page_writes = off")
        ask(folder, "ALTER SYSTEM SET synchronous_commit = off")
        ask(folder, "ALTER SYSTEM SET listen_addresses = '127.0.0.1'")
    with database.running(folder):
        for name, value in {
            "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
            "data_checksums": "on", "listen_addresses": "", "server_encoding": "UTF8",
        }.items():  # fmt: skip
            assert (name, ask(folder, f"SHOW {name}")) == (name, [(value,)])
        locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'prepsite'"
        assert ask(folder, locale) == [("b", "C.UTF-8")]


def test_the_tests_themselves_run_on_a_safe_server(db):
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            assert (name, cursor.fetchone()) == (name, ("on",))


def test_only_its_owner_reaches_the_socket(folder):
    with database.running(folder) as server:
        socket = server.sockets / f".s.PGSQL.{database.PORT}"
        assert socket.is_socket()
        modes = [stat.S_IMODE(p.stat().st_mode) for p in (server.sockets, socket, folder)]
        assert modes == [0o700, 0o700, 0o700]


@pytest.mark.parametrize("name", ["x" * 110, "with, comma and blank"])
def test_a_path_that_no_socket_may_have(tmp_path, name):
    folder = tmp_path / name
    with database.running(folder) as server:
        assert len(str(server.sockets)) < 60
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
        assert ask(folder, "SELECT 1") == [(1,)]
    assert not server.sockets.exists()


def test_half_a_cluster_is_made_again(folder):
    (folder / "postgres.new").mkdir(parents=True)
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    with database.running(folder):
        assert ask(folder, "SELECT 1") == [(1,)]


def test_a_server_that_cannot_start_says_why(folder):
    with database.running(folder):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("9.1\n")
    with pytest.raises(database.DatabaseError, match="incompatible"), database.running(folder):
        pass


def test_a_folder_of_somebody_else_is_refused(folder, monkeypatch):
    folder.mkdir()
    somebody_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody_else)
    with pytest.raises(database.DatabaseError, match="belongs to another user"):
        database.Server(folder).start()


def test_root_without_unshare_is_sent_to_database_url(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(database.DatabaseError, match="set DATABASE_URL"):
        database.without_root()


def test_the_address_starts_nothing(folder, monkeypatch):
    assert str(folder / "run") in database.url(folder)
    assert not folder.exists()
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/site")
    assert database.url(folder) == "postgres://db.example/site"
    with database.running(folder) as server:
        assert server is None
    assert not folder.exists()


def test_four_processes_agree_on_one_secret(folder):
    script = "import sys; from pathlib import Path; from prepsite import database; "
    script += "print(database.local_secret(Path(sys.argv[1])))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    secrets = {process.communicate()[0].strip() for process in started}
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def manage(folder: Path, *words: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"PREPSITE_DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_commands_bring_the_database_along(folder):
    done = manage(folder, "dbshell", "--", "-Atc", "SELECT 'answer ' || 42")
    assert (done.returncode, done.stdout) == (0, "answer 42\n"), done.stderr
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_commands_that_need_no_database_start_none(folder):
    assert manage(folder, "version").returncode == 0
    assert not (folder / "postgres").exists()
