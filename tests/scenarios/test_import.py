"""`manage.py import_scenarios`: what it takes in, what it keeps, what it says."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from scenarios.models import Choice, Question, Scenario, TradeOff
from scenarios.outline import outline_of
from writing.content import load, sources
from writing.documents import read_file

pytestmark = pytest.mark.django_db
NOTEBOOK = Path(__file__).parent / "notebook.md"
KEYS = ["parcel-tracking-depot-like", "library-loans", "ticket-office"]


def run(file: Path = NOTEBOOK) -> list[str]:
    out = StringIO()
    call_command("import_scenarios", str(file), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def changed(tmp_path):
    """`changed(old, new)`: the document with one change."""

    def write(old: str, new: str) -> Path:
        text = NOTEBOOK.read_text()
        assert old in text
        file = tmp_path / "notebook.md"
        file.write_text(text.replace(old, new, 1))
        return file

    return write


def rows() -> list:
    models = (Scenario, Question, Choice, TradeOff)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_it_says_what_it_did_and_ends_with_one_line():
    assert run() == [
        "parcel-tracking-depot-like: 7 clarifying questions, 3 choices, 1 trade-off (new)",
        "library-loans: a prompt without a model solution (new)",
        "ticket-office: 2 clarifying questions, 1 choice, 2 trade-offs (new)",
        "imported 3 scenarios, 2 with a model solution",
    ]


def test_everything_is_stored_in_its_order():
    run()
    row = Scenario.objects.get(key=KEYS[0])
    assert [q.text for q in row.questions.all()][2:4] == [
        "How fresh must the position be?", 'What does "delivered" mean? Is a photograph required?',
    ]  # fmt: skip
    choice = row.choices.all()[0]
    assert (choice.name, choice.pillars) == ("SQS & Lambda", ["Reliability"])
    assert row.trade_offs.get().title == "Freshness"
    assert "<strong>API Gateway</strong>" in row.flows_html
    assert row.has_solution and not Scenario.objects.get(key="library-loans").has_solution
    assert (row.imported_from, row.source_digest) == ("notebook.md", "")


def test_again_changes_nothing():
    run()
    before = rows()
    lines = run()
    assert rows() == before
    assert [line.rpartition("(")[2] for line in lines[:3]] == ["unchanged)"] * 3
    assert lines[-1] == "imported 3 scenarios, 2 with a model solution"


def test_a_new_edition_changes_what_it_changes_and_keeps_the_rows(changed):
    run()
    kept = Question.objects.get(text="How fresh must the position be?").pk
    lines = run(changed("**Constraints:** What does the team know", "**Constraints:** Who runs it"))
    assert lines[0].endswith("(updated)") and lines[1].endswith("(unchanged)")
    texts = Question.objects.filter(scenario__key=KEYS[0]).values_list("text", flat=True)
    assert "Who runs it?" in texts and "What does the team know?" not in texts
    assert Question.objects.get(text="How fresh must the position be?").pk == kept


@pytest.mark.parametrize(("change", "said"), [
    ({"edited_at": timezone.now()}, "(kept as it was edited here)"),
    ({"source_digest": "abc"}, "(kept as it comes with the site)"),
    ({"imported_from": ""}, "(kept as it was made here)"),
])  # fmt: skip
def test_what_is_not_its_own_is_kept_and_said(change, said):
    run()
    Scenario.objects.filter(key=KEYS[1]).update(prompt="Mine.", **change)
    lines = run()
    assert lines[1].endswith(said)
    assert lines[-1] == "imported 2 scenarios, 2 with a model solution"
    assert Scenario.objects.get(key=KEYS[1]).prompt == "Mine."


def test_a_mistake_changes_nothing(changed):
    file = changed("**Trade-off (Fairness):**", "Fairness:")
    with pytest.raises(CommandError, match=r"notebook\.md:71: This entry begins .*\nNothing was"):
        run(file)
    assert not Scenario.objects.exists()


def test_a_file_that_cannot_be_read():
    with pytest.raises(CommandError, match=r"nowhere\.md: No such file"):
        run(Path("nowhere.md"))


def test_loading_the_shipped_files_leaves_imports_alone():
    run()
    [source] = [source for source in sources() if source.model is Scenario]
    report = load(timezone.now(), only=[source])[0]
    assert len(report.new) == len(list(source.folder.glob("*.md"))) and not report.retired
    assert Scenario.objects.published().filter(key__in=KEYS).count() == 3
    assert all(row.has_solution for row in Scenario.objects.exclude(key__in=KEYS))
    # What a file says is what the row holds, to the letter.
    for row in Scenario.objects.exclude(key__in=KEYS):
        assert outline_of(row) == source.parse(read_file(source.folder / f"{row.key}.md"))
    assert load(timezone.now(), only=[source])[0].unchanged == len(report.new)
