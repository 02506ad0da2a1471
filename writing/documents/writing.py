"""From a tree to its canonical text."""

import re

from writing.documents import frontmatter
from writing.documents.escapes import escape_heading, escape_line
from writing.documents.nodes import (
    Document,
    Fence,
    Item,
    List,
    Node,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
)

_DELIMITERS = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}


def write(document: Document) -> str:
    """The canonical text: one form for one document, which `read` turns into an equal one.

    That holds for every document that `read` can return. In others, what Markdown cannot say is
    brought nearest to it: a line break in a heading becomes a space, blank lines in a paragraph go.
    """
    parts = [frontmatter.join(document.meta)]
    if document.title:
        parts.append(["# " + escape_heading(" ".join(document.title.split("\n")))])
    parts.append(_blocks(document.nodes))
    text = "\n\n".join("\n".join(part) for part in parts if part)
    if text.startswith("\ufeff"):
        # One of its own, since the reader takes the first for a byte order mark.
        text = "\ufeff" + text
    return text + "\n" if text else ""


def write_nodes(nodes: list[Node]) -> str:
    """The canonical text of `nodes` alone, without a final newline."""
    return "\n".join(_blocks(nodes))


def _blocks(nodes: list[Node]) -> list[str]:
    lines: list[str] = []
    before: Node | None = None
    other = False
    for node in nodes:
        # Two lists of a kind side by side would be read as one: the second takes another marker.
        beside = isinstance(node, List) and isinstance(before, List)
        other = beside and node.ordered == before.ordered and not other  # type: ignore[union-attr]
        block = _list(node, other) if isinstance(node, List) else _block(node)
        if block:
            lines += ["", *block] if lines else block
            before = node
    return lines


def _block(node: Node) -> list[str]:
    match node:
        case Paragraph():
            return [escape_line(line) for line in _lines(node.text)]
        case Section():
            text = escape_heading(" ".join(_lines(node.text)))
            heading = ["#" * node.level + (" " + text if text else "")]
            children = _blocks(node.children)
            return [*heading, "", *children] if children else heading
        case Table():
            return _table(node)
        case Fence():
            return _fence(node)
        case Quote():
            return ["> " + line if line else ">" for line in _blocks(node.children)] or [">"]
        case Rule():
            return ["***"]
    raise TypeError(f"{node!r} is no part of a document")


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _list(node: List, other: bool) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(node.items, node.start):
        # "+", not "*": a text of asterisks behind it could make a thematic break.
        marker = f"{number}{')' if other else '.'}" if node.ordered else "+" if other else "-"
        lines += _item(item, marker)
    return lines


def _item(item: Item, marker: str) -> list[str]:
    first, *rest = _lines(item.text) or [""]
    if item.checked is None:
        first = escape_line(first, box=True)
    else:
        first = f"[{'x' if item.checked else ' '}]{' ' if first else ''}{first}"
    children = _blocks(item.children)
    lines = [first, *map(escape_line, rest)]
    if children and first and not _interrupts(item.children[0], children[0]):
        lines.append("")
    indent = " " * (len(marker) + 1)
    head = f"{marker} {first}" if first else marker
    return [head, *(indent + line if line else "" for line in [*lines[1:], *children])]


def _interrupts(node: Node, first_line: str) -> bool:
    """May the list follow a paragraph without a blank line? Not with an empty first item, nor
    when it counts from another number than 1."""
    return isinstance(node, List) and node.start == 1 and " " in first_line


def _table(node: Table) -> list[str]:
    delimiters = [_DELIMITERS[align] for align in node.align]
    return [_row(node.header), _row(delimiters), *map(_row, node.rows)]


def _row(cells: list[str]) -> str:
    texts = (" ".join(_lines(cell)).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _fence(node: Fence) -> list[str]:
    character = "~" if "`" in node.info else "`"
    runs = re.findall(rf"^\s*({character}{{3,}})", node.body, re.MULTILINE)
    fence = character * max(3, 1 + max(map(len, runs), default=0))
    space = " " if character == "~" else ""
    body = node.body.split("\n") if node.body else []
    return [fence + (space + node.info if node.info else ""), *body, fence]
