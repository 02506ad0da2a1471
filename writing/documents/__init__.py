"""Markdown documents in and out: front matter, headings, lists and tables as plain values.

    document = read(uploaded.read(), uploaded.name)      # or read_file(path)
    for depth, item in items(document.nodes): ...
    write(document)                                      # canonical, read(write(d)) == d

Each room's own documents.py gives the parts their meaning and raises
`document.error("…", node.line)` for a mistake. A text that somebody wrote goes into a document by
`from_text` and comes back exactly by `to_text`, whatever it contains.
"""

from writing.documents.nodes import (
    Document,
    DocumentError,
    Fence,
    Item,
    List,
    Node,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
    items,
    nest,
    walk,
)
from writing.documents.reading import read, read_file
from writing.documents.sections import Cut, cut, properties
from writing.documents.texts import from_text, to_text
from writing.documents.writing import write, write_nodes
from writing.markdown import plain

__all__ = [
    "Cut",
    "Document",
    "DocumentError",
    "Fence",
    "Item",
    "List",
    "Node",
    "Paragraph",
    "Quote",
    "Rule",
    "Section",
    "Table",
    "cut",
    "from_text",
    "items",
    "nest",
    "plain",
    "properties",
    "read",
    "read_file",
    "to_text",
    "walk",
    "write",
    "write_nodes",
]
