"""Answers rule rows out, and each loss has its reasons."""

from pathlib import Path

import playbook
from playbook.documents import read
from playbook.matrix import QUESTIONS, answers, narrow
from playbook.models import FITS

ROWS = [
    ("pg", "Postgres", {
        "access": "relational, key-value",
        "scale": "one writer",
        "not many writers": "One takes all.",
    }),
    ("ddb", "DynamoDB", {"access": "key-value", "scale": "one writer, many writers"}),
    ("any", "Anything", {}),
]  # fmt: skip


def remaining(given):
    return [verdict.key for verdict in narrow(ROWS, given) if verdict.remains]


def test_without_answers_everything_remains():
    assert remaining({}) == ["pg", "ddb", "any"]


def test_an_answer_rules_out_what_does_not_fit():
    assert remaining({"access": "relational"}) == ["pg", "any"]
    assert remaining({"access": "relational", "scale": "many writers"}) == ["any"]


def test_a_row_gives_its_own_reason_or_the_common_one():
    pg, ddb, _ = narrow(ROWS, {"access": "relational", "scale": "many writers"})
    assert pg.reasons == ("One takes all.",)
    assert ddb.reasons == (QUESTIONS[0].refusals["relational"],)


def test_unknown_answers_are_no_answers():
    assert answers({"access": "by magic", "cost": "", "page": "2"}) == {}


def test_every_answer_has_its_refusal():
    for question in QUESTIONS:
        assert set(question.answers) == set(question.refusals)
    assert tuple(question.key for question in QUESTIONS) == FITS


def test_the_shipped_matrix_speaks_the_words_of_the_questions():
    path = Path(playbook.__file__).parent / "content" / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    known = {question.key: set(question.answers) for question in QUESTIONS}
    every = set().union(*known.values())
    for row in sections["database-matrix"].rows:
        fields = dict(row.fields)
        for key in FITS:
            assert {word.strip() for word in fields[key].split(",")} <= known[key], (row.name, key)
        assert {label[4:] for label in fields if label.startswith("not ")} <= every, row.name


def test_each_single_answer_leaves_something():
    path = Path(playbook.__file__).parent / "content" / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    rows = [(r.key, r.name, dict(r.fields)) for r in sections["database-matrix"].rows]
    for question in QUESTIONS:
        for answer in question.answers:
            assert any(v.remains for v in narrow(rows, {question.key: answer})), answer


def test_stores_that_find_neighbours_are_not_ruled_out_for_it():
    path = Path(playbook.__file__).parent / "content" / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    rows = [(r.key, r.name, dict(r.fields)) for r in sections["database-matrix"].rows]
    verdicts = {v.key: v for v in narrow(rows, {"access": "vectors"})}
    assert {key for key, verdict in verdicts.items() if verdict.remains} == {
        "db-postgres", "db-aurora", "db-dynamodb", "db-mongodb", "db-redis", "db-opensearch",
        "db-vectors",
    }  # fmt: skip
    assert "Neptune Analytics" in verdicts["db-neptune"].reasons[0]
