"""Where what was found is read: an address for each kind of page."""

from collections.abc import Callable

from django.urls import reverse


def _keyed(view: str) -> Callable[[int, str], str]:
    """The page that `ref` names, "key" or "key#anchor"."""

    def address(pk: int, ref: str) -> str:
        key, mark, anchor = ref.partition("#")
        return f"{reverse(view, args=[key])}{mark}{anchor}"

    return address


def _own(view: str) -> Callable[[int, str], str]:
    return lambda pk, ref: reverse(view, args=[pk])


def _entry(pk: int, ref: str) -> str:
    """A justification has a page; any other entry a place on its deck's."""
    if "#" not in ref:
        return reverse("drills:justification", args=[ref])
    deck, _, key = ref.partition("#")
    return f"{reverse('drills:deck', args=[deck])}#entry-{key}"


def _card(pk: int, ref: str) -> str:
    """`ref` is "card", or for a justification the key of its entry, empty where it has none."""
    if ref == "card":
        return reverse("drills:edit", args=[pk])
    if ref:
        return reverse("drills:justification", args=[ref])
    return reverse("drills:own-justification", args=[pk])


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
