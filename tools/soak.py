"""`make soak`: fifty people at once for half an hour; nothing fails, is lost or grows.

Each person writes, ticks and reads as people do: six requests of ten are autosaves, with about a
second between any two. At the end every text that was acknowledged is looked for in the database,
and the memory of the server is compared with what it was once everybody had come.

    python -m tools.soak [--people 50] [--minutes 30]
"""

import argparse
import http.client
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from tools import throwaway

PART = "I measured where the six hours went: four of them were one script. " * 6
READ = ("/", "/plans/", "/scenarios/", "/drills/", "/stories/", "/playbook/", "/week/",
        "/search/?q=cach", "/search/?q=dynamodb+keys")  # fmt: skip
THINKING = (0.5, 1.5)  # seconds
STATES = ("tick", "open", "leave-out")
# Growth of the server's memory that is still taken for none, as a share.
STEADY = 0.10


@dataclass
class Text:
    """A text that one person writes: where it is saved, its version, what was acknowledged."""

    label: str
    field: str
    pk: int
    version: int = 1
    words: str | None = None


@dataclass
class Log:
    """What all the people met, put together at the end."""

    done: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Person(threading.Thread):
    """Somebody at work until `enough` is set."""

    def __init__(self, address: str, headers: dict, texts: list[Text], lines: list[int], seed: int):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.headers, self.texts, self.lines = headers, texts, lines
        self.chance, self.enough, self.log = random.Random(seed), threading.Event(), Log()

    def run(self) -> None:
        for text in self.texts:
            _, body = self.ask("GET", self.save_address(text))
            text.version = json.loads(body)["version"]
        while not self.enough.wait(self.chance.uniform(*THINKING)):
            act = self.chance.choices((self.save, self.tick, self.read), (65, 15, 20))[0]
            try:
                act()
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.log.wrong.append(f"{act.__name__}: {error!r}")
                self.connection.close()

    def ask(self, method: str, path: str, body: str | None = None, **headers) -> tuple[int, bytes]:
        begun = time.monotonic()
        self.connection.request(method, path, body, self.headers | headers)
        answer = self.connection.getresponse()
        read = answer.read()
        self.log.seconds.append(time.monotonic() - begun)
        if answer.status != 200:
            self.log.wrong.append(f"{method} {path}: {answer.status}")
        return answer.status, read

    def save_address(self, text: Text) -> str:
        return f"/writing/save/{text.label}/{text.pk}/"

    def save(self) -> None:
        text = self.chance.choice(self.texts)
        words = f"{PART}{uuid.uuid4()}"
        job = {"version": text.version, "key": str(uuid.uuid4()), "fields": {text.field: words}}
        kinds = {"Content-Type": "application/json", "X-Requested-With": "fetch"}
        status, body = self.ask("POST", self.save_address(text), json.dumps(job), **kinds)
        if status == 200:
            text.version, text.words = json.loads(body)["version"], words
        self.log.done["save"] += 1

    def tick(self) -> None:
        path = f"/plans/items/{self.chance.choice(self.lines)}/{self.chance.choice(STATES)}/"
        self.ask("POST", path, **{"HX-Request": "true"})
        self.log.done["tick"] += 1

    def read(self) -> None:
        self.ask("GET", self.chance.choice(READ))
        self.log.done["read"] += 1


def arrive(address: str, number: int) -> Person:
    """A new account with a plan and three stories, and the person who works in it."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from plans.models import Item, Plan, PlanTemplate
    from stories import changes

    user = get_user_model().objects.create_user(f"soak-{number}", password=None)
    outline = PlanTemplate.objects.get(key="one-day").outline()
    plan = Plan.start(user, outline, key=uuid.uuid4(), now=timezone.now())
    lines = [item.pk for item in Item.objects.for_user(user).filter(plan=plan) if item.ticks]
    texts = [Text("plans.item", "note", pk) for pk in lines[:3]]
    for story in range(3):
        row = changes.begin(user, uuid.uuid4(), timezone.now(), title=f"Story {story}")
        texts.append(Text("stories.story", "action", row.pk))
    return Person(address, throwaway.signed_in(user), texts, lines, number)


def memory(server: subprocess.Popen) -> int:
    """Bytes that the application server and its workers hold for themselves."""
    import psutil

    top = psutil.Process(server.pid)
    return sum(each.memory_full_info().uss for each in [top, *top.children(recursive=True)])


def lost(people: list[Person]) -> list[str]:
    """Acknowledged texts that do not stand in the database as they were acknowledged."""
    from django.apps import apps

    found = []
    for text in (text for person in people for text in person.texts if text.words is not None):
        row = apps.get_model(text.label)._base_manager.get(pk=text.pk)
        if (row.version, getattr(row, text.field)) != (text.version, text.words):
            found.append(f"{text.label} {text.pk}: version {row.version}, not {text.version}")
    return found


def soak(count: int, minutes: float) -> int:
    server, address = throwaway.serve()
    try:
        people = [arrive(address, number) for number in range(count)]
        for person in people:
            person.start()
        end, held = time.monotonic() + minutes * 60, []
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 15))
            held.append(memory(server))
            said = sum(sum(person.log.done.values()) for person in people)
            print(f"{left / 60:5.1f} min left: {said:,} requests, {held[-1] >> 20} MiB", flush=True)
        for person in people:
            person.enough.set()
        for person in people:
            person.join(90)
    finally:
        server.terminate()
        server.wait(10)
    return report(people, held)


def report(people: list[Person], held: list[int]) -> int:
    """Say what came of it; 0 when nothing failed, was lost or grew."""
    done = sum((person.log.done for person in people), Counter())
    seconds = [each for person in people for each in person.log.seconds]
    wrong = [line for person in people for line in person.log.wrong]
    missing, tenth = lost(people), max(1, len(held) // 10)
    # The first tenth is people coming; what is held then is not yet what the work needs.
    begun, ended = (
        statistics.median(part) for part in (held[tenth : 2 * tenth] or held, held[-tenth:])
    )
    growth = ended / begun - 1
    cuts = statistics.quantiles(seconds, n=100)
    print(f"{sum(done.values()):,} requests: {', '.join(f'{n:,} {k}s' for k, n in done.items())}")
    print(f"median {cuts[49] * 1000:.0f} ms, 95 % within {cuts[94] * 1000:.0f} ms")
    print(f"{len(wrong)} errors, {len(missing)} acknowledged texts lost")
    print(f"memory {begun / 2**20:.0f} MiB to {ended / 2**20:.0f} MiB ({growth:+.1%})")
    for line in [*wrong[:20], *missing[:20]]:
        print(line, file=sys.stderr)
    return int(bool(wrong or missing or growth >= STEADY))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    with throwaway.database():
        return soak(options.people, options.minutes)


if __name__ == "__main__":
    sys.exit(main())
