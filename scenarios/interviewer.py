"""The interviewer: answers a clarifying question from what the scenario has prepared."""

from collections.abc import Sequence

from scenarios import coverage
from scenarios.compare import CategoryCoverage, by_category
from scenarios.models import Category, Question, Scenario

ASSUME = "That is for you to assume: state it."


def prepared(questions: Sequence[Question]) -> list[coverage.PreparedQuestion]:
    """`questions` as plain values, keyed by their primary key."""
    return [
        coverage.PreparedQuestion(
            str(row.pk), row.text, row.category, tuple(row.aliases), row.answer
        )
        for row in questions
    ]


def answering(asked: str, questions: Sequence[Question]) -> list[Question]:
    """The prepared questions that `asked` asks for: none, one, or two for a double question."""
    rows = {str(row.pk): row for row in questions}
    return [rows[match.key] for match in coverage.matches(asked, prepared(questions))]


def covered(asked: Sequence[str], scenario: Scenario) -> list[CategoryCoverage]:
    """The scenario's questions by category, each with the first of `asked` that covers it."""
    values = prepared(list(scenario.questions.all()))
    found: dict[str, str] = {}
    for text in asked:
        for match in coverage.matches(text, values):
            found.setdefault(match.key, text)
    return by_category(values, found, Category.values)
