"""Finding entries and cards: by deck, kind, tag and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, F, Func, Q, QuerySet

from drills import words
from drills.cards import Card, CardQuerySet
from drills.decks import Entry, EntryQuerySet, Kind
from drills.scheduling import State, aim, recall
from drills.setting import Setting
from writing.text import clean_text

LONGEST_WORDS = 200


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what it does not know is left out."""

    words: str = ""
    kind: str = ""
    tag: str = ""

    @classmethod
    def read(cls, query) -> "Filters":
        words = clean_text(query.get("q", ""), one_line=True)[:LONGEST_WORDS]
        kind = query.get("kind", "")
        tag = clean_text(query.get("tag", ""), one_line=True)[:60].lower()
        return cls(words, kind if kind in Kind.values else "", tag)

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.tag)

    @property
    def query(self) -> str:
        """The same filters as the end of an address."""
        named = {"q": self.words, "kind": self.kind, "tag": self.tag}
        return urlencode({name: value for name, value in named.items() if value})

    def entries(self, rows: EntryQuerySet) -> EntryQuerySet:
        if self.kind:
            rows = rows.filter(deck__kind=self.kind)
        if self.tag:
            rows = rows.filter(tags__contains=[self.tag])
        if self.words:
            # Shared content is some hundreds of rows: a sequential look costs milliseconds.
            rows = rows.annotate(
                found=SearchVector("title", "front", "answer", "note", config="english")
            ).filter(
                Q(found=SearchQuery(self.words, config="english"))
                | Q(title__icontains=self.words)
                | Q(front__icontains=self.words)
            )
        return rows


@dataclass
class Row:
    """An entry in a list, with one's card of it if there is one. `front` has its blank filled."""

    entry: Entry
    front: str
    card: Card | None = None

    @property
    def hides_model(self) -> bool:
        """A justification's model is for after one's own sentence."""
        return self.entry.deck.kind == Kind.JUSTIFICATION


def rows(user, entries: Iterable[Entry], now: datetime) -> list[Row]:
    """Each of `entries` with the reader's card. One query for the cards."""
    entries = list(entries)
    cards = Card.objects.for_user(user).standing().filter(entry__in=entries)
    of_entry = {card.entry_id: card for card in cards.defer("note", "note_html", "answer_html")}
    day = f"{now:%Y-%m-%d}"
    return [
        Row(entry, entry.filled(entry.front, f"{entry.key} {day}"), of_entry.get(entry.pk))
        for entry in entries
    ]


def due_of(card: Card, setting: Setting, now: datetime) -> datetime | None:
    """When the drills ask for a card next, as their next plan will have it where the interview was
    set or moved since the last; None where that is not before the interview."""
    memory, limit = card.memory, setting.limit(now)
    if setting.aimed_at != limit:
        memory = aim(memory, now, retention=setting.retention, limit=limit)
    return None if limit and memory.due >= limit else memory.due


def state_of(card: Card, setting: Setting, now: datetime) -> str:
    """Where a card stands, in two or three words."""
    if card.suspended:
        return "suspended"
    if card.buried_until and card.buried_until > now:
        return "until tomorrow"
    if card.state == State.NEW:
        return "new"
    if card.state != State.REVIEW:
        return "learning"
    due = due_of(card, setting, now)
    if due is None:
        return "not due before it"  # after its chance at the interview
    return "due" if due <= now else f"due {due.astimezone(now.tzinfo):%-d %b}"


def chance_of(card: Card, limit: datetime | None) -> str:
    """How likely the card is remembered at the interview at `limit`; "" without one, and for a new
    card."""
    return words.percent(recall(card.memory, limit)) if limit and card.last_review else ""


LISTS = {
    "all": "All",
    "own": "Your own",
    "leeches": "To rewrite",
    "suspended": "Suspended",
    "buried": "Left until tomorrow",
}


def listed(cards: CardQuerySet, name: str, now: datetime) -> CardQuerySet:
    """Those of `cards` that the list called `name` holds."""
    match name:
        case "own":
            return cards.filter(entry=None)
        case "leeches":
            return cards.filter(lapses__gte=F("leech_at"))
        case "suspended":
            return cards.filter(suspended=True)
        case "buried":
            return cards.filter(buried_until__gt=now)
    return cards


def counts(cards: QuerySet, now: datetime) -> dict[str, int]:
    """How many each list holds. One query."""
    return cards.aggregate(
        all=Count("pk"),
        own=Count("pk", filter=Q(entry=None)),
        leeches=Count("pk", filter=Q(lapses__gte=F("leech_at"))),
        suspended=Count("pk", filter=Q(suspended=True)),
        buried=Count("pk", filter=Q(buried_until__gt=now)),
    )


def tags_of(rows: QuerySet) -> list[tuple[str, int]]:
    """The tags of `rows` with how many have each, those of most first. One query."""
    tag = Func(F("tags"), function="unnest")
    counted = rows.order_by().annotate(tag=tag).values("tag").annotate(n=Count("pk"))
    return [(row["tag"], row["n"]) for row in counted.order_by("-n", "tag")]
