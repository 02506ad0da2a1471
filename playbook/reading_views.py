"""“I know this”: a note or a section is marked as read, and as to be read again."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from playbook.models import Playbook, Reading, Section, StudyNote
from playbook.views import visible
from prepsite.page import render_page


@require_POST
def note(request, key, known):
    """Set whether the reader knows a note. Sets, never toggles: twice is the same as once."""
    row = get_object_or_404(visible(request, StudyNote), key=key)
    _set(request, known, note=row)
    if not request.htmx:
        return redirect(f"{row.get_absolute_url()}#known")
    return render_page(
        request, "playbook/_known.html", {"thing": row, "known": known, "anchor": "known"}
    )


@require_POST
def section(request, key, section, known):
    """The same for a section of a playbook; the answer holds the count of the page, too."""
    playbook = get_object_or_404(visible(request, Playbook), key=key)
    row = get_object_or_404(Section, playbook=playbook, key=section)
    row.playbook = playbook
    _set(request, known, section=row)
    if not request.htmx:
        return redirect(f"{playbook.get_absolute_url()}#{row.key}")
    count = Reading.objects.for_user(request.user).filter(section__playbook=playbook).count()
    context = {
        "thing": row, "known": known, "count": count, "of": playbook.sections.count(),
    }  # fmt: skip
    return render_page(request, "playbook/_section_known.html", context)


def _set(request, known: bool, **what) -> None:
    if known:
        Reading.objects.mark(request.user, timezone.now(), **what)
    else:
        Reading.objects.unmark(request.user, **what)
