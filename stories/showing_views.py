"""The competencies a story shows, and one's own themes and competencies."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from prepsite import toasts
from prepsite.page import HtmxRequest, render_page
from stories import changes, forms, showing, views
from stories.models import OwnCompetency


@require_POST
def show(request, pk):
    """Set how the story shows one competency: `set` is "primary ownership", "none own-12", …"""
    row = views.one_story(request, pk)
    level, _, value = request.POST.get("set", "").partition(" ")
    thing = showing.thing_named(request.user, value)
    if level not in showing.LEVELS or thing is None:
        raise Http404
    changes.show(row, thing, level)
    if not request.htmx:
        return redirect(f"{row.get_absolute_url()}#shows")
    shown = showing.shown_by(row)
    context = {"story": row, "shown": shown, "groups": showing.Library(request.user).groups(shown),
               "open": True}  # fmt: skip
    return render_page(request, "stories/_shows.html", context)


def own_page(request: HtmxRequest, form, status: int = 200, row: OwnCompetency | None = None):
    """The list of one's own; `form` stands at `row`, or at the end for a new one."""
    context = {"rows": showing.own_competencies(request.user), "form": form, "row": row}
    return render_page(request, "stories/own.html", context, status=status)


@require_GET
def own(request):
    """One's own themes and competencies."""
    return own_page(request, forms.OwnCompetencyForm())


def own_row(request: HtmxRequest, pk: int) -> OwnCompetency:
    return showing.own_competencies(request.user).get_or_404(pk=pk)


def keep(request: HtmxRequest, row: OwnCompetency):
    """Name `row` as POSTed; an invalid name shows its form again."""
    form = forms.OwnCompetencyForm(request.POST)
    if form.is_valid():
        row.title, row.is_theme = form.cleaned_data["title"], form.cleaned_data["is_theme"]
        if changes.name_own(row):
            return redirect("stories:own")
        form.add_error("title", "You have one of this name already.")
    return own_page(request, form, 422, row if row.pk else None)


@require_POST
def add_own(request):
    return keep(request, OwnCompetency(owner=request.user))


@require_POST
def rename_own(request, pk):
    return keep(request, own_row(request, pk))


@require_POST
def remove_own(request, pk):
    """Off every story, with a way back: the stories remember."""
    row = own_row(request, pk)
    changes.set_removed(row, views.now())
    toasts.undoable(request, f"“{row}” removed.", reverse("stories:restore-own", args=[pk]))
    return redirect("stories:own")


@require_POST
def restore_own(request, pk):
    """Bring it back; where another took its name meanwhile, that one stays alone."""
    row = OwnCompetency.objects.for_user(request.user).get_or_404(pk=pk)
    row.removed_at = None
    if not changes.name_own(row):
        form = forms.OwnCompetencyForm({"title": row.title})
        form.add_error("title", "You have one of this name already.")
        return own_page(request, form, 422)
    return redirect("stories:own")
