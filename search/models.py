"""What search reads: one row for each page's worth of text, kept by the database itself.

Nobody writes here but the triggers (search/index.py). All of it can be made again from the rooms'
own rows: `manage.py search_index`.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


def _words_of(name: str, rows: Q) -> GinIndex:
    # With a short list of what came last, which a search reads from end to end.
    return GinIndex(
        fields=["vector"], name=f"search_words_{name}", condition=rows, gin_pending_list_limit=256
    )


class Entry(models.Model):
    """One thing to be found. `owner` is empty for what everybody reads.

    `kind` and `object_id` name the row it was made of, and with `ref` its address
    (search/places.py). `text` is what extracts are taken from; `vector` holds more, where a model
    answer should be findable and yet not be shown before it was earned.
    """

    # Not an Owned row: it is derived, so it goes into no export, and its owner may be nobody.
    # Without a constraint in the database, so that an older backup can be brought back over it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    room = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    ref = models.CharField(max_length=250)
    title = models.TextField()
    context = models.TextField()
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")
        ]
        indexes = [
            # Most people's own rows are fewer than the rows of the site that hold a word: the
            # planner then reads theirs and looks into each; else it takes the second of these.
            models.Index(fields=["owner"], name="search_entry_owner"),
            _words_of("owned", Q(owner__isnull=False)),
            # Apart, because a word begun is in so many rows of everybody's writing.
            _words_of("shared", Q(owner=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
