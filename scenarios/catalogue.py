"""What stands in the catalogue, and how far one person is with each of it."""

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Self
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, FloatField, Func, Max, Q
from django.db.models.functions import Cast
from django.http import QueryDict

from scenarios.attempts import Attempt, AttemptQuerySet
from scenarios.models import Difficulty, Domain, Scenario, ScenarioQuerySet
from scenarios.sheets import Reflection

MINUTES = (30, 45, 60)
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Filters:
    """What the address asks for. An empty value asks for anything; an unknown one is dropped."""

    q: str = ""
    domain: str = ""
    difficulty: str = ""
    minutes: str = ""
    pattern: str = ""

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        """The filters of a query string."""
        given = {each.name: sent.get(each.name, "").strip() for each in fields(cls)}
        known = {
            "domain": Domain.values,
            "difficulty": Difficulty.values,
            "minutes": [str(minutes) for minutes in MINUTES],
        }
        for name, values in known.items():
            if given[name] not in values:
                given[name] = ""
        clean = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in given.items()}
        return cls(**clean)

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def query(self) -> str:
        """The query string of these filters with its question mark; "" when there are none."""
        asked = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def apply(self, rows: ScenarioQuerySet) -> ScenarioQuerySet:
        """Of `rows`, those asked for. Each word of the search must stand somewhere."""
        if self.domain:
            rows = rows.filter(domain=self.domain)
        if self.difficulty:
            rows = rows.filter(difficulty=self.difficulty)
        if self.minutes:
            rows = rows.filter(minutes__lte=int(self.minutes))
        if self.pattern:
            rows = rows.filter(patterns__contains=[self.pattern.lower()])
        for word in self.q.lower().split():
            rows = rows.filter(words__contains=word)
        return rows


def patterns() -> list[str]:
    """Every pattern of the published scenarios, in order of the alphabet. One query."""
    each = Func("patterns", function="unnest", output_field=CharField())
    each.set_returning = True
    rows = Scenario.objects.published().order_by().annotate(pattern=each)
    return list(rows.values_list("pattern", flat=True).distinct().order_by("pattern"))


@dataclass(frozen=True)
class Progress:
    """One person's attempts at one scenario. `best` is the share of its questions asked, 0 to 1."""

    attempts: int
    finished: int
    best: float | None
    last: datetime

    @property
    def open(self) -> bool:
        return self.attempts > self.finished

    @property
    def percent(self) -> int | None:
        return None if self.best is None else round(100 * self.best)


def progress_for(user, scenarios: Iterable[Scenario]) -> dict[int, Progress]:
    """Progress by the scenario's primary key; those never tried are left out. One query."""
    share = Cast(F("covered"), FloatField()) / F("prepared")
    rows = (
        Attempt.objects.for_user(user)
        .standing()
        .filter(scenario__in=[scenario.pk for scenario in scenarios])
        .order_by()
        .values("scenario_id")
        .annotate(
            attempts=Count("pk"),
            finished=Count("finished_at"),
            best=Max(share, filter=Q(prepared__gt=0)),
            last=Max("created_at"),
        )
    )
    return {row.pop("scenario_id"): Progress(**row) for row in rows}


def open_attempts(user, scenario: Scenario) -> AttemptQuerySet:
    """One's attempts at `scenario` that still run, newest first."""
    return Attempt.objects.for_user(user).standing().of(scenario).open().order_by("-created_at")


def last_note(user, scenario_id: int, before: Attempt | None = None) -> Reflection | None:
    """The newest “next time” that this person wrote to themselves about a scenario. One query.

    With `before`, of the attempts made earlier than that one.
    """
    rows = Reflection.objects.for_user(user).filter(attempt__scenario=scenario_id)
    if before is not None:
        rows = rows.filter(attempt__created_at__lt=before.created_at)
    rows = rows.exclude(next_time="").select_related("attempt")
    return rows.order_by("-attempt__created_at").first()


def pick(user, rows: ScenarioQuerySet) -> Scenario | None:
    """One of `rows` by chance, of those not tried yet while there are any. Two queries."""
    found = list(rows.only("key"))
    tried = progress_for(user, found)
    fresh = [row for row in found if row.pk not in tried]
    # Chance, and nothing that has to be kept secret.
    return random.choice(fresh or found) if found else None  # noqa: S311
