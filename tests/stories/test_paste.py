"""Texts as people keep them, split into the parts of a story."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stories.coach import Kind, Story, coach
from stories.paste import _PART, MAX_STORIES, metric_lines, split

PARTS = {"situation": "It was slow.", "task": "I had a month.", "action": "I measured.",
         "result": "It took 3 s."}  # fmt: skip

LABELS = re.compile(r"---|title|story|" + "|".join(_PART), re.IGNORECASE)
HEADINGS = """# The dashboard

## Situation
It was slow.

## Task
I had a month.

## Action
I measured.

## Result
It took 3 s.
"""
BOLD = """**The dashboard**

**Situation:** It was slow.
**Task:** I had a month.

**Action**: I measured.

**Result** It took 3 s.
"""
LETTERS = """The dashboard

S: It was slow.
T: I had a month.
A: I measured.
R: It took 3 s.
"""
OTHER_WORDS = """### Story 3: The dashboard
Context - It was slow.
My role: I had a month.
What I did:
I measured.
OUTCOME
It took 3 s.
"""
LIST = """Title: The dashboard
- **Situation**: It was slow.
- **Task**: I had a month.
- **Action**: I measured.
- **Result**: It took 3 s.
"""
NUMBERED = """The dashboard
1. Situation
It was slow.
2. Task
I had a month.
3. Action (eight weeks)
I measured.
4. Result
It took 3 s.
"""
BOLD_LETTERS = """# The dashboard
**S** It was slow.
**T** I had a month.
(A) I measured.
**R**: It took 3 s.
"""


@pytest.mark.parametrize(
    "text", [HEADINGS, BOLD, LETTERS, OTHER_WORDS, LIST, NUMBERED, BOLD_LETTERS]
)
def test_parts_are_known_by_their_labels_however_they_are_set(text):
    [story] = split(text)
    assert story.title == "The dashboard"
    assert {part: getattr(story, part) for part in PARTS} == PARTS
    assert not story.guessed


def test_a_label_takes_everything_up_to_the_next_one():
    [story] = split("Situation\n\nOne.\n\n- two\n- three\n\n```\nTask: in code\n```\n\nResult: 4")
    assert story.situation == "One.\n\n- two\n- three\n\n```\nTask: in code\n```"
    assert (story.task, story.result) == ("", "4")


def test_a_sentence_that_begins_with_the_word_is_no_label():
    [story] = split("Situation: The result was poor.\nResults-driven as ever.\nAction items came.")
    assert story.situation.count("\n") == 2
    assert story.result == story.action == ""


def test_single_letters_count_only_together():
    [story] = split("A: what is it?\nB: a queue.\n\nThen more.")
    assert "A: what is it?" in story.situation
    assert story.guessed


def test_level_signal_and_metrics_have_places_of_their_own():
    text = HEADINGS + "\n## IC7 signal\nOthers followed.\n\n## Metrics\n- Time: 40 → 3 s\n"
    [story] = split(text)
    assert story.signal == "Others followed."
    assert story.metrics == "- Time: 40 → 3 s"


@pytest.mark.parametrize(
    ("lesson", "told"),
    [
        ("## What I learned\nMeasure before you cut.", "What I learned: Measure before you cut."),
        ("**Lessons learned:** I learned to measure.", "I learned to measure."),
        ("Reflection: I measure first now.", "I measure first now."),
        ("## Lessons\n- Measure.\n- Ask.", "What I learned:\n\n- Measure.\n- Ask."),
    ],
)
def test_a_lesson_ends_the_result_where_it_is_told(lesson, told):
    """The level signal is a note and never spoken; the coach looks for a lesson in what is."""
    for text in (f"{HEADINGS}\n{lesson}\n", HEADINGS.replace("## Task", f"{lesson}\n\n## Task")):
        [story] = split(text)
        assert story.result == f"It took 3 s.\n\n{told}"
        assert (story.signal, story.task) == ("", "I had a month.")
        found = coach(Story(result=story.result)).findings
        assert Kind.NO_LESSON not in {finding.kind for finding in found}
    [story] = split(lesson)
    assert (story.result, story.guessed) == (told, False)


def test_what_stands_before_the_first_label_is_kept():
    [story] = split("# Title\n\nSome words before.\n\n**Situation:** It was slow.")
    assert story.title == "Title"
    assert story.situation == "Some words before.\n\nIt was slow."


@pytest.mark.parametrize(
    "count,filled",
    [
        (1, ["situation"]),
        (2, ["situation", "action"]),
        (3, ["situation", "action", "result"]),
        (4, ["situation", "task", "action", "result"]),
        (6, ["situation", "task", "action", "result"]),
    ],
)
def test_without_labels_the_paragraphs_are_dealt_out_and_called_a_guess(count, filled):
    [story] = split("\n\n".join(f"Paragraph {n} ends here." for n in range(count)))
    assert story.guessed
    assert [part for part in PARTS if getattr(story, part)] == filled
    words = " ".join(getattr(story, part) for part in PARTS).split()
    assert len(words) == 4 * count


def test_many_stories_in_one_document():
    text = "# My stories v7 final\n\n" + "\n---\n\n".join(
        HEADINGS.replace("# The dashboard", f"# Story {n}: The dashboard {n}") for n in range(3)
    )
    found = split(text)
    assert [story.title for story in found] == [f"The dashboard {n}" for n in range(3)]
    assert all({part: getattr(s, part) for part in PARTS} == PARTS for s in found)


def test_a_second_situation_without_a_heading_is_another_story_too():
    found = split(LETTERS + "\n" + LETTERS.removeprefix("The dashboard\n"))
    assert [(s.title, s.result) for s in found] == [("The dashboard", "It took 3 s."),
                                                   ("", "It took 3 s.")]  # fmt: skip


def test_front_matter_is_no_story():
    [story] = split("---\ntags: star\n---\n" + HEADINGS)
    assert story.title == "The dashboard"


@pytest.mark.parametrize("text", ["", "  \n\t\n", "---\na: b\n---\n"])
def test_nothing_is_no_story(text):
    assert split(text) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")))
def test_no_word_is_lost_of_a_text_without_labels(text):
    assume(not LABELS.search(text))
    kept = " ".join(" ".join(vars(story)[p] for p in ("title", *PARTS)) for story in split(text))
    # Marks of titles and rules go; letters and figures never do.
    letters = "".join(c for c in kept if c.isalnum())
    for word in text.split():
        bare = "".join(c for c in word if c.isalnum())
        if bare and bare.isascii() and len(bare) > 3:
            assert bare in letters, word


@pytest.mark.parametrize(
    "line,row",
    [
        ("Release time: 6 → 0.3 hours",
         {"name": "Release time", "before": "6", "after": "0.3", "unit": "hours"}),
        ("- Release time from 6h to 20min",
         {"name": "Release time", "before": "6h", "after": "20min", "unit": ""}),
        ("1. p95, 40 -> 1.2 s", {"name": "p95", "before": "40", "after": "1.2", "unit": "s"}),
        ("Customers kept: 98 %", {"name": "Customers kept: 98 %"}),
    ],
)  # fmt: skip
def test_a_metric_is_read_from_its_line(line, row):
    assert metric_lines(line) == [row]


def test_a_metric_never_outgrows_its_columns():
    rows = metric_lines("x" * 500 + "\n" + "a: " + "1" * 90 + " → 2 s")
    assert all(len(row["name"]) <= 120 for row in rows)
    assert all(len(row.get("before", "")) <= 60 for row in rows)
    assert len(rows) == 2


def test_a_document_of_endless_stories_has_an_end():
    found = split("Situation: a\nTask: b\n" * (3 * MAX_STORIES))
    assert len(found) == MAX_STORIES


def test_a_long_hostile_text_takes_no_time_to_speak_of():
    for text in ("*" * 50_000, "situation " * 20_000, "( " * 50_000, "- " * 50_000 + ":",
                 "a to " * 20_000, "#" * 50_000, "S:\n" * 5_000):  # fmt: skip
        split(text)
        metric_lines(text)
