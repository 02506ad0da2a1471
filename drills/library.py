"""The justification library as its pages show it: groups of lines, put together from rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from drills import own
from drills.cards import Card, Group
from drills.decks import Entry, Kind
from drills.own import Peek
from drills.sentence import Finding, check
from writing.autosave.differences import Piece, as_html, differences
from writing.markdown import plain

# One's own groups stand after the decks up to this order, and before the rest.
FIRST_DECKS = 20
# One's own entries that the page shows; a group's own page has all of them.
MOST_OWN = 300
# Of the model's words; with fewer in common the marks would cover everything.
ALIKE = 0.35


@dataclass
class Line:
    """An entry as the library lists it, shared or one's own, with one's card of it."""

    title: str
    question: str
    address: str
    card: Card | None = None
    seen: bool = False

    @property
    def written(self) -> bool:
        return bool(self.card and self.card.answer.strip())

    @cached_property
    def sentence(self) -> str:
        return plain(self.card.answer) if self.card else ""

    @cached_property
    def findings(self) -> list[Finding]:
        """A gentle word on a justification; other cards have other forms."""
        is_one = self.card is not None and self.card.kind == Kind.JUSTIFICATION
        return check(self.sentence) if is_one else []


@dataclass
class Part:
    """A deck or a group with its lines. `others` counts a group's cards of other kinds."""

    anchor: str
    title: str
    summary: str = ""
    order: int = 0
    group: Group | None = None
    others: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def written(self) -> int:
        return sum(line.written for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)


def parts(user) -> list[Part]:
    """The whole library: decks in their order, one's own groups behind the first of them.

    Five queries, whatever there is.
    """
    found = [*_shared(user), *_own(user)]
    return sorted(found, key=lambda part: part.order)


def _shared(user) -> Iterable[Part]:
    rows = (
        Entry.objects.published()
        .filter(deck__kind=Kind.JUSTIFICATION)
        .select_related("deck")
        .defer("answer", "answer_html", "note", "note_html", "deck__intro", "deck__intro_html")
        .order_by("deck__order", "deck__title", "order", "id")
    )
    cards = Card.objects.for_user(user).standing().exclude(entry=None)
    of_entry = {card.entry_id: card for card in light(cards.filter(kind=Kind.JUSTIFICATION))}
    peeks = set(Peek.objects.for_user(user).values_list("entry_id", flat=True))
    found: dict[int, Part] = {}
    for entry in rows:
        deck = entry.deck
        if deck.pk not in found:
            found[deck.pk] = Part(f"deck-{deck.key}", deck.title, deck.summary, deck.order)
        address = reverse("drills:justification", args=[entry.key])
        line = Line(entry.title, entry.front, address, of_entry.get(entry.pk), entry.pk in peeks)
        found[deck.pk].lines.append(line)
    return found.values()


def _own(user) -> Iterable[Part]:
    groups = own.groups_of(user).annotate(others=_others())
    found = {group.pk: part_of(group) for group in groups}
    loose = Part("own", "Added by you", "Entries in no project of yours yet.", FIRST_DECKS)
    cards = Card.objects.for_user(user).standing().filter(entry=None, kind=Kind.JUSTIFICATION)
    for card in own.filed(light(cards))[:MOST_OWN]:
        found.get(card.group_id or 0, loose).lines.append(own_line(card))
    return [*found.values(), *([loose] if loose.lines else [])]


def _others():
    """How many cards of other kinds a group holds, as a subquery."""
    cards = Card.objects.standing().filter(group=OuterRef("pk"), entry=None).order_by()
    counted = cards.exclude(kind=Kind.JUSTIFICATION).values("group").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def light(cards):
    """`cards` with the columns a list shows."""
    return cards.defer("note", "note_html", "answer_html")


def part_of(group: Group) -> Part:
    others = getattr(group, "others", 0)
    return Part(f"group-{group.pk}", group.title, group.summary, FIRST_DECKS, group, others)


def own_line(card: Card) -> Line:
    address = reverse("drills:own-justification", args=[card.pk])
    return Line(card.front, card.source_title, address, card)


@dataclass
class EntryPage:
    """One entry to be written: a shared one with or without one's card, or a card of one's own."""

    entry: Entry | None
    card: Card | None
    peek: Peek | None = None

    @property
    def title(self) -> str:
        return self.entry.title if self.entry else str(self.card)

    @property
    def question(self) -> str:
        """The question, where the title does not say it already."""
        front = (self.card and self.card.front) or (self.entry.front if self.entry else "")
        return front if front != self.title else ""

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple((self.card or self.entry).tags)  # type: ignore[union-attr]

    @property
    def written(self) -> bool:
        return bool(self.card and self.card.answer.strip())

    @property
    def is_open(self) -> bool:
        """May the model be shown?"""
        return self.written or self.peek is not None

    @property
    def findings(self) -> list[Finding]:
        return check(plain(self.card.answer)) if self.card else []

    @property
    def model(self) -> str:
        return self.entry.answer_text if self.entry else ""

    @cached_property
    def _pieces(self) -> list[Piece]:
        return differences(plain(self.card.answer) if self.card else "", self.model)

    @cached_property
    def alike(self) -> bool:
        """Are there enough words in common for marks to say something?"""
        same = sum(len(piece.text.split()) for piece in self._pieces if piece.kind == "same")
        return same >= ALIKE * max(len(self.model.split()), 1)

    @property
    def own_html(self) -> SafeString:
        """One's own sentence, with what the model does not have."""
        return self._marked("put", plain(self.card.answer) if self.card else "")

    @property
    def model_html(self) -> SafeString:
        """The model, with what one's own sentence does not have."""
        return self._marked("cut", self.model)

    def _marked(self, without: str, text: str) -> SafeString:
        pieces = [piece for piece in self._pieces if piece.kind != without]
        return as_html(pieces if self.alike else [Piece("same", text)])


def following(user, entry: Entry) -> Entry | None:
    """The next entry of the deck without a sentence of one's own, from the top after its end."""
    written = Card.objects.for_user(user).standing().exclude(answer="").exclude(entry=None)
    rows = Entry.objects.published().filter(deck=entry.deck_id).exclude(pk=entry.pk)
    rows = rows.exclude(pk__in=written.values("entry")).only("key", "title", "order")
    left = list(rows.order_by("order", "id"))
    return next((row for row in left if row.order > entry.order), left[0] if left else None)
