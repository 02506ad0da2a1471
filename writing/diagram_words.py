"""A diagram for those who do not see it: who is connected to whom, in words."""

import re

_ID = r"[A-Za-z0-9_][\w.-]*?"
_SHAPE = (
    r"\[\[.+?\]\]|\[\(.+?\)\]|\[/.+?[/\\]\]|\[.+?\]|\(\[.+?\]\)|\(\(.+?\)\)|\(.+?\)"
    r"|\{\{.+?\}\}|\{.+?\}|>.+?\]"
)
_NODE = re.compile(rf"\s*({_ID})\s*({_SHAPE})?(?::::?\w+)?(?=\s|[-=.<&;]|$)")
_ARROW = re.compile(
    r"\s*(<?[-=.ox]*(?:--|==|-\.)\s*(?P<inner>[^-=.|>\s][^|>]*?)\s*(?:-{2,3}|={2,3}|\.-{1,2})[>ox]?"
    r"|<?(?:-{2,}|={2,}|-\.+-)[>ox]?)\s*(?:\|(?P<label>[^|]*)\|)?\s*"
)
_SKIP = re.compile(
    r"(subgraph|end|direction|style|classDef|class|linkStyle|click|accTitle|accDescr|%%)\b|%%"
)
_SUBGRAPH = re.compile(rf"subgraph\s+({_ID})\s*(\[.+\])\s*$")
_JOINED = re.compile(r"\s*&")
_KIND = re.compile(r"(flowchart|graph)\b")
_BREAK = re.compile(r"<br\s*/?>|\\n")


def in_words(source: str) -> str:
    """One line for the alternative text of the diagram `source`.

    A flowchart is told connection by connection; any other kind, and what cannot be followed, is
    its own text.
    """
    lines = [line.strip() for line in source.split("\n")]
    lines = [line for line in lines if line and not line.startswith("%%")]
    if not lines or not _KIND.match(lines[0]):
        return "Diagram: " + "; ".join(lines)
    labels: dict[str, str] = {}
    links: list[tuple[str, str, str]] = []
    for line in lines[1:]:
        if group := _SUBGRAPH.match(line):
            labels[group[1]] = _plain(group[2])
        for statement in line.split(";"):
            if statement.strip() and not _SKIP.match(statement.strip()):
                _follow(statement, labels, links)
    if not links:
        return "Diagram: " + "; ".join(labels.values())
    told = [
        f"{labels.get(one, one)} to {labels.get(other, other)}{f' ({word})' if word else ''}"
        for one, word, other in links
    ]
    return "Diagram: " + "; ".join(told) + "."


def _follow(statement: str, labels: dict[str, str], links: list[tuple[str, str, str]]) -> None:
    """Read `a[Label] & b -->|word| c --> d` into `labels` and `links`; stop where it is unclear."""
    at, word = 0, ""
    before: list[str] = []
    while found := _group(statement, at, labels):
        group, at = found
        links += [(one, word, other) for one in before for other in group]
        arrow = _ARROW.match(statement, at)
        if not arrow or arrow.end() == at:
            return
        word = _plain(arrow["label"] or arrow["inner"] or "")
        before, at = group, arrow.end()


def _group(statement: str, at: int, labels: dict[str, str]) -> tuple[list[str], int] | None:
    """The nodes at `at`, joined by `&`, and where they end."""
    names: list[str] = []
    while node := _NODE.match(statement, at):
        names.append(node[1])
        if node[2]:
            labels[node[1]] = _plain(node[2])
        at = node.end()
        joined = _JOINED.match(statement, at)
        if not joined:
            return names, at
        at = joined.end()
    return (names, at) if names else None


def _plain(text: str) -> str:
    return _BREAK.sub(" ", text.strip("[](){}<>/\\ ")).strip("\"' ")
