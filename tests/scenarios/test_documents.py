"""Documents of scenarios: what is read from them, and what is refused by line."""

from pathlib import Path

import pytest

from scenarios import documents
from scenarios.documents import unquoted
from scenarios.models import Category
from scenarios.outline import ChoiceText, QuestionText, TradeOffText
from writing.documents import DocumentError

SHIPPED = Path(__file__).parents[2] / "scenarios" / "content"
PHOTO = (SHIPPED / "photo-sharing.md").read_text()
NOTEBOOK = (Path(__file__).parent / "notebook.md").read_text()

# A file of our own.


def test_one_scenario_with_everything():
    [(key, outline)] = documents.read(PHOTO, "photo-sharing.md").items()
    assert (key, outline.title) == (
        "photo-sharing", "A feed of photographs for a new social network"
    )  # fmt: skip
    assert (outline.domain, outline.difficulty, outline.minutes, outline.order) == (
        "social media", "core", 45, 80,
    )  # fmt: skip
    assert "presigned upload" in outline.patterns and outline.prompt.startswith("We are a young")
    assert outline.intro.startswith("This scenario practises")
    assert outline.has_solution and outline.diagram.startswith("flowchart LR\n")
    for table in (outline.estimate, outline.data_model, outline.failure_modes, outline.cost):
        assert "\n| " in table
    assert outline.flows.startswith("1. **Sign in.**") and "\n7. " in outline.flows
    assert outline.scale_10.startswith("- Two million") and outline.scale_100
    assert outline.ic5.startswith("The app uploads") and outline.ic6 and outline.ic7
    assert not outline.path_to_scale


def test_its_questions_choices_trade_offs_and_follow_ups():
    [outline] = documents.read(PHOTO, "photo-sharing.md").values()
    first = outline.questions[0]
    assert first.category == "business-goal"
    assert first.text == "What must the first release prove, and what may wait?"
    assert first.why.startswith("the answer separates")
    assert first.answer.startswith("Prove that people come back") and first.answer[-1] == "."
    assert "what is the MVP" in first.aliases
    assert {q.category for q in outline.questions} == set(Category.values)
    assert [len(outline.questions), len(outline.choices)] == [10, 8]
    choice = next(c for c in outline.choices if c.name == "Lambda in TypeScript")
    assert choice.why.startswith("At a peak of 185") and choice.instead_of.startswith("ECS on")
    assert choice.pillars == ["Operational Excellence", "Cost Optimization"]
    assert [t.title for t in outline.trade_offs][:2] == [
        "Consistency of the feed", "Safety before speed"
    ]  # fmt: skip
    assert [(f.title, f.minute) for f in outline.follow_ups][1] == (
        "Finance wants 40 % off the bill.", 25
    )  # fmt: skip
    assert outline.follow_ups[0].strong.startswith("Nothing about her")
    assert outline.follow_ups[0].weak.startswith('"DynamoDB scales')


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_every_shipped_file_keeps_the_format(path):
    [(key, outline)] = documents.read(path.read_bytes(), path.name).items()
    assert key == path.stem
    assert outline.has_solution
    assert len(outline.questions) >= 8 and len(outline.follow_ups) >= 3
    assert all(q.why and q.answer and q.aliases for q in outline.questions)


def test_a_prompt_alone_is_a_scenario_without_a_solution():
    text = PHOTO[: PHOTO.index("## Part 1")]
    [outline] = documents.read(text, "photo-sharing.md").values()
    assert outline.prompt and not outline.has_solution and not outline.questions


@pytest.mark.parametrize(("old", "new", "said"), [
    ("id: photo-sharing", "id: Photo Sharing", "2: The id"),
    ("domain: social media", "domain: plumbing", '4: "plumbing" is not a domain: choose e-comm'),
    ("difficulty: core", "difficulty: easy", '5: "easy" is not a difficulty'),
    ("minutes: 45", "minutes: 40", "6: minutes must be 30, 45 or 60"),
    ("minutes: 45", "minutes: ٤٥", "6: minutes must be"),
    ("order: 80", "order: first", "8: order must be a whole number"),
    ("order: 80", "colour: red", '8: The front matter does not know "colour"'),
    ("domain: social media\n", "", '1: The front matter needs a line "domain: …"'),
    ("patterns: presigned upload", "patterns: cdn, CDN", "7: patterns must be three to six"),
    ("\n# A feed", "\n# Another feed", "3: The title above the text"),
    ("> We are", "We are", "12: The prompt is missing"),
    ("## Part 2: Architecture", "## Part 2: Design", "Here “Part 2: Architecture” is expected"),
    ("### Users & scale", "### Users and scale", "28: Here “Users & scale” is expected"),
    ("  - Why it matters: the answer sep", "  - Why: the answer sep", "“Why it matters: …”"),
    ("  - Pillars: Security, Cost Opt", "  - Pillars: Beauty, Cost Opt", "“Beauty” is not a p"),
    ("```mermaid", "```text", "one block of code marked “mermaid”"),
    ("- At minute: 18", "- At minute: soon", "“At minute” is a number"),
    ("- **IC6:**", "- **Staff:**", "The levels are IC5, IC6 and IC7"),
    ("- **Consistency of the feed:**", "- Consistency of the feed:", "name in bold"),
    ("1. **Sign in.**", "Text before.\n\n1. **Sign in.**", "Flows are one numbered list"),
    ("\n### Cost\n", "\n### Price\n", "Here “Cost” is expected"),
    ("## Part 4: Trade-offs and path to scale", "## Part 4", "Here “Part 4: Trade"),
])  # fmt: skip
def test_where_a_file_leaves_the_format(old, new, said):
    assert PHOTO.count(old) >= 1
    with pytest.raises(DocumentError) as caught:
        documents.read(PHOTO.replace(old, new, 1), "photo-sharing.md")
    assert str(caught.value).startswith("photo-sharing.md:")
    assert said in str(caught.value)


def test_too_few_of_something_are_counted():
    start, end = PHOTO.index("- **Safety before speed:**"), PHOTO.index("- **One region:**")
    with pytest.raises(DocumentError, match="There are 2 trade-offs; 4 to 6 belong here"):
        documents.read(PHOTO[:start] + PHOTO[end:], "photo-sharing.md")


@pytest.mark.parametrize(("text", "bare"), [
    ('"Said."', "Said."), ("“Said.”", "Said."), ('"One" and "two"', '"One" and "two"'),
    ('"Half', '"Half'), ("", ""), ('"', '"'),
])  # fmt: skip
def test_unquoted(text, bare):
    assert unquoted(text) == bare


# A document with several.


def test_a_document_with_several():
    outlines = documents.read(NOTEBOOK, "notebook.md")
    assert list(outlines) == ["parcel-tracking-depot-like", "library-loans", "ticket-office"]
    assert [outline.has_solution for outline in outlines.values()] == [True, False, True]
    assert outlines["library-loans"].prompt == (
        "A city library lends e-books and wants waiting lists that are fair."
    )
    counts = [(len(o.questions), len(o.choices), len(o.trade_offs)) for o in outlines.values()]
    assert counts == [(7, 3, 1), (0, 0, 0), (2, 1, 2)]


def test_what_each_part_holds():
    outline = documents.read(NOTEBOOK, "notebook.md")["parcel-tracking-depot-like"]
    assert outline.title == "Parcel tracking (Depot-like)"
    assert [q.category for q in outline.questions] == [
        "business-goal", "users-scale", "functional", "functional", "non-functional",
        "constraints", "constraints",
    ]  # fmt: skip
    assert outline.questions[1] == QuestionText(
        "users-scale", "How many parcels a day? How many vans? How long is a scan kept?",
        aliases=["How many parcels a day?", "How many vans?", "How long is a scan kept?"],
    )  # fmt: skip
    assert outline.questions[4].aliases == ["What is the target for the page?"]
    assert outline.questions[5] == QuestionText(
        "constraints", "Positions of drivers are personal data."
    )
    assert outline.flows == (
        "Everything is an event.\n\n1. **Scans:**\n   - A van posts to the **API Gateway**.\n"
        "   - A **Lambda** function puts each scan on a queue.\n2. **Reading:**\n"
        "   - A page reads the last scan."
    )
    assert outline.choices == [
        ChoiceText("SQS & Lambda", "Bursts wait and are not lost.", pillars=["Reliability"]),
        ChoiceText("DynamoDB", "One read by key.",
                   pillars=["Performance Efficiency", "Cost Optimization"]),
        ChoiceText("No map at first", "It costs more than it gives."),
    ]  # fmt: skip
    assert outline.trade_offs == [TradeOffText("Freshness", "Ten seconds late, and cheap.")]
    assert outline.path_to_scale == "Regions come with the second country."


@pytest.mark.parametrize(("old", "new", "line", "said"), [
    ("**Business Goal:**", "**Weather:**", 24, "“Weather” is none of the categories"),
    ("(Pillar: Reliability)", "(Pillar: Speed)", 45, "“Speed” is not one of the six pillars"),
    ("Scenario 3: Ticket", "Scenario 4: Ticket", 55, "The list has no scenario with this number"),
    ("Scenario 3: Ticket office", "Scenario 3: Opera", 55, "calls this one “Ticket office”"),
    ("Scenario 3: Ticket", "Scenario 1: Ticket", 55, "Scenario 1 stands here twice"),
    ("*   **No map at first:**", "*   No map at first:", 47, "name in bold"),
    ("**Library loans:**", "**Ticket office:**", 11, "needs a title of its own"),
    ("#### **Part 2: High-Level Architecture**\n\nEverything", "Everything", 33, "only a list"),
    ("#### **Part 3: Tech", "#### **Part 5: Tech", 43, "“Part 1” to “Part 4” are expected"),
])  # fmt: skip
def test_a_mistake_is_named_by_its_line(old, new, line, said):
    assert old in NOTEBOOK
    with pytest.raises(DocumentError) as caught:
        documents.read(NOTEBOOK.replace(old, new, 1), "notebook.md")
    assert str(caught.value).startswith(f"notebook.md:{line}: ")
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "# Words\n\nNothing to do.", "1. one\n2. two"])
def test_a_document_without_a_scenario_says_what_is_missing(text):
    with pytest.raises(DocumentError, match="numbered list of “\\*\\*Title:"):
        documents.read(text, "x.md")
