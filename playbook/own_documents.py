"""What one person wrote beside the playbooks, as Markdown to read."""

from django.db.models import F

from playbook.models import Learning, Step
from writing import documents
from writing.documents import Document, Item, List, Node, Section


def learnings(user) -> str:
    """The notes of `user` that stand, oldest first; "" for none. One query."""
    rows = Learning.objects.for_user(user).kept().order_by("taken_on", "id")
    nodes: list[Node] = [Section(2, str(row), [_about(row), *_text(row.text)]) for row in rows]
    return documents.write(Document("Notes", nodes)) if nodes else ""


def _about(row: Learning) -> List:
    facts = [f"Taken on {row.taken_on:%d %B %Y}", row.get_kind_display()]  # type: ignore[attr-defined]
    if row.company:
        facts.append(row.company)
    if row.source_title or row.source:
        facts.append(f"From {row.source_title or row.source}")
    if row.tags:
        facts.append(f"Tags: {', '.join(row.tags)}")
    return List([Item(fact) for fact in facts])


def _text(text: str) -> list[Node]:
    return documents.from_text(text) if text else []


def framework(user) -> str:
    """One's own text for the steps of the framework, in its order; "" for none. One query."""
    rows = (
        Step.objects.for_user(user)
        .exclude(text="")
        .order_by(F("row__position").asc(nulls_last=True), "id")
    )
    nodes: list[Node] = [Section(2, row.name, _text(row.text)) for row in rows]
    return documents.write(Document("My framework", nodes)) if nodes else ""
