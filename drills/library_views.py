"""The justification library: all of it, one entry to be written, and what is asked of an entry."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from drills import browsing, library, own, uses
from drills.cards import Card
from drills.decks import Entry, Kind
from drills.library import EntryPage
from drills.library_forms import ChoiceForm, GroupForm, SentenceForm
from drills.own import Peek
from drills.sentence import check
from drills.setting import Setting
from drills.views import now, own_cards
from prepsite.page import HtmxRequest, render_page
from writing.autosave.views import save
from writing.markdown import plain


def shared_entries():
    return Entry.objects.published().filter(deck__kind=Kind.JUSTIFICATION).select_related("deck")


def library_context(request: HtmxRequest, form: GroupForm | None = None) -> dict[str, object]:
    """The parts, those with something to write where the address asks for them, and the sums."""
    every = library.parts(request.user)
    only = "unwritten" if request.GET.get("show") == "unwritten" else ""
    shown = [part for part in every if part.group or part.written < part.total] if only else every
    return {
        "parts": every,
        "shown": shown,
        "only": only,
        "written": sum(part.written for part in every),
        "total": sum(part.total for part in every),
        "form": form or GroupForm(),
    }


@require_GET
def justifications(request):
    """Groups and entries, with what was written of each."""
    return render_page(request, "drills/library/justifications.html", library_context(request))


def entry_page(request: HtmxRequest, page: EntryPage):
    """The page of one entry; its card may not exist yet."""
    subject = uses.Subject(0, page.title, page.tags)
    context: dict[str, object] = {
        "page": page,
        "card": page.card,
        "entry": page.entry,
        "uses": uses.of(subject),
        "following": library.following(request.user, page.entry) if page.entry else None,
        "groups": [] if page.entry else own.groups_of(request.user),
    }
    if page.card:
        context["due"] = browsing.due_of(page.card, Setting.of(request.user), now())
    return render_page(request, "drills/library/justification.html", context)


@require_GET
def justification(request, key):
    """A shared entry: one's own sentence, and then the model beside it."""
    entry = get_object_or_404(shared_entries(), key=key)
    cards = own_cards(request).filter(entry=entry)
    card = cards.first()
    if card:
        card.entry = entry
    peek = Peek.objects.for_user(request.user).filter(entry=entry).first()
    return entry_page(request, EntryPage(entry, card, peek))


@require_GET
def own_justification(request, pk):
    """An entry of one's own; the number of a shared one's card leads to its page."""
    card = own_cards(request).select_related("entry", "group", "filing").get_or_404(pk=pk)
    if card.kind != Kind.JUSTIFICATION:
        return redirect("drills:edit", pk=pk)
    if card.entry:
        return redirect("drills:justification", key=card.entry.key)
    return entry_page(request, EntryPage(None, card))


@require_POST
def write(request, key):
    """Make the card in which one's sentence is written, and open it."""
    entry = get_object_or_404(shared_entries(), key=key)
    Card.objects.adopt(request.user, [entry], now())
    return redirect(reverse("drills:justification", args=[key]) + "#answer")


@require_POST
def show_model(request, key):
    """Show the model before there is a sentence of one's own, and remember that it was so."""
    entry = get_object_or_404(shared_entries(), key=key)
    if not own_cards(request).filter(entry=entry).exclude(answer="").exists():
        own.peek(request.user, entry, now())
    return redirect(reverse("drills:justification", args=[key]) + "#beside")


@require_POST
def beside(request, pk):
    """Save what the form holds, and show it beside the model."""
    card = own_cards(request).select_related("entry").get_or_404(pk=pk)
    if request.content_type == "application/x-www-form-urlencoded" and "version" in request.POST:
        answer = save(request, card.writing_label, card.pk)
        if answer.status_code != 302:
            return answer
    return redirect(reverse("drills:own-justification", args=[pk]) + "#beside")


@require_POST
def hints(request):
    """The gentle word on a text that is being written. Keeps nothing."""
    form = SentenceForm(request.POST)
    text = form.cleaned_data["answer"] if form.is_valid() else ""
    return render_page(request, "drills/library/_hints.html", {"findings": check(plain(text))})


@require_POST
def add_choice(request):
    """Add a technology choice of another page, once. With htmx, a link in place of the button."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    added = Card.objects.add(request.user, now=now(), kind=Kind.JUSTIFICATION, **form.cleaned_data)
    context = {"card": added.card, "made": added.made}
    if request.htmx:
        return render_page(request, "drills/library/_added.html", context)
    url = reverse("drills:own-justification", args=[added.card.pk])
    return redirect(f"{url}?{'added' if added.made else 'there'}")
