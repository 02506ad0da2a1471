"""A study note's file: its text, its model drawing, and the cards it deals out."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import playbook
from drills.models import Card, Entry
from playbook import notes
from playbook.models import StudyNote
from writing.documents import DocumentError, read, read_file
from writing.markdown import plain

SOURCE = """---
id: caching
area: Performance
order: 30
opens: ElastiCache, what belongs in
checked: 2026-11-20
---
# Caching

Above.

## How it fails

It is stale.

## Model drawing

The boxes.

## Cards

### What is a stampede?
- id: note-stampede
- answer: Many misses at once.

More of it.

### What is stale?
- id: note-stale
- answer: Old.

### What is warm?
- id: note-warm
- answer: Filled.
"""
CONTENT = sorted((Path(playbook.__file__).parent / "content" / "notes").glob("*.md"))


def parsed(source: str = SOURCE) -> notes.NoteText:
    return notes.from_document(read(source, "caching.md"))


def filled(source: str = SOURCE) -> StudyNote:
    note = StudyNote.objects.filter(key="caching").first() or StudyNote(key="caching")
    notes.fill(note, parsed(source))
    return note


def test_the_parts_of_a_file():
    note = parsed()
    assert (note.title, note.area, note.order) == ("Caching", "Performance", 30)
    assert note.body == "Above.\n\n## How it fails\n\nIt is stale."
    assert note.model_drawing == "The boxes."
    assert note.terms == ["elasticache", "what belongs in"]
    assert [card.key for card in note.cards] == ["note-stampede", "note-stale", "note-warm"]
    assert note.cards[0].body == "More of it."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("### What is warm?\n- id: note-warm\n- answer: Filled.\n", "", "3 cards"),
        ("- answer: Old.", "- reply: Old.", "answer"),
        ("- id: note-stale\n", "", "needs"),
        ("area: Performance\n", "", "area"),
        ("2026-11-20", "soon", "date"),
        ("# Caching\n", "", "title"),
    ],
)
def test_a_mistake_is_named(old, new, words):
    with pytest.raises(DocumentError, match=words):
        parsed(SOURCE.replace(old, new, 1))


@pytest.mark.django_db
def test_cards_are_dealt_once_and_retired_not_deleted(alice):
    note = filled()
    assert notes.cards_of(note).count() == 3
    keys = dict(Entry.objects.values_list("key", "pk"))
    changed = SOURCE.replace("note-warm", "note-hot").replace("Old.", "Out of date.")
    filled(changed)
    assert Entry.objects.get(key="note-stale").pk == keys["note-stale"]
    assert Entry.objects.get(key="note-stale").answer == "Out of date."
    assert Entry.objects.get(key="note-warm").retired_at
    assert set(notes.cards_of(note).values_list("key", flat=True)) == {
        "note-stampede", "note-stale", "note-hot",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_card_edited_in_the_admin_is_kept():
    filled()
    Entry.objects.filter(key="note-stale").update(answer="Mine.", edited_at=timezone.now())
    filled(SOURCE.replace("Old.", "Out of date."))
    assert Entry.objects.get(key="note-stale").answer == "Mine."


@pytest.mark.django_db
def test_its_cards_are_taken_into_the_drills_once(alice, client_of):
    note = filled()
    client = client_of(alice)
    url = reverse("playbook:study", args=[note.key])
    assert url in client.get(note.get_absolute_url()).content.decode()
    for _ in range(2):
        client.post(url)
    assert Card.objects.for_user(alice).count() == 3
    page = client.get(note.get_absolute_url()).content.decode()
    assert "your drills" in page and url not in page


@pytest.mark.django_db
def test_a_note_costs_a_fixed_number_of_queries(alice, client_of, django_assert_num_queries):
    note = filled()
    client = client_of(alice)
    for _ in range(2):
        with django_assert_num_queries(9):
            client.get(note.get_absolute_url())
        client.post(reverse("playbook:study", args=[note.key]))


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_a_shipped_note_is_as_long_as_it_should_be(path):
    note = notes.from_document(read_file(path))
    words = len(plain(note.body).split())
    assert 200 <= words <= 400, f"{words} words"
    assert note.checked_on and note.terms and note.summary
    for card in note.cards:
        assert len(plain(card.answer).split()) <= 60, card.key


def test_there_is_a_note_for_each_subject_and_no_card_twice():
    assert len(CONTENT) >= 30
    keys = [card.key for path in CONTENT for card in notes.from_document(read_file(path)).cards]
    assert len(keys) == len(set(keys))
