"""Where what was found is read: an address for each kind of page."""

from collections.abc import Callable
from functools import cache

from django.urls import reverse

SAMPLE = 987654321


@cache
def _around(view: str, sample: object) -> tuple[str, str]:
    """What stands before and behind the argument in an address of `view`: reversed once, because
    a list of twenty is made as one types."""
    front, _, back = reverse(view, args=[sample]).partition(str(sample))
    return front, back


def _own(view: str) -> Callable[[int, str], str]:
    """The page of the row itself."""

    def address(pk: int, ref: str) -> str:
        front, back = _around(view, SAMPLE)
        return f"{front}{pk}{back}"

    return address


def _keyed(view: str) -> Callable[[int, str], str]:
    """The page that `ref` names, "key" or "key#anchor"; both are slugs."""

    def address(pk: int, ref: str) -> str:
        front, back = _around(view, str(SAMPLE))
        key, mark, anchor = ref.partition("#")
        return f"{front}{key}{back}{mark}{anchor}"

    return address


_justification = _keyed("drills:justification")
_own_justification = _own("drills:own-justification")
_edit_card = _own("drills:edit")
_deck = _keyed("drills:deck")


def _entry(pk: int, ref: str) -> str:
    """A justification has a page; any other entry a place on its deck's."""
    deck, mark, key = ref.partition("#")
    return _deck(pk, f"{deck}#entry-{key}") if mark else _justification(pk, ref)


def _card(pk: int, ref: str) -> str:
    """`ref` is "card", or for a justification the key of its entry, empty where it has none."""
    if ref == "card":
        return _edit_card(pk, ref)
    return _justification(pk, ref) if ref else _own_justification(pk, ref)


def _competency(pk: int, ref: str) -> str:
    return f"{reverse('stories:coverage')}?next={ref}"


PLACES: dict[str, Callable[[int, str], str]] = {
    "item": _own("plans:item"),
    "plan": _own("plans:detail"),
    "interview": _own("interviews:interview"),
    "template": _keyed("plans:template"),
    "scenario": _keyed("scenarios:scenario"),
    "attempt": _own("scenarios:attempt"),
    "deck": _keyed("drills:deck"),
    "entry": _entry,
    "card": _card,
    "group": _own("drills:group"),
    "story": _own("stories:story"),
    "question": _keyed("stories:question"),
    "competency": _competency,
    "playbook": _keyed("playbook:playbook"),
    "section": _keyed("playbook:playbook"),
    "row": _keyed("playbook:playbook"),
    "note": _keyed("playbook:note"),
    "learning": _own("playbook:learning"),
    "step": _own("playbook:step"),
}

# Where the words are that a search found and does not show (search/sources).
REMARKS = {
    "template": "One of its items says it.",
    "scenario": "The model solution says it.",
    "entry": "The model answer says it.",
    "note": "Its model drawing has it.",
    "competency": "A question of its guide says it.",
    "attempt": "Your diagram has it.",
    "card": "It is tagged so.",
    "learning": "Its company, its tags or its page say it.",
}


def address(kind: str, pk: int, ref: str) -> str:
    return PLACES[kind](pk, ref)
