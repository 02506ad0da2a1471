"""Playbooks, notes and own texts for the tests."""

from datetime import date

from playbook.documents import read
from playbook.models import Drawing, Learning, MorningSheet, Playbook, Reading, Row, Step, StudyNote
from playbook.outline import fill

FRAMEWORK = """
# A framework

> **Goal**: Decide with engineering
>
> | Dimension | Description |
> |---|---|
> | **Weak answer** | Superficial |

## Signals

- [ ] Fluency
- [x] Awareness

## Which store

| Type | Best For | Price |
|---|---|---|
| **Postgres** | Rows | One writer |
| **DynamoDB** | Keys | No joins |

**Default heuristic**: buy commodities.

## Phrases

| Term | When to Use |
|---|---|
| "At our scale" | To ground it |

## Approach

### Step 1: Clarify (5-10 mins)
*What I ask*

```
- Scale?
```

### Step 2: Draw
"""


def playbook(key: str = "framework", source: str = FRAMEWORK) -> Playbook:
    """A published playbook from `source`."""
    row = Playbook(key=key)
    fill(row, read(source, "test.md"))
    return row


def note(key: str = "caching", **more) -> StudyNote:
    return StudyNote.objects.create(
        key=key, title="Caching", area="Performance", body="A cache is **a copy**.", **more
    )


def playbook_with(canary: str, owner) -> dict[str, object]:
    """A row of each private model of the room, with `canary` in it; names for addresses."""
    row = Row.objects.filter(playbook=playbook("canaries")).exclude(starter="")[0]
    step = Step.objects.create(owner=owner, row=row, name=row.name, text=f"Step {canary}")
    learning = Learning.objects.create(
        owner=owner, title=canary, text=canary, company=canary, taken_on=date(2026, 11, 20)
    )
    known = note(model_drawing="The boxes.")
    drawing = Drawing.objects.create(
        owner=owner, note=known, name=known.title, diagram=f"flowchart {canary}", why=canary
    )
    Reading.objects.create(owner=owner, note=known)
    MorningSheet.objects.create(owner=owner, chosen=[f"/playbook/framework/#{canary}"])
    return {
        "playbook": "canaries", "note": known.key, "section": row.section.key,
        "drawing": drawing.pk, "step": step.pk, "learning": learning.pk, "playbook_row": row.key,
    }  # fmt: skip
