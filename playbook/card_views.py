"""One click makes a drill card of a row, or of a paragraph of a note."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from drills.models import Card
from playbook import cards, notes
from playbook.models import Learning, Playbook, Row, Section, StudyNote
from playbook.views import visible


@require_POST
def row_card(request, key):
    """A card of the row or text that the button names; the one there is, when there is one."""
    playbook = get_object_or_404(visible(request, Playbook), key=key)
    anchor = request.POST.get("row", "")
    rows = Row.objects.select_related("playbook", "section")
    if row := rows.filter(playbook=playbook, key=anchor).first():
        return _added(request, cards.of_row(row), anchor)
    sections = Section.objects.select_related("playbook").filter(playbook=playbook)
    section = get_object_or_404(sections, key=anchor.partition("-of-")[2])
    if not (sides := cards.of_text(section, anchor)):
        raise Http404
    return _added(request, sides, anchor)


@require_POST
def note_card(request, key):
    """A card of the paragraph that the button names by its place."""
    note = get_object_or_404(visible(request, StudyNote), key=key)
    place = request.POST.get("row", "").removeprefix("p")
    if not place.isdecimal() or int(place) >= len(note.blocks):
        raise Http404
    return _added(request, cards.of_block(note, int(place)), f"p{place}")


@require_POST
def study(request, key):
    """Take the cards of a note into one's drills; those that are there already stay as they are."""
    note = get_object_or_404(visible(request, StudyNote), key=key)
    Card.objects.adopt(request.user, notes.cards_of(note).select_related("deck"), timezone.now())
    messages.success(request, "Its cards are in your drills.")
    return redirect(note)


@require_POST
def learning_card(request, pk):
    """A card of one's own note: its title asks, its text answers."""
    row = Learning.objects.for_user(request.user).kept().get_or_404(pk=pk)
    if not (sides := cards.of_learning(row)):
        messages.warning(request, "There is nothing in it yet to make a card of.")
        return redirect(row)
    return _added(request, sides, f"learning-{pk}")


def _added(request, sides: cards.Sides, anchor: str):
    added = Card.objects.add(
        request.user,
        front=sides.front,
        answer=sides.answer,
        kind=sides.kind,
        source=sides.source,
        source_title=sides.source_title,
        now=timezone.now(),
    )
    words = "It is in your drills now." if added.made else "It was in your drills already."
    if request.htmx:
        context = {"anchor": anchor, "card": added.card.pk, "message": words, "level": "success"}
        return render(request, "playbook/_card_added.html", context)
    messages.success(request, words)
    return redirect(sides.source)
