"""One's own cards: their text, where they came from, and their schedule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.ownership import Owned, OwnedQuerySet
from drills.decks import Entry, Kind
from drills.scheduling import Memory, State
from drills.setting import Setting
from writing.fields import RenderedField
from writing.markdown import to_html
from writing.models import Written

# So many times forgotten, a card is a leech: it wants other words, not more repetition.
LEECH = 8
LEARNING = (State.LEARNING, State.RELEARNING)
SCHEDULE = ("state", "step", "stability", "difficulty", "due", "last_review")
COUNTERS = ("reps", "lapses")


class Group(Owned):
    """One's own project or subject, with cards of one's own."""

    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Made by the page that offered the form, so that asking twice makes one.
    request_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["owner", "position", "id"], name="group_of_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "request_key"],
                condition=Q(request_key__isnull=False),
                name="group_once_per_request",
            )
        ]

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Added:
    """A card that somebody asked for, and whether that made it."""

    card: "Card"
    made: bool


class CardQuerySet(OwnedQuerySet):
    def standing(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def live(self, now: datetime) -> Self:
        """Those that take part: standing, not suspended, not buried."""
        return (
            self.standing()
            .filter(suspended=False)
            .filter(Q(buried_until=None) | Q(buried_until__lte=now))
        )

    def due(self, by: datetime) -> Self:
        """Seen before, and due at `by`."""
        return self.exclude(state=State.NEW).filter(due__lte=by)

    def new(self) -> Self:
        return self.filter(state=State.NEW)

    def with_entry(self) -> Self:
        """With the shared entry and its deck, in the same query."""
        return self.select_related("entry__deck")

    def add(
        self,
        owner,
        *,
        front: str,
        now: datetime,
        answer: str = "",
        note: str = "",
        kind: str = Kind.JUSTIFICATION,
        source: str = "",
        source_title: str = "",
        entry: Entry | None = None,
        group: Group | None = None,
        tags: Sequence[str] = (),
    ) -> Added:
        """A new card of `owner`'s, or the one there is of the same `source` or `entry`.

        `source` is the address on this site that the card came from; with neither, every call
        makes a card. One that was removed comes back, with its own text and schedule.
        """
        texts = {"front": front, "answer": answer, "note": note, "kind": kind, "group": group}
        values = {
            **texts, "tags": list(tags), "source": source, "source_title": source_title,
            "entry": entry, "due": now, "created_at": now,
        }  # fmt: skip
        same: dict[str, object] = {"entry": entry} if entry else {"source": source}
        if entry or source:
            card, made = Card.objects.get_or_create(owner=owner, **same, defaults=values)
        else:
            card, made = Card.objects.create(owner=owner, **values), True
        if card.removed_at:
            self.filter(pk=card.pk).update(removed_at=None)
            card.removed_at, made = None, True
        if made:
            Setting.replan(card.owner_id)
        return Added(card, made)

    def adopt(self, owner, entries: Iterable[Entry], now: datetime) -> None:
        """Cards of `owner`'s for `entries` that have none; removed ones come back."""
        entries = list(entries)
        self.bulk_create(
            [
                Card(
                    owner=owner, entry=entry, kind=entry.deck.kind, tags=entry.tags, due=now,
                    created_at=now,
                )
                for entry in entries
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        self.filter(owner=owner, entry__in=entries).update(removed_at=None)
        Setting.replan(owner.pk)


class Card(Written):
    """A front, one's own answer to it, and when to see it again.

    A card of a shared entry leaves `front` empty while the entry's own words serve, and `answer`
    until one has written a sentence; the entry's answer is the model beside it. `turn` counts
    every rating and every one taken back: a page that knows another turn is out of date.
    """

    writing = ("front", "answer", "note")

    # Every answer writes each index anew: the two below begin with the owner, as all lists do.
    entry = models.ForeignKey(
        Entry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    group = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.JUSTIFICATION)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    source = models.CharField(max_length=300, blank=True, editable=False)
    source_title = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    front = models.CharField(max_length=300, blank=True)
    answer = models.TextField("your answer", blank=True)
    answer_html = RenderedField("answer")
    note = models.TextField(blank=True)
    note_html = RenderedField("note")

    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    step = models.PositiveSmallIntegerField(null=True, default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due = models.DateTimeField(default=timezone.now)
    last_review = models.DateTimeField(null=True)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    suspended = models.BooleanField(default=False)
    buried_until = models.DateTimeField(null=True)
    # The lapses at which the card asks to be rewritten; more after each time it was.
    leech_at = models.PositiveIntegerField(default=LEECH)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["owner", "due"],
                condition=Q(removed_at=None, suspended=False),
                name="card_due",
            ),
            models.Index(
                fields=["owner", "due"],
                condition=Q(state__in=["learning", "relearning"], removed_at=None, suspended=False),
                name="card_learning",
            ),
            models.Index(fields=["owner", "id"], name="card_of_owner"),
            models.Index(fields=["owner", "group", "id"], name="card_in_group"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "entry"], condition=Q(entry__isnull=False), name="card_of_entry"
            ),
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="card_of_source"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="card_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.prompt

    def get_absolute_url(self) -> str:
        return reverse("drills:edit", args=[self.pk])

    @classmethod
    def writing_rows(cls, user):
        return cls.objects.for_user(user).standing()

    def writing_derived(self, texts: Mapping[str, str]) -> dict[str, object]:
        html = ("answer", "note")
        found: dict[str, object] = {
            f"{name}_html": str(to_html(texts[name])) for name in html if name in texts
        }
        if self.is_leech:
            # Other words: it may be forgotten as often again before it asks once more.
            found["leech_at"] = self.leech_at = self.lapses + LEECH
        return found

    # What is shown.

    @property
    def prompt(self) -> str:
        """The question: one's own words, else the entry's; its blank is left as it is."""
        return self.front or (self.entry.front if self.entry else "")

    @cached_property
    def question(self) -> str:
        """The question with its blank filled, the same until the card is answered."""
        seed = f"{self.pk}:{self.reps}"
        return self.entry.filled(self.prompt, seed) if self.entry else self.prompt

    @property
    def title(self) -> str:
        return self.entry.title if self.entry else self.prompt

    @property
    def home(self) -> str:
        """The deck, group or page it belongs to, as a word or two."""
        if self.entry:
            return self.entry.deck.title
        return self.group.title if self.group else self.source_title

    # The schedule.

    @property
    def memory(self) -> Memory:
        return Memory(
            State(self.state), self.step, self.stability, self.difficulty, self.due,
            self.last_review,
        )  # fmt: skip

    @memory.setter
    def memory(self, memory: Memory) -> None:
        for name, value in asdict(memory).items():
            setattr(self, name, value)

    @property
    def is_leech(self) -> bool:
        """Forgotten so often that it asks to be rewritten."""
        return self.lapses >= self.leech_at

    def snapshot(self) -> dict[str, object]:
        """The schedule as JSON, exactly: `restore` brings it back."""
        values = {name: getattr(self, name) for name in (*SCHEDULE, *COUNTERS)}
        return {
            name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()
        }

    def restore(self, snapshot: Mapping[str, object]) -> None:
        for name in (*SCHEDULE, *COUNTERS):
            value = snapshot[name]
            if name in ("due", "last_review") and isinstance(value, str):
                value = datetime.fromisoformat(value)
            setattr(self, name, value)
