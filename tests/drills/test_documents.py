"""Deck files: what they say, and where they leave the format."""

import pytest

from drills import documents
from drills.models import Deck, Entry
from tests.drills.factories import NOW
from writing.content import load, sources
from writing.documents import DocumentError, cut, read

HEAD = (
    "---\nid: deck\nkind: justifications\norder: 20\nsummary: What for.\n---\n# A deck\n\nWhy.\n\n"
)
SECTION = """## Serverless compute
- id: lambda
- tags: Compute, serverless
- prompt: Why serverless for [use case]?
- fill: use case = a photo feed | a ledger
- answer: "I chose `Lambda` because …."

More *words*.

- a list
"""


def test_a_deck():
    outline = documents.deck(read(HEAD + SECTION, "deck.md"))
    assert (outline.title, outline.kind, outline.order) == ("A deck", "justifications", 20)
    assert (outline.summary, outline.intro) == ("What for.", "Why.")


def entries(text: str):
    return [documents.entry(part.document("deck.md")) for part in cut(text.encode(), "deck.md")]


def test_an_entry():
    [outline] = entries(HEAD + SECTION)
    assert outline.deck == "deck"
    assert outline.title == "Serverless compute"
    assert outline.front == "Why serverless for [use case]?"
    assert outline.answer == "I chose `Lambda` because …."
    assert outline.note == "More *words*.\n\n- a list"
    assert outline.tags == ["compute", "serverless"]
    assert (outline.blank, outline.fillings) == ("use case", ["a photo feed", "a ledger"])


def test_the_heading_is_the_front_where_no_prompt_is():
    [outline] = entries(HEAD + "## Say why\n- id: why\n- answer: “Yes” or “no”.\n")
    assert (outline.front, outline.answer) == ("Say why", "“Yes” or “no”.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- answer:", "- model:", 'deck.md:16: A card does not know "model".'),
        ('- answer: "I chose `Lambda` because …."\n', "", "deck.md:11: The model is missing"),
        ("[use case]", "[capability]", "deck.md:15: The front needs one blank"),
        ("- fill: use case = a photo feed | a ledger\n", "", 'deck.md:11: "- fill: use case'),
        ("a photo feed | a ledger", "one", "deck.md:15: fill needs at least two values"),
        ("Compute, serverless", "Compute,,", "deck.md:13: tags are terms"),
        ("Why serverless for", "Why " * 90, "deck.md:11: A card's front has"),
    ],
)
def test_a_mistake_names_its_line(old, new, message):
    with pytest.raises(DocumentError) as caught:
        entries(HEAD + SECTION.replace(old, new))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: justifications", "kind: songs", 'deck.md:3: "songs" is not a kind'),
        ("order: 20", "order: soon", "deck.md:4: order must be"),
        ("summary:", "brief:", 'deck.md:5: The front matter does not know "brief"'),
        ("# A deck", "A deck", "deck.md:1: A title"),
    ],
)
def test_a_mistake_of_a_deck_names_its_line(old, new, message):
    with pytest.raises(DocumentError) as caught:
        documents.deck(read(HEAD.replace(old, new), "deck.md"))
    assert str(caught.value).startswith(message)


@pytest.mark.django_db
def test_the_content_loads_and_loading_again_changes_nothing():
    ours = [source for source in sources() if source.model in (Deck, Entry)]
    load(NOW, only=ours)
    assert Entry.objects.published().count() > 20
    assert all(entry.answer_html and entry.deck.kind for entry in Entry.objects.all())
    assert all(not report.new and not report.updated for report in load(NOW, only=ours))
