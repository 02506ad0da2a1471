"""Alice's interviews for the pictures: two to come, one to look back on, one that went well."""

import uuid
from datetime import datetime, timedelta


def meet(user, now: datetime) -> dict[str, object]:
    """Interviews of `user`'s with a debrief half done; returns what the addresses need."""
    from drills import asked
    from plans import debrief
    from plans import interview_changes as changes
    from plans.models import Asked, Interview

    def add(company: str, at: datetime, **values) -> Interview:
        values = {"kind": "system-design", "time_zone": "Europe/Berlin", "minutes": 60} | values
        row = Interview(owner=user, company=company, at=at, **values)
        return changes.add(user, row, uuid.uuid4(), now)

    hour = now.replace(minute=0, second=0, microsecond=0)
    next_one = add(
        "Acme",
        hour.replace(hour=15) + timedelta(days=6),
        round="second round",
        role="Cloud solutions architect",
        time_zone="America/New_York",
        place="https://meet.example/acme-round-2",
        interviewers="Dana (staff engineer), Ravi (platform)",
    )
    next_one.stack = (
        "- AWS, most of it in **eu-west-1**; a second region since spring (their blog)\n"
        "- Kafka between the shops and the ledger, Go services on EKS\n"
        "- Moving off one large Postgres: ask what made them"
    )
    next_one.notes = "Ask who is on call for what I would build."
    next_one.save()
    add("Globex", hour + timedelta(days=16), kind="behavioural", role="Staff engineer")
    past = add("Initech", hour - timedelta(hours=5), round="first round")
    won = add("Umbra Labs", hour - timedelta(days=9), kind="screening")
    for row, went, outcome in ((won, "strong", "next-round"),):
        row.went, row.outcome = went, outcome
        changes.close_debrief(row, now)
    for value, words, went in (
        ("scenario:band-shop", "", "weak"),
        ("question:hardest-trade-off", "", "fair"),
        ("entry:lambda", "", "strong"),
        ("", "How do you find out which tenant is noisy?", "weak"),
        ("", "Why not a second database for reports?", ""),
    ):
        thing = asked.get(user, value) if value else None
        line = debrief.add(past, words, thing, uuid.uuid4())
        Asked.objects.filter(pk=line.pk).update(went=went)
    debrief.bring_back(user, debrief.of(past)[0], now)
    return {"interview": next_one.pk, "debriefed": past.pk}
