"""Playbook documents: Markdown in, an outline out.

The format is Markdown as people write such notes anyway; the files in playbook/content are no
different, only more careful:

- `# heading` is the title, a paragraph or quotation `**Goal**: …` the goal, and a table in that
  quotation a first section of its own, the levels side by side;
- each further heading of the next level is a section. Its kind is guessed from its title and from
  what stands in it; a first list with `- kind: matrix` says it;
- each row of a table, each entry of a list and each line that begins with a cross or a tick is a
  row. What stands below a row's own entry, such as a nested list, is its body;
- a heading inside a section is a row when `- label: text` entries, bold labels, a text or a block
  of code follow it; when table rows or a plain list do, it is the group above those;
- "Step 1: Clarify (5–10 min)" is the step "Clarify" with its minutes; a line in italics says its
  aim, a block of code is the starter text;
- among the labels, `id` is a row's permanent key, `group` the heading it stands under and `see` a
  link: `see: [Label](/address/)`;
- what stands below a rule (`---`) after the last headed row closes the whole section.
"""

import re
from collections import Counter
from dataclasses import replace

from django.utils.text import slugify

from playbook.models import Section as Kept
from playbook.outline import Outline, RowText, SectionText
from writing import documents
from writing.documents import (
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
    plain,
    write_nodes,
)

__all__ = ["DocumentError", "from_document", "read"]

Kind = Kept.Kind
MAX_ROWS = 2000
MAX_SECTIONS = 200
MAX_TITLE = 200
LEVELS_TITLE = "What the levels sound like"

_GOAL = re.compile(r"(?:\*\*|__)?Goal(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z0-9 /&’'()-]{0,39}):(?:\s+|\Z)(?P<text>.*)\Z", re.S
)
_BOLD = re.compile(
    r"(\*\*|__)(?P<name>(?!\s).+?)(?<!\s)\1\s*(?:[:–—-]\s*|\Z|(?=\S))(?P<text>.*)\Z", re.S
)
_BOLD_LABEL = re.compile(r"\*\*(?P<label>[^*\n]{1,40}?):?\*\*:?[ \t]*(?P<text>[^\n]*)")
_ITALIC = re.compile(r"([*_])(?![*_\s])(?P<text>[^*_]+)\1\Z", re.S)
_STEP = re.compile(r"Step\s+\d{1,2}\s*[:.–—-]\s*(?P<name>.+)\Z", re.IGNORECASE | re.S)
_MINUTES = re.compile(
    r"\s*\(\s*(\d{1,3})\s*(?:(?:-|–|—|to)\s*(\d{1,3})\s*)?(?:minutes|minute|mins|min|m)\.?\s*\)\s*:?\s*\Z",
    re.IGNORECASE,
)
_MARK = re.compile(r"[❌✗✘✅✔☑⚠]\ufe0f?\s*")
_LINK = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<address>/[^\s)]*)\)")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def read(source: str | bytes, name: str) -> Outline:
    """The playbook that a document holds. DocumentError names file and line of a mistake."""
    return from_document(documents.read(source, name))


def from_document(document: Document) -> Outline:
    """The playbook that `document` describes. Raises DocumentError."""
    return _Reader(document).outline()


class _Reader:
    """Reads one document from top to bottom."""

    def __init__(self, document: Document):
        self.document = document
        self.taken: Counter[str] = Counter()

    def outline(self) -> Outline:
        document = self.document
        title = document.meta.get("title", "").strip() or plain(document.title)
        if not title:
            raise document.error("The title is missing: a line “# Title” at the top.")
        self._check(title, 1)
        outline = Outline(title, summary=document.meta.get("summary", ""), order=self._order())
        above: list[Node] = [node for node in document.nodes if not isinstance(node, Section)]
        self._opening(outline, above)
        for node in document.nodes:
            if isinstance(node, Section):
                outline.sections.append(self._section(node))
        if not outline.row_count and not any(s.intro for s in outline.sections):
            raise document.error("There is nothing below the title: no section, table or list.")
        if outline.row_count > MAX_ROWS or len(outline.sections) > MAX_SECTIONS:
            raise document.error(
                f"A playbook holds at most {MAX_SECTIONS} sections and {MAX_ROWS} rows."
            )
        return outline

    def _order(self) -> int:
        order = self.document.meta.get("order", "500")
        if not order.isdecimal() or int(order) > 32_000:
            line = self.document.meta_lines["order"]
            raise self.document.error("The order must be a number up to 32000.", line)
        return int(order)

    def _check(self, title: str, line: int) -> None:
        if len(title) > MAX_TITLE:
            raise self.document.error(f"A heading has at most {MAX_TITLE} characters.", line)

    def _opening(self, outline: Outline, nodes: list[Node]) -> None:
        """The goal, the levels in its quotation, and whatever else stands above the sections."""
        flat: list[Node] = []
        for node in nodes:
            flat += node.children if isinstance(node, Quote) else [node]
        rest: list[Node] = []
        for node in flat:
            if isinstance(node, Paragraph) and _GOAL.match(node.text) and not outline.goal:
                outline.goal = _GOAL.sub("", node.text, count=1).strip()
            elif not isinstance(node, Rule):
                rest.append(node)
        if any(isinstance(node, Table | List) for node in rest):
            section = SectionText(self._key("levels"), LEVELS_TITLE, Kind.LEVELS)
            self._fill(section, rest)
            outline.sections.append(section)
        elif rest:
            text = write_nodes(rest).strip()
            outline.sections.append(SectionText(self._key("opening"), outline.title, intro=text))

    def _section(self, node: Section) -> SectionText:
        title = plain(node.text)
        self._check(title, node.line)
        children = list(node.children)
        labels = _settings(children)
        kind, key = labels.get("kind", ""), labels.get("id", "")
        if kind and kind not in Kind.values:
            raise self.document.error(f"“{kind}” is no kind: {', '.join(Kind.values)}.", node.line)
        section = SectionText(self._key(key or slugify(title) or "section"), title)
        self._fill(section, children)
        section.kind = kind or self._guess(section, children)
        return section

    def _guess(self, section: SectionText, children: list[Node]) -> str:
        title = section.title.lower()
        steps = [row for row in section.rows if row.low is not None or row.starter]
        boxes = [
            item
            for node in documents.walk(children)
            if isinstance(node, List)
            for item in node.items
            if item.checked is not None
        ]
        table = any(isinstance(node, Table) for node in documents.walk(children))
        for kind, found in (
            (Kind.PROSE, not section.rows),
            (Kind.CHECKLIST, boxes),
            (Kind.STEPS, steps or any(_STEP.match(_heading(node)) for node in children)),
            (Kind.ANTI_PATTERNS, "anti-pattern" in title or "antipattern" in title),
            (Kind.PATTERNS, "pattern" in title),
            (Kind.PHRASES, "phrase" in title or "terminology" in title),
            (Kind.QUESTIONS, "question" in title),
            (Kind.MATRIX, table),
        ):
            if found:
                return kind
        return Kind.LIST

    def _fill(self, section: SectionText, nodes: list[Node]) -> None:
        """Rows from the nodes of a section, the text before them and the text after."""
        loose: list[Node] = []
        for node in nodes:
            if isinstance(node, Rule):
                continue
            node, below = _ruled_off(node)
            rows = self._rows(node, group="")
            if rows:
                if loose and not section.rows:
                    section.intro = write_nodes(loose).strip()
                    loose = []
                section.rows += rows
            else:
                loose.append(node)
            loose += below
        text = write_nodes(loose).strip() if loose else ""
        if section.rows:
            section.closing = text
        else:
            section.intro = text

    def _rows(self, node: Node, group: str) -> list[RowText]:
        """The rows that `node` holds; none for a text."""
        if isinstance(node, Table):
            return [self._table_row(node, cells, group) for cells in node.rows]
        if isinstance(node, List):
            return [self._entry(item, group) for item in node.items]
        if isinstance(node, Paragraph) and _MARK.match(node.text):
            lines = (_MARK.sub("", line).strip(" \\") for line in node.text.split("\n"))
            return [self._row(line, group) for line in lines if line]
        if isinstance(node, Section):
            return self._headed(node, group)
        return []

    def _table_row(self, table: Table, cells: list[str], group: str) -> RowText:
        name = _unbold(cells[0]) or "—"
        labels = [plain(header) for header in table.header[1:]]
        fields = [[label, text.strip()] for label, text in zip(labels, cells[1:], strict=True)]
        return self._row(name, group, fields)

    def _entry(self, item: Item, group: str) -> RowText:
        body = write_nodes(item.children).strip() if item.children else ""
        bold = _BOLD.match(item.text)
        name, text = (bold["name"], bold["text"]) if bold else (item.text, "")
        name, low, high = _timed(name.removesuffix(":"))
        if low is None and bold and not text:
            name, low, high = _timed(name)
        row = self._row(name, group, [["", text.strip()]] if text.strip() else [])
        row.body, row.low, row.high = body, low, high
        return row

    def _headed(self, node: Section, group: str) -> list[RowText]:
        """A row under a heading of its own, or the rows that the heading groups."""
        title = node.text.strip()
        self._check(plain(title), node.line)
        first = next((child for child in node.children if not isinstance(child, Rule)), None)
        labels = first if isinstance(first, List) and _all_labelled(first) else None
        grouped = any(isinstance(child, Table | List | Section) for child in node.children)
        if grouped and not labels and not _STEP.match(title):
            heading = " · ".join(filter(None, [group, plain(title)]))
            rows = [row for child in node.children for row in self._rows(child, heading)]
            if rows:
                return rows
        name, low, high = _timed(title)
        row = self._row(name, group)
        row.low, row.high = low, high
        body: list[Node] = []
        for child in node.children:
            if labels and child is labels:
                self._labels(row, labels)
            elif not self._aim_or_starter(row, child) and not isinstance(child, Rule):
                body.append(child)
        row.body = write_nodes(body).strip() if body else ""
        return [row]

    def _labels(self, row: RowText, labels: List) -> None:
        for item in labels.items:
            if not (found := _LABELLED.match(item.text)):
                continue
            label, text = found["label"], found["text"].strip()
            if label.lower() == "id":
                if not _KEY.match(text) or len(text) > 100:
                    raise self.document.error(
                        f"“{text}” is no id: lower-case words, hyphens.", item.line
                    )
                self.taken[row.key] -= 1
                row.key = self._key(text, item.line)
            elif label.lower() == "group":
                row.group = text
            elif label.lower() == "see":
                row.links += [[link["label"], link["address"]] for link in _LINK.finditer(text)]
            else:
                more = f"\n\n{write_nodes(item.children).strip()}" if item.children else ""
                row.fields.append([label, text + more])

    def _aim_or_starter(self, row: RowText, node: Node) -> bool:
        """Take a line in italics, bold labels or a block of code out of a headed row."""
        if isinstance(node, Fence) and not node.info and not row.starter:
            row.starter = node.body
        elif isinstance(node, Paragraph) and (italic := _ITALIC.match(node.text.strip())):
            row.fields.append(["Aim", italic["text"].strip()])
        elif isinstance(node, Paragraph) and _all_labels(node.text):
            row.fields += [[m["label"], m["text"].strip()] for m in _BOLD_LABEL.finditer(node.text)]
        else:
            return False
        return True

    def _row(self, name: str, group: str, fields: list[list[str]] | None = None) -> RowText:
        name = name.strip()
        key = slugify(plain(f"{group} {name}"))[:80].strip("-") or "row"
        return RowText(self._key(key), name, fields or [], group)

    def _key(self, key: str, line: int = 0) -> str:
        """`key`, or with a number after it when it is taken; an id in the file may not be."""
        self.taken[key] += 1
        if self.taken[key] == 1:
            return key
        if line:
            raise self.document.error(f"The id “{key}” is there twice.", line)
        return self._key(f"{key}-{self.taken[key]}")


def _heading(node: Node) -> str:
    return node.text if isinstance(node, Section) else ""


def _settings(children: list[Node]) -> dict[str, str]:
    """Take `kind: …` and `id: …` from the beginning of the first list, where they stand."""
    labels: dict[str, str] = {}
    entries = children[0] if children and isinstance(children[0], List) else List([])
    for item in list(entries.items):
        found = _LABELLED.match(item.text)
        if not found or found["label"] not in ("kind", "id"):
            break
        labels[found["label"]] = found["text"].strip()
        entries.items.remove(item)
    if labels and not entries.items:
        del children[0]
    return labels


def _ruled_off(node: Node) -> tuple[Node, list[Node]]:
    """A headed row without what stands below a rule in it: that belongs to the whole section."""
    if not isinstance(node, Section):
        return node, []
    places = [place for place, child in enumerate(node.children) if isinstance(child, Rule)]
    if not places:
        return node, []
    above, below = node.children[: places[0]], node.children[places[0] + 1 :]
    return replace(node, children=above), [each for each in below if not isinstance(each, Rule)]


def _all_labelled(entries: List) -> bool:
    """Is every entry `label: text`, without a box?"""
    return all(_LABELLED.match(item.text) and item.checked is None for item in entries.items)


def _unbold(text: str) -> str:
    found = re.fullmatch(r"(\*\*|__)(.+)\1", text.strip(), re.S)
    return found[2].strip() if found else text.strip()


def _timed(title: str) -> tuple[str, int | None, int | None]:
    """A step's name without its number, and its minutes."""
    low = high = None
    if found := _MINUTES.search(title):
        low = int(found[1])
        high = int(found[2]) if found[2] else low
        title = title[: found.start()]
    if step := _STEP.match(title):
        title = step["name"]
    return title.strip(), low, high


def _all_labels(text: str) -> bool:
    """Is every line a bold label with or without its text?"""
    lines = [line.strip(" \\") for line in text.split("\n")]
    return all(re.match(r"\*\*[^*]{1,40}?:?\*\*:?(\s|\Z)", line) for line in lines if line)
