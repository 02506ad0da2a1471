"""A file that holds many rows: cut at each heading of level 2, and read a row at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from writing.documents import frontmatter
from writing.documents.nodes import Document, Item, List, Node, Section
from writing.documents.reading import decoded, read

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(?P<info>.*)\Z")
_NAME = re.compile(r"(?P<name>[A-Za-z][A-Za-z -]*?):(?:\s+(?P<value>.*))?\Z", re.DOTALL)


@dataclass(frozen=True)
class Cut:
    """One section of a file: its own text, the file's front matter, and where both stand."""

    position: int
    head: str
    text: str
    line: int
    title: str = ""

    def document(self, name: str) -> Document:
        """The section read as a document with the file's front matter and title.

        Its only node is the section, and every line number is that of the file. Raises
        DocumentError.
        """
        gap = self.line - 1 - self.head.count("\n")
        document = read(f"{self.head}{chr(10) * gap}{self.text}", name)
        document.title = self.title
        return document


def cut(source: bytes, name: str) -> list[Cut]:
    """The sections of `source` in order; what stands before the first belongs to none.

    A heading is a line that begins with "## " outside of a fence. Raises DocumentError for what
    is not text.
    """
    lines = decoded(source, name).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _, _, skip = frontmatter.split(lines, name)
    head = "".join(f"{line}\n" for line in lines[:skip])
    starts = list(_headings(lines, skip))
    title = next(
        (
            line[2:].strip()
            for line in lines[skip : starts[0] if starts else len(lines)]
            if line.startswith("# ")
        ),
        "",
    )
    ends = [*starts[1:], len(lines)]
    return [
        Cut(position, head, "\n".join(lines[start:end]).rstrip() + "\n", start + 1, title)
        for position, (start, end) in enumerate(zip(starts, ends, strict=False))
    ]


def _headings(lines: list[str], skip: int) -> Iterator[int]:
    fence = ""
    for number in range(skip, len(lines)):
        found = _FENCE.match(lines[number])
        if fence:
            closes = found and not found["info"].strip() and found[1].startswith(fence)
            fence = "" if closes else fence
        elif found and not (found[1][0] == "`" and "`" in found["info"]):
            fence = found[1]
        elif lines[number].startswith("## "):
            yield number


def properties(document: Document) -> tuple[Section, dict[str, Item], list[Node]]:
    """(the section, its "- name: value" entries, what follows them) of `Cut.document`.

    The entries are the list right below the heading; each Item's text is the value alone, and
    its line and children stay. Raises DocumentError for anything else.
    """
    sections = [node for node in document.nodes if isinstance(node, Section)]
    if len(document.nodes) != 1 or not sections:
        line = document.nodes[1].line if len(document.nodes) > 1 else 1
        raise document.error("Below a heading of level 2 only deeper ones can stand.", line)
    [section] = sections
    first = section.children[0] if section.children else None
    if not isinstance(first, List):
        raise document.error('Right below a heading "- id: …" is expected.', section.line)
    found: dict[str, Item] = {}
    for item in first.items:
        match = _NAME.match(item.text)
        if not match:
            raise document.error('Here "- name: value" is expected.', item.line)
        if match["name"] in found:
            raise document.error(f'"{match["name"]}" stands here twice.', item.line)
        found[match["name"]] = Item(
            (match["value"] or "").strip(), item.checked, item.children, line=item.line
        )
    return section, found, section.children[1:]
