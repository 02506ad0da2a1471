"""Behavioural questions: which story would you tell, ask me one, and what a story answers."""

import random
from dataclasses import asdict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import asking, bank, choices, views
from stories.asking import Choices
from stories.coverage import NONE, Row
from stories.library import Question
from stories.models import Match, Story

# The question asked before this one, so that chance does not ask it twice in a row.
LAST = "stories-asked"
SUGGESTED = 4
RANKS = {"first": Match.Rank.FIRST, "second": Match.Rank.SECOND}


@require_GET
def questions(request):
    """Every question with the stories one would tell, filtered by the address."""
    everything = bank.load(request.user)
    filters = bank.Filters.read(request.GET)
    context = {
        "bank": everything, "filters": filters, "asked": filters.apply(everything.asked),
        "states": [(key, name, everything.counts[key]) for key, name in asking.STATES.items()],
    }  # fmt: skip
    fragments = {"questions": "stories/_questions.html"}
    response = render_page(request, "stories/questions.html", context, fragments=fragments)
    if request.htmx.target == "questions":
        response["HX-Push-Url"] = reverse("stories:questions") + filters.query
    return response


def page_context(
    request: HtmxRequest, question: Question, sent: QueryDict | None = None
) -> dict[str, object]:
    """What the pages of a question and their fragment are rendered from; filters from `sent`."""
    everything = bank.load(request.user)
    filters = bank.Filters.read(request.GET if sent is None else sent)
    one = next((each for each in everything.asked if each.key == question.key), None)
    if one is None:
        raise Http404
    told = {each.row.id for each in one.told}
    ranked = [s for s in asking.suggest(one.refs, everything.rows) if s.row.id not in told]
    near = {each.row.id for each in ranked[:SUGGESTED]} | told
    return {
        "question": question, "asked": one, "filters": filters, "fits": Match.Fit.choices,
        "suggested": [(each, shown(one, each.row)) for each in ranked[:SUGGESTED]],
        "others": [row for row in everything.rows if row.id not in near],
        "following": everything.after(question.key, filters),
        "any_story": bool(everything.rows),
    }  # fmt: skip


def published(key: str) -> Question:
    return get_object_or_404(Question.objects.published(), key=key)


@require_GET
def question(request, key):
    """One question: the stories one would tell, and what the interviewer listens for."""
    return render_page(request, "stories/question.html", page_context(request, published(key)))


@never_cache
@require_GET
def ask(request):
    """Send the reader to one question by chance (asking.draw), within the address's filters."""
    filters = bank.Filters.read(request.GET)
    states = {each.key: each.state for each in filters.apply(bank.load(request.user).asked)}
    # Chance, and nothing that has to be kept secret.
    key = asking.draw(states, request.COOKIES.get(LAST, ""), random.Random())  # noqa: S311
    if key is None:
        messages.info(request, "No question fits. Take a filter away.")
        return redirect(reverse("stories:questions") + filters.query)
    response = redirect(reverse("stories:asked", args=[key]) + filters.query)
    response.set_cookie(
        LAST, key, path=reverse("stories:questions"), httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


@require_GET
def asked(request, key):
    """The question alone and large, time to think, then which story."""
    context = page_context(request, published(key)) | {"back": "asked"}
    return render_page(request, "stories/asked.html", context)


def posted_story(request: HtmxRequest) -> Story:
    """The reader's story that a form names; Http404 for none, or somebody else's."""
    return views.own_stories(request).get_or_404(pk=request.POST.get("story", ""))


def place(request: HtmxRequest) -> dict[str, str]:
    """Where a form was sent from, and with which filters: it goes back there."""
    sent = request.POST if "back" in request.POST else request.GET
    filters = {name: value for name, value in asdict(bank.Filters.read(sent)).items() if value}
    return {"back": sent.get("back", "").replace("\0", ""), **filters}


def answer(
    request: HtmxRequest, row: Question, said: str, undo_url: str, back: dict[str, str]
) -> HttpResponse:
    """After a change: the choices anew, or the page it came from."""
    if request.htmx.target == "choices":
        context = page_context(request, row, QueryDict(urlencode(back)))
        context |= {"said": said, "undo_url": undo_url, "back": back["back"]}
        return render_page(request, "stories/_chosen.html", context)
    if undo_url:
        toasts.undoable(request, said, undo_url)
    came_from = back.pop("back")
    if came_from.isascii() and came_from.isdecimal():
        return redirect("stories:answers", views.own_stories(request).get_or_404(pk=came_from).pk)
    name = "stories:asked" if came_from == "asked" else "stories:question"
    return redirect(f"{reverse(name, args=[row.key])}?{urlencode(back)}".rstrip("?"))


def undo_of(row: Question, changed: tuple[Choices, Choices], back: dict[str, str]) -> str:
    """The address that takes a change back; "" when nothing changed."""
    before, after = changed
    if before == after:
        return ""
    query = urlencode({"was": choices.encode(after), "to": choices.encode(before), **back})
    return f"{reverse('stories:put-back', args=[row.key])}?{query}"


@require_POST
def choose(request, key):
    """Tell a story in the first or the second place; without a fit, with the one it suggests.

    The second chosen as the first changes places with it.
    """
    row, story = published(key), posted_story(request)
    rank, fit = RANKS.get(request.POST.get("rank", "first")), request.POST.get("fit", "")
    if rank is None or fit not in ("", "1", "2", "3"):
        raise Http404
    changed = choices.choose(row, story, rank, int(fit or usual_fit(request, row, story)))
    at = next(n for n, choice in enumerate(changed[1]) if choice.story == story.pk)
    rank, fit = Match.Rank(at + 1), Match.Fit(changed[1][at].fit)
    said = f"“{story}”: {rank.label.lower()}, {fit.label.lower()}."
    back = place(request)
    return answer(request, row, said, undo_of(row, changed, back), back)


def usual_fit(request: HtmxRequest, row: Question, story: Story) -> int:
    """The fit it has already, or else the one that what it shows suggests."""
    chosen = {choice.story: choice.fit for choice in choices.of_question(request.user, row)}
    if story.pk in chosen:
        return chosen[story.pk]
    everything = bank.load(request.user)
    refs = next(each.refs for each in everything.asked if each.key == row.key)
    return asking.fit_of(refs, next(each for each in everything.rows if each.id == story.pk))


@require_POST
def clear(request, key):
    """No longer tell a story for this question."""
    row, story = published(key), posted_story(request)
    changed, back = choices.clear(row, story), place(request)
    return answer(request, row, f"“{story}” taken off.", undo_of(row, changed, back), back)


@require_POST
def put_back(request, key):
    """Undo: the choices of the address, unless they were changed since."""
    row = published(key)
    try:
        was, to = (choices.decode(request.GET.get(name, "")) for name in ("was", "to"))
    except ValueError as error:
        raise Http404 from error
    done = choices.put_back(request.user, row, was, to)
    said = "As it was." if done else "The choices were changed since, so they stay as they are."
    if not done and not request.htmx:
        messages.warning(request, said)
    return answer(request, row, said, "", place(request))


@require_GET
def answers(request, pk):
    """One story: the questions it is told for, and those it could answer."""
    story = views.own_stories(request).select_related("theme", "own_theme").get_or_404(pk=pk)
    everything = bank.load(request.user)
    row = next(each for each in everything.rows if each.id == story.pk)
    told, could = everything.answered_by(row), everything.open_to(row)
    context = {
        "story": story, "told": told,
        "made_for": [(one, shown(one, row)) for one, found in could if found.fit == asking.STRONG],
        "touched": [(one, shown(one, row)) for one, found in could if found.fit != asking.STRONG],
    }  # fmt: skip
    return render_page(request, "stories/answers.html", context)


def shown(one: bank.Asked, row: Row) -> list[tuple[str, str]]:
    """(competency, level) of what a question asks for and the story shows."""
    pairs = [(column.title, row.level(column.ref)) for column in one.columns]
    return [(title, level) for title, level in pairs if level != NONE]
