"""kill -9 while people write: no acknowledged text is lost and none is stored twice.

Four people save their designs over HTTP, each from the version before, and repeat a save with its
key until it is answered. Meanwhile workers, Postgres and the launcher are killed in turn: 6 kills
here, 200 during at least 10,000 acknowledged saves with PREPSITE_LONG=1. The control takes
`synchronous_commit` away, and words are lost.
"""

import contextlib
import http.client
import json
import os
import signal
import threading
import time
import uuid

import psutil
import pytest

from tests import waiting
from tests.plans.test_kill import in_shell, victim
from tests.prepsite.test_serve import Desk, ask
from tests.waiting import until

LONG = bool(os.environ.get("PREPSITE_LONG"))
# PREPSITE_KILLS sets another number; 50 saves are acknowledged for each in the long run.
KILLS = int(os.environ.get("PREPSITE_KILLS", 200 if LONG else 6))
SAVES = KILLS * (50 if LONG else 20)
# Of five kills two hit a worker, two Postgres and one the launcher, which is then started again.
TURNS = (0, 1, 0, 1, 2)
PEOPLE = 4
PREPARE = f"""
import uuid
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from scenarios.attempts import Attempt
from scenarios.models import Scenario
scenario = Scenario.objects.get(key="band-shop")
for n in range({PEOPLE}):
    user = get_user_model().objects.create_user(uuid.uuid4().hex, password=None)
    attempt = Attempt.start(user, scenario, "untimed", key=uuid.uuid4(), now=timezone.now())
    client = Client()
    client.force_login(user)
    print("SESSIONS" + str(n), client.cookies["sessionid"].value, attempt.high_level.pk)
"""
# Every version with its text, as the history gives it back; then the row as it stands.
READ = """
import json
from scenarios.sheets import DesignSheet
from writing.models import Revision
found = {}
for row in DesignSheet.objects.all():
    past = Revision.objects.of(row)
    found[row.pk] = {
        "versions": [[each.version, each.texts()["design"]] for each in past.order_by("id")],
        "now": [row.version, row.design],
    }
print("FOUND", json.dumps(found).replace(" ", "~"))
"""


class Writer(threading.Thread):
    """Saves a design again and again, and remembers which version was acknowledged as what."""

    def __init__(self, port: int, session: str, pk: str):
        super().__init__(daemon=True)
        self.port, self.session, self.pk = port, session, pk
        self.acknowledged: dict[int, str] = {}
        self.version, self.enough = 1, threading.Event()
        self.refused = False  # "somebody saved since", though nobody else writes here
        self.last = time.monotonic()

    def run(self) -> None:
        while not self.enough.is_set():
            text = f"{self.version}: the cache takes nine of ten reads, {uuid.uuid4()}."
            job = {"version": self.version, "key": str(uuid.uuid4()), "fields": {"design": text}}
            while (version := self.post(job)) is None:
                if self.enough.is_set() or self.refused:
                    return
                time.sleep(0.02)
            self.acknowledged[version] = text
            self.version, self.last = version, time.monotonic()

    def post(self, job: dict) -> int | None:
        """The version that was acknowledged; None when no whole answer came."""
        token = "a" * 32
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}", "X-CSRFToken": token,
            "Content-Type": "application/json", "X-Requested-With": "fetch",
        }  # fmt: skip
        try:
            path = f"/writing/save/scenarios.designsheet/{self.pk}/"
            connection.request("POST", path, json.dumps(job), headers)
            answer = connection.getresponse()
            body = answer.read()
            self.refused = answer.status == 409
            return json.loads(body)["version"] if answer.status == 200 else None
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("killed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        # A whole site is made and started again and again: on a busy machine that takes its time.
        patch.setattr(waiting, "PATIENCE", 600)
        yield desk
    desk.clear()


def begin(desk) -> tuple:
    """The site, and people who write on it."""
    terminal = desk.serving()
    made = in_shell(terminal, PREPARE)
    writers = [Writer(desk.port, *made[f"SESSIONS{n}"]) for n in range(PEOPLE)]
    for writer in writers:
        writer.start()
    return terminal, writers


def saved(writers) -> int:
    return sum(len(writer.acknowledged) for writer in writers)


def kill(process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        if process:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def end(terminal, writers) -> tuple[int, int]:
    """(acknowledged texts that are gone, texts that stand twice in a history)."""
    before = saved(writers)
    until(lambda: saved(writers) > before + PEOPLE, "saves after the last kill")
    for writer in writers:
        writer.enough.set()
    for writer in writers:
        writer.join(30)
    found = json.loads(in_shell(terminal, READ)["FOUND"][0].replace("~", " "))
    lost = doubled = 0
    for writer in writers:
        row = found[writer.pk]
        past = dict(row["versions"])
        lost += sum(past.get(version) != text for version, text in writer.acknowledged.items())
        texts = [text for _, text in row["versions"]]
        doubled += len(texts) - len(set(texts))
        # One after the other, without a gap, and the row is what the last of them says.
        assert [version for version, _ in row["versions"]] == list(range(2, len(texts) + 2))
        assert row["now"] == row["versions"][-1]
    return lost, doubled


def test_no_acknowledged_save_is_lost_or_doubled(desk):
    terminal, writers = begin(desk)
    kills, longest = 0, 0.0
    for number in range(KILLS):
        turn, goal = TURNS[number % 5], SAVES * (number + 1) // KILLS
        until(lambda at=goal: saved(writers) >= at, "saves between two kills")
        killed = time.monotonic()
        kills += kill(victim(terminal, turn))
        if turn == 2:
            terminal.process.wait(60)
            terminal = desk.serve().ready()
        until(lambda at=killed: all(w.last > at for w in writers), "everybody saves again")
        longest = max(longest, *(writer.last - killed for writer in writers))
    count = saved(writers)
    assert not any(writer.refused for writer in writers)
    assert end(terminal, writers) == (0, 0)
    assert kills >= KILLS * 0.9 and count >= SAVES
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert ask(terminal.folder, f"SHOW {setting}") == [("on",)]
    print(f"{kills} kills, {count} saves acknowledged, all writing again within {longest:.1f} s")


def test_control_without_synchronous_commit_saves_are_lost(desk):
    terminal, writers = begin(desk)
    ask(terminal.folder, "ALTER ROLE prepsite SET synchronous_commit = off")
    # Sessions that were open keep their setting: the first kill ends them.
    for _ in range(20):
        before = saved(writers)
        until(
            lambda at=before: any(w.refused for w in writers) or saved(writers) > at + 40,
            "saves between two kills",
        )
        if any(writer.refused for writer in writers):
            break
        kill(victim(terminal, 1))
    # Who begins from an acknowledged version that is gone is refused.
    assert any(writer.refused for writer in writers)
