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


def shipped():
    path = Path(playbook.__file__).parent / "content" / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    return [(row.key, row.name, dict(row.fields)) for row in sections["database-matrix"].rows]


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
    known = {question.key: set(question.answers) for question in QUESTIONS}
    every = set().union(*known.values())
    for _, name, fields in shipped():
        for key in FITS:
            assert {word.strip() for word in fields[key].split(",")} <= known[key], (name, key)
        assert {label[4:] for label in fields if label.startswith("not ")} <= every, name


def test_each_single_answer_leaves_something():
    rows = shipped()
    for question in QUESTIONS:
        for answer in question.answers:
            assert any(v.remains for v in narrow(rows, {question.key: answer})), answer


def test_stores_that_find_neighbours_are_not_ruled_out_for_it():
    rows = shipped()
    verdicts = {v.key: v for v in narrow(rows, {"access": "vectors"})}
    assert {key for key, verdict in verdicts.items() if verdict.remains} == {
        "db-postgres", "db-aurora", "db-dynamodb", "db-mongodb", "db-redis", "db-opensearch",
        "db-vectors",
    }  # fmt: skip
    assert "Neptune Analytics" in verdicts["db-neptune"].reasons[0]


def test_more_people_or_less_consistency_rule_nothing_out():
    """Who can run clusters may still buy a managed store; less is served by more."""
    rows = shipped()
    for given in ({"team": "operators"}, {"consistency": "eventual"}, {"scale": "one writer"}):
        assert all(v.remains for v in narrow(rows, given)), given


def test_a_team_that_knows_sql_is_left_a_store_where_there_is_one():
    """Nothing but the store of its kind does the job of a cache or a search."""
    rows = shipped()
    for access in QUESTIONS[0].answers:
        verdicts = {v.key: v for v in narrow(rows, {"access": access, "team": "sql team"})}
        if access == "graph":
            assert "recursive query" in verdicts["db-neptune"].reasons[0]
        else:
            assert any(v.remains for v in verdicts.values()), access


def test_several_regions_write_to_what_is_active_in_all_of_them():
    rows = shipped()
    left = {v.key for v in narrow(rows, {"scale": "many regions"}) if v.remains}
    assert left == {"db-dsql", "db-dynamodb", "db-redis", "db-keyspaces"}
