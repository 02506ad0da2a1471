"""`make run`: the database, the site, and nothing left running afterwards.

Starts Postgres (unless DATABASE_URL names a server), makes the database ready, collects the static
files when they changed, and serves the site on 127.0.0.1 until Ctrl-C, SIGTERM or SIGHUP. Watches
both servers, and starts again whichever dies. A database that was made ready for this very version
before is served at once, and looked after beside the serving.

PORT chooses the port (8000), PREPSITE_DATA_DIR the folder for everything that is kept.
"""

import contextlib
import fcntl
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from prepsite import database, prepared

HOST = "127.0.0.1"
BASE = Path(__file__).resolve().parents[1]
MANAGE = [sys.executable, "-u", str(BASE / "manage.py")]
# What time brings about (accounts/erasing.py) is done at each start, and then once a day.
SWEEP_EVERY = 24 * 60 * 60
# One blocking thread each: with the pool this measured fastest on two cores.
GRANIAN = (
    "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws",
    "--respawn-failed-workers", "--workers-kill-timeout", "3", "--log-level", "error",
)  # fmt: skip


class Refused(Exception):
    """The site cannot be served; the message says why and what to do."""


class Stopped(BaseException):
    """Somebody asked the site to stop."""


def main() -> int:
    """Serve until asked to stop. Returns the exit code: 0 after a stop that was asked for."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    folder = database.data_dir()
    try:
        port = _port()
        with _claim(folder, port) as lock, database.running(folder, say) as server:
            ready = prepared.is_ready(database.url(folder))
            with _collecting():
                if not ready:
                    _prepare()
            with Site(port, lock) as site, Beside() as beside:
                if not site.comes_up():
                    raise Refused("The site did not start; the lines above say why.")
                say(f"Prepsite is ready at {site.address} (Ctrl-C stops it)")
                if ready:
                    beside.start("prepare", "--changed")
                _watch(site, server, beside)
    except Stopped:
        say("Stopped.")
        return 0
    except (Refused, database.DatabaseError) as error:
        say(str(error))
    return 1


def say(line: str) -> None:
    """One calm line; a terminal that is gone is no reason to fail."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def _stop(number: int, frame: object) -> None:
    # Once is enough: the way out must not be interrupted.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    _Begin.stop = True
    if not _Begin.going_on:
        raise Stopped


class _Begin:
    """Of a child. A stop in between waits, or nobody would know which child to end."""

    going_on = stop = False

    def __enter__(self) -> None:
        _Begin.going_on = True

    def __exit__(self, *reason: object) -> None:
        _Begin.going_on = False
        if _Begin.stop:
            raise Stopped


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if given.isdecimal() and 0 < int(given) < 65536:
        return int(given)
    raise Refused(f"PORT must be a number from 1 to 65535, not {given!r}.")


@contextlib.contextmanager
def _claim(folder: Path, port: int) -> Iterator[Path]:
    """Hold the data folder and find the port free, or raise Refused.

    Workers of a killed run hold the lock for the moment it takes them to end, but share it; one
    that is held alone belongs to a living run.
    """
    database.own_folder(folder)
    lock = folder / "serve.lock"
    with lock.open("a+") as file:
        while not _locked(file, fcntl.LOCK_EX):
            if not _locked(file, fcntl.LOCK_SH):
                file.seek(0)
                raise Refused(
                    f"Prepsite already runs on the data in {folder}, at {file.read()}. "
                    "Stop that one first, or set PREPSITE_DATA_DIR to another folder."
                )
            fcntl.flock(file, fcntl.LOCK_UN)
            time.sleep(0.05)
        file.truncate(0)
        file.write(f"http://{HOST}:{port}")
        file.flush()
        deadline = time.monotonic() + 2
        while not _free(port):
            if time.monotonic() > deadline:
                raise Refused(
                    f"Port {port} is taken by another program. Stop it, or choose another port: "
                    f"PORT={port + 1 if port < 65535 else 8000} make run"
                )
            time.sleep(0.05)
        yield lock


def _locked(file, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Refused(f"Port {port} needs more rights than this user has.") from error
        except OSError:
            return False
    return True


def _prepare() -> None:
    with _child(*MANAGE, "prepare", "--changed") as prepare:
        if prepare.wait():
            raise Refused("The database could not be made ready; the lines above say why.")


@contextlib.contextmanager
def _child(*command: str) -> Iterator[subprocess.Popen]:
    """A child that a terminal's Ctrl-C does not reach, but that ends with the block."""
    child = None
    try:
        with _Begin():
            child = subprocess.Popen(command, cwd=BASE, start_new_session=True)
        yield child
    finally:
        if child and child.poll() is None:
            child.terminate()
            child.wait()


@contextlib.contextmanager
def _collecting() -> Iterator[None]:
    """Collect the static files meanwhile, if any source changed since they were collected."""
    root = Path(os.environ.get("PREPSITE_STATIC_ROOT") or BASE / "staticfiles")
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # Another run may share this folder.
        stamp, digest = root / "sources.digest", _static_sources()
        if stamp.exists() and stamp.read_text() == digest:
            yield
            return
        say("Collecting the static files")
        stamp.unlink(missing_ok=True)
        with _child(*MANAGE, "collectstatic", "--no-input", "-v0") as collect:
            yield
            if collect.wait():
                raise Refused("The static files could not be collected; the lines above say why.")
        stamp.write_text(digest)
    finally:
        os.close(handle)


def _static_sources() -> str:
    """A digest that changes with our static files, and with the packages that bring their own."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "prepsite/settings.py", "prepsite/staticfiles.py"):
        digest.update((BASE / name).read_bytes())
    for file in sorted((*BASE.glob("static/**/*"), *BASE.glob("*/static/**/*"))):
        if file.is_file():
            facts = file.stat()
            digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return digest.hexdigest()


class Site:
    """The application server, in a session of its own: a terminal's Ctrl-C would hang it."""

    def __init__(self, port: int, lock: Path):
        self.port, self.lock = port, lock
        self.address = f"http://{HOST}:{port}"

    def __enter__(self) -> "Site":
        self.start()
        return self

    def start(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--host", HOST, "--port", str(self.port), *GRANIAN,
             "prepsite.worker:application"],
            cwd=BASE, start_new_session=True,
            env=os.environ | {"PREPSITE_SERVE_LOCK": str(self.lock)},
        )  # fmt: skip

    def restart(self) -> bool:
        self.clear()
        self.start()
        return self.comes_up()

    def alive(self) -> bool:
        return self._server.poll() is None

    def comes_up(self) -> bool:
        """Wait until the site answers; False once it has ended instead, or after a minute."""
        deadline = time.monotonic() + 60
        while self.alive() and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.02)
        return False

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def __exit__(self, *reason: object) -> None:
        """Ask it to end; what has not ended after 6 s is killed, with all its workers."""
        self._server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server.wait(6)
        self.clear()

    def clear(self) -> None:
        """Kill whatever is left of the server's process group, and see it gone."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            # Workers are not our children; whoever inherits them may be slow to bury them.
            deadline = time.monotonic() + 2
            while time.monotonic() < deadline:
                os.killpg(self._server.pid, 0)
                time.sleep(0.01)
        self._server.wait()


class Beside:
    """One command of ours at a time, beside the site; it ends with the block."""

    def __init__(self) -> None:
        self._running = contextlib.ExitStack()
        self._child: subprocess.Popen | None = None

    def __enter__(self) -> "Beside":
        return self

    def start(self, *words: str) -> None:
        self._running.close()
        self._child = self._running.enter_context(_child(*MANAGE, *words))

    def look(self) -> None:
        """Say so once where it failed. The site goes on: it served with this database before."""
        if self._child and self._child.poll() is not None:
            if self._child.returncode:
                say("A task beside the site failed; the lines above say why.")
            self._child = None

    def __exit__(self, *reason: object) -> None:
        self._running.close()


def _watch(site: Site, server: database.Server | None, beside: Beside) -> None:
    """Keep both servers up, until asked to stop or until the site cannot be kept up."""
    swept = time.monotonic()
    while True:
        time.sleep(0.25)
        beside.look()
        if time.monotonic() - swept > SWEEP_EVERY:
            swept = time.monotonic()
            beside.start("sweep")
        if server and not server.pid():
            say("The database stopped unexpectedly; starting it again")
            server.start()
            say("The database is back")
        if not site.alive():
            say("The site stopped unexpectedly; starting it again")
            # It came up before, so once may be bad luck; three times in a row is not.
            if not any(site.restart() for _ in range(3)):
                raise Refused("The site does not start any more; the lines above say why.")
            say("The site is back")


if __name__ == "__main__":
    sys.exit(main())
