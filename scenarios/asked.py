"""Scenarios as something an interviewer can have asked (drills/asked.py)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from drills.asked import MOST, Source, Thing, holding
from scenarios.attempts import Attempt
from scenarios.models import Scenario


class Scenarios(Source):
    """There is no schedule of scenarios: one to practise again waits until an attempt ends."""

    name, label, verb = "scenario", "Scenario", "Practise it again"
    back = "To practise again"
    waits = 45

    def _thing(self, row: Scenario) -> Thing:
        return Thing(self.name, row.key, row.title, row.get_absolute_url(), self.label)

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        rows = Scenario.objects.published().filter(holding(words, "title", "prompt"))
        return [
            self._thing(row) for row in rows.only("key", "title").order_by("order", "id")[:MOST]
        ]

    def get(self, user, key: str) -> Thing | None:
        row = Scenario.objects.published().filter(key=key).only("key", "title").first()
        return self._thing(row) if row else None

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        done = Attempt.objects.for_user(user).filter(scenario__key__in=keys)
        found = done.values_list("scenario__key").annotate(at=Max("finished_at")).order_by()
        return {key: at for key, at in found if at}
