"""From text to a tree, within bounds of time and memory."""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from writing.documents import frontmatter
from writing.documents.escapes import unescape_heading, unescape_line
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
    nest,
)
from writing.text import clean_text

MAX_BYTES = 1_000_000
MAX_LINES = 20_000
MAX_LINE = 120_000
MAX_DEPTH = 8  # lists in lists; every quote counts as half a list
MAX_PARTS = 150_000  # the parser's tokens, about 600 bytes each
MAX_PIPES = 40_000  # a table's cells are three tokens each

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BOX = re.compile(r"\[([ xX])\](?:[ \t\n]+|\Z)")


def read(source: str | bytes, name: str) -> Document:
    """The document that `source` holds; `name` is what errors call it, and is never opened.

    Bytes are UTF-8, with or without a byte order mark. Raises DocumentError, and nothing else,
    for what is too large, too deep, not text, or has front matter that cannot be read; within
    5 s and 300 MB whatever the source.
    """
    text = _bounded(decoded(source, name), name)
    lines = text.split("\n")
    meta, where, skip = frontmatter.split(lines, name)
    # The parser counts lines from 0; blank lines in place of the front matter keep the numbers.
    body = "\n" * skip + "\n".join(lines[skip:])
    tokens = _parser.parse(body, {"name": name})
    nodes = _Builder(tokens).blocks()
    title = ""
    first = nodes[0] if nodes else None
    if isinstance(first, Section) and first.level == 1 and first.text:
        title = first.text
        nodes[:1] = first.children
    return Document(title, nodes, meta, name, where)


def read_file(path: Path) -> Document:
    """Read a file, and no more of it than can be a document. OSError becomes DocumentError."""
    try:
        with path.open("rb") as file:
            return read(file.read(MAX_BYTES + 1), path.name)
    except OSError as error:
        raise DocumentError(path.name, 1, error.strerror or "The file cannot be read.") from error


def decoded(source: str | bytes, name: str) -> str:
    """The text of `source`; DocumentError for what is too large or no text."""
    if isinstance(source, str):
        if len(source) > MAX_BYTES:
            raise DocumentError(name, 1, f"The document is longer than {MAX_BYTES:,} characters.")
        if found := _SURROGATE.search(source):
            line = source.count("\n", 0, found.start()) + 1
            raise DocumentError(name, line, "A broken character: half of a surrogate pair.")
        return source
    if len(source) > MAX_BYTES:
        raise DocumentError(name, 1, f"The document is larger than {MAX_BYTES:,} bytes.")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = source.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            name, broken, "This is not text in UTF-8: save the document as UTF-8 Markdown."
        ) from error


def _bounded(text: str, name: str) -> str:
    if found := _CONTROL.search(text):
        at = text.count("\n", 0, found.start()) + 1
        raise DocumentError(
            name, at, f"A control character (code {ord(found[0]):#04x}): this is not plain text."
        )
    text = clean_text(text.removeprefix("\ufeff"))
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise DocumentError(name, MAX_LINES, f"The document has more than {MAX_LINES:,} lines.")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise DocumentError(name, number, f"A line is longer than {MAX_LINE:,} characters.")
    if text.count("|") > MAX_PIPES:
        raise DocumentError(name, 1, f"The tables have more than {MAX_PIPES:,} cells.")
    return text


def _guard(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule that matches nothing: it sees every block begin, and stops what grows."""
    if state.level > 2 * MAX_DEPTH:
        raise DocumentError(
            state.env["name"], start + 1, f"Lists or quotes are more than {MAX_DEPTH} deep."
        )
    if len(state.tokens) > MAX_PARTS:
        raise DocumentError(state.env["name"], start + 1, "The document has too many parts.")
    return False


def _make_parser() -> MarkdownIt:
    # The parser drops in silence what is deeper than maxNesting; the guard speaks up before.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 4 * MAX_DEPTH})
    parser.enable("table")
    # Definitions of links stay text: inline text is kept as source, and none of it is lost.
    parser.disable(["reference", "html_block", "inline", "text_join"])
    parser.block.ruler.before("table", "guard", _guard)
    return parser


_parser = _make_parser()


def _lines(content: str) -> list[str]:
    """Lines without indentation and without blank ones; two spaces at an end are a hard break."""
    lines = [
        line.strip() + ("  " if line.endswith("  ") else "")
        for line in content.split("\n")
        if line.strip()
    ]
    if lines:
        lines[-1] = lines[-1].rstrip()
    return lines


def _text(content: str) -> str:
    return "\n".join(unescape_line(line) for line in _lines(content))


class _Builder:
    """Turns the parser's flat tokens into nodes."""

    def __init__(self, tokens: list[Token]):
        self.tokens = tokens
        self.at = 0

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def blocks(self, closing: str = "") -> list[Node]:
        flat: list[Node] = []
        while self.at < len(self.tokens):
            token = self.next()
            if token.type == closing:
                break
            node = self.block(token)
            if node is not None:
                flat.append(node)
        return nest(flat)

    def block(self, token: Token) -> Node | None:
        line = token.map[0] + 1 if token.map else 0
        match token.type:
            case "paragraph_open":
                text = _text(self.inline())
                return Paragraph(text, line=line) if text else None
            case "heading_open":
                text = " ".join(s.strip() for s in _lines(self.inline()))
                return Section(int(token.tag[1]), unescape_heading(text), line=line)
            case "bullet_list_open" | "ordered_list_open":
                return self.list(token, line)
            case "table_open":
                return self.table(line)
            case "blockquote_open":
                return Quote(self.blocks("blockquote_close"), line=line)
            case "fence" | "code_block":
                return Fence(token.info.strip(), token.content.removesuffix("\n"), line=line)
            case "hr":
                return Rule(line=line)
        raise AssertionError(f"a block of the unknown type {token.type}")

    def inline(self) -> str:
        content = self.next().content
        self.next()
        return content

    def list(self, opening: Token, line: int) -> List:
        ordered = opening.type == "ordered_list_open"
        found = List([], ordered, int(opening.attrs.get("start", 1)), line=line)
        while (token := self.next()).type == "list_item_open":
            found.items.append(self.item(token.map[0] + 1 if token.map else line))
        return found

    def item(self, line: int) -> Item:
        text, checked = "", None
        if self.tokens[self.at].type == "paragraph_open":
            self.next()
            text, checked = _task(self.inline())
        return Item(text, checked, self.blocks("list_item_close"), line=line)

    def table(self, line: int) -> Table:
        rows: list[list[str]] = []
        align: list[str] = []
        while (token := self.next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    align.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
                rows[-1].append(self.next().content.strip())
        return Table(rows[0], rows[1:], align, line=line)


def _task(content: str) -> tuple[str, bool | None]:
    """The text of an item and what its box says."""
    lines = _lines(content) or [""]
    found = _BOX.match("\n".join(lines))
    if found:
        lines = _lines("\n".join(lines)[found.end() :]) or [""]
    else:
        lines[0] = unescape_line(lines[0], box=True)
    text = "\n".join([lines[0], *map(unescape_line, lines[1:])])
    return text, found[1] != " " if found else None
