"""Telling a story aloud: its clock, its prompts, the rating, and the tellings before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from drills import days, words
from drills.scheduling import Memory
from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import forms, rehearsing, telling
from stories.cues import Cues, cues
from stories.library import Part
from stories.models import SPOKEN, Angle, Length, Metric, Rehearsal, Story
from stories.rehearsals import RehearsalQuerySet
from stories.schedule import Aim
from stories.views import now, one_story, own_stories, prompts_of, rows_of
from writing.autosave.reading import Refused, sent
from writing.autosave.saving import Conflict, save

SHOWN = 50
# What to ask of a part that has neither a text nor a guide.
QUESTIONS = {
    "situation": "Where were you, and what was wrong?",
    "task": "What had to be true in the end, and what was yours?",
    "action": "What did you do, in order, and what did you decide against?",
    "result": "What changed, in which number?",
}


@dataclass(frozen=True)
class Prompt:
    """One part of the telling: its time, its cues or questions, and its text when looked at."""

    name: str
    label: str
    span: telling.Span
    cues: Cues
    questions: Sequence[str]
    text: str
    revealed: bool
    metrics: Sequence[Metric]


def prompts(request: HttpRequest, story: Story, length: int, shown: Sequence[str]) -> list[Prompt]:
    """The four parts as somebody tells them; those in `shown` with their text. One query for the
    metrics, one for the guide where a part has no text to take cues from."""
    bare = [part for part in SPOKEN if not getattr(story, part).strip()]
    guide = prompts_of(story) if bare else {}
    metrics = rows_of(request, story, Metric)
    return [
        Prompt(
            name=span.part,
            label=Part(span.part).label,
            span=span,
            cues=cues(getattr(story, span.part)),
            questions=[row.text for row in guide.get(span.part, [])] or [QUESTIONS[span.part]],
            text=getattr(story, f"{span.part}_html"),
            revealed=span.part in shown,
            metrics=metrics if span.part == "result" else (),
        )
        for span in telling.spans(length)
    ]


@dataclass(frozen=True)
class Choice:
    """One of the four ratings, and when the story would come back: a date and a span."""

    rating: Rehearsal.Rating
    date: str
    span: str


def choices(user, story: Story, aim: Aim, moment: datetime) -> list[Choice]:
    later = rehearsing.preview(user, story, aim, moment)
    return [Choice(rating, *when(later[rating.value], aim, moment)) for rating in Rehearsal.Rating]


def when(memory: Memory, aim: Aim, moment: datetime) -> tuple[str, str]:
    """The due date as a date and as a span, in words."""
    if aim.limit and memory.due >= aim.limit:
        return "not before", "the interview"
    span = words.interval(memory.due - moment)
    if memory.due - moment < timedelta(hours=1):
        return "once more", "now"
    return date_format(timezone.localtime(memory.due), "D j M"), f"in {span}"


def chosen_length(request: HttpRequest, story: Story) -> int:
    """The version asked for by the address, else the story's own."""
    wanted = request.GET.get("length", "")
    return next((n for n in Length.values if str(n) == wanted), story.target)


def telling_context(request: HttpRequest, story: Story, moment: datetime) -> dict[str, object]:
    """What the page of a telling and its fragments are rendered from."""
    own: RehearsalQuerySet = Rehearsal.objects.for_user(request.user).filter(story=story)
    row = own.open().first()
    length = row.length if row else chosen_length(request, story)
    seconds = 0 if row is None else row.elapsed(moment) if row.running else row.seconds
    state = "ready" if row is None else "running" if row.running else "stopped"
    if row and row.forgotten(moment):
        state = "forgotten"
    context = {
        "story": story, "telling": row, "state": state, "length": length, "seconds": seconds,
        "over": max(seconds - length, 0), "line": telling.line(seconds, length),
        "lengths": Length.choices, "key": uuid.uuid4(),
        "prompts": prompts(request, story, length, row.revealed if row else ()),
        "angles": rows_of(request, story, Angle),
    }  # fmt: skip
    if state == "stopped":
        aim = rehearsing.aim_of(request.user, moment)
        context["choices"] = choices(request.user, story, aim, moment)
    return context


def history_context(request: HttpRequest, story: Story, length: int) -> dict[str, object]:
    """The tellings before, the newest first, and those of this version drawn. One query."""
    rated = Rehearsal.objects.for_user(request.user).filter(story=story).rated()
    tellings = list(rated.order_by("-rated_at", "-pk")[: SHOWN + 1])
    drawn = [row for row in reversed(tellings) if row.length == length]
    labels = [date_format(timezone.localtime(row.told_at), "j M") for row in drawn]
    figures = [row.seconds for row in drawn]
    return {
        "tellings": tellings[:SHOWN], "has_more": len(tellings) > SHOWN,
        "undo": tellings[0] if tellings and tellings[0].before else None,
        "chart": telling.chart(list(zip(figures, labels, strict=True)), length) if drawn else None,
        "drawn": figures[-telling.MOST :],
    }  # fmt: skip


def plays_recordings(view):
    """The policy of the page of a telling alone lets sound play, and only sound made on it."""
    return csp_update({"media-src": ["blob:"]})(view)


def page(request: HtmxRequest, story: Story, status: int = 200, **more) -> HttpResponse:
    context = telling_context(request, story, now()) | more
    fragments = {"telling": "stories/_telling.html", "clock": "stories/_clock.html"}
    if request.htmx.target not in fragments:
        length = context["length"]
        context |= history_context(request, story, length)  # type: ignore[arg-type]
    return render_page(
        request, "stories/rehearse.html", context, fragments=fragments, status=status
    )


@plays_recordings
@never_cache
@require_GET
def rehearse(request, pk):
    """Tell one story: before, while and after the clock runs."""
    return page(request, one_story(request, pk))


def answer(request: HtmxRequest, story: Story) -> HttpResponse:
    """The telling as it now stands; without htmx, its page."""
    return page(request, story) if request.htmx else redirect("stories:rehearse", pk=story.pk)


@require_POST
def start(request, pk):
    """Begin a telling of version `length`. Asked twice, one begins."""
    story = one_story(request, pk)
    length = next((n for n in Length.values if str(n) == request.POST.get("length")), story.target)
    Rehearsal.start(story, length, key=forms.request_key(request.POST.get("key")), now=now())
    return answer(request, story)


def own_telling(request: HttpRequest, pk: int) -> Rehearsal:
    """The reader's telling of a story that stands, thrown away or not; 404 otherwise."""
    rows = Rehearsal.objects.for_user(request.user).filter(story__removed_at=None)
    return rows.select_related("story__outline").get_or_404(pk=pk)


@require_POST
def stop(request, pk):
    """End a telling; `seconds` are where the page's clock stood when Stop was pressed."""
    row = own_telling(request, pk)
    pressed = request.POST.get("seconds", "")
    row.stop(now(), int(pressed) if pressed.isascii() and pressed.isdecimal() else None)
    return answer(request, row.story)


@require_POST
def reveal(request, pk):
    """Show the text of `part`, and note that it was looked at."""
    row = own_telling(request, pk)
    part = request.POST.get("part", "")
    if part in SPOKEN:
        row.reveal(part)
    if not request.htmx or part not in SPOKEN:
        return redirect(f"{row.get_absolute_url()}#cue-{part if part in SPOKEN else ''}")
    shown = prompts(request, row.story, row.length, row.revealed)
    context = {"prompt": next(p for p in shown if p.name == part), "telling": row,
               "state": "running" if row.running else "stopped"}  # fmt: skip
    return render_page(request, "stories/_cue.html", context)


@plays_recordings
@require_POST
def rate(request, pk):
    """Keep the remark, then the rating. Either arrives twice and counts once."""
    row, moment = own_telling(request, pk), now()
    try:
        words = sent(request, Rehearsal)
    except Refused as refusal:
        return page(request, row.story, 422, refused=str(refusal), raw=refusal.raw.get("remark"))
    if words.fields and not row.removed_at:
        texts = (words.base, words.fields, words.key)
        kept = save(Rehearsal, row.owner_id, row.pk, *texts, moment, tab=words.tab)
        if isinstance(kept, Conflict):
            said = "The remark was changed elsewhere; yours is kept in its history."
            messages.warning(request, said)
    rating = request.POST.get("rating", "")
    if rating not in map(str, Rehearsal.Rating.values):
        return page(request, row.story, 422, refused="Choose one of the four.")
    if rehearsing.rate(request.user, row, int(rating), moment):
        toasts.undoable(request, said_of(request, row), reverse("stories:take-back", args=[pk]))
    return redirect("stories:rehearse", pk=row.story_id)


def said_of(request: HttpRequest, row: Rehearsal) -> str:
    """“Kept. Next: Thu 12 Jun, in 3 days.”"""
    moment = now()
    story = own_stories(request).only(*Story.SCHEDULE).get(pk=row.story_id)
    date, span = when(story.memory(moment), rehearsing.aim_of(request.user, moment), moment)
    return f"Kept. Next: {date}, {span}." if span != "now" else "Kept. Tell it once more now."


@require_POST
def take_back(request, pk):
    """Undo the rating: the schedule is as it was, and the telling waits to be rated."""
    row = own_telling(request, pk)
    if not rehearsing.take_back(row) and row.rating is not None:
        messages.warning(request, "The story was told again since, so this was not undone.")
    return redirect("stories:rehearse", pk=row.story_id)


@require_POST
def throw_away(request, pk):
    """Drop a telling that was not rated, with a way back."""
    row = own_telling(request, pk)
    if row.rating is None:
        row.throw_away(now())
        undo = reverse("stories:fetch-back", args=[pk])
        toasts.undoable(request, "The telling was thrown away.", undo)
    return redirect("stories:rehearse", pk=row.story_id)


@require_POST
def fetch_back(request, pk):
    row = own_telling(request, pk)
    Rehearsal.objects.filter(pk=row.pk).update(removed_at=None)
    return redirect("stories:rehearse", pk=row.story_id)


@require_GET
def rehearsals(request):
    """One's stories by when they are to be told next."""
    moment = now()
    day = days.study_day(request.user, moment)
    by = days.ends(request.user, day)
    rows = rehearsing.coming(request.user, moment)
    context = {
        "due": [row for row in rows if row.due and row.due < by],
        "later": [row for row in rows if row.due and row.due >= by],
        "untold": [row for row in rows if row.due is None],
        "day_begun": days.begins(request.user, day),
    }
    return render_page(request, "stories/rehearsals.html", context)
