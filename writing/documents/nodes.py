"""What a Markdown document consists of, as plain values.

Inline text stays Markdown source ("**bold**"); `writing.markdown.plain` strips it. A `line` is the
1-based line of the file where a part begins; it does not count when two values are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


class DocumentError(ValueError):
    """A mistake in a document. `str(error)` is "FILE:LINE: message"."""

    def __init__(self, file: str, line: int, message: str):
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message = file, line, message


def _line() -> int:
    return field(default=0, compare=False, kw_only=True)


@dataclass(slots=True)
class Paragraph:
    text: str
    line: int = _line()


@dataclass(slots=True)
class Section:
    """A heading of `level` 1 to 6 and everything up to the next one of its level or above."""

    level: int
    text: str
    children: list["Node"] = field(default_factory=list)
    line: int = _line()


@dataclass(slots=True)
class Item:
    """One entry of a list. `checked` is None without a box, else whether "[x]" stood there."""

    text: str
    checked: bool | None = None
    children: list["Node"] = field(default_factory=list)
    line: int = _line()


@dataclass(slots=True)
class List:
    """A bullet list, or an ordered one that counts from `start`."""

    items: list[Item]
    ordered: bool = False
    start: int = 1
    line: int = _line()


@dataclass(slots=True)
class Table:
    """Every row has as many cells as `header`. `align` holds "", "left", "center" or "right"."""

    header: list[str]
    rows: list[list[str]]
    align: list[str] = field(default_factory=list)
    line: int = _line()

    def __post_init__(self):
        self.align = self.align or [""] * len(self.header)


@dataclass(slots=True)
class Fence:
    """A block of code; `info` is what follows the opening fence, `body` has no final newline."""

    info: str
    body: str
    line: int = _line()


@dataclass(slots=True)
class Quote:
    children: list["Node"]
    line: int = _line()


@dataclass(slots=True)
class Rule:
    """A thematic break."""

    line: int = _line()


Node = Paragraph | Section | List | Table | Fence | Quote | Rule


@dataclass(slots=True)
class Document:
    """`meta` is the front matter; `title` the heading of level 1 that opens the text, or ""."""

    title: str = ""
    nodes: list[Node] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    name: str = field(default="", compare=False)
    meta_lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def require(self, key: str) -> str:
        """The front matter's value for `key`; DocumentError when it is missing or empty."""
        value = self.meta.get(key, "").strip()
        if not value:
            line = self.meta_lines.get(key, 1)
            raise DocumentError(self.name, line, f'The front matter needs a line "{key}: …".')
        return value

    def error(self, message: str, line: int = 1) -> DocumentError:
        """The error to raise for a mistake at `line` of this document."""
        return DocumentError(self.name, line, message)


def nest(flat: list[Node]) -> list[Node]:
    """Put what follows a heading into its section; `flat` has sections without children."""
    nodes: list[Node] = []
    above: list[Section] = []
    for node in flat:
        if isinstance(node, Section):
            while above and above[-1].level >= node.level:
                above.pop()
        (above[-1].children if above else nodes).append(node)
        if isinstance(node, Section):
            above.append(node)
    return nodes


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Every node in the order of the text, with those in sections, quotes and list items."""
    for node in nodes:
        yield node
        if isinstance(node, Section | Quote):
            yield from walk(node.children)
        elif isinstance(node, List):
            for item in node.items:
                yield from walk(item.children)


def items(nodes: list[Node], depth: int = 0) -> Iterator[tuple[int, Item]]:
    """(depth, item) for every list in `nodes`, nested items after their own; 0 is outermost."""
    for node in nodes:
        if isinstance(node, List):
            for item in node.items:
                yield depth, item
                yield from items(item.children, depth + 1)
