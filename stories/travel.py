"""Stories in files that leave this site and come back (accounts/portable)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import slugify

from accounts.portable import notes
from drills.travel import memory_is_sound, snapshot_is_sound
from stories import imports, story_documents
from stories.models import OwnCompetency, Rehearsal, Story
from stories.rehearsals import Scheduled


def describe() -> None:
    notes.describe(OwnCompetency, twin=own_title)
    notes.describe(Story, check=story_is_sound)
    notes.describe(Rehearsal, check=rehearsal_is_sound)
    notes.leads_to("stories:story", Story)
    notes.folder("Stories", files)


def files(user) -> Iterator[tuple[str, str]]:
    """A file for each story that stands, in the form that the stories room reads back."""
    for number, text in enumerate(imports.texts_of(Story.objects.for_user(user).kept()), 1):
        name = slugify(text.title)[:60] or "untitled"
        yield f"{number:03} {name}.md", story_documents.write([text])


def own_title(row: Mapping[str, Any]) -> object:
    """One's own competencies are told apart by their titles, in any case."""
    return row["title"].lower() if row["removed_at"] is None else None


def _schedule(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a story's schedule under the names of a card's."""
    names = ("state", "step", "stability", "difficulty", "due", "last_review")
    return {to: values[name] for to, name in zip(names, Scheduled.SCHEDULE, strict=True)}


def story_is_sound(row: Mapping[str, Any]) -> str:
    return "" if memory_is_sound(_schedule(row)) else "The schedule of this story is none."


def rehearsal_is_sound(row: Mapping[str, Any]) -> str:
    """A telling that can be taken back: its `before` is a whole schedule, or nothing."""
    before = row["before"]
    return "" if before == {} or schedule_is_sound(before) else "before is no schedule."


def schedule_is_sound(before: Mapping[str, Any]) -> bool:
    """Is it a schedule that undo can put back?"""
    times = ("due_at", "last_rated_at")
    return memory_is_sound(_schedule(before)) and snapshot_is_sound(before, times)
