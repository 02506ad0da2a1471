"""Answers per second for the benchmark: people who drill, each in a library of their own."""

import http.client
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tools import throwaway

FORM = "application/x-www-form-urlencoded"
CARDS, REVIEWS = 10_000, 200_000
_CARD = re.compile(r'data-card="(\d+)"')
_SENT = {name: re.compile(rf'name="{name}"\s+value="([^"]*)"') for name in ("turn", "key", "shown")}


@dataclass(frozen=True)
class Person:
    """Somebody who drills: the headers of their requests."""

    headers: dict[str, str]


def people(count: int) -> list[Person]:
    """`count` people with CARDS cards each, due over months, and REVIEWS answers among them."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from drills.models import Setting

    found = []
    for number in range(count):
        user = get_user_model().objects.create_user(f"drill-{number}", password=None)
        Setting.objects.create(owner=user, minutes_a_day=60, new_a_day=0)
        with connection.cursor() as cursor:
            cursor.execute(_CARDS, [user.pk, CARDS])
            cursor.execute(_REVIEWS, [REVIEWS // count, user.pk])
        form = {"HX-Request": "true", "HX-Target": "drill", "Content-Type": FORM}
        found.append(Person(throwaway.signed_in(user) | form))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE drills_card; ANALYZE drills_review")
    return found


class Driller(threading.Thread):
    """Rates one card after another; each answer brings the next."""

    def __init__(self, address: str, person: Person, until: float):
        super().__init__()
        self.host, self.person, self.until = address.removeprefix("http://"), person, until
        self.count = 0

    def run(self) -> None:
        self.connection = http.client.HTTPConnection(self.host, timeout=20)
        page = self.ask("GET", "/drills/next/")
        while time.monotonic() < self.until:
            card = _CARD.search(page)
            if card is None:
                raise RuntimeError("The day's list is at its end: drill for fewer seconds.")
            sent = {name: pattern.findall(page)[-1] for name, pattern in _SENT.items()}
            body = urlencode(sent | {"rating": 4})
            page = self.ask("POST", f"/drills/cards/{card[1]}/rate/", body)
            self.count += 1

    def ask(self, method: str, path: str, body: str | None = None) -> str:
        self.connection.request(method, path, body, self.person.headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {text[:200]!r}")
        return text


def answers(address: str, drilling: list[Person], seconds: int) -> float:
    """Answers per second of everybody together."""
    begun = time.monotonic()
    threads = [Driller(address, person, begun + seconds) for person in drilling]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(thread.count for thread in threads) / (time.monotonic() - begun)


_CARDS = """
INSERT INTO drills_card (owner_id, version, updated_at, kind, tags, source, source_title,
  created_at, front, answer, answer_html, note, note_html, state, stability, difficulty, due,
  last_review, reps, lapses, turn, suspended, leech_at)
SELECT %s, 1, now(), 'facts', '{}', '', '', now(), 'Question ' || n || '?', 'Answer ' || n,
  '<p>Answer ' || n || '</p>', '', '', 'review', 20 + n % 50, 1 + n % 9,
  now() + (n % 200 - 30) * interval '1 day', now() - interval '30 days', 3, 0, 0, false, 8
FROM generate_series(1, %s) AS n
""".replace(" % ", " %% ")
_REVIEWS = """
INSERT INTO drills_review (owner_id, card_id, key, rating, at, day, milliseconds, state, predicted,
  turn, before)
SELECT owner_id, id, gen_random_uuid(), 3, now() - n * interval '1 hour',
  (now() - n * interval '1 hour')::date, 8000, 'review', 0.9, 1000000 + n, '{}'
FROM generate_series(1, %s) AS n
  JOIN (SELECT owner_id, id, row_number() OVER (ORDER BY id) AS place FROM drills_card
        WHERE owner_id = %s) AS c ON c.place = n
""".replace(" % ", " %% ")
