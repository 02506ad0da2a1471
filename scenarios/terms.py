"""Texts as terms: words by their stem, phrases of the field as one, each with its concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenarios.vocabulary import CONCEPTS, FILLERS, UNLINKED_CONCEPTS, WEAK_CONCEPTS

BY_CONCEPT = 0.9  # agreement of two words that share a concept and not the stem
BY_WEAK_CONCEPT = 0.45  # ... of which it takes this part, if the concept is a weak one
BY_PART = 0.6  # a phrase and a text that share only a word of it

_WORD = re.compile(r"[^\W_]+")
_COUNTING = {("how", "mani"), ("number", "of"), ("count", "of")}
_NO_LONGER_COUNTING = {"per", "each", "in", "on", "for", "do", "doe", "is", "are", "will"}
_ENDINGS = ("isations", "isation", "izations", "ization", "ising", "ised", "ises", "ise")


def words(text: str) -> list[str]:
    """Lower-case words and numbers, apostrophes dropped."""
    return _WORD.findall(text.lower().replace("'", "").replace("’", ""))


def stem(word: str) -> str:
    """A light stem: plural, -ing, -ed, -ly, British -ise. It need not be a word."""
    if len(word) <= 3 or word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + "iz"
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "sis", "this")):
        word = word[:-1]
    for ending, least in (("ing", 3), ("ed", 3), ("ly", 5)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 3 and word[-1] == "e":
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


@dataclass(frozen=True)
class Vocabulary:
    """The word lists, stemmed: words and phrases with their concepts, fillers, all known stems."""

    single: dict[tuple[str, ...], frozenset[str]]
    phrases: dict[tuple[str, ...], frozenset[str]]
    fillers: frozenset[str]
    known: frozenset[str]
    longest: int


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    found: dict[tuple[str, ...], set[str]] = {}
    for line in re.split(r"\n(?=#?\w+:)", CONCEPTS.strip()):
        name, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            found.setdefault(tuple(map(stem, words(phrase))), set()).add(name)
    found.pop((), None)
    fillers = frozenset(map(stem, words(FILLERS)))
    return Vocabulary(
        single={key: frozenset(names) for key, names in found.items() if len(key) == 1},
        phrases={key: frozenset(names) for key, names in found.items() if len(key) > 1},
        fillers=fillers,
        known=fillers.union(*found),
        longest=max(map(len, found)),
    )


@dataclass(frozen=True)
class Term:
    """A word or a phrase, and what it speaks of; counted, if it follows "how many"."""

    stem: str
    concepts: frozenset[str]
    parts: frozenset[str]
    counted: bool = False

    @property
    def count(self) -> Term:
        """The same term as something to be counted."""
        return Term(
            "#" + self.stem,
            frozenset("#" + c.lstrip("#") for c in self.concepts),
            frozenset("#" + p for p in self.parts),
        )


@dataclass(frozen=True)
class Bag:
    """The stems and concepts of some terms, to look others up in."""

    stems: frozenset[str]
    concepts: frozenset[str]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Bag:
        every = [t for term in terms for t in ((term, term.count) if term.counted else (term,))]
        stems = frozenset(s for t in every for s in (t.stem, *t.parts))
        return cls(stems, frozenset(c for t in every for c in t.concepts))

    def agreement(self, term: Term) -> float:
        """0 to 1: how well the bag speaks of the term."""
        if term.stem in self.stems:
            return 1.0
        common = (term.concepts & self.concepts) - UNLINKED_CONCEPTS
        if common:
            return BY_CONCEPT * (BY_WEAK_CONCEPT if common <= WEAK_CONCEPTS else 1)
        return BY_PART * len(term.parts & self.stems) / len(term.parts) if term.parts else 0.0


def terms_of(stems: Sequence[str]) -> tuple[Term, ...]:
    """The terms of a text, given its stems in order; each once."""
    known = vocabulary()
    terms: dict[Term, None] = {}
    counting = begun = False
    i = 0
    while i < len(stems):
        if tuple(stems[i : i + 2]) in _COUNTING:
            counting, begun, i = True, False, i + 2
            continue
        length = next(
            (n for n in range(known.longest, 1, -1)
             if tuple(stems[i : i + n]) in known.phrases), 1,
        )  # fmt: skip
        taken = tuple(stems[i : i + length])
        i += length
        if length == 1 and taken[0] in known.fillers:
            counting = counting and not begun and taken[0] not in _NO_LONGER_COUNTING
            continue
        begun = True
        table = known.phrases if length > 1 else known.single
        concepts = table.get(taken, frozenset())
        parts = frozenset(taken) - known.fillers
        terms[Term(" ".join(taken), concepts, parts, counting)] = None
    return tuple(terms)
