"""A person's own text inside a document, kept to the letter."""

from writing.documents.nodes import DocumentError, Fence, Node, Section, walk
from writing.documents.reading import read
from writing.documents.writing import write_nodes

_INFO = "markdown"


def from_text(text: str) -> list[Node]:
    """Nodes for a text, such that `to_text(from_text(text)) == text` also after write and read.

    A text in canonical form becomes what it says. Any other, and one with headings, which would
    end the section it is put in, becomes a block ```` ```markdown ````. `text` must be clean
    (`writing.text.clean_text`).
    """
    try:
        document = read(text, "text")
    except DocumentError:
        return [Fence(_INFO, text)]
    nodes = document.nodes
    fits = not (document.title or document.meta or _is_wrapped(nodes))
    headings = any(isinstance(node, Section) for node in walk(nodes))
    if fits and not headings and write_nodes(nodes) == text:
        return nodes
    return [Fence(_INFO, text)]


def to_text(nodes: list[Node]) -> str:
    """The Markdown source of `nodes`: as it was given to `from_text`, else in canonical form."""
    if _is_wrapped(nodes):
        return nodes[0].body  # type: ignore[union-attr]
    return write_nodes(nodes)


def _is_wrapped(nodes: list[Node]) -> bool:
    return len(nodes) == 1 and isinstance(nodes[0], Fence) and nodes[0].info == _INFO
