"""A diagram drawn with buttons: boxes and arrows added to Mermaid text. Pure.

The text stays the candidate's own, and stays theirs to edit: a button adds a line at the end and
touches no other.
"""

import re
from dataclasses import dataclass

HEADER = "flowchart LR"
_FLOWCHART = re.compile(r"^\s*(flowchart|graph)\b", re.IGNORECASE | re.MULTILINE)
# What stands on an arrow: -->|so| and -- so -->.
_ON_ARROWS = re.compile(r"\|[^|]*\||(?<=--)\s+[^-\[\](){}]+?\s+(?=--)|(?<===)\s+[^=]+?\s+(?===)")
# An identifier and, in whichever brackets, what the box says.
_NODE = re.compile(
    r"(?P<id>[A-Za-z_]\w*)\s*(?:[\[({>][\[({/\\]*(?:\"(?P<quoted>[^\"]*)\"|(?P<label>[^\])}\"]*))"
    r"[\])}/\\]*)?"
)
_NO_NODES = re.compile(
    r"^\s*(%%|flowchart\b|graph\b|subgraph\b|end\b|direction\b|classDef\b|class\b|style\b|linkStyle\b|"
    r"click\b|accTitle\b|accDescr\b)", re.IGNORECASE,
)  # fmt: skip
_UNSAFE = re.compile(r"[\"\[\](){}<>|`#;\n\r\\]+")
_RESERVED = frozenset({"end", "graph", "subgraph", "flowchart", "style", "click", "class"})


@dataclass(frozen=True)
class Box:
    """A standard box: its label and the brackets that give it its shape."""

    kind: str
    label: str
    opens: str = "["
    closes: str = "]"


BOXES = (
    Box("client", "Client", "([", "])"),
    Box("cdn", "CDN"),
    Box("balancer", "Load balancer"),
    Box("gateway", "API gateway"),
    Box("service", "Service"),
    Box("queue", "Queue", "[[", "]]"),
    Box("cache", "Cache", "(", ")"),
    Box("database", "Database", "[(", ")]"),
    Box("store", "Object store", "[(", ")]"),
)
_BY_KIND = {box.kind: box for box in BOXES}


class NotAFlowchart(ValueError):
    """The text is a diagram of another kind, to which boxes cannot be added."""


def nodes(source: str) -> dict[str, str]:
    """The boxes of a flowchart, in order of appearance: identifier to label."""
    found: dict[str, str] = {}
    for line in source.splitlines():
        if _NO_NODES.match(line):
            continue
        for match in _NODE.finditer(_ON_ARROWS.sub(" ", line)):
            label = (match["quoted"] or match["label"] or "").strip(" '/\\")
            if label or match["id"] not in found:
                found[match["id"]] = label or match["id"]
    return found


def add_box(source: str, kind: str, label: str = "") -> str:
    """`source` with one more box of `kind`, named `label` or after its kind.

    Raises KeyError for an unknown kind, NotAFlowchart.
    """
    box = _BY_KIND[kind]
    source, known = _begun(source), nodes(source)
    label = _plain(label)
    name, count = _identifier(label) or kind, 1
    while (identifier := name if count == 1 else f"{name}{count}") in known:
        count += 1
    if not label:
        label = box.label if count == 1 else f"{box.label} {count}"
    shown = label if re.fullmatch(r"[\w ]+", label) else f'"{label}"'
    return f"{source}\n  {identifier}{box.opens}{shown}{box.closes}\n"


def connect(source: str, start: str, end: str, label: str = "") -> str:
    """`source` with an arrow from `start` to `end`, two of its boxes.

    Raises KeyError when one is not there, NotAFlowchart.
    """
    known = nodes(source)
    if start not in known or end not in known:
        raise KeyError(start if start not in known else end)
    label = _plain(label)
    arrow = f'-->|"{label}"|' if label else "-->"
    return f"{_begun(source)}\n  {start} {arrow} {end}\n"


def _begun(source: str) -> str:
    """`source` without trailing space, and with the line that a flowchart begins with."""
    if not source.strip():
        return HEADER
    if not _FLOWCHART.search(source):
        raise NotAFlowchart
    return source.rstrip()


def _plain(label: str) -> str:
    """`label` without what would break the text around it."""
    return _UNSAFE.sub(" ", label).strip()[:60]


def _identifier(label: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30]
    if not name or not name[0].isalpha():
        return ""
    return f"{name}_" if name in _RESERVED else name
