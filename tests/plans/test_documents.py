"""Plan documents: read as people write them, written back, refused with file and line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import documents
from plans.outline import Kind, Line, Outline, OutlineBlock
from writing.documents import DocumentError

DAY = """\
# ⚡ Two days

**Goal:** Sound *senior*.

---

## 🕐 Morning (1.5–3 hours) → **Cloud & Co.**

Focus: Refresh the services.

1. **Queues**
   * SQS or *SNS*.
   * Retries → dead letters.
2. **Storage**
   * S3

     and what it costs.

👉 Quick Exercise: Draw a **picture**:

* Client and server.

## Noon (45 min)

Prepare **three**:

* Ask:
  * first
  * second
    * deeper
* [x] Ticked already
- [ ] Not yet

👉 Tip: Breathe.

👉 Use numbers.

# Mindset

* Calm.
"""


def lines(block):
    return [(line.kind, line.depth, line.text) for line in block.lines]


def test_a_day_as_people_write_it():
    outline = documents.read(DAY, "day.md")
    assert (outline.title, outline.goal) == ("Two days", "Sound senior.")
    assert outline.counts() == (3, 3, 14)
    morning, noon, mindset = outline.blocks
    assert (morning.label, morning.title) == ("Morning", "Cloud & Co.")
    assert (morning.low, morning.high) == (90, 180)
    assert morning.focus == "Refresh the services."
    assert lines(morning) == [
        (Kind.SECTION, 0, "Queues"),
        (Kind.TASK, 0, "SQS or *SNS*."),
        (Kind.TASK, 0, "Retries → dead letters."),
        (Kind.SECTION, 0, "Storage"),
        (Kind.TASK, 0, "S3 and what it costs."),
        (Kind.SECTION, 0, "Quick exercise"),
        (Kind.TASK, 0, "Draw a **picture**"),
        (Kind.TASK, 1, "Client and server."),
    ]
    assert (noon.label, noon.title, noon.low, noon.high) == ("", "Noon", 45, 45)
    assert noon.intro == "Prepare **three**:"
    assert lines(noon) == [
        (Kind.TASK, 0, "Ask:"),
        (Kind.TASK, 1, "first"),
        (Kind.TASK, 1, "second"),
        (Kind.TASK, 2, "deeper"),
        (Kind.TASK, 0, "Ticked already"),
        (Kind.TASK, 0, "Not yet"),
        (Kind.TIP, 0, "Breathe."),
        (Kind.TIP, 0, "Use numbers."),
    ]
    assert [line.done for line in noon.lines[4:6]] == [True, False]
    assert mindset.title == "Mindset"


def test_days_over_timed_parts():
    text = "# Week\n## Day 1\n### Morning (3h)\n- a\n### Evening (30 min)\n- b\n## Day 2\n- c"
    outline = documents.read(text, "week.md")
    found = [(b.label, b.title, b.low) for b in outline.blocks]
    assert found == [("Day 1", "Morning", 180), ("Day 1", "Evening", 30), ("", "Day 2", None)]


def test_a_bare_list_is_a_plan_too():
    outline = documents.read("- one\n- two", "todo.md")
    assert (outline.title, outline.counts()) == ("todo", (1, 0, 2))


def test_a_table_becomes_items():
    outline = documents.read("# T\n\n## B\n\n| a | b |\n|---|---|\n| x | y |", "t.md")
    assert lines(outline.blocks[0]) == [(Kind.TASK, 0, "x · y")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# Plan\n\nOnly words.", 1, "no list"),
        ("", 1, "no list"),
        ("# P\n\n## A (3–2 hours)\n\n- a", 3, "runs backwards"),
        ("# P\n\n## A (30 hours)\n\n- a", 3, "more than 24 hours"),
        ("# P\n\n## A\n\n- a\n- " + "x" * 1001, 6, "1001 characters"),
        ("# P\n\n## A\n\n- a\n-\n", 6, "empty"),
        ("# " + "x" * 201 + "\n\n- a", 1, "201 characters"),
        ("# P\n\n" + "- a\n" * 1001, 1003, "at most 1000 items"),
        ("---\nleave out first: Nothing\n---\n# P\n\n## A\n\n- a", 2, "No section is called"),
        ("---\norder: soon\n---\n# P\n\n- a", 2, "whole number"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(text, line, message):
    with pytest.raises(DocumentError) as caught:
        documents.read(text, "plan.md")
    assert str(caught.value).startswith(f"plan.md:{line}: ")
    assert message in str(caught.value)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)
phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
minutes = st.none() | st.integers(1, 240)


@st.composite
def blocks(draw):
    low, high = draw(minutes), draw(minutes)
    if low is None or high is None or low > high:
        low, high = None, None
    kinds = st.sampled_from([Kind.SECTION, Kind.TASK, Kind.TASK, Kind.TIP])
    body, depth = [], 0
    for kind in draw(st.lists(kinds, min_size=1, max_size=6)):
        deepest = min(depth + 1, 3) if body and body[-1].kind == Kind.TASK else 0
        depth = draw(st.integers(0, deepest)) if kind == Kind.TASK else 0
        line = Line(kind, draw(phrases), depth)
        if kind == Kind.TASK:
            line.done, line.left_out = draw(st.booleans()), draw(st.booleans())
            line.note = draw(st.just("") | phrases)
        body.append(line)
    body.append(Line(Kind.TASK, draw(phrases)))
    return OutlineBlock(draw(phrases), draw(phrases), "", "", low, high, body)


@given(st.lists(blocks(), min_size=1, max_size=3), phrases, st.just("") | phrases)
@settings(max_examples=300, deadline=None)
def test_saved_and_brought_back_is_the_same_file(parts, title, goal):
    """A saved plan, brought back and saved again, is the same file to the letter."""
    first = documents.write(
        documents.read(documents.write(Outline(title, goal, blocks=parts)), "x")
    )
    assert documents.write(documents.read(first, "x")) == first


def test_nothing_is_lost_on_the_way_out_and_in():
    outline = documents.read(DAY, "day.md")
    assert documents.read(documents.write(outline), "day.md") == outline
