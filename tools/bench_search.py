"""How much a search costs beside its SQL, at 100,000 rows of writing by 1,000 people.

Fills a throw-away database with notes, cards and stories made of sentences from the shared
content, serves the site, and then asks the same questions in turn: as the box in the header does,
as the page does, and as the bare statement over a connection of its own (A B C A B C …). Prints
the median of each and the ratios to the bare statement, in time and in time on a processor: the
second says what a quiet machine would show.

    python -m tools.bench_search [--people 1000] [--rows 100] [--rounds 8]
"""

import argparse
import contextlib
import http.client
import os
import random
import statistics
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote_plus

from tools import throwaway

# As they are typed: whole words, beginnings, several words, names, and what is in nearly every row.
TYPED = (
    "cach", "caching", "DynamoDB", "dynam", "CAP theorem", "s3", "lambda cold st", "blue green",
    "retry", "queue or topic", "consistency", "cost per", "\"trade off\"", "scal", "p99",
    "database -cache", "the", "multi reg", "idempot", "saga",
)  # fmt: skip
SEED = 7


def texts(sentences: list[str], source: random.Random) -> Iterator[tuple[str, str]]:
    """Titles and texts of about 150 words, without end."""
    while True:
        yield (
            " ".join(source.choice(sentences).split()[:6])[:100],
            " ".join(source.choice(sentences) for _ in range(10)),
        )


def fill(people: int, rows: int) -> list[int]:
    """`people` with `rows` rows of writing each: 40 in 100 notes, 40 cards, 20 stories. Their ids.

    With the triggers off, and the index made afterwards: in one go that is quicker. The words'
    own indexes come last, as they would be if they had been there (VACUUM empties their lists).
    """
    from django.contrib.auth import get_user_model
    from django.contrib.postgres.indexes import GinIndex
    from django.db import connection

    from search import index
    from search.models import Entry

    shared = " ".join(Entry.objects.filter(owner=None).values_list("text", flat=True))
    sentences = [s for s in shared.replace("\n", ". ").split(". ") if 4 < len(s.split()) < 40]
    source = random.Random(SEED)
    made = texts(sentences, source)
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"writer-{number}", password="!") for number in range(people)
    )
    ids = [user.pk for user in users]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("CREATE TEMP TABLE made (owner_id bigint, title text, body text)")
        for table, columns, rest, share in TABLES:
            owners = [pk for pk in ids for _ in range(rows * share // 100)]
            # As time passes everybody writes: nobody's rows lie side by side.
            source.shuffle(owners)
            with cursor.copy("COPY made FROM STDIN") as copy:
                for owner in owners:
                    copy.write_row((owner, *next(made)))
            cursor.execute(f"INSERT INTO {table} (owner_id, {columns}) SELECT {rest} FROM made")
            cursor.execute("TRUNCATE made")
        cursor.execute("RESET session_replication_role")
        cursor.execute("SET synchronous_commit = off")
    slow = [each for each in Entry._meta.indexes if isinstance(each, GinIndex)]
    with connection.schema_editor() as editor:
        for each in slow:
            editor.remove_index(Entry, each)
    index.rebuild()
    with connection.schema_editor() as editor:
        for each in slow:
            editor.add_index(Entry, each)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry")
    return ids


TABLES = (
    (
        "playbook_learning",
        "version, updated_at, title, text, text_html, kind, company, taken_on, tags, source, "
        "source_title, created_at",
        "owner_id, 1, now(), title, body, '', 'reading', '', now(), '{}', '', '', now()",
        40,
    ),
    (
        "drills_card",
        "version, updated_at, kind, tags, source, source_title, created_at, front, answer, "
        "answer_html, note, note_html, state, due, reps, lapses, turn, suspended, leech_at",
        "owner_id, 1, now(), 'facts', '{}', '', '', now(), title, body, '', '', '', 'new', now(), "
        "0, 0, 0, false, 8",
        40,
    ),
    (
        "stories_story",
        "version, updated_at, title, situation, task, action, result, signal, situation_html, "
        "task_html, action_html, result_html, signal_html, words, status, target, created_at, uid, "
        "recall_state",
        "owner_id, 1, now(), title, '', '', body, '', '', '', '', '', '', '', 150, 'draft', 120, "
        "now(), gen_random_uuid(), 'new'",
        20,
    ),
)


def measure(ids: list[int], rounds: int) -> None:
    """Ask everything `rounds` times, each time as somebody else, and print what it took."""
    import psycopg
    from django.db import connection
    from django.test import Client

    from accounts.models import User
    from search.query import SEARCH, parameters
    from search.views import IN_BOX
    from search.words import asked

    process, address = served()
    site = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    source = random.Random(SEED)
    took: dict[str, list[float]] = {"SQL": [], "box": [], "page": []}
    worked: dict[str, list[float]] = {name: [] for name in took}
    wanted = {"row_factory": None, "cursor_factory": psycopg.ClientCursor}
    try:
        with psycopg.connect(**connection.get_connection_params() | wanted) as bare:
            for _ in range(rounds):
                for typed in TYPED:
                    user = User.objects.get(pk=source.choice(ids))
                    client = Client()
                    client.force_login(user)
                    headers = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
                    box = headers | {"HX-Request": "true", "HX-Target": "sought"}
                    path = f"/search/?q={quote_plus(typed)}"
                    sent = parameters(user, asked(typed), each=IN_BOX)
                    works = {
                        "SQL": partial(statement, bare, SEARCH, sent),
                        "box": partial(ask, site, path, box),
                        "page": partial(ask, site, path, headers),
                    }
                    # Once unmeasured, so that all of them find the same rows in memory.
                    for work in works.values():
                        work()
                    everybody = processes(process.pid, bare)
                    for name, work in works.items():
                        begun, before = time.perf_counter(), on_cpu(everybody)
                        work()
                        took[name].append((time.perf_counter() - begun) * 1000)
                        worked[name].append(on_cpu(everybody) - before)
    finally:
        process.terminate()
        process.wait(10)
    print(f"{'':6}{'median ms':>11}{'95 % ms':>9}{'to SQL':>8}{'CPU ms':>9}{'to SQL':>8}")
    bare_time, bare_cpu = (statistics.median(each["SQL"]) for each in (took, worked))
    for name, times in took.items():
        late = statistics.quantiles(times, n=20)[-1]
        median, cpu = statistics.median(times), statistics.median(worked[name])
        print(
            f"{name:6}{median:11.1f}{late:9.1f}{median / bare_time:8.2f}"
            f"{cpu:9.2f}{cpu / bare_cpu:8.2f}"
        )


def processes(site: int, bare) -> list[Path]:
    """Every process that works for an answer: this one, the site's, and the database's."""
    import psutil

    postmaster = psutil.Process(bare.info.backend_pid).parent()
    trees = (psutil.Process(site), postmaster)
    pids = [os.getpid(), *(each.pid for tree in trees for each in [tree, *tree.children(True)])]
    return [Path(f"/proc/{pid}/task") for pid in pids]


def on_cpu(everybody: list[Path]) -> float:
    """Milliseconds that all of them have spent on a processor: busy neighbours change it little."""
    total = 0
    for tasks in everybody:
        for stat in tasks.glob("*/schedstat"):
            # One that has just ended is no longer counted.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                total += int(stat.read_text().split()[0])
    return total / 1e6


def served() -> tuple[subprocess.Popen, str]:
    """The site; on a busy machine it may need more than one try."""
    for _ in range(3):
        try:
            return throwaway.serve()
        except SystemExit as said:
            print(said)
    return throwaway.serve()


def statement(bare, sql: str, sent: dict) -> None:
    bare.execute(sql, sent).fetchall()


def ask(site: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> None:
    site.request("GET", path, headers=headers)
    answer = site.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    with throwaway.database():
        begun = time.monotonic()
        ids = fill(options.people, options.rows)
        print(f"{options.people * options.rows:,} rows in {time.monotonic() - begun:.0f} s")
        measure(ids, options.rounds)


if __name__ == "__main__":
    main()
