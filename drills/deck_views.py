"""Decks and cards to look through: what there is, what is in study, what was set aside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from drills import browsing, own
from drills.browsing import Filters
from drills.cards import Card
from drills.decks import Deck, Entry, Kind
from drills.library_forms import CardForm
from drills.own_views import back, own_groups
from drills.setting import Setting
from drills.views import now, own_cards
from prepsite import toasts
from prepsite.page import render_page

PER_PAGE = 50
MOST_TAGS = 24


def published():
    return Entry.objects.published().select_related("deck").order_by("deck__order", "deck", "order")


@require_GET
def decks(request):
    """All decks; with a search or a filter, the entries that fit."""
    filters = Filters.read(request.GET)
    context = {
        "filters": filters,
        "kinds": Kind.choices,
        "tags": browsing.tags_of(Entry.objects.published())[:MOST_TAGS],
    }
    if filters:
        page = Paginator(filters.entries(published()), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": rows_of(request, page.object_list)}
    else:
        # Counting drops the order of the model.
        rows = Deck.objects.published().with_counts(request.user)
        context["decks"] = rows.order_by("order", "title")
    fragments = {"found": "drills/library/_found.html"}
    return render_page(request, "drills/library/decks.html", context, fragments=fragments)


def rows_of(request, entries):
    moment = now()
    setting = Setting.of(request.user)
    found = browsing.rows(request.user, entries, moment)
    return [(row, *said_of(row.card, setting, moment)) for row in found]


def said_of(card, setting, moment):
    """(where a card stands, its chance at the interview), as words; empty without a card."""
    if card is None:
        return "", ""
    chance = browsing.chance_of(card, setting.limit(moment))
    return browsing.state_of(card, setting, moment), chance


@require_GET
def deck(request, key):
    """One deck: its entries, each to be taken or left."""
    row = get_object_or_404(Deck.objects.published(), key=key)
    rows = rows_of(request, published().filter(deck=row))
    taken = sum(bool(found.card) for found, *_ in rows)
    context = {"deck": row, "rows": rows, "taken": taken, "missing": len(rows) - taken}
    return render_page(request, "drills/library/deck.html", context)


@require_POST
def take(request, key):
    """One entry into study."""
    entry = get_object_or_404(published(), key=key)
    Card.objects.adopt(request.user, [entry], now())
    card = own_cards(request).get(entry=entry)
    toasts.undoable(request, f"“{entry}” taken.", reverse("drills:leave", args=[card.pk]))
    return back(request, reverse("drills:deck", args=[entry.deck.key]))


@require_POST
def take_deck(request, key):
    """All of a deck that is not in study yet."""
    row = get_object_or_404(Deck.objects.published(), key=key)
    Card.objects.adopt(request.user, published().filter(deck=row), now())
    undo = reverse("drills:leave-deck", args=[key])
    toasts.undoable(request, f"“{row}” is in your drills.", undo)
    return redirect("drills:deck", key=key)


@require_POST
def leave_deck(request, key):
    """All cards of a deck out of study; their words and schedule wait."""
    row = get_object_or_404(Deck.objects.all(), key=key)
    taken = own.take_out(Card.objects.for_user(request.user).filter(entry__deck=row), now())
    undo = reverse("drills:rejoin-deck", args=[key])
    toasts.undoable(request, f"{taken} card{'' if taken == 1 else 's'} of “{row}” taken out.", undo)
    return redirect("drills:deck", key=key)


@require_POST
def rejoin_deck(request, key):
    """Bring back the cards that left last."""
    row = get_object_or_404(Deck.objects.all(), key=key)
    cards = Card.objects.for_user(request.user).filter(entry__deck=row)
    last = cards.aggregate(at=Max("removed_at"))["at"]
    if last:
        own.put_back(request.user.pk, cards.filter(removed_at=last))
        messages.success(request, f"“{row}” is back as it was.")
    return redirect("drills:deck", key=key)


@require_GET
def cards(request):
    """One's own cards: all, own, to rewrite, suspended, left until tomorrow; by tag and words."""
    moment = now()
    filters = Filters.read(request.GET)
    name = request.GET.get("show", "all")
    name = name if name in browsing.LISTS else "all"
    every = own_cards(request)
    found = browsing.listed(every, name, moment)
    if filters.tag:
        found = found.filter(tags__contains=[filters.tag])
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.words:
        texts = ("front", "answer", "entry__title", "entry__front")
        words = [Q(**{f"{text}__icontains": filters.words}) for text in texts]
        found = found.filter(words[0] | words[1] | words[2] | words[3])
    found = found.with_entry().select_related("group").order_by("-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = browsing.counts(every, moment)
    setting = Setting.of(request.user)
    context = {
        "filters": filters,
        "name": name,
        "lists": [(key, label, counts[key]) for key, label in browsing.LISTS.items()],
        "page": page,
        "rows": [(card, *said_of(card, setting, moment)) for card in page.object_list],
    }
    return render_page(request, "drills/library/cards.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """A card of one's own, of any kind."""
    form = CardForm(request.POST or None, groups=own_groups(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        key = sent.pop("key")
        card, made = own.add_card(request.user, key, now(), **sent)
        messages.success(request, "Added to your drills." if made else "It is there already.")
        return redirect(card.get_absolute_url())
    status = 422 if form.is_bound else 200
    return render_page(request, "drills/library/new.html", {"form": form}, status=status)


@require_POST
def release(request, pk):
    """Take a suspended or buried card up again."""
    card = own_cards(request).with_entry().get_or_404(pk=pk)
    Card.objects.filter(pk=card.pk).update(suspended=False, buried_until=None)
    Setting.replan(request.user.pk)
    messages.success(request, f"“{card.title}” takes part again.")
    return back(request, reverse("drills:cards"))
