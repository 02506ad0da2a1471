"""Precision and recall of the matching. Floors stand a little under what was measured."""

import pytest

from scenarios.coverage import match
from scenarios.terms import stem, words
from tests.scenarios.coverage.sets import NOTHING, expected, measure, prepared, read, slugs

SETS = ("development", "heldout_words", "heldout_terms")


@pytest.mark.parametrize(
    ("names", "precision", "recall"),
    [
        (["development"], 0.90, 0.82),
        (["heldout_words"], 0.88, 0.61),
        (["heldout_terms"], 0.92, 0.87),
        (["heldout_words", "heldout_terms"], 0.91, 0.78),
        (["double_questions"], 0.95, 0.91),
        (["first_questions"], 0.97, 0.97),
    ],
)
def test_precision_and_recall(names, precision, recall):
    measured = measure(*names)
    assert measured.precision >= precision, str(measured)
    assert measured.recall >= recall, str(measured)


def test_off_topic_questions_are_seldom_answered():
    measured = measure("heldout_words", "heldout_terms")
    assert measured.answered / measured.off_topic <= 0.08, str(measured)


def test_the_sets_are_large_enough_and_name_existing_questions():
    lines = [line for name in SETS for line in read(name)]
    asking = [line for line in lines if expected(line.slug, line.label)]
    assert len(asking) >= 500
    assert len(lines) - len(asking) >= 350
    assert {line.slug for line in asking} == set(slugs())
    assert len({(line.slug, line.asked) for line in lines}) == len(lines)
    heldout = [line for line in lines if line not in set(read("development"))]
    assert sum(line.label != NOTHING for line in heldout) >= 200
    assert sum(line.label == NOTHING for line in heldout) >= 120


def test_no_paraphrase_of_the_sets_in_own_words_stands_in_the_content():
    """Recall of a copied sentence would say nothing."""
    copied = []
    for line in (line for name in ("development", "heldout_words") for line in read(name)):
        wordings = {
            tuple(words(text)) for q in prepared(line.slug) for text in (q.text, *q.aliases)
        }
        if tuple(words(line.asked)) in wordings:
            copied.append((line.slug, line.asked))
    assert copied == []


@pytest.mark.parametrize("slug", slugs())
def test_every_wording_of_the_content_leads_to_its_question(slug):
    for q in prepared(slug):
        for wording in (q.text, *q.aliases):
            found = match(wording, prepared(slug))
            assert found is not None, wording
            assert found.key == q.key, wording


def test_a_wording_is_found_by_its_terms_and_not_only_letter_by_letter():
    given = right = every = 0
    for slug in slugs():
        for q in prepared(slug):
            for wording in (q.text, *q.aliases):
                found = match(f"sorry, {wording.rstrip('?')} please", prepared(slug))
                every += 1
                given += found is not None
                right += found is not None and found.key == q.key
    assert right / given >= 0.96
    assert right / every >= 0.90


def test_stems_join_the_forms_of_a_word():
    for forms in (
        "encrypt encrypted encrypting",
        "company companies",
        "organisation organization",
        "user users",
        "customise customising customised",
        "comply complies",
    ):
        assert len({stem(word) for word in forms.split()}) == 1, forms


@pytest.mark.parametrize(
    ("slug", "asked", "opening"),
    [
        ("band-shop", "how much traffic do you get after a show?", "How big is the rush"),
        ("band-shop", "How many people buy in the first minutes?", "How big is the rush"),
        ("band-shop", "Which figures does the band need from the sales?", "Which questions about"),
        ("band-shop", "How long may the shop be down?", "What must keep working"),
        ("band-shop", "Is there an app?", "What must keep working"),
        ("band-shop", "Which payment methods do you accept?", "How do payments"),
        ("band-shop", "What does the current architecture look like?", "What is the application"),
        ("band-shop", "How many SKUs are there?", "How is stock handled"),
        ("photo-sharing", "How long do you keep the photos?", "What happens when a user"),
        ("photo-sharing", "do users follow each other", "How many followers"),
        ("file-transfer", "what happens when an upload fails", "How available and durable"),
        ("market-data", "What about historical data?", "What is in the first release"),
        ("market-data", "are there any regulatory requirements", "May every user see"),
        ("ai-assistant", "what if the model is wrong?", "What should research return"),
        ("patient-messaging", "Do messages have to be encrypted?", "What is meant by secure"),
    ],
)
def test_plain_speech_is_understood(slug, asked, opening):
    """What people ask who have not read the scenario, and were once left to assume."""
    found = match(asked, prepared(slug))
    assert found is not None
    assert found.key.startswith(opening)
