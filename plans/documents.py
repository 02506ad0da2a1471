"""Plan documents: Markdown in, an outline out, and back.

The format is Markdown as people write plans anyway:

- the first `# heading` is the title, a paragraph `**Goal:** …` the goal;
- every other heading with lists under it is a block; "(2–3 hours)", "(3h)" or "(5-10 mins)" in it
  is its time, and "Morning (2 h) → **Title**" has a label and a title;
- a heading without a time or lists of its own, over headings with times, is the label of those
  ("## Day 1" over "### Morning (3h)");
- a paragraph `Focus: …` is the block's focus, one that begins with 👉 a tip, 👉 "Quick exercise: …"
  a section of its own; any other paragraph before the lists is the block's introduction;
- `1. **Bold**` with a list below it, or a heading under a block's heading, is a section;
- every other list entry is an item, nested entries too; `- [x]` is one already done, `~~text~~`
  one that was left out, and a quotation under it is its note;
- front matter may say `summary:`, `order:` and, for when time is short, `leave out first: A; B`.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath

from plans.board import Board
from plans.outline import MAX_DEPTH, MAX_MINUTES, Kind, Line, Outline, OutlineBlock
from writing import documents
from writing.documents import (
    Document,
    DocumentError,
    Item,
    List,
    Node,
    Paragraph,
    Quote,
    Section,
    Table,
)

__all__ = ["DocumentError", "from_document", "outline_of", "read", "write"]

MAX_LINES = 1000
MAX_TEXT = 1000
MAX_TITLE = 200
MAX_FOCUS = 300
MAX_LABEL = 100
MAX_GOAL = 1000

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_TIME = re.compile(
    rf"\s*(?<!\\)\(\s*(?:~|about |ca\. )?{_NUMBER}\s*(?:(?:-|–|—|to)\s*{_NUMBER}\s*)?"
    r"(hours?|hrs?|h|minutes?|mins?|min|m)\.?\s*\)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:→|->|⇒)\s*")
_POINTER = "👉"
_EXERCISE = re.compile(r"((?:quick\s+)?exercise)\s*:\s*", re.IGNORECASE)
_TIP = re.compile(r"tip\s*:\s*", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?!\s)(?:(?!\1).)+(?<!\s)\1:?", re.DOTALL)
_STRUCK = re.compile(r"~~(?!\s)((?:(?!~~).)+)(?<!\s)~~", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~])")


def read(source: str | bytes, name: str) -> Outline:
    """Read a plan from Markdown; DocumentError names the file and the line of a mistake."""
    return from_document(documents.read(source, name))


def from_document(document: Document) -> Outline:
    """The plan that `document` describes. Raises DocumentError."""
    return _Reader(document).outline()


def outline_of(board: Board, notes: Mapping[int, str] | None = None) -> Outline:
    """The outline of one's own plan, as the page shows it; `notes` holds notes by line id."""
    outline = Outline(board.plan.title, board.plan.goal)
    for view in board.blocks:
        block = view.block.outline(view.lines)
        for line, item in zip(block.lines, view.lines, strict=True):
            line.left_out = bool(item.left_out_at)
            line.note = (notes or {}).get(item.pk, "")
        outline.blocks.append(block)
    return outline


class _Reader:
    def __init__(self, document: Document):
        self.document = document
        self.lines = 0

    def outline(self) -> Outline:
        document = self.document
        order = document.meta.get("order", "100")
        if not order.isdecimal() or int(order) > 32000:
            raise document.error("order is a whole number.", document.meta_lines["order"])
        outline = Outline(self._title(), summary=document.meta.get("summary", ""), order=int(order))
        loose: list[Node] = []
        for node in document.nodes:
            goal = _labelled(node, "goal")
            if goal and not outline.goal:
                outline.goal = self._fit(documents.plain(goal), MAX_GOAL, node.line)
            elif isinstance(node, Section):
                outline.blocks += self._blocks(node)
            else:
                loose.append(node)
        if any(isinstance(node, List | Table) for node in loose):
            outline.blocks.insert(0, self._fill(OutlineBlock(""), loose))
        elif not outline.goal:
            words = " ".join(documents.plain(n.text) for n in loose if isinstance(n, Paragraph))
            outline.goal = words[:MAX_GOAL]
        outline.blocks = [block for block in outline.blocks if block.lines or block.intro]
        if not self.lines:
            raise document.error("There is no list in it, and a plan is made of list entries.")
        self._rank(outline)
        return outline

    def _title(self) -> str:
        document = self.document
        title = documents.plain(document.title) or documents.plain(document.meta.get("title", ""))
        return self._fit(title or PurePath(document.name).stem or "Plan", MAX_TITLE, 1)

    def _fit(self, text: str, limit: int, line: int) -> str:
        if len(text) > limit:
            raise self.document.error(
                f"This is {len(text)} characters long, and {limit} fit. Shorten it.", line
            )
        return text

    def _blocks(self, section: Section, label: str = "") -> list[OutlineBlock]:
        """The block of a heading, or those of the timed headings it only stands over."""
        below = [node for node in section.children if isinstance(node, Section)]
        lists = any(isinstance(node, List | Table) for node in section.children)
        if not _TIME.search(section.text) and not lists and any(_timed(b) for b in below):
            name = documents.plain(section.text)
            return [block for child in below for block in self._blocks(child, name)]
        block = self._heading(section)
        if label:
            block.label = self._fit(label, MAX_LABEL, section.line)
        return [self._fill(block, section.children)]

    def _heading(self, section: Section) -> OutlineBlock:
        text, low, high = section.text, None, None
        if found := _TIME.search(text):
            text = text[: found.start()] + text[found.end() :]
            low, high = self._minutes(found, section.line)
        label, title = _split_arrow(text)
        return OutlineBlock(
            self._fit(documents.plain(title), MAX_TITLE, section.line),
            self._fit(documents.plain(label), MAX_LABEL, section.line),
            low=low,
            high=high,
        )

    def _minutes(self, found: re.Match, line: int) -> tuple[int, int]:
        factor = 60 if found[3].lower().startswith("h") else 1
        low = round(float(found[1].replace(",", ".")) * factor)
        high = round(float((found[2] or found[1]).replace(",", ".")) * factor)
        if low > high:
            raise self.document.error("The range of time runs backwards.", line)
        if high > MAX_MINUTES:
            raise self.document.error("A block of more than 24 hours is not a block.", line)
        return low, high

    def _fill(self, block: OutlineBlock, nodes: list[Node]) -> OutlineBlock:
        intro: list[Node] = []
        nested = 0  # the list below "Quick exercise: draw …" belongs to the drawing
        for node in nodes:
            if isinstance(node, List):
                self._list(block, node, nested)
                nested = 0
            elif isinstance(node, Table):
                for row in node.rows:
                    self._add(block, Kind.TASK, " · ".join(c for c in row if c), 0, node.line)
            elif isinstance(node, Section):
                self._add(block, Kind.SECTION, _without_time(node.text), 0, node.line)
                self._fill_section(block, node)
            elif isinstance(node, Paragraph) and _is_pointer(node.text):
                nested = self._pointer(block, node)
            elif (focus := _labelled(node, "focus")) and not block.focus:
                block.focus = self._fit(documents.plain(focus), MAX_FOCUS, node.line)
            elif isinstance(node, Paragraph) and block.lines:
                self._add(block, Kind.TIP, node.text, 0, node.line)
            elif not isinstance(node, documents.Rule):
                intro.append(node)
        block.intro = documents.to_text(intro) if intro else block.intro
        return block

    def _fill_section(self, block: OutlineBlock, section: Section) -> None:
        before = block.intro
        self._fill(block, section.children)
        if block.intro != before:  # a text under a lower heading stays where it stands
            self._add(block, Kind.TIP, " ".join(block.intro.split()), 0, section.line)
            block.intro = before

    def _pointer(self, block: OutlineBlock, node: Paragraph) -> int:
        text = node.text.removeprefix(_POINTER).strip()
        if found := _EXERCISE.match(text):
            self._add(block, Kind.SECTION, found[1].capitalize(), 0, node.line)
            self._add(block, Kind.TASK, text[found.end() :].removesuffix(":"), 0, node.line)
            return 1
        self._add(block, Kind.TIP, _TIP.sub("", text, count=1), 0, node.line)
        return 0

    def _list(self, block: OutlineBlock, node: List, depth: int) -> None:
        for item in node.items:
            lists = [child for child in item.children if isinstance(child, List)]
            if depth == 0 and lists and _BOLD.fullmatch(item.text.strip()):
                self._add(block, Kind.SECTION, documents.plain(item.text), 0, item.line)
                below = 0
            else:
                text = _whole(item)
                struck = _STRUCK.fullmatch(text)
                line = self._add(block, Kind.TASK, struck[1] if struck else text, depth, item.line)
                line.done, line.left_out = bool(item.checked), bool(struck)
                line.note = _note(item)
                below = depth + 1
            for child in lists:
                self._list(block, child, below)

    def _add(self, block: OutlineBlock, kind: str, text: str, depth: int, at: int) -> Line:
        self.lines += kind != Kind.SECTION
        if self.lines > MAX_LINES:
            raise self.document.error(f"A plan holds at most {MAX_LINES} items.", at)
        if not text.strip():
            raise self.document.error("This entry is empty. Write what to do, or delete it.", at)
        text = self._fit(" ".join(text.split()), MAX_TEXT, at)
        block.lines.append(Line(kind, text, min(depth, MAX_DEPTH)))
        return block.lines[-1]

    def _rank(self, outline: Outline) -> None:
        names = self.document.meta.get("leave out first", "")
        headings = {
            documents.plain(line.text): line
            for block in outline.blocks
            for line in block.lines
            if line.kind == Kind.SECTION
        }
        for rank, name in enumerate(filter(None, map(str.strip, names.split(";"))), 1):
            if name not in headings:
                raise self.document.error(
                    f"No section is called “{name}”.", self.document.meta_lines["leave out first"]
                )
            headings[name].rank = rank


def _timed(section: Section) -> bool:
    return bool(_TIME.search(section.text))


def _without_time(text: str) -> str:
    return _TIME.sub("", text) or text


def _split_arrow(text: str) -> tuple[str, str]:
    """("Morning", "Title") of "Morning → Title"; ("", text) without an arrow."""
    parts = _ARROW.split(text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else ("", text)


def _labelled(node: Node, label: str) -> str:
    """What follows "Label:" at the beginning of a paragraph, bold or not; else ""."""
    if not isinstance(node, Paragraph):
        return ""
    found = re.match(
        rf"(?:\*\*\s*{label}\s*:?\s*\*\*\s*:?|{label}\s*:)\s*", node.text, re.IGNORECASE
    )
    return node.text[found.end() :] if found else ""


def _is_pointer(text: str) -> bool:
    return text.startswith(_POINTER)


def _whole(item: Item) -> str:
    """An entry's text with the paragraphs that belong to it."""
    more = [child.text for child in item.children if isinstance(child, Paragraph)]
    return " ".join([item.text, *more])


def _note(item: Item) -> str:
    """The quotation under an entry."""
    quotes = [child for child in item.children if isinstance(child, Quote)]
    return "\n\n".join(documents.to_text(quote.children) for quote in quotes)


def write(outline: Outline) -> str:
    """`outline` as Markdown that `read` turns into the same outline (but for ranks)."""
    nodes: list[Node] = []
    if outline.goal:
        nodes.append(Paragraph(f"**Goal:** {_escape(outline.goal)}"))
    for block in outline.blocks:
        nodes.append(Section(2, _heading_text(block), _block_nodes(block)))
    return documents.write(Document(_escape(outline.title), nodes))


def _block_nodes(block: OutlineBlock) -> list[Node]:
    nodes: list[Node] = []
    if block.focus:
        nodes.append(Paragraph(f"Focus: {_escape(block.focus)}"))
    if block.intro:
        nodes += documents.from_text(block.intro)
    into = nodes
    for line in block.lines:
        if line.kind == Kind.SECTION:
            section = Section(3, _TIME.sub(lambda m: m[0].replace("(", "\\("), line.text))
            nodes.append(section)
            into = section.children
            into += _quoted(line)
        elif line.kind == Kind.TIP:
            into.append(Paragraph(f"{_POINTER} {line.text}"))
            into += _quoted(line)
        else:
            _put(into, line)
    return nodes


def _put(nodes: list[Node], line: Line) -> None:
    """Append an item to the list at the end of `nodes`, as deep as it goes."""
    entries = _last_list(nodes).items
    for _ in range(line.depth):
        if entries:
            entries = _last_list(entries[-1].children).items
    text = f"~~{line.text}~~" if line.left_out else line.text
    entries.append(Item(text, checked=line.done, children=_quoted(line)))


def _quoted(line: Line) -> list[Node]:
    return [Quote(documents.from_text(line.note))] if line.note else []


def _last_list(nodes: list[Node]) -> List:
    """The list that `nodes` end with; a new one where they do not."""
    if not nodes or not isinstance(nodes[-1], List):
        nodes.append(List([]))
    last = nodes[-1]
    assert isinstance(last, List)  # noqa: S101  # nosec B101
    return last


def _heading_text(block: OutlineBlock) -> str:
    time = ""
    if block.high:
        low, high = block.low or 0, block.high
        unit, by = ("h", 60) if low % 60 == 0 and high % 60 == 0 else ("min", 1)
        span = f"{low // by}–{high // by}" if low != high else f"{high // by}"
        time = f" ({span} {unit})"
    title = _ARROW.sub(" &rarr; ", _escape(block.title))
    if block.label:
        return f"{_escape(block.label)}{time} → {title}".strip()
    return f"{title}{time}".strip()


def _escape(text: str) -> str:
    """Plain text as Markdown that reads as those very words."""
    return _SPECIAL.sub(r"\\\1", text)
