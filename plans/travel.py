"""Plans in files that leave this site and come back (accounts/portable)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import slugify

from accounts.portable import notes
from plans import board, documents, interview_documents
from plans.interviews import Interview
from plans.models import Item, Plan


def describe() -> None:
    notes.describe(Item, texts=("text",))
    notes.leads_to("plans:detail", Plan)
    notes.leads_to("plans:item", Item)
    notes.leads_to("interviews:interview", Interview)
    notes.folder("Plans", files)


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
