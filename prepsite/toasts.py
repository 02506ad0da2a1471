"""Short messages that can be taken back."""

from django.contrib import messages
from django.http import HttpRequest

# base.html looks for this at the beginning of a message's tags.
UNDO = "undo:"


def undoable(request: HttpRequest, text: str, undo_url: str) -> None:
    """Show `text` on the next page, with an Undo button that POSTs to `undo_url`."""
    messages.success(request, text, extra_tags=UNDO + undo_url)
