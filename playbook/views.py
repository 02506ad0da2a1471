"""Reading: the shelf, a playbook, a study note, and the matrix that answers narrow down."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from drills.models import Card
from playbook import book, cards, matrix, notes
from playbook.models import Drawing, Playbook, Reading, Row, Section, StudyNote
from prepsite.page import render_page


def visible(request: HttpRequest, model):
    """What this reader may open: staff see what is not published, to look it over."""
    if request.user.is_staff:
        return model.objects.filter(retired_at=None)
    return model.objects.published()


@require_GET
def index(request):
    """The shelf: the playbooks with their sections, the study notes by area."""
    shelf = list(Playbook.objects.published().prefetch_related("sections"))
    rows = list(StudyNote.objects.published().only("key", "title", "area", "summary", "order"))
    known = Reading.objects.known_to(request.user)
    for each in shelf:
        sections = each.sections.all()
        each.known = sum(section.pk in known.sections for section in sections)
    context = {
        "playbooks": shelf, "notes": rows, "known": known,
        "notes_known": sum(row.pk in known.notes for row in rows),
        "next_note": next((row for row in rows if row.pk not in known.notes), None),
    }  # fmt: skip
    return render_page(request, "playbook/index.html", context)


@require_GET
def playbook(request, key):
    """One playbook, whole. `?open=all` unfolds every row, `?sort=` orders the rows of a matrix."""
    row = get_object_or_404(visible(request, Playbook), key=key)
    sorting = book.sorting_of(request.GET.get("sort", ""))
    parts = book.parts_of(row, request.user, sorting)
    context = {
        "playbook": row, "parts": parts, "all_open": request.GET.get("open") == "all",
        "count": sum(part.known for part in parts),
        "fold": any(part.folds for part in parts),
    }  # fmt: skip
    fragments = {}
    if sorting and (part := next((p for p in parts if p.section.key == sorting.section), None)):
        context |= {"part": part}
        fragments = {f"rows-of-{sorting.section}": "playbook/kinds/_matrix.html"}
    return render_page(request, "playbook/playbook.html", context, fragments=fragments)


@require_GET
def which_database(request, key):
    """The decision matrix of a playbook, narrowed down by the answers in the address."""
    row = get_object_or_404(visible(request, Playbook), key=key)
    found = Row.objects.filter(playbook=row, section__kind=Section.Kind.MATRIX)
    rows = [each for each in found.order_by("section__position", "position") if each.fits]
    verdicts = matrix.narrow([(r.key, r.name, r.values) for r in rows], request.GET.dict())
    context = {
        "playbook": row, "questions": matrix.QUESTIONS, "given": matrix.answers(request.GET.dict()),
        "remaining": [r for r, v in zip(rows, verdicts, strict=True) if v.remains],
        "gone": [(r, v) for r, v in zip(rows, verdicts, strict=True) if not v.remains],
    }  # fmt: skip
    fragments = {"verdict": "playbook/_verdict.html"}
    return render_page(request, "playbook/matrix.html", context, fragments=fragments)


@require_GET
def note(request, key):
    """One study note, with its neighbours in the plan's order."""
    row = get_object_or_404(visible(request, StudyNote), key=key)
    shelf = list(StudyNote.objects.published().only("key", "title", "area", "order"))
    place = next((n for n, each in enumerate(shelf) if each.pk == row.pk), None)
    around = {}
    if place is not None:
        around = {
            "before": shelf[place - 1] if place else None,
            "after": shelf[place + 1] if place + 1 < len(shelf) else None,
        }
    url = row.get_absolute_url()
    taken = cards.taken(request.user, [f"{url}#p{n}" for n in range(len(row.blocks))])
    blocks = [
        {"anchor": f"p{n}", "html": SafeString(html), "card": taken.get(f"{url}#p{n}")}
        for n, (_, _, html) in enumerate(row.blocks)
    ]
    entries = list(notes.cards_of(row).order_by("order"))
    mine = Card.objects.for_user(request.user).standing().filter(entry__in=entries)
    context = {
        "note": row, "blocks": blocks, "entries": entries,
        "studied": mine.count() >= len(entries), **around,
        "known": _own(request, Reading, row).exists(),
        "drawing": _own(request, Drawing, row).first() if row.model_drawing else None,
    }  # fmt: skip
    return render_page(request, "playbook/note.html", context)


def _own(request: HttpRequest, model, note: StudyNote):
    """The reader's own rows of `model` that belong to `note`."""
    return model.objects.for_user(request.user).filter(note=note)


@require_GET
def timer(request, key):
    """The steps of a playbook that have minutes, with a clock beside them."""
    row = get_object_or_404(visible(request, Playbook), key=key)
    rows = Row.objects.filter(playbook=row, section__kind=Section.Kind.STEPS, high__isnull=False)
    steps, minute = [], 0
    for each in rows.order_by("section__position", "position"):
        steps.append({"row": each, "from": minute, "to": minute + (each.high or 0)})
        minute += each.high or 0
    if not steps:
        raise Http404
    return render_page(request, "playbook/timer.html", {"playbook": row, "steps": steps})
