"""What is done on the pages of an attempt beside writing: asking, quoting, drawing, choosing."""

import uuid

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from prepsite.page import render_page
from prepsite.toasts import undoable
from scenarios import practice_views, sheets
from scenarios import sketch as sketching
from scenarios.attempts import LINES, Phase
from scenarios.practice_views import SHEETS, own_attempt, phase_context
from writing.forms import MarkdownField, TextField


class AskForm(forms.Form):
    text = TextField(max_length=300, label="Your question",
                     error_messages={"required": "Write the question, then ask it."})  # fmt: skip


def _open_attempt(request: HttpRequest, pk: int, *related: str):
    """The reader's own attempt and None, or a redirect in its place when it is finished."""
    attempt = own_attempt(request, pk, *related)
    return attempt, redirect(attempt) if attempt.finished_at else None


@require_POST
def ask(request, pk, position):
    """Ask the interviewer; the answer stands beneath the question."""
    attempt, gone = _open_attempt(request, pk, "clarify")
    if gone:
        return gone
    if not 1 <= position <= LINES:
        raise Http404
    form = AskForm(request.POST)
    if form.is_valid():
        sheets.ask(attempt, position, form.cleaned_data["text"], practice_views.now())
        if not request.htmx:
            # Without a script the page is loaded again: at the line that comes next.
            return redirect(reverse("scenarios:phase", args=[pk, Phase.CLARIFY]) + "#question")
    errors = form.errors.get("text")
    context = phase_context(attempt, Phase.CLARIFY, errors=errors, typed=form["text"].value(),
                            just_asked=not errors)  # fmt: skip
    return render_page(
        request, "scenarios/practice/clarify.html", context, status=422 if errors else 200,
        fragments={"questions": "scenarios/practice/_questions.html"},
    )  # fmt: skip


@require_POST
def quote(request, pk, position):
    """Put a question and its answer into the design."""
    attempt, gone = _open_attempt(request, pk)
    if gone:
        return gone
    line = sheets.AskedQuestion.writing_rows(request.user).get_or_404(
        attempt=attempt, position=position, asked_at__isnull=False
    )
    if not line.answer or not hasattr(attempt, "high_level"):
        raise Http404
    sheets.quote(attempt, line, practice_views.now())
    if request.htmx:
        context = {"message": "Quoted at the end of your design.", "level": "success"}
        return render(request, "partials/_toast_oob.html", context)
    return redirect("scenarios:phase", pk=pk, phase=request.POST.get("back") or Phase.HIGH_LEVEL)


class SketchForm(forms.Form):
    """One press of the palette: a `box` (called `named`), or an arrow from `start` to `end` that
    says `label`. Neither: only the names of the boxes are asked for."""

    diagram = MarkdownField(required=False)
    box = forms.ChoiceField(choices=[(b.kind, b.label) for b in sketching.BOXES], required=False)
    named = TextField(max_length=60, required=False)
    label = TextField(max_length=60, required=False)
    start = TextField(max_length=80, required=False)
    end = TextField(max_length=80, required=False)

    def drawn(self) -> str:
        """The diagram with the box or arrow in it; the reason is raised as ValidationError."""
        data = self.cleaned_data
        try:
            if data["box"]:
                return sketching.add_box(data["diagram"], data["box"], data["named"])
            if data["start"] or data["end"]:
                return sketching.connect(data["diagram"], data["start"], data["end"], data["label"])
        except sketching.NotAFlowchart:
            raise forms.ValidationError(
                "The palette adds to flowcharts; this diagram is of another kind. Edit its text."
            ) from None
        except KeyError:
            raise forms.ValidationError("Choose two boxes of the diagram.") from None
        return data["diagram"]


@require_POST
def sketch(request, pk):
    """Add a box or an arrow. To a script: the new text and the boxes in it; otherwise saved."""
    attempt, gone = _open_attempt(request, pk, "high_level")
    if gone:
        return gone
    form, problem = SketchForm(request.POST), ""
    text = request.POST.get("diagram", "")
    if form.is_valid():
        try:
            text = form.drawn()
        except forms.ValidationError as error:
            problem = str(error.message)
    else:
        problem = " ".join(message for messages in form.errors.values() for message in messages)
    if request.headers.get("X-Requested-With") == "fetch":
        names = list(sketching.nodes(text).items())
        status = 422 if problem else 200
        return JsonResponse({"diagram": text, "nodes": names, "error": problem}, status=status)
    if problem:
        fresh = own_attempt(request, pk, SHEETS[Phase.HIGH_LEVEL], "clarify")
        context = phase_context(fresh, Phase.HIGH_LEVEL, sketch_problem=problem)
        return render(request, "scenarios/practice/high-level.html", context, status=422)
    _keep_diagram(attempt, text)
    return redirect("scenarios:phase", pk=pk, phase=Phase.HIGH_LEVEL)


def _keep_diagram(attempt, text: str) -> None:
    sheet = sheets.DesignSheet.objects.get(attempt=attempt)
    sheet.diagram, sheet.updated_at = text, practice_views.now()
    sheet.save(update_fields=["diagram", "updated_at"])


@require_POST
def add_choice(request, pk):
    """One more row for a technology and its reason."""
    attempt, gone = _open_attempt(request, pk)
    if gone:
        return gone
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    row = sheets.add_choice(attempt, key)
    if request.htmx:
        context = {"attempt": attempt, "choice": row, "add_key": uuid.uuid4(), "added": True}
        return render(request, "scenarios/practice/_added_choice.html", context)
    return redirect(reverse("scenarios:phase", args=[pk, Phase.DRILL_DOWN]) + f"#choice-{row.pk}")


def _own_choice(request, attempt, choice) -> sheets.AttemptChoice:
    rows = sheets.AttemptChoice.writing_rows(request.user)
    return rows.get_or_404(attempt=attempt, pk=choice)


@require_POST
def remove_choice(request, pk, choice):
    """Take a choice away, with a way back."""
    attempt, gone = _open_attempt(request, pk)
    if gone:
        return gone
    row = _own_choice(request, attempt, choice)
    if row.removed_at is None:
        row.removed_at = practice_views.now()
        row.save(update_fields=["removed_at"])
    undo = reverse("scenarios:restore-choice", args=[pk, choice])
    if request.htmx:
        context = {"message": f"Removed {row.name or 'the row'}.", "undo_url": undo}
        return render(request, "scenarios/practice/_removed_choice.html", context)
    undoable(request, f"Removed {row.name or 'the row'}.", undo)
    return redirect("scenarios:phase", pk=pk, phase=Phase.DRILL_DOWN)


@require_POST
def restore_choice(request, pk, choice):
    attempt, gone = _open_attempt(request, pk)
    if gone:
        return gone
    row = _own_choice(request, attempt, choice)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
    return redirect("scenarios:phase", pk=pk, phase=Phase.DRILL_DOWN)


@require_GET
def follow_ups(request, pk):
    """The follow-ups whose minute has come, of those beyond `?after=` (a position)."""
    attempt, gone = _open_attempt(request, pk, "drill_down")
    if gone or not hasattr(attempt, "drill_down"):
        return HttpResponse(status=204)
    try:
        after = int(request.GET.get("after", 0))
    except ValueError:
        raise Http404 from None
    context = phase_context(attempt, Phase.DRILL_DOWN)
    due = [row for row in context["follow_ups"] if row.position > after]
    if not due:
        return HttpResponse(status=204)
    context |= {"follow_ups": due, "news": True}
    return render(request, "scenarios/practice/_follow_ups.html", context)
