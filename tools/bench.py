"""`make bench`: how fast the pages are, as ratios to a bare Django view measured in the same run.

Starts the site and a bare Django project (tools/bare.py) side by side on one throw-away database,
each under granian with the options of `make run`, and loads them in turn (A B A B …) from 16
connections: with wrk, and for saves, each of which begins where the last one ended, from Python.
Prints the median requests per second and the median of the ratios, round by round. Absolute
figures depend on the machine; the ratios hold better.

    python -m tools.bench [--rounds 5] [--seconds 4] [--only WORD]
"""

import argparse
import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from tools import bench_drills, bench_stories, throwaway

CONNECTIONS = 16


@dataclass(frozen=True)
class Case:
    """An address of the site, the bare view it is compared with, and the script wrk runs."""

    name: str
    ours: str
    bare: str
    script: str


def post_script(paths: list[str], headers: dict[str, str]) -> str:
    """A wrk script that POSTs to `paths` in turn, so that no row is fought over."""
    lines = [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    listed = ", ".join(f'"{path}"' for path in paths)
    return "\n".join([
        'wrk.method = "POST"', *lines, f"local paths = {{{listed}}}", "local n = 0",
        "function request()", "  n = n % #paths + 1", "  return wrk.format(nil, paths[n])", "end",
    ])  # fmt: skip


def get_script(headers: dict[str, str]) -> str:
    return "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items())


@dataclass(frozen=True)
class Kind:
    """A kind of row as its save address names it, and the field that is written."""

    label: str
    field: str


NOTE, STORY = Kind("plans.item", "note"), Kind("stories.story", "action")


class Saver(threading.Thread):
    """Saves one text after another to one row, each from the version before; without a `kind` it
    does the bare UPDATE."""

    def __init__(
        self, address: str, pk: int, headers: dict[str, str], until: float, kind: Kind | None
    ):
        super().__init__()
        self.host, self.pk, self.kind = address.removeprefix("http://"), pk, kind
        self.headers = headers | {"Content-Type": "application/json", "X-Requested-With": "fetch"}
        self.until, self.count = until, 0

    def run(self) -> None:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        kind = self.kind or NOTE
        path = f"/writing/save/{kind.label}/{self.pk}/" if self.kind else f"/update/{self.pk}/"
        text = "What a cold start costs, and what memory does to it. " * 12
        version = 0
        if self.kind:
            connection.request("GET", path, headers=self.headers)
            version = json.loads(connection.getresponse().read())["version"]
        while time.monotonic() < self.until:
            words = {kind.field: f"{text}{version}"}
            body = json.dumps({"version": version, "key": str(uuid.uuid4()), "fields": words})
            connection.request("POST", path, body, self.headers)
            answer = connection.getresponse()
            read = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}: {read[:200]!r}")
            version = json.loads(read)["version"] if self.kind else version
            self.count += 1


def saves(
    address: str, lines: list[int], headers: dict[str, str], seconds: int, kind: Kind | None = None
) -> float:
    """Saves (or bare UPDATEs) per second from CONNECTIONS people, each on a row of their own."""
    begun = time.monotonic()
    people = [Saver(address, pk, headers, begun + seconds, kind) for pk in lines[:CONNECTIONS]]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sum(person.count for person in people) / (time.monotonic() - begun)


def load(address: str, script: Path, seconds: int) -> float:
    """Requests per second; SystemExit when any answer was not 2xx or 3xx."""
    out = subprocess.run(
        [*f"wrk -t1 -c{CONNECTIONS} -d{seconds}s --timeout 30s -s".split(), str(script), address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"{address} answered with errors, so nothing was measured:\n{out}")
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", out)[0])


def cases() -> tuple[list[Case], list[int], list[int], dict[str, str]]:
    """Make a user with a plan in a fresh database and name what is measured.

    Returns the cases, the lines to save notes to, the stories, and the headers of that user.
    """
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from plans.models import Item, Plan, PlanTemplate

    user = get_user_model().objects.create_user("bench", password=None)
    outline = PlanTemplate.objects.get(key="one-day").outline()
    now = timezone.now()
    plan = Plan.start(user, outline, key=uuid.uuid4(), now=now)
    plan.set_pace(now, 480)
    lines = [i.pk for i in Item.objects.for_user(user).filter(plan=plan) if i.ticks]
    stories = bench_stories.write(user)
    signed_in = throwaway.signed_in(user)
    htmx = signed_in | {"HX-Request": "true"}
    read = get_script({"Cookie": signed_in["Cookie"]})
    update = post_script([f"/update/{pk}/" for pk in lines], signed_in)
    tick = post_script([f"/plans/items/{pk}/tick/" for pk in lines], htmx)
    listed = [
        Case("plan page", f"/plans/{plan.pk}/", f"/list/{plan.pk}/", read),
        Case("…to one read", f"/plans/{plan.pk}/", f"/read/{lines[0]}/", read),
        Case("list of plans", "/plans/", f"/read/{lines[0]}/", read),
        Case("list of stories", "/stories/", f"/list/{plan.pk}/", read),
        Case("story page", f"/stories/{stories[0]}/", f"/read/{lines[0]}/", read),
        Case("dashboard", "/", f"/read/{lines[0]}/", read),
        Case("tick", "", "", f"{tick}\n--\n{update}"),
    ]
    return listed, lines, stories, htmx


def report(name: str, pairs: list[tuple[float, float]]) -> None:
    """One line: the median of each side, and of the ratios round by round."""
    ratios = sorted(a / b for a, b in pairs)
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    span = f"({ratios[0]:.2f}–{ratios[-1]:.2f})"
    print(f"{name:16}{ours:10.0f}{bare:10.0f}{statistics.median(ratios):8.2f}{span:>14}")


def measure(folder: Path, rounds: int, seconds: int, only: str = "") -> None:
    """Print a line for each case whose name holds `only`."""
    listed, lines, stories, headers = cases()
    (ours, site), (bare, reference) = throwaway.serve(), throwaway.serve("tools.bare_settings")
    one, two = folder / "ours.lua", folder / "bare.lua"
    try:
        print(f"{'':16}{'ours/s':>10}{'bare/s':>10}{'ratio':>8}{'(min–max)':>14}")
        for case in (case for case in listed if only in case.name):
            left, _, right = case.script.partition("\n--\n")
            one.write_text(left)
            two.write_text(right or left)
            load(site + case.ours, one, 1)
            load(reference + case.bare, two, 1)
            pairs = [
                (load(site + case.ours, one, seconds), load(reference + case.bare, two, seconds))
                for _ in range(rounds)
            ]
            report(case.name, pairs)
        for name, kind, rows in (("autosave", NOTE, lines), ("story autosave", STORY, stories)):
            if only in name:
                pairs = [
                    (saves(site, rows, headers, seconds, kind),
                     saves(reference, lines, headers, seconds))
                    for _ in range(rounds)
                ]  # fmt: skip
                report(name, pairs)
        if only in "drill answer":
            drilling = bench_drills.people(CONNECTIONS)
            bench_drills.answers(site, drilling, 1)
            pairs = [
                (bench_drills.answers(site, drilling, seconds),
                 saves(reference, lines, headers, seconds))
                for _ in range(rounds)
            ]  # fmt: skip
            report("drill answer", pairs)
    finally:
        for process in (ours, bare):
            process.terminate()
            process.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--only", default="", help="cases whose name holds this word")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("make bench needs wrk (Debian: apt install wrk).")
    with throwaway.database() as folder:
        measure(folder, options.rounds, options.seconds, options.only)


if __name__ == "__main__":
    main()
