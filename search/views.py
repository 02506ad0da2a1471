"""The search: a page, and the list below the box that every page has."""

from functools import cache
from urllib.parse import quote_plus

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from prepsite.page import render_page
from prepsite.rooms import ROOMS
from search import pages, spelling
from search.query import Found, find
from search.words import Asked, asked

# Pages of one room: in the box, on the page of all rooms, and on the page of one.
IN_BOX, ON_PAGE, OF_ROOM = 4, 6, 30
# Fewer found than this, and the words may be misspelt.
FEW = 3
NAMES = {room.view.partition(":")[0]: room.name for room in ROOMS}


def address(words: Asked, **more: object) -> str:
    """The search for `words`, as a path; `more` are numbers and names of rooms."""
    rest = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return f"{_page()}?q={quote_plus(words.text)}{rest}"


@cache
def _page() -> str:
    return reverse("search:search")


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 4 else 1


def _parts(words: Asked, found: list[Found]) -> list[dict[str, object]]:
    return [
        {
            "key": room.room,
            "name": NAMES.get(room.room, ""),
            "hits": room.hits,
            "total": room.total,
            "more": room.total > len(room.hits),
            "url": address(words, room=room.room) if room.total > len(room.hits) else "",
        }
        for room in found
    ]


def _turns(words: Asked, room: str, number: int, total: int) -> dict[str, str]:
    """The addresses of the pages before and after page `number` of a room."""
    if not room:
        return {}
    before = address(words, room=room, page=number - 1) if number > 1 else ""
    after = address(words, room=room, page=number + 1) if total > number * OF_ROOM else ""
    return {"before": before, "after": after, "all_url": address(words)}


@require_GET
def search(request):
    """Everything that holds the words; of one room when `room` names it, thirty a page.

    Three queries, however much is written: session, reader, and the search. Where next to nothing
    is found, two more offer another spelling.
    """
    words = asked(request.GET.get("q", ""))
    room = request.GET.get("room", "")
    room = room if room in NAMES else ""
    in_box = request.htmx.target == "sought"
    number = _page_number(request) if room else 1
    each = IN_BOX if in_box else OF_ROOM if room else ON_PAGE
    found = find(request.user, words, each=each, room=room, skip=(number - 1) * each)
    if number > 1 and not found:
        return redirect(address(words, room=room))
    total = sum(each.total for each in found)
    instead = spelling.instead(request.user, words) if words and total < FEW else ""
    context = {
        "words": words.text, "parts": _parts(words, found), "total": total, "room": room,
        "room_name": NAMES.get(room, ""), **_turns(words, room, number, total),
        "pages": [] if room else pages.named(words.text, request.user),
        "instead": instead, "instead_url": address(asked(instead)) if instead else "",
    }  # fmt: skip
    fragments = {"sought": "search/_found.html", "results": "search/_results.html"}
    return render_page(request, "search/search.html", context, fragments=fragments)
