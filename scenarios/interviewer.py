"""The interviewer: answers a clarifying question from what the scenario has prepared."""

from collections.abc import Iterable, Sequence
from typing import Protocol

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


class Asked(Protocol):
    """A question as it was asked, and the prepared ones that answered it then, a line for each."""

    text: str
    matched: str


def covered(asked: Iterable[Asked], scenario: Scenario) -> list[CategoryCoverage]:
    """The scenario's questions by category, each with the first of `asked` that covers it.

    What was answered counts as it was answered then; only where the scenario has reworded its
    question since is it matched anew.
    """
    values = prepared(list(scenario.questions.all()))
    keys = {value.text: value.key for value in values}
    found: dict[str, str] = {}
    for line in asked:
        then = line.matched.splitlines()
        if keys.keys() >= set(then):
            covers = [keys[text] for text in then]
        else:
            covers = [match.key for match in coverage.matches(line.text, values)]
        for key in covers:
            found.setdefault(key, line.text)
    return by_category(values, found, Category.values)
