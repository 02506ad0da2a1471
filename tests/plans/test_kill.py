"""kill -9 while somebody ticks: what was acknowledged is there afterwards, all of it.

Application workers, the launcher and Postgres are killed in turn while one person ticks and
unticks through HTTP. 6 kills here, 200 with PREPSITE_LONG=1. The control is in the settings: a
server without `fsync` would pass this too, so tests/prepsite/test_database.py asserts them.
"""

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time

import psutil
import psycopg
import pytest

from prepsite import database
from tests.prepsite.test_serve import ROOT, Desk, Terminal, ask
from tests.waiting import until

KILLS = 200 if os.environ.get("PREPSITE_LONG") else 6
PREPARE = """
import uuid
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from plans.models import Plan, PlanTemplate
user = get_user_model().objects.create_user("alice", password=None)
outline = PlanTemplate.objects.get(key="one-day").outline()
plan = Plan.start(user, outline, key=uuid.uuid4(), now=timezone.now())
client = Client()
client.force_login(user)
print("SESSION", client.cookies["sessionid"].value)
print("LINES", *[line.pk for line in plan.items.filter(kind="task").order_by("pk")])
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    desk = Desk(tmp_path)
    yield desk
    desk.clear()


def in_shell(terminal: Terminal, code: str) -> dict[str, list[str]]:
    """Run `code` in the site's own shell; the words it prints, by the first of each line."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={k: v for k, v in os.environ.items() if k not in ("DATABASE_URL",)}
        | {"PREPSITE_DATA_DIR": str(terminal.folder)},
    )  # fmt: skip
    return {words[0]: words[1:] for line in done.stdout.splitlines() if (words := line.split())}


class Person(threading.Thread):
    """Ticks and unticks line after line, and remembers what the site acknowledged."""

    def __init__(self, port: int, session: str, lines: list[str]):
        super().__init__(daemon=True)
        self.port, self.session, self.lines = port, session, lines
        self.acknowledged: dict[str, bool] = {}
        self.count, self.enough = 0, threading.Event()

    def run(self) -> None:
        chance = random.Random(7)
        while not self.enough.is_set():
            line = chance.choice(self.lines)
            wanted = not self.acknowledged.get(line, False)
            # A tick sets a state, so sending it again until it is answered does no harm.
            while not self.post(line, "tick" if wanted else "open"):
                if self.enough.is_set():
                    self.acknowledged.pop(line, None)
                    return
            self.acknowledged[line] = wanted
            self.count += 1

    def post(self, line: str, verb: str) -> bool:
        """True when the answer came whole and was a success."""
        token = "a" * 32
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "X-CSRFToken": token, "HX-Request": "true", "Content-Length": "0",
        }  # fmt: skip
        try:
            connection.request("POST", f"/plans/items/{line}/{verb}/", headers=headers)
            answer = connection.getresponse()
            return answer.status == 200 and b"line-" in answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
            return False
        finally:
            connection.close()


def victim(terminal: Terminal, turn: int) -> psutil.Process | None:
    """A worker, Postgres, or (every third turn) the launcher itself."""
    if turn % 3 == 2:
        return psutil.Process(terminal.process.pid)
    if turn % 3 == 1:
        pid = database.Server(terminal.folder).pid()
        return psutil.Process(pid) if pid else None
    workers = [
        p
        for p in terminal.processes("granian")
        if p.parent() and "granian" in str(p.parent().cmdline())
    ]
    return random.choice(workers) if workers else None


def test_no_acknowledged_tick_is_lost(desk):
    terminal = desk.serve().ready()
    made = in_shell(terminal, PREPARE)
    person = Person(desk.port, made["SESSION"][0], made["LINES"])
    person.start()
    kills = 0
    for turn in range(KILLS):
        before = person.count
        until(lambda at=before: person.count > at + 5, "five ticks between two kills")
        with contextlib.suppress(psutil.NoSuchProcess):
            process = victim(terminal, turn)
            if process:
                process.send_signal(signal.SIGKILL)
                kills += 1
        if turn % 3 == 2:
            terminal.process.wait(20)
            terminal = desk.serve().ready()
    last = person.count
    until(lambda: person.count > last + 5, "ticks after the last kill")
    person.enough.set()
    person.join(30)
    rows = ask(terminal.folder, "SELECT id, done_at IS NOT NULL FROM plans_item")
    stored = {str(pk): done for pk, done in rows}
    assert kills >= KILLS * 0.8
    assert len(person.acknowledged) > 12
    assert {line: stored[line] for line in person.acknowledged} == person.acknowledged
    with psycopg.connect(database.url(terminal.folder)) as connection:
        settings = [
            connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("fsync", "full_page_writes", "synchronous_commit")
        ]
    assert settings == ["on", "on", "on"]
