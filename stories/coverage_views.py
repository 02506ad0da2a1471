"""The matrix of stories and competencies, and what to write next."""

import uuid

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import changes, forms, matrix, showing, views
from stories import coverage as pure
from stories.library import Competency
from stories.models import OwnCompetency

PER_PAGE = 30
SAID = {pure.PRIMARY: "primary", pure.SECONDARY: "secondary", pure.NONE: "not shown"}


def named(request: HtmxRequest, ref: str) -> Competency | OwnCompetency:
    """The competency that an address names; Http404 for none, or somebody else's."""
    thing = showing.thing_named(request.user, ref)
    if thing is None:
        raise Http404
    return thing


def summary(board: matrix.Board, ref: str) -> dict[str, object]:
    """What stands above the table: the gaps, and what to write for the one named `ref`."""
    gap = board.gap(ref)
    return {
        "board": board,
        "gap": gap,
        "closest": board.closest(gap) if gap else None,
        "outline": board.outline(gap.column) if gap else None,
        "key": uuid.uuid4(),
    }


@require_GET
def coverage(request):
    """Stories against competencies. Nine queries, however many stories."""
    board = matrix.load(request.user)
    page = Paginator(board.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **summary(board, request.GET.get("next", "")),
        "page": page,
        "lines": [(row, matrix.line(row, board.groups)) for row in page],
    }
    fragments = {"gaps": "stories/_gaps.html"}
    return render_page(request, "stories/matrix.html", context, fragments=fragments)


@require_POST
def mark(request, pk, ref, level):
    """Have a story show a competency at `level`. Sets, never toggles: twice is the same as once."""
    story, thing = views.one_story(request, pk), named(request, ref)
    if story.theme_value == thing.value:
        raise Http404  # The theme is set on the story; its cell offers nothing.
    before = next((c.level for c in showing.shown_by(story) if c.value == ref), pure.NONE)
    changes.show(story, thing, level)
    said = f"{thing}: {SAID[level]} in “{story}”."
    undo = reverse(f"stories:mark-{before}", args=[pk, ref]) if before != level else ""
    if not request.htmx:
        if undo:
            toasts.undoable(request, said, undo)
        page = request.POST.get("page", "")
        query = f"?page={page}" if page.isdecimal() and page.isascii() else ""
        return redirect(f"{reverse('stories:coverage')}{query}#c{pk}-{ref}")
    board = matrix.load(request.user)
    row = next(row for row in board.rows if row.id == pk)
    column = next(column for column in board.columns if column.ref == ref)
    context = {
        **summary(board, request.POST.get("next", "")),
        "cell": matrix.cell(row, column), "ref": ref, "count": board.counts[ref],
        "said": said, "undo_url": undo, "undo_target": f"#c{pk}-{ref}",
    }  # fmt: skip
    return render_page(request, "stories/_marked.html", context)


@require_POST
def begin(request, ref):
    """A new story that shows this competency, with the outline of the nearest theme."""
    thing = named(request, ref)
    # With the competency: a page brought back and answered otherwise asks for another story.
    uid = uuid.uuid5(forms.request_key(request.POST.get("key")), ref)
    is_theme = isinstance(thing, Competency) and thing.group == Competency.Group.THEME
    outline = nearest_outline(thing)
    with transaction.atomic():
        row = changes.begin(
            request.user, uid, views.now(), theme=thing if is_theme else None, outline=outline
        )
        if not is_theme:
            changes.show(row, thing, pure.PRIMARY)
    return redirect(row)


def nearest_outline(thing: Competency | OwnCompetency) -> Competency | None:
    """The theme whose outline goes best with a competency. Three queries."""
    asked = matrix.asked_for()
    columns = matrix.shared_columns(asked)
    column = next((column for column in columns if column.ref == thing.value), None)
    near = column and pure.nearest_theme(column, columns, pure.together(asked.values()))
    return Competency.objects.filter(key=near.ref).first() if near else None
