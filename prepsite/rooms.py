"""The rooms that stand, in the order the navigation shows them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True)
class Room:
    """`name` as people read it, the `view` it opens with, and the heroicon that marks it."""

    name: str
    view: str
    icon: str
    prefix: str | tuple[str, ...]


ROOMS = (
    Room("Plans", "plans:list", "clipboard-document-check", ("/plans/", "/interviews/")),
    Room("Scenarios", "scenarios:list", "square-3-stack-3d", "/scenarios/"),
    Room("Drills", "drills:today", "rectangle-stack", "/drills/"),
    Room("Stories", "stories:list", "chat-bubble-bottom-center-text", "/stories/"),
    Room("Playbook", "playbook:list", "book-open", "/playbook/"),
)


def rooms(request) -> dict[str, object]:
    """Context for the navigation; a room that is not built is not in the list."""

    def entries():
        return [
            {
                "name": r.name,
                "url": reverse(r.view),
                "icon": r.icon,
                "current": request.path.startswith(r.prefix),
            }
            for r in ROOMS
        ]

    return {"rooms": SimpleLazyObject(entries)}
