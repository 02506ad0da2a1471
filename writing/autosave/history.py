"""What was written, and when: the entries of a row's history, restoring one and naming one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Extract, Floor, Lead

from writing.autosave.saving import Outcome, save
from writing.models import Revision, Written

# Saves of one tab that follow each other within this are one entry,
BURST = timedelta(seconds=60)
# until the clock passes a multiple of this many seconds.
LONGEST = 600


def _next(expression) -> Window:
    """`expression` in the following revision; a kept text, which interrupts no burst, aside."""
    return Window(Lead(expression), partition_by=[F("kept")], order_by=F("id").asc())


def entries(row: Written) -> QuerySet[Revision]:
    """The revisions that the history page shows, newest first: the last of each burst of saves.

    Named ones are always shown, and so are restored ones, the text that each of them replaced,
    and texts that were kept. The others are `Revision.objects.of(row)`, every one of them.
    """
    stretch = Floor(Extract("saved_at", "epoch") / LONGEST)
    revisions = Revision.objects.of(row).annotate(
        kept=Q(kind=Revision.Kind.KEPT),
        next_tab=_next("tab"),
        next_kind=_next("kind"),
        next_at=_next("saved_at"),
        stretch=stretch,
        next_stretch=_next(stretch),
    )
    own = ~Q(name="") | Q(kept=True) | Q(kind=Revision.Kind.RESTORED)
    # A save without a tab (a plain form, the admin) belongs to no burst; nor does the last one.
    burst_ends = (
        Q(tab=None)
        | Q(next_tab=None)
        | ~Q(next_tab=F("tab"))
        | Q(next_kind=Revision.Kind.RESTORED)
        | Q(next_at__gt=F("saved_at") + BURST)
        | ~Q(next_stretch=F("stretch"))
    )
    return revisions.filter(own | burst_ends).order_by("-id")


def texts_then(row: Written, revision: Revision) -> dict[str, str]:
    """What restoring `revision` would make of `row`, field by field.

    A kept text holds only the fields that were sent: the others stay as they are.
    """
    then = revision.texts()
    if revision.kind == Revision.Kind.KEPT:
        then = row.writing_texts() | then
    return {name: then.get(name, "") for name in row.writing}


def restore(row: Written, revision: Revision, base: int, key: UUID, now: datetime) -> Outcome:
    """Make the text of `revision` the text of `row` again, as a new revision.

    A save like any other: from version `base`, refused when somebody saved since.
    """
    texts = texts_then(row, revision)
    kind = Revision.Kind.RESTORED
    return save(type(row), row.owner_id, row.pk, base, texts, key, now, kind=kind)


def give_name(revision: Revision, name: str) -> None:
    """Name `revision`, for example "told at Acme"; an empty name takes the old one away."""
    Revision.objects.filter(pk=revision.pk).update(name=name)
