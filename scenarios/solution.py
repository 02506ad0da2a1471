"""A model solution as its page shows it: four parts, each with the sections that it has."""

from dataclasses import dataclass, field
from itertools import groupby

from scenarios.models import Category, Question, Scenario


@dataclass(frozen=True)
class Part:
    """`sections` are (id, title) of what the part holds, for the contents."""

    id: str
    title: str
    sections: list[tuple[str, str]] = field(default_factory=list)


def context(scenario: Scenario) -> dict[str, object]:
    """Context for scenarios/solution.html. Four queries."""
    questions = sorted(scenario.questions.all(), key=_place)
    rows: dict[str, list] = {
        "groups": [
            (Category(category).label, list(found))
            for category, found in groupby(questions, lambda question: question.category)
        ],
        "choices": list(scenario.choices.all()),
        "trade_offs": list(scenario.trade_offs.all()),
        "follow_ups": list(scenario.follow_ups.all()),
    }
    return {"scenario": scenario, "parts": _parts(scenario, rows), **rows}


def _place(question: Question) -> tuple[int, int, int]:
    return Category.values.index(question.category), question.position, question.pk


def _parts(scenario: Scenario, rows: dict[str, list]) -> list[Part]:
    """The parts that are not empty, in their order."""
    levels = scenario.ic5 or scenario.ic6 or scenario.ic7
    parts = (
        ("clarify", "Clarifying questions", [
            (f"ask-{number}", label, True) for number, (label, _) in enumerate(rows["groups"], 1)
        ]),
        ("architecture", "Architecture", [
            ("estimate", "Estimate", scenario.estimate), ("flows", "Flows", scenario.flows),
            ("diagram", "Diagram", scenario.diagram),
            ("data-model", "Data model", scenario.data_model),
        ]),
        ("choices", "Technology choices", [("chosen", "What was chosen", rows["choices"])]),
        ("scale", "Trade-offs and path to scale", [
            ("trade-offs", "Trade-offs", rows["trade_offs"]),
            ("failure-modes", "Failure modes", scenario.failure_modes),
            ("cost", "Cost", scenario.cost),
            ("path", "Path to scale", scenario.path_to_scale),
            ("at-10", "At 10×", scenario.scale_10), ("at-100", "At 100×", scenario.scale_100),
            ("follow-ups", "Follow-ups", rows["follow_ups"]),
            ("levels", "What each level sounds like", levels),
        ]),
    )  # fmt: skip
    found = [
        Part(id, title, [(section, name) for section, name, content in sections if content])
        for id, title, sections in parts
    ]
    return [part for part in found if part.sections]
