"""Generated documents: texts chosen to look like blocks, put where they must not become any."""

import os

from hypothesis import strategies as st

from writing.documents import (
    Document,
    Fence,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
    nest,
)
from writing.text import clean_text

# All generated examples with PREPSITE_LONG=1, a third of them in everyday runs.
SHARE = 1 if os.environ.get("PREPSITE_LONG") else 3

MARKS = [
    "#",
    "##",
    "# ",
    "-",
    "- ",
    "--",
    "---",
    "-- -",
    "*",
    "**",
    "* ",
    "***",
    "_ _ _",
    "+",
    "+ ",
    ">",
    "> ",
    "1.",
    "1. ",
    "12) ",
    "=",
    "===",
    "```",
    "````",
    "~~~",
    "`",
    "``x``",
    "[ ]",
    "[ ] ",
    "[x] ",
    "[x]",
    "[X] a",
    "|",
    "| a |",
    "| --- |",
    "a | b",
    ":-:",
    "--- | ---",
    "\\",
    "\\\\",
    "\\# ",
    "\\- ",
    "1\\. ",
    "\\[ ] ",
    "[a]: /b",
    "[a](b)",
    "<b>",
    "<!-- -->",
    "&amp;",
    "\t",
    " ",
    "  ",
    "    ",
    "é",
    "🕐",
    "→",
    "\u00a0",
    "\u2028",
    "\x85",
    "\ufeff",
    "**bold**",
    "a",
    "b c",
    "#a",
    "a #",
    "a ##",
    "a \\#",
    "key: value",
    "'",
    '"',
    "%",
    "@",
    "\u0338",
    "\u0301",
]
fragment = st.one_of(st.sampled_from(MARKS), st.text(max_size=6))
raw_line = st.lists(fragment, max_size=6).map("".join)


def _line(text: str) -> str:
    return clean_text(text, one_line=True)


line = raw_line.map(_line)
full_line = line.filter(bool)


def _paragraph(lines: list[tuple[str, bool]]) -> str:
    return clean_text(
        "\n".join(
            text + ("  " if broken and number < len(lines) else "")
            for number, (text, broken) in enumerate(lines, 1)
        )
    )


paragraph = st.lists(st.tuples(full_line, st.booleans()), min_size=1, max_size=3).map(_paragraph)
code = st.lists(raw_line, max_size=4).map(lambda lines: clean_text("\n".join(lines)))
leaves = st.one_of(
    st.builds(Paragraph, paragraph),
    st.builds(Fence, line, code),
    st.builds(Rule),
    st.builds(Section, st.integers(1, 6), line),
    st.integers(1, 4).flatmap(
        lambda width: st.builds(
            Table,
            st.lists(line, min_size=width, max_size=width),
            st.lists(st.lists(line, min_size=width, max_size=width), max_size=3),
            st.lists(
                st.sampled_from(["", "left", "center", "right"]), min_size=width, max_size=width
            ),
        )
    ),
)


def _item(text: str, checked: bool | None, children: list) -> Item:
    if not text and checked is None and children and isinstance(children[0], Paragraph):
        # The first paragraph of an item is its text.
        return Item(children[0].text, checked, nest(children[1:]))
    return Item(text, checked, nest(children))


def _containers(blocks):
    children = st.lists(blocks, max_size=3)
    item = st.builds(
        _item, st.one_of(st.just(""), paragraph), st.sampled_from([None, True, False]), children
    )
    return st.one_of(
        st.builds(Quote, children.map(nest)),
        st.builds(
            lambda items, start: List(
                items, start is not None, start or 0 if start is not None else 1
            ),
            st.lists(item, min_size=1, max_size=3),
            st.one_of(st.none(), st.integers(0, 12)),
        ),
    )


block = st.recursive(leaves, _containers, max_leaves=8)
meta = st.dictionaries(
    st.from_regex(r"[A-Za-z][A-Za-z0-9 _-]{0,8}[A-Za-z0-9]", fullmatch=True),
    st.one_of(raw_line, code).map(clean_text),
    max_size=3,
)


def _document(title: str, flat: list, meta: dict[str, str]) -> Document:
    nodes = nest(flat)
    if not title and nodes and isinstance(nodes[0], Section) and nodes[0].level == 1:
        # A heading of level 1 that opens the text is its title.
        title = nodes[0].text
        nodes = [*nodes[0].children, *nodes[1:]] if title else nodes
    return Document(title, nodes, meta)


documents = st.builds(_document, st.one_of(st.just(""), line), st.lists(block, max_size=6), meta)
texts = st.one_of(st.text(max_size=60), code, st.lists(paragraph, max_size=4).map("\n\n".join)).map(
    clean_text
)
