"""What is shipped: each row makes a card, each link leads somewhere, and siblings load as well."""

import re
from pathlib import Path

import pytest
from django.urls import resolve
from django.utils import timezone

import playbook
import scenarios
from drills.models import Entry
from playbook import cards, notes
from playbook.documents import read
from playbook.imports import take_in
from playbook.models import Playbook, Row, Section, StudyNote
from writing.content import load, sources
from writing.markdown import plain

CONTENT = Path(playbook.__file__).parent / "content"
SCENARIOS = Path(scenarios.__file__).parent / "content"
FILES = sorted(CONTENT.rglob("*.md"))
LONGEST_ANSWER = 150  # words: a card is answered aloud in under a minute

METRICS = """# Metrics Framework

> **Goal**: Choose the number that decides
>
> | Dimension | Description |
> |---|---|
> | **Weak Answer** | "Daily users" |
> | **Strong Answer** | Names the guardrail too |

## North Star Patterns

### Growth
- **Activation**: reached the first value
- **Retention**: came back in week four

### Money
- **Payback**: months until a customer has paid

## Which Metric?

| Metric | Best For | Trap |
|---|---|---|
| **DAU** | Habit | Counts bots |
| **NPS** | Mood | Small samples |

## Key Phrases

| Term | When to Use |
|---|---|
| "What would make this number lie?" | Before trusting it |

## Anti-Patterns

❌ A number nobody acts on
❌ An average without its spread
"""

LEADERSHIP = """# Leadership Framework

**Goal**: Show how others decide because of you

## My Approach

### Step 1: Listen (10 mins)
*What I ask first*

```
- Who is stuck?
```

### Step 2: Decide
*Who decides, by when*

```
- Name one owner
```

## Stories

### Story 1: [Title]
**Situation**:
**Result**:

## Before The Talk
- [ ] One failure of my own
- [ ] One person I grew
"""

AI_PRODUCTS = """# AI Products

## Build vs Buy

| Factor | Build | Buy |
|---|---|---|
| **Data** | Ours alone | Everybody's |
| **Cost** | GPU months | Tokens |

**Default heuristic**: Prompt first.

## Questions They Ask

| Question | Key Elements |
|---|---|
| "How do you know it is good?" | Cases, scores |

## Principles

1. **Evaluate first**: before the demo
2. **Let people undo**: then trust grows
   * and say what it cannot do
"""


def shipped() -> None:
    load(timezone.now(), only=[s for s in sources() if s.model in (Playbook, StudyNote)])


@pytest.mark.django_db
def test_each_row_and_paragraph_makes_a_card_to_answer_aloud():
    shipped()
    rows = list(Row.objects.select_related("playbook", "section"))
    sides = [cards.of_row(row) for row in rows]
    sides += [cards.of_block(n, at) for n in StudyNote.objects.all() for at in range(len(n.blocks))]
    for section in Section.objects.select_related("playbook"):
        for part, text in (("intro", section.intro), ("closing", section.closing)):
            made = cards.of_text(section, f"{part}-of-{section.key}")
            assert bool(made) == bool(text)
            sides += [made] if made else []
    assert len(rows) > 80 and len(sides) > 250
    for side in sides:
        assert side.front.strip() and side.answer.strip() and side.source.startswith("/playbook/")
        assert plain(side.answer) != side.front
        assert len(plain(side.answer).split()) <= LONGEST_ANSWER, side.front
    assert len({side.source for side in sides}) == len(sides)
    fronts = [side.front for row, side in zip(rows, sides[: len(rows)], strict=True)]
    assert len(set(fronts)) == len(fronts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_link_leads_somewhere(path):
    links = re.findall(r"\]\((/[^)\s]*)\)", path.read_text())
    for link in links:
        resolve(link.partition("#")[0])
        if found := re.match(r"/scenarios/([a-z-]+)/", link):
            assert (SCENARIOS / f"{found[1]}.md").exists(), link
        if found := re.match(r"/plans/templates/([a-z-]+)/", link):
            plans = Path(playbook.__file__).parent.parent / "plans" / "content"
            assert (plans / f"{found[1]}.md").exists(), link
        if found := re.match(r"/playbook/notes/([a-z-]+)/", link):
            assert (CONTENT / "notes" / f"{found[1]}.md").exists(), link


def test_each_question_type_leads_to_scenarios():
    path = CONTENT / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    for row in sections["question-types"].rows:
        assert sum(to.startswith("/scenarios/") for _, to in row.links) >= 2, row.name


def test_each_pattern_has_its_picture_its_pain_and_its_service():
    path = CONTENT / "technical-framework.md"
    sections = {section.key: section for section in read(path.read_bytes(), path.name).sections}
    for row in sections["patterns"].rows:
        labels = [label for label, _ in row.fields]
        assert labels == ["In short", "When it hurts", "On AWS"], row.name
        assert "```mermaid" in row.body and row.group in ("Scaling", "Reliability")
    for row in sections["anti-patterns"].rows:
        assert "Better" in dict(row.fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "kinds", "rows"),
    [
        (METRICS, ["levels", "patterns", "matrix", "phrases", "anti-patterns"], 10),
        (LEADERSHIP, ["steps", "list", "checklist"], 5),
        (AI_PRODUCTS, ["matrix", "questions", "list"], 5),
    ],
)
def test_a_sibling_loads_as_a_playbook_of_its_own(source, kinds, rows, alice, client_of):
    outline = read(source, "sibling.md")
    imported = take_in(outline, "sibling.md")
    assert imported.taken
    book = Playbook.objects.get(key=imported.key)
    assert [section.kind for section in book.sections.all()] == kinds
    assert book.rows.count() == rows
    page = client_of(alice).get(book.get_absolute_url()).content.decode()
    for row in book.rows.all():
        assert str(row.name_html) in page
    shelf = client_of(alice).get("/playbook/").content.decode()
    assert book.get_absolute_url() in shelf


@pytest.mark.django_db
def test_a_note_has_its_own_cards_and_not_those_that_share_its_tag():
    shipped()
    row = StudyNote.objects.get(key="caching")
    other = Entry.objects.exclude(tags__contains=["caching"])[0]
    deck = type(other.deck)(key="other", title="Other")
    deck.save()
    Entry.objects.filter(pk=other.pk).update(deck=deck, tags=["caching"])
    assert notes.cards_of(row).count() == 4


@pytest.mark.django_db
def test_a_level_with_one_text_has_nothing_to_unfold(alice, client_of):
    book = Playbook.objects.get(key=take_in(read(METRICS, "m.md"), "m.md").key)
    page = client_of(alice).get(book.get_absolute_url()).content.decode()
    assert 'class="ladder"' not in page and "Names the guardrail too" in page


def test_the_minutes_of_the_whiteboard_add_up():
    path = CONTENT / "interview-day.md"
    board = next(s for s in read(path.read_bytes(), path.name).sections if s.key == "whiteboard")
    least, most = sum(row.low for row in board.rows), sum(row.high for row in board.rows)
    assert f"{least} minutes at least and {most} at most" in path.read_text()
