"""What the pages of the drills room say, and what they send."""

import re

from django.test import Client
from django.urls import reverse

from drills.models import Card
from drills.scheduling import Rating

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "drill"}


def get(visitor: Client, name: str, *args, **headers) -> str:
    """The page at an address of the room."""
    response = visitor.get(reverse(f"drills:{name}", args=args), **headers)
    assert response.status_code == 200
    return response.content.decode()


def post(visitor: Client, name: str, *args, follow=True, data=None, **headers):
    return visitor.post(reverse(f"drills:{name}", args=args), data or {}, follow=follow, **headers)


def question(html: str) -> str:
    """The question that a page asks."""
    return re.search(r'id="question"[^>]*>\s*(.*?)\s*</h1>', html, re.DOTALL)[1]


def answer(visitor: Client, made: Card, rating: int = Rating.GOOD) -> dict[str, object]:
    """What the page of a card, as it is shown now, would send."""
    html = get(visitor, "card", made.pk)
    sent = {
        name: re.search(rf'name="{name}"\s+value="([^"]*)"', html)[1]
        for name in ("turn", "key", "shown")
    }
    return {"rating": int(rating), **sent}
