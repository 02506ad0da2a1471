"""The rooms that stand, in the order the navigation shows them."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse


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


@dataclass(frozen=True)
class Door:
    """A room as the navigation shows it."""

    name: str
    url: str
    icon: str


@cache
def doors() -> tuple[Door, ...]:
    """One a room; a room that is not built is not in the list."""
    return tuple(Door(room.name, reverse(room.view), room.icon) for room in ROOMS)


def whereabouts(request) -> dict[str, object]:
    """Context for the navigation: the name of the room one is in, "" in none, and whether one
    is searching."""

    def inside(room: Room, door: Door) -> bool:
        return request.path == door.url or request.path.startswith(room.prefix)

    found = (room.name for room, door in zip(ROOMS, doors(), strict=True) if inside(room, door))
    match = request.resolver_match
    return {
        "room_here": next(found, ""),
        "searching": bool(match) and match.view_name == "search:search",
    }
