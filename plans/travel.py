"""Plans in files that leave this site and come back (accounts/portable)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from accounts.portable import notes
from drills import asked, asked_cards
from drills.setting import Setting
from plans import board, documents, interview_documents
from plans.asked import Asked
from plans.interviews import Interview
from plans.models import Item, Plan


def describe() -> None:
    notes.describe(Item, texts=("text",))
    notes.leads_to("plans:detail", Plan)
    notes.leads_to("plans:item", Item)
    notes.describe(Asked, addresses=("address",), texts=("key",), check=asked_is_sound)
    notes.leads_to("interviews:interview", Interview)
    notes.folder("Plans", files)
    notes.afterwards(aim_anew)


def aim_anew(user, new: Mapping[Any, int]) -> None:
    """Another interview may lead the drills now; their list finds out when it is made."""
    if new.get(Interview) and not new.get(Setting):
        Setting.replan(user.pk)


def asked_is_sound(row: Mapping[str, Any]) -> str:
    """A line that was brought back can be taken back: `before` is what undo needs."""
    before, source = row["before"], asked.named(row["source"])
    if row["again_at"] is None:
        return "" if before == {} else "before is of nothing."
    words = {name: value for name, value in before.items() if name != "words"}
    if source and "words" not in before:
        return "" if source.is_sound(before) else "before cannot be taken back."
    return "" if asked_cards.is_sound(words) else "before cannot be taken back."


def files(user) -> Iterator[tuple[str, str]]:
    """A file for each plan that stands, in the form that the plans room reads back; interviews."""
    plans = Plan.objects.for_user(user).filter(removed_at=None).order_by("created_at", "pk")
    now = timezone.now()
    for number, plan in enumerate(plans, 1):
        notes_of = Item.objects.for_user(user).filter(plan=plan).values_list("pk", "note")
        outline = documents.outline_of(board.load(plan, now), dict(notes_of))
        yield f"{number:03} {slugify(str(plan))[:60] or 'plan'}.md", documents.write(outline)
    if text := interview_documents.write(user):
        yield "interviews.md", text
