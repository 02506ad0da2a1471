"""The rooms that stand, in the order the navigation shows them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True)
class Room:
    """`name` as people read it, the `view` it opens with, the heroicon that marks it, and what
    the addresses of its pages begin with, beside that of the view itself."""

    name: str
    view: str
    icon: str
    prefix: str | tuple[str, ...]


ROOMS = (
    Room("Today", "home", "sun", ("/week/", "/readiness/")),
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
                "url": url,
                "icon": r.icon,
                "current": request.path == url or request.path.startswith(r.prefix),
            }
            for r, url in ((room, reverse(room.view)) for room in ROOMS)
        ]

    return {"rooms": SimpleLazyObject(entries)}
