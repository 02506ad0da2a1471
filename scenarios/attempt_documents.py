"""An attempt as Markdown to read: what was asked, drawn and said, and how it was scored."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import slugify

from scenarios import rubric
from scenarios.attempts import Attempt
from scenarios.sheets import AttemptChoice
from writing import documents
from writing.documents import Document, Fence, Item, List, Node, Paragraph, Section

SHEETS = ("clarify", "high_level", "drill_down", "wrap_up", "reflection")


def files(user) -> Iterator[tuple[str, str]]:
    """A file for each attempt of `user`'s. A constant number of queries for each scenario."""
    for attempt in attempts_of(user):
        day = timezone.localtime(attempt.created_at, user.zone)
        name = slugify(attempt.scenario.title)[:60] or "attempt"
        yield f"{day:%Y-%m-%d} {name} {attempt.number}.md", write(attempt, day)


def attempts_of(user):
    kept = AttemptChoice.objects.filter(removed_at=None).order_by("position", "id")
    return (
        Attempt.objects.for_user(user)
        .select_related("scenario", *SHEETS)
        .prefetch_related("lines", "follow_ups", Prefetch("choices", kept, to_attr="kept_choices"))
        .order_by("created_at", "id")
    )


def write(attempt: Attempt, day) -> str:
    """The Markdown of an attempt that `attempts_of` fetched, begun on `day`."""
    state = "Finished" if attempt.finished_at else "Under way"
    facts = [f"{attempt.get_mode_display()}, {day:%d %B %Y, %H:%M}. {state}."]  # type: ignore[attr-defined]
    if attempt.covered is not None:
        facts.append(f"{attempt.covered} of {attempt.prepared} prepared questions asked.")
    nodes: list[Node] = [Paragraph(" ".join(facts)), *_clarify(attempt), *_design(attempt)]
    title = f"{attempt.scenario.title}, attempt {attempt.number}"
    return documents.write(Document(title, [*nodes, *_drill_down(attempt), *_after(attempt)]))


def _sheet(attempt: Attempt, name: str) -> Any:
    """The sheet, or None where this kind of attempt has none."""
    return getattr(attempt, name, None)


def _said(heading: str, text: str, level: int = 2) -> list[Node]:
    return [Section(level, heading, documents.from_text(text))] if text else []


def _clarify(attempt: Attempt) -> list[Node]:
    lines = [line for line in attempt.lines.all() if line.text]
    asked = [Item(line.text, children=_answer(line)) for line in lines]
    sheet = _sheet(attempt, "clarify")
    found = _said("Scope and assumptions", sheet.scope if sheet else "")
    return ([Section(2, "Questions", [List(asked, ordered=True)])] if asked else []) + found


def _answer(line) -> list[Node]:
    if not line.asked_at:
        return [Paragraph("(not asked)")]
    return list(documents.from_text(line.answer)) if line.answer else [Paragraph("(assume)")]


def _design(attempt: Attempt) -> list[Node]:
    sheet = _sheet(attempt, "high_level")
    if sheet is None:
        return []
    drawn: list[Node] = [Fence("mermaid", sheet.diagram)] if sheet.diagram else []
    return _said("High level", sheet.design) + ([Section(2, "Diagram", drawn)] if drawn else [])


def _drill_down(attempt: Attempt) -> list[Node]:
    sheet = _sheet(attempt, "drill_down")
    found = _said("Bottleneck", sheet.bottleneck) + _said("Schema", sheet.schema) if sheet else []
    chosen: list[Node] = []
    for choice in attempt.kept_choices:  # type: ignore[attr-defined]
        chosen += _said(choice.name or "A choice", choice.why or "(no reason yet)", 3)
    answers: list[Node] = []
    for row in attempt.follow_ups.all():
        answers += _said(f"Minute {row.minute}: {row.title}", row.text, 3)
    found += [Section(2, "Choices", chosen)] if chosen else []
    return found + ([Section(2, "Follow-ups", answers)] if answers else [])


def _after(attempt: Attempt) -> list[Node]:
    last, reflection = _sheet(attempt, "wrap_up"), _sheet(attempt, "reflection")
    found = _said("With more time", last.more_time) if last else []
    if reflection:
        scores = [
            Item(f"{signal.name}: {reflection.scores[signal.field]} of {rubric.POINTS[-1]}")
            for signal in rubric.SIGNALS
            if reflection.scores[signal.field] is not None
        ]
        found += [Section(2, "Scores", [List(scores)])] if scores else []
        found += _said("Next time", reflection.next_time)
    return found
