"""One's own groups and entries: one address for each thing done to them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from drills import library, own
from drills.cards import Card, Group
from drills.library_forms import FileForm, GroupForm, LineForm
from drills.library_views import library_context
from drills.views import now, own_cards
from prepsite import toasts
from prepsite.page import HtmxRequest, render_page

PER_PAGE = 100


def own_groups(request: HtmxRequest):
    return own.groups_of(request.user)


def back(request: HtmxRequest, default: str) -> HttpResponse:
    """To the page of this site that the form names as `next`, else to `default`."""
    address = request.POST.get("next", "")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return redirect(address if local else default)


@require_POST
def add_group(request):
    form = GroupForm(request.POST)
    if not form.is_valid():
        context = library_context(request, form)
        template = "drills/library/justifications.html"
        return render_page(request, template, context, status=422)
    sent = form.cleaned_data
    group = own.add_group(request.user, sent["title"], sent["summary"], sent["key"])
    return redirect("drills:group", pk=group.pk)


def group_page(request: HtmxRequest, group: Group, status: int = 200, **forms) -> HttpResponse:
    cards = own.filed(library.light(own_cards(request).filter(group=group, entry=None)))
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    lines = [library.own_line(card) for card in page.object_list]
    context = {
        "group": group,
        "page": page,
        "lines": lines,
        "written": sum(line.written for line in lines),
        "form": LineForm(),
        "group_form": GroupForm(initial={"title": group.title, "summary": group.summary}),
        **forms,
    }
    return render_page(request, "drills/library/group.html", context, status=status)


@require_GET
def group(request, pk):
    """A project of one's own: its entries, and everything that can be done to it."""
    return group_page(request, own_groups(request).get_or_404(pk=pk))


@require_POST
def rename_group(request, pk):
    row = own_groups(request).get_or_404(pk=pk)
    form = GroupForm(request.POST)
    if not form.is_valid():
        return group_page(request, row, 422, group_form=form)
    row.title, row.summary = form.cleaned_data["title"], form.cleaned_data["summary"]
    row.save(update_fields=["title", "summary"])
    return redirect("drills:group", pk=pk)


@require_POST
def move_group(request, pk):
    """One place up or down."""
    row = own_groups(request).get_or_404(pk=pk)
    own.step_group(row, request.POST.get("direction", ""))
    return redirect(f"{reverse('drills:justifications')}#group-{pk}")


@require_POST
def remove_group(request, pk):
    row = Group.objects.for_user(request.user).get_or_404(pk=pk)
    if row.removed_at is None:
        taken = own.remove_group(row, now())
        said = f"“{row}” removed" + (f", with its {taken} entries." if taken > 1 else ".")
        toasts.undoable(request, said, reverse("drills:restore-group", args=[pk]))
    return redirect("drills:justifications")


@require_POST
def restore_group(request, pk):
    own.restore_group(Group.objects.for_user(request.user).get_or_404(pk=pk))
    return redirect("drills:group", pk=pk)


@require_POST
def add_line(request, pk):
    """A new entry of the group, and its page to write it on."""
    row = own_groups(request).get_or_404(pk=pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        return group_page(request, row, 422, form=form)
    # With the words: a page brought back by the Back button still carries the old key.
    key = uuid.uuid5(form.cleaned_data["key"], form.cleaned_data["front"])
    card, _ = own.add_card(request.user, key, now(), front=form.cleaned_data["front"], group=row)
    return redirect("drills:own-justification", pk=card.pk)


@require_POST
def move_card(request, pk):
    """One place up or down within its group."""
    card = own_cards(request).get_or_404(pk=pk)
    own.step_card(card, request.POST.get("direction", ""))
    return back(request, card.get_absolute_url())


@require_POST
def file_card(request, pk):
    """Into another group, or none."""
    card = own_cards(request).get_or_404(pk=pk, entry=None)
    form = FileForm(request.POST, groups=own_groups(request))
    if form.is_valid():
        own.file(card, form.cleaned_data["group"])
        messages.success(request, f"Now in “{form.cleaned_data['group'] or 'Added by you'}”.")
    return back(request, reverse("drills:own-justification", args=[pk]))


@require_POST
def leave(request, pk):
    """Take one card out of study, with the way back."""
    card = Card.objects.for_user(request.user).with_entry().get_or_404(pk=pk)
    own.take_out(Card.objects.for_user(request.user).filter(pk=pk), now())
    undo = reverse("drills:rejoin", args=[pk])
    toasts.undoable(request, f"“{card.title}” taken out.", undo)
    return back(request, reverse("drills:justifications"))


@require_POST
def rejoin(request, pk):
    card = Card.objects.for_user(request.user).with_entry().get_or_404(pk=pk)
    own.put_back(card.owner_id, Card.objects.for_user(request.user).filter(pk=pk))
    messages.success(request, f"“{card.title}” is back.")
    home = reverse("drills:deck", args=[card.entry.deck.key]) if card.entry else ""
    return back(request, home or reverse("drills:own-justification", args=[pk]))
