"""Acronyms and names of the house that a stranger cannot know, where nothing explains them.

A term is explained by parentheses ("OCPP (the chargers' protocol)"), by its words nearby, by a noun
("our billing service, Marlin"; "the Marlin billing service"; "a cache called Marlin") or by a
clause ("Marlin, which prints labels"; "Marlin is our …"). Once anywhere is enough. Names are found
only where they can hardly be a person or a place: with a capital inside (PayFlow), after "the" or
"our" and before a noun of the trade, or after "into", "onto", "via", "called", "Project".
"""

import re
from collections.abc import Mapping

from stories.coach.findings import Span
from stories.coach.known import ACRONYMS, CAPITALISED, EMPHASIS, MIXED
from stories.coach.lists import words
from stories.coach.text import Text, Token

_PIECES = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?\Z")
_MIXED = re.compile(r"(?=.*[a-z])[A-Za-z]*(?:[a-z][A-Z]|[A-Z]{2}[a-z]{2})[A-Za-z]*\Z")
_SURNAME = re.compile(r"(?:Mc|Mac|Mac|De|Di|Du|La|Le|Van|Fitz)[A-Z]")
_NAME = re.compile(r"[A-Z][a-z]{2,}\Z")

_CALLERS = words("i we you he she they it and then also")
_NAMING = words("called named codenamed nicknamed")
_TRADE = words(
    """
    service services system systems platform pipeline pipelines database databases tool tools
    api server servers codebase repository release releases deployment deployments rollout job
    jobs queue queues dashboard dashboards cache gateway scheduler crawler library
    warehouse-system app cluster clusters broker linter registry index indexer monolith backend
    frontend module modules framework engine portal daemon agent agents schema tables events
    logs protocol project migration initiative programme
    """
)
_TELLS = _TRADE - words(
    """
    project migration initiative programme release releases rollout
    """
)
_GENERAL = words(
    """
    service services system systems platform tool tools app project
    """
)
_AFTER = words("into onto via")
_ARTICLES = words("a an our my the")
_EXPLAINS = words(
    """
    a an our my which i.e meaning short or that namely basically
    """
)
_IS = words("is was are were")
_NEAR = 12  # words around a term in which its own words may stand


def unexplained(texts: Mapping[str, Text]) -> list[tuple[str, Span]]:
    """Part and place of the first mention of each term nobody explains, in the order told."""
    first: dict[str, tuple[str, int]] = {}
    explained: set[str] = set()
    for part, text in texts.items():
        for index, token in enumerate(text.tokens):
            if not token.word or token.text.islower():
                continue
            for term in _terms(text, index):
                first.setdefault(term, (part, index))
                if term not in explained and _explained(text, index, term):
                    explained.add(term)
    return [
        (part, texts[part].span(index, index))
        for term, (part, index) in first.items()
        if term not in explained
    ]


def _terms(text: Text, index: int) -> list[str]:
    """What of the word at `index` a stranger may not know; its singular."""
    token = text.tokens[index]
    found = []
    for match in _PIECES.finditer(token.text[:200]):
        piece = match[0]
        if _is_acronym(piece) or _is_mixed(piece):
            found.append(piece.removesuffix("s") if piece[:-1].isupper() else piece)
    if not found and _is_house_name(text, index):
        found.append(token.text.removesuffix("'s").removesuffix("’s"))
    return found


def _is_acronym(piece: str) -> bool:
    if not _ACRONYM.match(piece) or len(piece) > 10:
        return False
    singular = piece.removesuffix("s")
    if singular.lower() in EMPHASIS or sum(char.isalpha() for char in singular) < 2:
        return False
    return singular not in ACRONYMS and singular.rstrip("0123456789") not in ACRONYMS


def _is_mixed(piece: str) -> bool:
    if len(piece) > 30 or not _MIXED.match(piece) or _SURNAME.match(piece):
        return False
    singular = piece.removesuffix("s")
    if piece.endswith("Ops"):
        return False
    return not _ACRONYM.match(piece) and not {piece.lower(), singular.lower()} & MIXED


def _is_house_name(text: Text, index: int) -> bool:
    tokens = text.tokens
    name = tokens[index].text.removesuffix("'s").removesuffix("’s")
    if not _NAME.match(name) or name.lower() in CAPITALISED or text.starts_sentence(index):
        return False
    before = tokens[index - 1]
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if before.lower in _AFTER | _NAMING or before.text == "Project":
        return not (after and index + 1 < len(tokens) and tokens[index + 1].text[0].isupper())
    if before.lower in ("the", "our", "this", "that"):
        return after in _TRADE
    return False


def _explained(text: Text, index: int, term: str) -> bool:
    tokens = text.tokens
    return (
        _by_parentheses(tokens, index)
        or _by_clause(tokens, index)
        or _by_noun(tokens, index, term)
        or _by_its_words(tokens, index, term)
    )


def _by_parentheses(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    before = tokens[index - 1].text if index else ""
    if after == "(":
        return index + 2 < len(tokens) and tokens[index + 2].word
    return before == "(" and after == ")" and index >= 2 and tokens[index - 2].word


def _by_clause(tokens: list[Token], index: int) -> bool:
    """ "X, a …", "X: our …", "X is our …", "X stands for …"."""
    if index + 2 >= len(tokens):
        return False
    after, then = tokens[index + 1], tokens[index + 2].lower
    if after.text in ",–—-:":
        if then in _EXPLAINS:
            return True
        if then == "the":
            ahead = tokens[index + 3 : index + 11]
            return any(token.text in ",–—-." for token in ahead)
    if after.lower in _IS and then in _ARTICLES:
        return True
    return after.lower in ("means", "meaning") or (after.lower == "stands" and then == "for")


def _by_noun(tokens: list[Token], index: int, term: str) -> bool:
    """ "our deploy tool X", "our registry, X,", "a cache called X", "the X billing service"."""
    before = tokens[index - 1] if index else None
    if before is None:
        return False
    if before.lower in _TELLS:
        return True
    if before.lower in _NAMING and index >= 2 and tokens[index - 2].lower not in _CALLERS:
        return True
    if before.text in ",–—:" and _apposition(tokens, index):
        return True
    if term.isupper():
        return False  # "the OCPP messages" says nothing of OCPP
    after = [token.lower for token in tokens[index + 1 : index + 4]]
    if after[:1] and after[0] in _TELLS - _GENERAL:
        return True
    return any(word in _TELLS for word in after[1:2]) and after[0].isalpha()


def _apposition(tokens: list[Token], index: int) -> bool:
    """Whether "our …," stands before the term, and a pause or the end behind it."""
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if after not in ",.;–—:":
        return False
    for back in range(index - 2, max(index - 9, -1), -1):
        if not tokens[back].word or tokens[back].sentence != tokens[index].sentence:
            return False
        if tokens[back].lower in _ARTICLES:
            return True
    return False


def _by_its_words(tokens: list[Token], index: int, term: str) -> bool:
    """Whether the words the acronym stands for are near: "service level objective … SLO"."""
    letters = term.lower()
    if not term.isupper() or len(letters) < 3:
        return False
    around = tokens[max(index - _NEAR, 0) : index] + tokens[index + 1 : index + 1 + _NEAR]
    initials = "".join(
        piece[0] for token in around if token.word for piece in token.lower.split("-") if piece
    )
    return letters in initials
