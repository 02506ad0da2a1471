"""The list of one's stories, a new one, and the page on which a story is written."""

import uuid
from functools import cache
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from prepsite import toasts
from prepsite.compiled import Compiled, compiled
from prepsite.page import page_number, render_page
from stories import changes, coaching, forms, showing
from stories.library import Competency, Part, Prompt
from stories.listing import PER_PAGE, listed, newest
from stories.models import PARTS, Angle, Metric, Story, StoryQuerySet, StorySetting
from writing.forms import MARKDOWN_LIMIT
from writing.markdown import to_html

# What stands in a part before anything is written in it.
PLACEHOLDERS: dict[str, str] = {
    Part.SITUATION: "What was failing, and how that showed in a number.",
    Part.TASK: "What was yours to decide, and by when.",
    Part.ACTION: "What you did, in steps, and which way you turned down.",
    Part.RESULT: "The same number afterwards, and what you learned.",
    Part.SIGNAL: "What went beyond your own team, or beyond that year.",
}


def now():
    """The moment of this request, in the reader's zone; views pass it on."""
    return timezone.localtime()


def own_stories(request: HttpRequest) -> StoryQuerySet:
    """The reader's stories, but those they removed."""
    return Story.objects.for_user(request.user).kept()


def words_a_minute(user) -> int:
    """How fast this person speaks. One query."""
    found = _setting(user.pk)
    return (found[0] if found else StorySetting()).words_a_minute


@compiled
def _setting(owner: int) -> QuerySet:
    return StorySetting.objects.for_user(owner)


@require_GET
def index(request):
    """Own stories, the last written first, filtered by the address."""
    themes = showing.themes(request.user)
    theme, status = request.GET.get("theme", ""), request.GET.get("status", "")
    rows = own_stories(request)
    if theme in dict(themes):
        kind, _, number = theme.partition("-")
        rows = rows.filter(own_theme=number) if kind == "own" else rows.filter(theme__key=theme)
    if status in Story.Status.values:
        rows = rows.filter(status=status)
    number = page_number(request)
    start = (number - 1) * PER_PAGE
    # One more than is shown says whether there is a next page: no count.
    plain = not (theme or status or start)
    found = newest(request.user) if plain else listed(rows, start, PER_PAGE + 1)
    context = {
        "stories": found[:PER_PAGE], "number": number, "more": len(found) > PER_PAGE,
        "themes": themes, "statuses": Story.Status.choices,
        "theme": theme if theme in dict(themes) else "",
        "status": status if status in Story.Status.values else "",
    }  # fmt: skip
    fragments = {"stories": "stories/_list.html"}
    return render_page(request, "stories/index.html", context, fragments=fragments)


@require_GET
def new(request):
    """The ways to begin: an empty page, one of the guided outlines, or a text one has."""
    rows = Competency.objects.published().filter(group=Competency.Group.THEME)
    guided = [row for row in rows.prefetch_related("prompts") if row.prompts.all()]
    context = {"guides": guided, "key": uuid.uuid4()}
    return render_page(request, "stories/new.html", context)


@require_POST
def begin(request):
    """A new story, empty or with a guided outline. The page's key makes asking twice make one."""
    key = forms.request_key(request.POST.get("key"))
    guide = Competency.objects.published().filter(
        group=Competency.Group.THEME, key=request.POST.get("outline", "").replace("\0", "")
    )
    theme = guide.first()
    # With the outline: a page brought back and answered otherwise asks for another story.
    uid = uuid.uuid5(key, theme.key if theme else "")
    row = changes.begin(request.user, uid, now(), theme=theme, outline=theme)
    return redirect(row)


def prompts_of(story: Story) -> dict[str, list[Prompt]]:
    """The guide's questions by part. One query, none without a guide."""
    if not story.outline_id:
        return {}
    rows = sorted(Prompt.objects.filter(competency=story.outline_id), key=lambda row: row.part)
    return {
        part: sorted(found, key=lambda row: (row.position, row.pk))
        for part, found in groupby(rows, key=lambda row: row.part)
    }


def parts_of(story: Story) -> list[dict[str, object]]:
    """What the page shows of each part: its text, as it reads, and the guide's questions."""
    prompts = prompts_of(story)
    return [
        {
            "name": part.value,
            "label": part.label,
            "placeholder": PLACEHOLDERS.get(part.value, ""),
            "text": getattr(story, part.value) if part.value in PARTS else "",
            "html": getattr(story, f"{part.value}_html", ""),
            "prompts": prompts.get(part.value, []),
        }
        for part in Part
    ]


def rows_of(request: HttpRequest, story: Story, model) -> list:
    return _rows(model)(request.user.pk, story.pk)


@cache
def _rows(model) -> Compiled:
    @compiled
    def rows(owner: int, story: int) -> QuerySet:
        return model.objects.for_user(owner).filter(story=story, removed_at=None)

    return rows


def one_story(request: HttpRequest, pk: int) -> Story:
    """The reader's story with its themes and its guide; what is not theirs is 404."""
    return _story.one_or_404(request.user.pk, pk)


@compiled
def _story(owner: int, pk: int) -> QuerySet:
    rows = Story.objects.for_user(owner).kept().filter(pk=pk)
    return rows.select_related("theme", "own_theme", "outline")


def page_context(request: HttpRequest, story: Story) -> dict[str, object]:
    """What the story page and its fragments are rendered from."""
    parts = parts_of(story)
    shown, library = showing.shown_by(story), showing.Library(request.user)
    metrics, speed = rows_of(request, story, Metric), words_a_minute(request.user)
    texts = {name: getattr(story, name) for name in Story.writing}
    return {
        "story": story,
        "parts": [part for part in parts if part["name"] != Part.METRICS],
        "metrics_part": next(part for part in parts if part["name"] == Part.METRICS),
        "metrics": metrics,
        "angles": rows_of(request, story, Angle),
        "about": forms.AboutForm(story, request.user, library),
        "shown": shown,
        "groups": library.groups(shown),
        "coach": coaching.context(story, texts, metrics=metrics, words_a_minute=speed),
        "words_a_minute": speed,
        "key": uuid.uuid4(),
    }


@require_GET
def story(request, pk):
    """One story, to be written."""
    row = one_story(request, pk)
    return render_page(request, "stories/story.html", page_context(request, row))


@require_POST
def about(request, pk):
    """Set theme, status, length or guide: those of them that the page changed."""
    row = one_story(request, pk)
    form = forms.AboutForm(row, request.user, showing.Library(request.user), request.POST)
    if not form.is_valid():
        context = page_context(request, row) | {"about": form}
        fragments = {"about": "stories/_about.html"}
        return render_page(request, "stories/story.html", context, fragments=fragments, status=422)
    form.save()
    if not request.htmx:
        return redirect(row)
    return render_page(request, "stories/_about_changed.html", page_context(request, row))


@require_POST
def preview(request):
    """The HTML of the field `text`, as the reader would see it."""
    text = request.POST.get("text", "")
    if len(text) > MARKDOWN_LIMIT:
        return HttpResponse(
            f"<p>The most that fits is {MARKDOWN_LIMIT:,} characters.</p>", status=422
        )
    return HttpResponse(to_html(text) or '<p class="quiet">Nothing is written here yet.</p>')


@require_POST
def remove(request, pk):
    row = own_stories(request).get_or_404(pk=pk)
    changes.set_removed(row, now())
    undo = reverse("stories:restore", args=[row.pk])
    toasts.undoable(request, f"“{row}” removed.", undo)
    return redirect("stories:list")


@require_POST
def restore(request, pk):
    row = Story.objects.for_user(request.user).get_or_404(pk=pk)
    changes.set_removed(row, None)
    return redirect(row)
