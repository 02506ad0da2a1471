"""Another word for one that nothing was found for.

Only words that occur for this person: in the titles of what everybody reads, and in their own
rows. Asked only when a search found next to nothing, so it may read them all.
"""

import re

from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Left
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.models import Entry
from search.words import Asked

SHORTEST = 4
# One slip in four letters, two in eight.
ALIKE = 0.72
# Rows of one's own that are read, the latest first, and characters of each.
OWN_ROWS, OF_EACH = 500, 3_000
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")


def instead(user, words: Asked) -> str:
    """`words` with the nearest known ones in place of those that are known to nobody; empty when
    there is nothing to offer. Two queries."""
    known = _known(user)
    wanted = {word for word in _WORD.findall(words.text) if len(word) >= SHORTEST}
    changed = words.text
    for word in sorted(wanted):
        near = _nearest(word.lower(), known)
        if near:
            changed = re.sub(rf"\b{re.escape(word)}\b", near, changed)
    return changed if changed != words.text else ""


def _nearest(word: str, known: set[str]) -> str:
    # A word that is the beginning of a known one is spelt as it should be.
    if word in known or any(each.startswith(word) for each in known):
        return ""
    found = process.extractOne(
        word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=ALIKE
    )
    return found[0] if found else ""


def _known(user) -> set[str]:
    shared = Entry.objects.filter(owner=None).values_list("title", flat=True)
    texts = Concat("title", Value(" "), Left("text", OF_EACH), output_field=TextField())
    own = Entry.objects.filter(Q(owner=user)).order_by("-id").values_list(texts, flat=True)
    found: set[str] = set()
    for text in (*shared, *own[:OWN_ROWS]):
        found.update(_WORD.findall(text.lower()))
    return found
