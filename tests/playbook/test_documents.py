"""What a document says becomes rows, and nothing of it is lost."""

import pytest

from playbook.documents import read
from playbook.models import Row, Section
from playbook.outline import fill, outline_of
from tests.playbook.factories import FRAMEWORK, playbook
from writing.documents import DocumentError

Kind = Section.Kind


def rows_of(source: str, title: str):
    sections = {section.title: section for section in read(source, "test.md").sections}
    return sections[title].rows


def test_the_kinds_are_seen():
    kinds = {section.title: section.kind for section in read(FRAMEWORK, "test.md").sections}
    assert kinds == {
        "What the levels sound like": Kind.LEVELS,
        "Signals": Kind.CHECKLIST,
        "Which store": Kind.MATRIX,
        "Phrases": Kind.PHRASES,
        "Approach": Kind.STEPS,
    }


def test_the_goal_and_the_table_in_its_quotation():
    outline = read(FRAMEWORK, "test.md")
    assert outline.goal == "Decide with engineering"
    row = outline.sections[0].rows[0]
    assert (row.name, row.fields) == ("Weak answer", [["Description", "Superficial"]])


def test_a_table_row_has_its_columns_and_the_text_below_closes_the_section():
    section = read(FRAMEWORK, "test.md").sections[2]
    assert section.rows[0].fields == [["Best For", "Rows"], ["Price", "One writer"]]
    assert section.closing == "**Default heuristic**: buy commodities."


def test_a_step_has_minutes_an_aim_and_a_starter():
    clarify, draw = rows_of(FRAMEWORK, "Approach")
    assert (clarify.name, clarify.low, clarify.high) == ("Clarify", 5, 10)
    assert clarify.fields == [["Aim", "What I ask"]]
    assert clarify.starter == "- Scale?"
    assert (draw.name, draw.low, draw.starter) == ("Draw", None, "")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("- **A**: one\n- **B**: two", ["A", "B"]),
        ("1. **Step 1: Ask (5 min)**\n   * Who?\n   * Why?", ["Ask"]),
        ("❌ Vague answers  \n❌ No *why*", ["Vague answers", "No *why*"]),
        ("### Group\n- **A**: one\n### Other\n- **B**: two", ["A", "B"]),
        ("### A\n- what: one\n\nMore.\n### B\n- what: two", ["A", "B"]),
        ("### Story: [Title]\n**Situation**:\n**Task**: x", ["Story: [Title]"]),
    ],
)
def test_every_shape_of_a_row(source, names):
    assert [row.name for row in rows_of(f"# T\n\n## S\n\n{source}", "S")] == names


def test_what_hangs_below_an_entry_is_its_body():
    row = rows_of("# T\n\n## S\n\n1. **Step 1: Ask (5 min)**\n   * Who?\n   * Why?", "S")[0]
    assert (row.low, row.high) == (5, 5)
    assert row.body == "- Who?\n- Why?"


def test_labels_id_group_and_links():
    source = "# T\n\n## S\n\n### A\n- id: kept\n- group: G\n- what: *it*\n- see: [Here](/plans/)\n"
    row = rows_of(source, "S")[0]
    assert (row.key, row.group, row.links) == ("kept", "G", [["Here", "/plans/"]])
    assert row.fields == [["what", "*it*"]]


def test_what_stands_below_a_rule_closes_the_section():
    source = "# T\n\n## S\n\n### A\n- what: x\n\nBody.\n\n---\n\nClosing."
    section = read(source, "t.md").sections[0]
    assert (section.rows[0].body, section.closing) == ("Body.", "Closing.")


def test_settings_above_a_list_are_no_entries():
    section = read("# T\n\n## S\n- kind: patterns\n- id: mine\n\n- **A**: one", "t.md").sections[0]
    assert (section.kind, section.key, [row.name for row in section.rows]) == (
        Kind.PATTERNS, "mine", ["A"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("Nothing but text", 1, "title"),
        ("# T", 1, "nothing below"),
        ("# T\n\n## S\n- kind: sonnet\n\nText", 3, "no kind"),
        ("# T\n\n## S\n\n### A\n- id: x\n- a: b\n### B\n- id: x\n- a: b", 9, "twice"),
        ("# T\n\n## S\n\n### A\n- id: Not One\n- a: b", 6, "no id"),
        ("---\norder: soon\n---\n# T\n\n## S\n- x", 2, "order"),
    ],
)
def test_a_mistake_is_named_with_its_line(source, line, words):
    with pytest.raises(DocumentError) as error:
        read(source, "mine.md")
    assert str(error.value).startswith(f"mine.md:{line}: ") and words in str(error.value)


@pytest.mark.django_db
def test_rows_hold_what_the_document_said():
    assert outline_of(playbook()) == read(FRAMEWORK, "test.md")


@pytest.mark.django_db
def test_filling_again_keeps_the_rows_that_stay():
    row = playbook()
    before = dict(Row.objects.values_list("key", "pk"))
    changed = FRAMEWORK.replace("To ground it", "To begin").replace("- [x] Awareness\n", "")
    fill(row, read(changed, "test.md"))
    after = dict(Row.objects.values_list("key", "pk"))
    assert after == {key: pk for key, pk in before.items() if key != "awareness"}
