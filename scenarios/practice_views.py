"""An attempt while it runs: its phases, its clock, its end."""

import math
import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prepsite.page import render_page
from prepsite.toasts import undoable
from scenarios import catalogue
from scenarios.attempts import ENOUGH_QUESTIONS, LINES, Attempt, Mode, Phase
from scenarios.interviewer import ASSUME
from scenarios.models import Scenario
from scenarios.sketch import BOXES, nodes
from writing import asides, diagrams

# What a page of an attempt needs of its scenario; the solution stays in the database.
OF_SCENARIO = ("key", "title", "prompt_html", "minutes", "has_solution")
_BEHIND = [
    f"scenario__{field.name}"
    for field in Scenario._meta.concrete_fields
    if field.name not in (*OF_SCENARIO, "id")
]
SHEETS = {
    Phase.CLARIFY: "clarify",
    Phase.HIGH_LEVEL: "high_level",
    Phase.DRILL_DOWN: "drill_down",
    Phase.WRAP_UP: "wrap_up",
}


def now() -> datetime:
    """The moment of this request; views pass it on."""
    return timezone.now()


def own_attempt(request: HttpRequest, pk: int, *related: str) -> Attempt:
    """The reader's own attempt with its scenario's title and prompt; Http404 otherwise."""
    rows = Attempt.objects.for_user(request.user).standing()
    return rows.select_related("scenario", *related).defer(*_BEHIND).with_clock().get_or_404(pk=pk)


def sheet_of(attempt: Attempt, phase: str):
    """The row that is written on the page of `phase`; None where there is none."""
    return getattr(attempt, SHEETS[Phase(phase)], None)


def start_form() -> dict[str, object]:
    """Context for scenarios/practice/_start.html: the modes, and a key for the next attempt."""
    return {"modes": Mode.choices, "start_key": uuid.uuid4()}


@require_POST
def start(request, key):
    """Begin an attempt. The same form sent twice begins one."""
    scenario = get_object_or_404(Scenario.objects.published(), key=key)
    mode = request.POST.get("mode", Mode.TIMED)
    try:
        request_key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        request_key = uuid.uuid4()
    if mode not in Mode.values:
        raise Http404
    attempt = Attempt.start(request.user, scenario, mode, key=request_key, now=now())
    return redirect(attempt)


@require_GET
def attempt(request, pk):
    """Where the attempt is: its current phase, or the comparison once it is finished."""
    row = own_attempt(request, pk)
    if row.finished_at:
        return redirect("scenarios:compare", pk=row.pk)
    return redirect("scenarios:phase", pk=row.pk, phase=row.reading(now()).current.phase)


def phase_context(attempt: Attempt, phase: str, **more) -> dict[str, Any]:
    """What the page of a phase and its fragments are rendered from."""
    reading = attempt.reading(now())
    lines = list(attempt.lines.all())
    asked = [line for line in lines if line.asked_at]
    context = {
        "attempt": attempt, "scenario": attempt.scenario, "phase": Phase(phase),
        "reading": reading, "rail": rail(attempt, reading, phase),
        "sheet": sheet_of(attempt, phase), "asked": asked, "assume": ASSUME,
        "enough_questions": ENOUGH_QUESTIONS,
        "next": Phase(reading.next) if reading.next else None,
        "on_clock": reading.current.phase == phase,
    }  # fmt: skip
    extras = {Phase.CLARIFY: _clarify, Phase.HIGH_LEVEL: _high_level}.get(Phase(phase), _follow_ups)
    context |= extras(attempt, context, lines)
    return context | more


def rail(attempt: Attempt, reading, shown: str) -> list[dict[str, object]]:
    """The phases as the rail draws them."""
    return [
        {"time": time, "name": Phase(time.phase).label, "shown": time.phase == shown,
         "used": min(time.elapsed, time.budget.high).total_seconds() if time.budget else 0,
         "most": time.budget.high.total_seconds() if time.budget else 1}
        for time in reading.phases
    ]  # fmt: skip


def _clarify(attempt, context, lines):
    free = [line for line in lines if not line.asked_at]
    # A line that holds a draft comes first: words must not vanish from the page.
    line = min(free, key=lambda row: (not row.text, row.position), default=None)
    place = len(context["asked"]) + 1
    return {"line": line, "place": place, "blank": range(place + (line is not None), LINES + 1)}


def _high_level(attempt, context, lines):
    source = context["sheet"].diagram
    return {
        "boxes": BOXES, "nodes": nodes(source).items(), "drawing": drawing_of(source),
    }  # fmt: skip


def drawing_of(source: str):
    """The drawing of a diagram that is being written; None without one, or with too much."""
    source = diagrams.canonical(source)
    if not source or len(source) > diagrams.MAX_SOURCE:
        return None
    return diagrams.remember(source, kept=False)


def _follow_ups(attempt, context, lines):
    minutes = context["reading"].elapsed.total_seconds() / 60
    rows = list(attempt.follow_ups.all())
    due = [row for row in rows if attempt.mode == Mode.UNTIMED or row.minute <= minutes]
    later = next((row for row in rows if row not in due), None)
    choices = attempt.choices.standing() if context["phase"] == Phase.DRILL_DOWN else ()
    return {
        "follow_ups": due, "choices": choices, "add_key": uuid.uuid4(),
        # In whole seconds, never too few: asked a moment early, the page would be told of none.
        "next_follow_up": math.ceil((later.minute - minutes) * 60) if later else None,
    }  # fmt: skip


@never_cache
@require_GET
def phase(request, pk, phase):
    """The page of one phase; its clock alone when the clock asks for it."""
    if phase not in Phase.values:
        raise Http404
    row = own_attempt(request, pk, SHEETS[Phase(phase)], "clarify")
    # A page that is still open after the finish elsewhere is told so; it is not taken away.
    finished = row.finished_at and request.htmx.target != "clock"
    if finished or not row.reading(now()).opened(phase):
        return redirect(row)
    template = f"scenarios/practice/{phase}.html"
    fragments = {"clock": "scenarios/practice/_clock.html"}
    context = phase_context(row, phase)
    if request.htmx.target != "clock":
        context["asides"] = asides.of("phase", request.user, phase)
        if row.number > 1:
            context["note"] = catalogue.last_note(request.user, row.scenario_id, row)
    return render_page(request, template, context, fragments=fragments)


@require_http_methods(["GET", "POST"])
def open_phase(request, pk, phase):
    """Move on to `phase`. With few questions asked, a page asks first whether to; opened again
    without its form, as a phone does with a page it let go, it leads back to the attempt."""
    row = own_attempt(request, pk, *SHEETS.values())
    if request.method == "GET":
        return redirect(row)
    current = row.reading(now()).current.phase
    asked = row.lines.filter(asked_at__isnull=False).count()
    few = current == Phase.CLARIFY and asked < ENOUGH_QUESTIONS and "sure" not in request.POST
    if few and not row.finished_at and phase == Phase.HIGH_LEVEL:
        context = {"attempt": row, "asked": asked, "enough": ENOUGH_QUESTIONS, "phase": phase}
        return render(request, "scenarios/practice/few.html", context)
    if not row.open_phase(phase, now()):
        return redirect(row)
    return redirect("scenarios:phase", pk=row.pk, phase=phase)


def _back(request, attempt: Attempt) -> HttpResponse:
    """To the phase page that the clock's button was pressed on, or its clock alone."""
    shown = request.POST.get("phase")
    shown = shown if shown in Phase.values else attempt.reading(now()).current.phase
    if request.htmx.target == "clock" and not attempt.finished_at:
        fresh = own_attempt(request, attempt.pk, SHEETS[Phase(shown)], "clarify")
        context = phase_context(fresh, shown)
        return render(request, "scenarios/practice/_clock.html", context)
    return redirect("scenarios:phase", pk=attempt.pk, phase=shown)


@require_POST
def pause(request, pk):
    """Stop the clock."""
    row = own_attempt(request, pk)
    row.pause(now())
    return _back(request, row)


@require_POST
def resume(request, pk):
    """Let the clock go on."""
    row = own_attempt(request, pk)
    row.resume(now())
    return _back(request, row)


@require_POST
def show(request, pk):
    """“Show me anyway”: the comparison before the end. The attempt remembers it."""
    row = own_attempt(request, pk)
    row.show(now())
    return redirect("scenarios:compare", pk=row.pk)


@require_POST
def discard(request, pk):
    """Put an attempt away that was begun by mistake, with a way back."""
    row = own_attempt(request, pk)
    if row.finished_at:
        return redirect(row)
    row.discard(now())
    undoable(request, "Attempt discarded.", reverse("scenarios:restore", args=[pk]))
    return redirect(row.scenario)


@require_POST
def restore(request, pk):
    """Take a discarded attempt up again."""
    row = Attempt.objects.for_user(request.user).get_or_404(pk=pk)
    row.restore()
    return redirect(row)


@require_http_methods(["GET", "POST"])
def finish(request, pk):
    """End the attempt, once a page has said what is still empty; what was typed last is kept.
    Opened again without its form, it leads back to the attempt."""
    row = own_attempt(request, pk, *SHEETS.values())
    if request.method == "GET":
        return redirect(row)
    if row.finished_at:
        return redirect("scenarios:compare", pk=row.pk)
    reading = row.reading(now())
    if "sure" not in request.POST:
        fresh = own_attempt(request, pk, *SHEETS.values())
        context = {"attempt": fresh, "reading": reading, "empty": still_empty(fresh)}
        return render(request, "scenarios/practice/finish.html", context)
    row.finish(now())
    messages.success(request, "Finished. From here on the attempt can only be read.")
    return redirect("scenarios:compare", pk=row.pk)


def still_empty(attempt: Attempt) -> list[str]:
    """What has not been written yet, by its name on the page."""
    empty = [] if attempt.lines.exclude(asked_at=None).exists() else ["your questions"]
    for sheet in (getattr(attempt, name, None) for name in SHEETS.values()):
        if sheet is not None:
            empty += [
                sheet._meta.get_field(name).verbose_name
                for name, text in sheet.writing_texts().items()
                if not text.strip()
            ]
    if attempt.mode != Mode.CLARIFY and not attempt.choices.standing().exclude(name="").exists():
        empty.append("technology choices")
    return empty
