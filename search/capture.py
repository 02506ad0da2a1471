"""Something taken down in passing: a note, or the idea of a story."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from accounts.ownership import OwnedQuerySet
from playbook.models import Learning
from stories import changes
from stories.models import Story

NOTE, STORY = "note", "story"
# A first line as long as this is a title; of a longer one the first words are.
LONGEST_TITLE, FIRST_WORDS = 100, 8


@dataclass(frozen=True)
class Place:
    """The page on which it was taken down."""

    path: str = ""
    title: str = ""


def split(text: str) -> tuple[str, str]:
    """(title, rest) of what was typed. Nothing is lost: a cut title leaves the text whole."""
    first, _, rest = text.strip().partition("\n")
    title = first.lstrip("# ").strip()
    if len(title) <= LONGEST_TITLE:
        return title, rest.strip()
    return Truncator(title).words(FIRST_WORDS, truncate="…")[:LONGEST_TITLE], text.strip()


def keep(owner, kind: str, text: str, place: Place, *, key: UUID, now: datetime) -> models.Model:
    """The note or story that `text` becomes; the one that this `key` already made, if it did."""
    title, rest = split(text)
    if kind == STORY:
        return changes.begin(owner, key, now, title=title, situation=rest)
    return Learning.objects.get_or_create(
        owner=owner,
        request_key=key,
        defaults={
            "title": title, "text": rest, "taken_on": timezone.localdate(now),
            "source": place.path, "source_title": place.title,
        },
    )[0]  # fmt: skip


def own(user, kind: str) -> OwnedQuerySet:
    """The rows of `user` that a capture of `kind` may have made."""
    return (Story if kind == STORY else Learning).objects.for_user(user)
