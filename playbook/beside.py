"""What the playbook says beside the other rooms: a plan's item, a phase of an attempt."""

from playbook import steps
from playbook.models import StudyNote
from writing.asides import Aside

# Which steps of the framework, counted from 1, belong to a phase of practice.
PHASES = {"clarify": (1,), "high-level": (2,), "drill-down": (3, 4), "wrap-up": (5,)}


def note_of(user, text: str) -> list[Aside]:
    """The study note of a plan's item: the one with the longest term that `text` contains."""
    wanted = text.lower()
    best: tuple[int, int] | None = None
    for pk, terms in StudyNote.objects.published().values_list("pk", "terms"):
        for term in terms:
            if term in wanted and (best is None or len(term) > best[0]):
                best = len(term), pk
    if best is None:
        return []
    note = StudyNote.objects.get(pk=best[1])
    return [Aside(note.title, note.get_absolute_url(), note.html, note.summary)]


def steps_of(user, phase: str) -> list[Aside]:
    """What `user` made of the steps that belong to `phase`, or their starters."""
    wanted = PHASES.get(phase)
    if not wanted:
        return []
    framed = steps.framework(user)
    return [
        Aside(step.row.name, step.address, step.html)
        for place, step in enumerate(framed, 1)
        if place in wanted
    ]
