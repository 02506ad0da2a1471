"""How long somebody studied, by day and room.

Drills and tellings are measured. Elsewhere time is inferred: a stretch of five minutes in which
something was saved, ticked, read or finished counts as five minutes. That needs no script on the
page, counts no tab left open, and gives a 45-minute attempt about 45 minutes.

A day that is over is written to the ledger (prepsite.models.Day) once; the query reads the ledger
and counts only what came since, however many years lie behind.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from drills import days
from prepsite.models import Day

# A year of weeks for the heat map, and the week it begins in.
REACH = timedelta(days=53 * 7)
STRETCH = 300


@dataclass
class Activity:
    """Seconds by room for each study day, today's among them; and readiness by day, as shown."""

    today: date
    seconds: dict[date, dict[str, int]] = field(default_factory=dict)
    readiness: dict[date, int] = field(default_factory=dict)

    def minutes(self) -> dict[date, float]:
        return {day: sum(rooms.values()) / 60 for day, rooms in self.seconds.items()}

    def on(self, day: date) -> dict[str, float]:
        """Minutes by room on `day`."""
        rooms = self.seconds.get(day, {})
        return {room: rooms.get(room, 0) / 60 for room in Day.ROOMS}


def activity(user, now: datetime) -> Activity:
    """The last 53 weeks of `user` up to `now`. One query; a second on the first call of a day, to
    write the days that are over."""
    found = Activity(days.study_day(user, now))
    fresh: dict[date, dict[str, int]] = {}
    reached = None
    for live, day, closed, readiness, *seconds in _rows(user, found.today, now):
        rooms = dict(zip(Day.ROOMS, seconds, strict=True))
        if live:
            fresh[day] = rooms
        elif closed:
            reached = max(reached or day, day)
            found.seconds[day] = rooms
        if readiness is not None:
            found.readiness[day] = readiness
    found.seconds |= fresh
    if reached is None or reached < found.today - timedelta(days=1):
        _close(user, fresh, found.today)
    return found


def note_readiness(user, found: Activity, score: int) -> None:
    """Keep the score that is shown today, for the weekly review. No query when it is the same."""
    if found.readiness.get(found.today) == score:
        return
    found.readiness[found.today] = score
    Day.objects.bulk_create(
        [Day(owner=user, day=found.today, readiness=score, closed=False)],
        update_conflicts=True,
        unique_fields=["owner", "day"],
        update_fields=["readiness"],
    )


def _close(user, fresh: dict[date, dict[str, int]], today: date) -> None:
    """Write the days before `today`. Yesterday is written even without study: it says how far the
    ledger reaches. Two pages at once write the same."""
    over = {day: rooms for day, rooms in fresh.items() if day < today}
    over.setdefault(today - timedelta(days=1), {})
    Day.objects.bulk_create(
        [Day(owner=user, day=day, **rooms) for day, rooms in over.items()],
        update_conflicts=True,
        unique_fields=["owner", "day"],
        update_fields=[*Day.ROOMS, "closed"],
    )


# A study day begins at the person's own hour, on the wall clock of their zone (drills/days.py).
# What came after the ledger's last day is counted from the rows themselves.
_ROWS = """
WITH ledger AS (
  SELECT day, closed, readiness, scenarios, stories, drills, plans, playbook FROM prepsite_day
    WHERE owner_id = %(owner)s AND day >= %(reach)s
),
bounds AS (
  SELECT coalesce(max(day) FILTER (WHERE closed) + 1, %(reach)s::date) AS first FROM ledger
),
since AS (
  SELECT (first + make_interval(hours => %(hour)s)) AT TIME ZONE %(zone)s AS at FROM bounds
),
acts AS (
  SELECT saved_at AS at, split_part(model, '.', 1) AS room FROM writing_revision
    WHERE owner_id = %(owner)s AND saved_at BETWEEN (SELECT at FROM since) AND %(now)s
  UNION ALL
  SELECT done_at, 'plans' FROM plans_item
    WHERE owner_id = %(owner)s AND done_at BETWEEN (SELECT at FROM since) AND %(now)s
  UNION ALL
  SELECT read_at, 'playbook' FROM playbook_reading
    WHERE owner_id = %(owner)s AND read_at BETWEEN (SELECT at FROM since) AND %(now)s
  UNION ALL
  SELECT finished_at, 'scenarios' FROM scenarios_attempt
    WHERE owner_id = %(owner)s AND finished_at BETWEEN (SELECT at FROM since) AND %(now)s
),
stretches AS (
  SELECT DISTINCT room, floor(extract(epoch FROM at) / %(stretch)s) AS stretch FROM acts
),
spent AS (
  SELECT (to_timestamp(stretch * %(stretch)s) AT TIME ZONE %(zone)s
          - make_interval(hours => %(hour)s))::date AS day, room, %(stretch)s AS seconds
    FROM stretches
  UNION ALL
  SELECT (told_at AT TIME ZONE %(zone)s - make_interval(hours => %(hour)s))::date, 'stories',
         seconds FROM stories_rehearsal
    WHERE owner_id = %(owner)s AND removed_at IS NULL AND rated_at IS NOT NULL
      AND told_at BETWEEN (SELECT at FROM since) AND %(now)s
  UNION ALL
  SELECT day, 'drills', milliseconds / 1000 FROM drills_studyday
    WHERE owner_id = %(owner)s AND day BETWEEN (SELECT first FROM bounds) AND %(today)s
)
SELECT false, day, closed, readiness, scenarios, stories, drills, plans, playbook FROM ledger
UNION ALL
SELECT true, day, true, NULL,
  coalesce(sum(seconds) FILTER (WHERE room = 'scenarios'), 0)::integer,
  coalesce(sum(seconds) FILTER (WHERE room = 'stories'), 0)::integer,
  coalesce(sum(seconds) FILTER (WHERE room = 'drills'), 0)::integer,
  coalesce(sum(seconds) FILTER (WHERE room = 'plans'), 0)::integer,
  coalesce(sum(seconds) FILTER (WHERE room = 'playbook'), 0)::integer
FROM spent WHERE day >= (SELECT first FROM bounds) GROUP BY day
"""


def _rows(user, today: date, now: datetime) -> list[tuple]:
    """(counted live?, day, closed, readiness, seconds in each of Day.ROOMS). One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ROWS,
            {
                "owner": user.pk, "reach": today - REACH, "now": now, "today": today,
                "stretch": STRETCH, "zone": str(user.zone), "hour": user.day_starts_at,
            },
        )  # fmt: skip
        return cursor.fetchall()
