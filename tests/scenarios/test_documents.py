"""Documents of scenarios: what is read from them, and what is refused by line."""

from pathlib import Path

import pytest

from scenarios import documents
from scenarios.documents import unquoted
from scenarios.outline import ChoiceText, QuestionText, TradeOffText
from writing.documents import DocumentError

SHIPPED = Path(__file__).parents[2] / "scenarios" / "content"
COMPLETE = (Path(__file__).parent / "complete.md").read_text()
NOTEBOOK = (Path(__file__).parent / "notebook.md").read_text()

# A file of our own.


def test_one_scenario_with_everything():
    [(key, outline)] = documents.read(COMPLETE, "parcels.md").items()
    assert (key, outline.title) == ("parcels", "Where a parcel is")
    assert (outline.domain, outline.difficulty, outline.minutes, outline.order) == (
        "platform", "core", 45, 80,
    )  # fmt: skip
    assert outline.patterns == ["event bus", "cdn", "idempotency"]
    assert outline.prompt.startswith("A courier wants") and outline.intro.startswith("This prac")
    assert outline.has_solution and outline.diagram == (
        "flowchart TB\n  van --> api\n  api --> store"
    )
    for table in (outline.estimate, outline.data_model, outline.failure_modes, outline.cost):
        assert "\n| --- | --- |" in table
    assert outline.flows.startswith("1. **Scan.** A van posts to the `API`.\n2. **Queue.**")
    assert outline.estimate.endswith("The numbers are small.")
    assert (outline.scale_10, outline.scale_100) == ("More of the same.", "- Regions.\n- A team.")
    assert outline.ic5 == "A queue and a table." and outline.ic6 and outline.ic7
    assert not outline.path_to_scale


def test_its_questions_choices_trade_offs_and_follow_ups():
    [outline] = documents.read(COMPLETE, "parcels.md").values()
    assert outline.questions[0] == QuestionText(
        "business-goal", "What must the first release prove?",
        "the answer to “What must the first release prove?” moves the design.",
        "It is 300 in the first year.", ["one wording", "another wording", "a third"],
    )  # fmt: skip
    assert [q.category for q in outline.questions] == [
        "business-goal", "business-goal", "users-scale", "users-scale", "functional",
        "non-functional", "constraints", "constraints",
    ]  # fmt: skip
    assert len(outline.choices) == 6
    assert outline.choices[2] == ChoiceText(
        "DynamoDB", "DynamoDB is chosen for this reason.", "what DynamoDB replaces.",
        ["Reliability", "Cost Optimization"],
    )  # fmt: skip
    assert [t.title for t in outline.trade_offs] == [
        "Freshness", "One region", "On demand", "No map"
    ]  # fmt: skip
    assert [(f.title, f.minute) for f in outline.follow_ups] == [
        ("The region is gone.", 25), ("Ten times tomorrow.", 15), ("Cut the bill.", 37),
    ]  # fmt: skip
    assert outline.follow_ups[0].strong == "I say what is lost first. Then I fail over."
    assert outline.follow_ups[0].weak == '"It will not happen." It will.'


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_every_shipped_file_keeps_the_format(path):
    [(key, outline)] = documents.read(path.read_bytes(), path.name).items()
    assert key == path.stem
    assert outline.has_solution
    assert len(outline.questions) >= 8 and len(outline.follow_ups) >= 3
    assert all(q.why and q.answer and q.aliases for q in outline.questions)


def test_a_prompt_alone_is_a_scenario_without_a_solution():
    text = COMPLETE[: COMPLETE.index("## Part 1")]
    [outline] = documents.read(text, "parcels.md").values()
    assert outline.prompt and not outline.has_solution and not outline.questions


@pytest.mark.parametrize(("old", "new", "said"), [
    ("id: parcels", "id: The Parcels", "2: The id"),
    ("domain: platform", "domain: plumbing", '4: "plumbing" is not a domain: choose e-comm'),
    ("difficulty: core", "difficulty: easy", '5: "easy" is not a difficulty'),
    ("minutes: 45", "minutes: 40", "6: minutes must be 30, 45 or 60"),
    ("minutes: 45", "minutes: ٤٥", "6: minutes must be"),
    ("order: 80", "order: first", "8: order must be a whole number"),
    ("order: 80", "colour: red", '8: The front matter does not know "colour"'),
    ("domain: platform\n", "", '1: The front matter needs a line "domain: …"'),
    ("patterns: event bus, CDN", "patterns: cdn, CDN", "7: patterns must be three to six"),
    ("\n# Where", "\n# Here is where", "3: The title above the text"),
    ("> A courier", "A courier", "12: The prompt is missing"),
    ("## Part 2: Architecture", "## Part 2: Design", "Here “Part 2: Architecture” is expected"),
    ("### Users & scale", "### Users and scale", "30: Here “Users & scale” is expected"),
    ("  - Why it matters: the", "  - Why: the", "20: Here “Why it matters: …” is expected"),
    ("; another wording; a third;", "", "takes 3 to 40 short wordings"),
    ("**Who pays for it?**", "**Who pays** for it?", "The whole question stands in bold"),
    ("  - Pillars: Reliability, Cost", "  - Pillars: Beauty, Cost", "“Beauty” is not a pillar"),
    ("  - Pillars: Reliability, Cost Optimization\n", "", "“Pillars: …” is missing"),
    ("```mermaid", "```text", "one block of code marked “mermaid”"),
    ("- At minute: 25", "- At minute: soon", "“At minute” is a number"),
    ("- **IC6:**", "- **Staff:**", "The levels are IC5, IC6 and IC7"),
    ("- **Freshness:**", "- Freshness:", "begins with its name in bold"),
    ("- **Freshness:** Ten", "- **Freshness** Ten", "This entry is “**Title:** text”"),
    ("1. **Scan.**", "Text before.\n\n1. **Scan.**", "Flows are one numbered list"),
    ("\n### Cost\n", "\n### Price\n", "Here “Cost” is expected"),
    ("More of the same.", "", "There is nothing below “At 10×”"),
    ("## Part 4: Trade-offs and path to scale", "## Part 4", "Here “Part 4: Trade"),
    ("- **On demand:** Dearer at a steady load.\n", "", "There are 3 trade-offs; 4 to 6 belong"),
    ("| **Total** | | **90** |\n", "", "“Cost” needs a table"),
])  # fmt: skip
def test_where_a_file_leaves_the_format(old, new, said):
    assert old in COMPLETE
    with pytest.raises(DocumentError) as caught:
        documents.read(COMPLETE.replace(old, new, 1), "parcels.md")
    assert str(caught.value).startswith("parcels.md:")
    assert said in str(caught.value)


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
