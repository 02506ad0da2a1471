"""After an attempt: yours beside the model's, the score, and the attempts before."""

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from prepsite.page import render_page
from scenarios import compare as comparing
from scenarios import interviewer, rubric
from scenarios.attempts import Attempt, Mode, Phase
from scenarios.models import Category, Choice, FollowUp, Question, Scenario, TradeOff
from scenarios.practice_views import now, own_attempt, start_form
from scenarios.sheets import Reflection
from writing.diagrams import figure
from writing.markdown import to_html

SHEETS = ("clarify", "high_level", "drill_down", "wrap_up", "reflection")
SOLUTION = (
    Prefetch("questions", Question.objects.order_by("position", "id")),
    Prefetch("choices", Choice.objects.order_by("position", "id")),
    Prefetch("trade_offs", TradeOff.objects.order_by("position", "id")),
    Prefetch("follow_ups", FollowUp.objects.order_by("minute", "position", "id")),
)


@never_cache
@require_GET
def compare(request, pk):
    """The four parts, yours beside the model's. Before the finish it must have been asked for."""
    attempt = own_attempt(request, pk, *SHEETS)
    if not attempt.may_compare:
        return redirect(attempt)
    only_questions = attempt.mode == Mode.CLARIFY
    solution = SOLUTION[:1] if only_questions else SOLUTION
    scenario = Scenario.objects.prefetch_related(*solution).get(pk=attempt.scenario_id)
    context = {"attempt": attempt, "scenario": scenario, "reading": attempt.reading(now()),
               "only_questions": only_questions}  # fmt: skip
    context |= _questions(attempt, scenario)
    if not only_questions:
        context |= _design(attempt, scenario) | _choices(attempt, scenario)
        context |= _follow_ups(attempt, scenario)
    return render_page(request, "scenarios/practice/compare.html", context)


def _questions(attempt: Attempt, scenario: Scenario) -> dict[str, object]:
    asked = list(attempt.lines.filter(asked_at__isnull=False))
    groups = interviewer.covered(asked, scenario)
    rows = {str(row.pk): row for row in scenario.questions.all()}
    hits, prepared = comparing.tally(groups)
    return {
        "asked": asked, "hits": hits, "prepared": prepared,
        "groups": [
            {"name": Category(group.category).label, "missed": group.missed, "hits": group.hits,
             "questions": [(rows[q.question.key], q.by) for q in group.questions]}
            for group in groups
        ],
        "missed": [Category(group.category).label for group in groups if group.missed],
        "scope": to_html(attempt.clarify.scope, 4),
    }  # fmt: skip


def _design(attempt: Attempt, scenario: Scenario) -> dict[str, object]:
    drill, design = attempt.drill_down, attempt.high_level
    return {
        "mine": {
            "design": to_html(design.design, 4), "diagram": figure(design.diagram),
            "schema": to_html(drill.schema, 4), "bottleneck": to_html(drill.bottleneck, 4),
            "more_time": to_html(attempt.wrap_up.more_time, 4),
        },
        "model_diagram": figure(scenario.diagram),
    }  # fmt: skip


def _choices(attempt: Attempt, scenario: Scenario) -> dict[str, object]:
    mine = [comparing.MyChoice(row.name, row.why) for row in attempt.choices.standing()]
    model = [comparing.ModelChoice(row.name, row.instead_of, row) for row in scenario.choices.all()]
    return {"choices": comparing.choices(mine, model)}


def _follow_ups(attempt: Attempt, scenario: Scenario) -> dict[str, object]:
    """Each follow-up of the attempt with the scenario's row of the same title, if it has one."""
    model = {row.title: row for row in scenario.follow_ups.all()}
    rows = [(row, to_html(row.text, 4), model.get(row.title)) for row in attempt.follow_ups.all()]
    return {"follow_ups": rows}


class ScoreForm(forms.ModelForm):
    """0, 1 or 2 on each signal; a signal may be left out."""

    class Meta:
        model = Reflection
        fields = [signal.field for signal in rubric.SIGNALS]
        widgets = {signal.field: forms.RadioSelect for signal in rubric.SIGNALS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for signal in rubric.SIGNALS:
            self.fields[signal.field] = forms.TypedChoiceField(
                choices=[(points, level) for points, level, _ in signal.anchors],
                coerce=int, empty_value=None, required=False, label=signal.name,
            )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def score(request, pk):
    """Score a finished attempt against the anchors, and see what changed since the one before."""
    attempt = own_attempt(request, pk, "reflection")
    if not attempt.finished_at:
        return redirect(attempt)
    form = ScoreForm(request.POST or None, instance=attempt.reflection)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.scored_at = now()
        row.save(update_fields=[*form.Meta.fields, "scored_at"])
        messages.success(request, "Score kept.")
        return redirect("scenarios:score", pk=pk)
    before = attempt.earlier().select_related("reflection").with_clock().first()
    context = {
        "attempt": attempt, "scenario": attempt.scenario, "form": form, "best": rubric.BEST,
        "reading": attempt.reading(now()), "reflection": attempt.reflection, "before": before,
        "signals": _signals(form, attempt.reflection, before),
        "changes": _changes(attempt, before) if before else [],
        "scores_signals": attempt.mode != Mode.CLARIFY,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "scenarios/practice/score.html", context, status=status)


def _signals(form: ScoreForm, reflection: Reflection, before: Attempt | None) -> list[dict]:
    """Each signal with its anchors, the points it has and those it had the time before."""
    then = before.reflection.scores if before else {}
    return [
        {"signal": signal, "field": form[signal.field], "was": then.get(signal.field),
         "points": reflection.scores[signal.field], "chosen": str(form[signal.field].value())}
        for signal in rubric.SIGNALS
    ]  # fmt: skip


def _changes(attempt: Attempt, before: Attempt) -> list[dict[str, object]]:
    """What can be told in figures: name, before, now."""
    moment = now()
    then, this = before.reading(moment), attempt.reading(moment)
    rows: list[dict[str, object]] = [
        {
            "name": "Questions covered",
            "was": before.covered,
            "now": attempt.covered,
            "of": attempt.prepared,
        }
    ]
    rows += [
        {
            "name": f"Minutes on “{name}”",
            "was": round(old.elapsed.total_seconds() / 60),
            "now": round(new.elapsed.total_seconds() / 60),
        }
        for name, old, new in _same_phases(then, this)
    ]
    if before.reflection.total is not None and attempt.reflection.total is not None:
        rows.append(
            {
                "name": "Score",
                "was": before.reflection.total,
                "now": attempt.reflection.total,
                "of": rubric.BEST,
            }
        )
    return rows  # fmt: skip


def _same_phases(then, this):
    old = {row.phase: row for row in then.phases if row.state != "ahead"}
    return [
        (Phase(row.phase).label, old[row.phase], row)
        for row in this.phases
        if row.state != "ahead" and row.phase in old
    ]


@require_GET
def history(request, key):
    """One's own attempts at a scenario, newest first."""
    scenario = get_object_or_404(Scenario.objects.without_solution(), key=key)
    attempts = list(own_attempts(request, scenario))
    moment = now()
    rows = [(row, row.reading(moment)) for row in attempts]
    note = next((row.reflection for row in attempts if row.reflection.next_time), None)
    context = {"scenario": scenario, "rows": rows, "best": rubric.BEST, "note": note,
               **start_form()}  # fmt: skip
    return render_page(request, "scenarios/practice/history.html", context)


def own_attempts(request: HttpRequest, scenario: Scenario):
    rows = Attempt.objects.for_user(request.user).standing().of(scenario)
    return rows.select_related("reflection").with_clock()
