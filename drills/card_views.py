"""One card: its words, its tags, and the ways to set it aside. One address for each verb."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from drills import days, queue
from drills.cards import LEECH, Card
from drills.drill_views import drill_page, following_page, shown_card, undoable
from drills.forms import AddForm, ShownForm, TagsForm
from drills.setting import Setting
from drills.views import now, own_cards
from prepsite import toasts
from prepsite.page import HtmxRequest, render_page


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """The card's words, which save themselves, and its tags. A POST sets the tags."""
    card = own_cards(request).with_entry().select_related("group").get_or_404(pk=pk)
    form = TagsForm(request.POST or None, initial={"tags": ", ".join(card.tags)})
    # With the words: without a script any button brings along what the others would save.
    form.fields["tags"].widget.attrs["form"] = "words"
    if request.method == "POST" and form.is_valid():
        Card.objects.filter(pk=card.pk).update(tags=form.cleaned_data["tags"])
        messages.success(request, "Tags kept.")
        return redirect("drills:edit", pk=pk)
    context = {"card": card, "form": form}
    return render_page(request, "drills/edit.html", context, status=422 if form.is_bound else 200)


def set_aside(request: HtmxRequest, card: Card, said: str, undo: str):
    """The next card in place of one that was set aside, with the way back."""
    way_back = reverse(f"drills:{undo}", args=[card.pk])
    if not request.htmx:
        toasts.undoable(request, said, way_back)
        return redirect("drills:next")
    moment = now()
    setting = queue.ready(request.user, moment)
    return following_page(
        request, setting, moment, undo=undoable(request), toast=said, toast_undo=way_back
    )


@require_POST
def bury(request, pk):
    """Leave the card until tomorrow."""
    card = own_cards(request).get_or_404(pk=pk)
    until = days.ends(request.user, days.study_day(request.user, now()))
    Card.objects.filter(pk=pk).update(buried_until=until)
    return set_aside(request, card, "Left until tomorrow.", "unbury")


@require_POST
def unbury(request, pk):
    own_cards(request).get_or_404(pk=pk)
    with transaction.atomic():
        Card.objects.filter(pk=pk).update(buried_until=None)
        # A plan made since does not have it in its list.
        Setting.replan(request.user.pk)
    return redirect("drills:card", pk=pk)


@require_POST
def suspend(request, pk):
    """Leave the card until it is taken up again."""
    card = own_cards(request).get_or_404(pk=pk)
    Card.objects.filter(pk=pk).update(suspended=True)
    return set_aside(request, card, "Suspended.", "resume")


@require_POST
def resume(request, pk):
    own_cards(request).get_or_404(pk=pk)
    with transaction.atomic():
        Card.objects.filter(pk=pk).update(suspended=False)
        Setting.replan(request.user.pk)
    return redirect("drills:card", pk=pk)


@require_POST
def remove(request, pk):
    """Take the card out of the library. Its words and its answers are kept."""
    card = own_cards(request).get_or_404(pk=pk)
    Card.objects.filter(pk=pk).update(removed_at=now())
    return set_aside(request, card, "Removed.", "restore")


@require_POST
def restore(request, pk):
    Card.objects.for_user(request.user).get_or_404(pk=pk)
    with transaction.atomic():
        Card.objects.filter(pk=pk).update(removed_at=None)
        Setting.replan(request.user.pk)
    return redirect("drills:card", pk=pk)


@require_POST
def keep(request, pk):
    """Leave a leech's words as they are; it asks again when forgotten as often again."""
    card = own_cards(request).get_or_404(pk=pk)
    Card.objects.filter(pk=pk).update(leech_at=card.lapses + LEECH)
    return redirect("drills:card", pk=pk)


@require_POST
def keep_answer(request, pk):
    """Make what was typed one's own sentence, where there is none yet."""
    card = own_cards(request).get_or_404(pk=pk)
    form = ShownForm(request.POST)
    if form.is_valid() and form.cleaned_data["typed"] and not card.answer.strip():
        card.answer = form.cleaned_data["typed"]
        card.save(update_fields=["answer", "answer_html"])
    sent = form.cleaned_data
    shown = {"typed": sent.get("typed", ""), "revealed": True, "since": sent.get("shown")}
    if sent.get("key"):
        shown["key"] = sent["key"]
    showing, _ = shown_card(request, pk, **shown)
    return drill_page(request, showing, toast="Kept as your sentence.")


@require_POST
def add(request):
    """Make a card of something on another page; once. Then back to that page."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return render_page(request, "drills/add.html", {"form": form}, status=422)
    added = Card.objects.add(request.user, now=now(), **form.cleaned_data)
    said = "Added to your drills." if added.made else "That is in your drills already."
    messages.success(request, said)
    return redirect("drills:edit", pk=added.card.pk)
