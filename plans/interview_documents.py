"""One's interviews as Markdown to read: when, with whom, what was prepared and what came of it."""

from zoneinfo import ZoneInfo

from plans.interviews import Interview
from writing import documents
from writing.documents import Document, Item, List, Node, Section

TITLE = "Interviews"


def write(user) -> str:
    """The interviews of `user` that stand, the earliest first; "" for none. One query."""
    rows = Interview.objects.for_user(user).kept().order_by("at", "id")
    nodes: list[Node] = [_interview(row) for row in rows]
    return documents.write(Document(TITLE, nodes)) if nodes else ""


def _interview(row: Interview) -> Section:
    at = row.at.astimezone(ZoneInfo(row.time_zone))
    facts = [
        f"{at:%d %B %Y, %H:%M} ({row.time_zone}), {row.minutes} minutes",
        *filter(None, [row.role, row.round, row.place, row.interviewers]),
        f"Outcome: {row.get_outcome_display()}",  # type: ignore[attr-defined]
    ]
    if row.went:
        facts.append(f"Went: {row.get_went_display()}")  # type: ignore[attr-defined]
    nodes: list[Node] = [List([Item(fact) for fact in facts])]
    texts = (
        ("What is known of their stack", row.stack), ("Notes", row.notes),
        ("What to do better", row.improve),
    )  # fmt: skip
    nodes += [Section(3, name, documents.from_text(text)) for name, text in texts if text]
    return Section(2, str(row), nodes)
