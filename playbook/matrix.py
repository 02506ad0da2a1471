"""Which database remains? A matrix narrowed down by five answers, with a reason for each loss.

Pure: rows as plain values in, verdicts out. A row says for each question which answers it fits
("access: relational, documents"), and may say why not ("not documents: …").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """`key` is the field of a row that answers it; `answers` maps each value to its words, and
    `refusals` to what is said of a row that does not fit."""

    key: str
    text: str
    answers: Mapping[str, str]
    refusals: Mapping[str, str]


QUESTIONS = (
    Question(
        "access",
        "How is the data asked for?",
        {
            "relational": "Joins and queries nobody foresaw",
            "key-value": "By a known key",
            "documents": "As documents, whole",
            "graph": "Along relations of unknown depth",
            "time series": "By time, as series",
            "search": "By words, with relevance",
            "vectors": "By likeness of meaning",
            "cache": "As a copy that may be lost",
        },
        {
            "relational": "It does not join, or not well enough to rely on.",
            "key-value": "For reads by a known key it is more machinery than the task needs.",
            "documents": "Whole documents are not its unit.",
            "graph": "A path of unknown depth becomes one join a step.",
            "time series": "It has no retention, windows or compression by time.",
            "search": "It has no relevance and no analysers worth the name.",
            "vectors": "It does not find nearest neighbours.",
            "cache": "As a mere copy in memory it is too slow or too dear.",
        },
    ),
    Question(
        "consistency",
        "What must be right at once?",
        {
            "transactions": "Several rows together",
            "single item": "One item, read after write",
            "eventual": "Nothing; a delay is fine",
        },
        {
            "transactions": "It has no transaction over the rows you need to change together.",
            "single item": "A read may miss the write before it.",
            "eventual": "You would pay for consistency that nobody needs.",
        },
    ),
    Question(
        "scale",
        "How far must it go?",
        {
            "one writer": "One writer is enough",
            "many writers": "More writes than one machine takes",
            "many regions": "Writes in several Regions at once",
        },
        {
            "one writer": "It pays only beyond one writer.",
            "many writers": "One machine takes all writes.",
            "many regions": "Other Regions may read, but only one writes.",
        },
    ),
    Question(
        "team",
        "Who runs it?",
        {
            "managed only": "Nobody: it must run itself",
            "sql team": "A team that knows SQL",
            "operators": "People who run clusters",
        },
        {
            "managed only": "Somebody must look after it.",
            "sql team": "SQL does not carry over: the team would learn a new model first.",
            "operators": "It cannot be run by hand.",
        },
    ),
    Question(
        "cost",
        "What does the load look like to the bill?",
        {
            "scale to zero": "Often idle: nothing should cost nothing",
            "steady small": "Steady and small",
            "steady large": "Steady and large",
        },
        {
            "scale to zero": "It is paid by the hour, idle or not.",
            "steady small": "Its smallest form is already dear.",
            "steady large": "Paid by the request, a large steady load is dearer than machines.",
        },
    ),
)


@dataclass(frozen=True)
class Verdict:
    """Does the row remain, and if not, every reason why. `name` and `key` are the row's."""

    key: str
    name: str
    reasons: tuple[str, ...] = ()

    @property
    def remains(self) -> bool:
        return not self.reasons


def answers(given: Mapping[str, str]) -> dict[str, str]:
    """The answers in `given` that are known ones, by the key of their question."""
    return {
        question.key: given[question.key]
        for question in QUESTIONS
        if given.get(question.key) in question.answers
    }


def narrow(
    rows: Iterable[tuple[str, str, Mapping[str, str]]], given: Mapping[str, str]
) -> list[Verdict]:
    """A verdict on each (key, name, fields in lower case), in their order.

    A row without a word on a question is not ruled out by it.
    """
    chosen = answers(given)
    verdicts = []
    for key, name, fields in rows:
        reasons = []
        for question in QUESTIONS:
            if question.key not in chosen or question.key not in fields:
                continue
            answer = chosen[question.key]
            fits = [word.strip() for word in fields[question.key].split(",")]
            if answer not in fits:
                reasons.append(fields.get(f"not {answer}", question.refusals[answer]))
        verdicts.append(Verdict(key, name, tuple(reasons)))
    return verdicts
