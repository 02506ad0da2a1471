"""Cue words: what they take from a text, and that they never are the text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.cues import MOST, OPENING, SHARE, Cues, cues
from tests.stories.factories import RELEASES

LINE = (
    "I we split chose moved the build from AWS DynamoDB 40 3.5k six hours, one minute. Anna - "
    "because rolled back; eleven weeks 70 % less ** `code` # [link](/x) - 1. ``` | ( ! ?"
)
WORDS = st.sampled_from([*LINE.split(" "), "\n\n", "\n"])
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)


@pytest.mark.parametrize(
    ("text", "opening", "words"),
    [
        ("", "", ()),
        ("Yes.", "", ()),
        ("```\ncode only\n```", "", ()),
        (RELEASES["task"], "I had to make", ("Christmas", "four months")),
        (RELEASES["result"], "Releases take 20 minutes", ("eleven weeks",)),
        (
            RELEASES["action"],
            "I measured where the six",
            ("I split the build", "chose blue-green", "one minute"),
        ),
        (
            "We left Oracle behind. Cost fell from $12,000 to $3.5k a month; p99 went from 900ms "
            "to 120ms.",
            "We left Oracle behind",
            ("$12,000", "$3.5k", "900ms", "120ms"),
        ),
        (
            "In short, this is how it went.\n\n- Moved 40 services off the old cluster\n"
            "- **Anna Bell** from security signed the plan",
            "In short",
            ("40 services", "Anna Bell"),
        ),
        ("See [the plan](/plans/1) for what came next.", "See the", ()),
        (
            "At 02:10 on a Friday the queue held 41,000 messages, and nobody knew why.",
            "At 02:10 on a",
            ("Friday", "41,000 messages"),
        ),
        (
            "We had little time for all of it. In week three the comparison failed at 04:00.",
            "We had little time for",
            ("week three", "04:00"),
        ),
        ("One of them left. The rest stayed with one another.", "One of them", ()),
    ],
)
def test_what_is_taken(text, opening, words):
    found = cues(text)
    assert found.opening == opening
    assert set(words) <= set(found.words), found


def test_a_number_that_counts_nothing_is_no_cue():
    found = cues("I measured where the six hours went. Of the ten steps, four of them were one.")
    assert "ten steps" in found.words
    assert "four" not in found.words


def test_a_deed_is_told_with_its_object():
    found = cues("It was slow at the time and nobody knew why. After a week I chose the queue.")
    assert "chose the queue" in found.words


def test_numbers_and_names_come_before_how_a_sentence_begins():
    text = ("The team had a plan for this. " * 8) + "We paid Stripe 400 euros for it."
    found = cues(text + " Nobody else in the company was ever told about any of this.")
    assert {"Stripe", "400 euros"} <= set(found.words)


def test_markup_and_code_are_no_cues():
    found = cues(
        "# Title of it\n\nI used `kubectl apply` to roll **forty** pods.\n\n```\nX = 99\n```"
    )
    said = " ".join([found.opening, *found.words])
    assert not set("#`*=") & set(said)
    assert "99" not in said


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_cues_are_never_the_text(text):
    """They are words of the text, in its order, few of them, and at most SHARE of its words."""
    found = cues(text)
    count = sum(len(cue.split()) for cue in (found.opening, *found.words))
    assert count <= SHARE * len(text.split())
    assert len(found.words) <= MOST
    assert len(found.opening.split()) <= OPENING
    bare = " ".join(re.sub(r"[*`_~|\\]+|\[|\]\(/x\)", "", text).split())
    for cue in found.words:
        assert cue in bare, (cue, bare)


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_has_cues_or_none(text):
    assert isinstance(cues(text), Cues)


def test_a_text_without_end_has_cues_of_its_beginning():
    """No pattern runs away on what somebody pastes: this test would then not end."""
    for text in (
        "a" * 100_000,
        "1." * 50_000,
        "A " * 50_000,
        "[" * 50_000,
        "- " * 50_000,
        "`" * 9999,
    ):
        assert isinstance(cues(text), Cues)
