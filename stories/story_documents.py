"""Stories as Markdown that reads well by itself, and back to the letter.

A file holds one story or many, a section each, with its permanent id at the top of a list:

    # STAR stories

    ## How releases went from six hours to twenty minutes

    - id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    - theme: modernization
    - status: solid
    - length: 2 minutes
    - primary: ownership
    - secondary: dive-deep, frugality

    ### Situation
    …
    ### Metrics

    | Metric | Before | After | Unit | How measured |

`read(write(stories)) == stories` for every story, whatever its texts contain. Competencies are
named by the ids of the shared content, one's own by their titles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from stories.models import Length, Story
from writing import documents
from writing.documents import Document, DocumentError, Item, List, Node, Section, Table
from writing.forms import MARKDOWN_LIMIT
from writing.text import clean_text

NAME = "stories.md"
TITLE = "STAR stories"
UNTITLED = "Untitled story"
PARTS = {
    "situation": "Situation",
    "task": "Task",
    "action": "Action",
    "result": "Result",
    "signal": "Level signal",
}
METRIC = {"name": "Metric", "before": "Before", "after": "After", "unit": "Unit",
          "measured": "How measured"}  # fmt: skip
ANGLE = {"told_to": "For", "text": "How to tell it"}
LIMITS = {"name": 120, "before": 60, "after": 60, "unit": 40, "measured": 300,
          "told_to": 200, "text": 500}  # fmt: skip
MAX_ROWS = 200
_LENGTHS = {label: value for value, label in Length.choices}
_ENTRY = re.compile(r"(?P<name>[a-z]+(?: [a-z]+)*):(?:\s+(?P<value>.*))?\Z", re.DOTALL)
_ENTRIES = {"id", "untitled", "theme", "own theme", "status", "length", "guide", "primary",
            "secondary", "own competencies"}  # fmt: skip
_OURS = re.compile(r"^## [^\n]*\n\s*- id: [0-9a-fA-F-]{36}\s*$", re.MULTILINE)


@dataclass
class StoryText:
    """A story as plain values. Shared themes and competencies are keys, own ones titles."""

    uid: UUID
    title: str = ""
    theme: str = ""
    own_theme: str = ""
    status: str = Story.Status.IDEA
    target: int = Length.MEDIUM
    outline: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    signal: str = ""
    metrics: list[dict[str, str]] = field(default_factory=list)
    angles: list[dict[str, str]] = field(default_factory=list)
    # key or title → whether in the first place
    shows: dict[str, bool] = field(default_factory=dict)
    own_shows: dict[str, bool] = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


def is_ours(text: str) -> bool:
    """Was this text written by `write`, perhaps changed since?"""
    return bool(_OURS.search(text))


def write(stories: list[StoryText]) -> str:
    """The file that holds `stories`."""
    title = TITLE if len(stories) != 1 else "STAR story"
    return documents.write(Document(title, [_section(story) for story in stories]))


def _section(story: StoryText) -> Section:
    children: list[Node] = [List(list(_entries(story)))]
    for part, label in PARTS.items():
        if part == "signal" and story.metrics:
            children.append(Section(3, "Metrics", [_table(METRIC, story.metrics)]))
        if text := getattr(story, part):
            children.append(Section(3, label, documents.from_text(text)))
    if story.angles:
        children.append(Section(3, "Angles", [_table(ANGLE, story.angles)]))
    return Section(2, story.title or UNTITLED, children)


def _entries(story: StoryText) -> Iterator[Item]:
    yield Item(f"id: {story.uid}")
    if not story.title:
        yield Item("untitled: yes")
    if story.theme:
        yield Item(f"theme: {story.theme}")
    if story.own_theme:
        yield Item(f"own theme: {story.own_theme}")
    yield Item(f"status: {story.status}")
    yield Item(f"length: {Length(story.target).label}")
    if story.outline:
        yield Item(f"guide: {story.outline}")
    for name, primary in (("primary", True), ("secondary", False)):
        if keys := [key for key, first in story.shows.items() if first is primary]:
            yield Item(f"{name}: {', '.join(keys)}")
    if story.own_shows:
        own = [
            Item(f"{'primary' if first else 'secondary'}: {title}")
            for title, first in story.own_shows.items()
        ]
        yield Item("own competencies:", children=[List(own)])


def _table(columns: dict[str, str], rows: list[dict[str, str]]) -> Table:
    return Table(list(columns.values()), [[row[name] for name in columns] for row in rows])


def read(source: str | bytes, name: str) -> list[StoryText]:
    """The stories in a file. DocumentError names file and line of a mistake."""
    document = documents.read(source, name)
    found: list[StoryText] = []
    for node in document.nodes:
        if isinstance(node, Section) and node.level == 2:
            story = _Reader(document, node).story()
            if any(story.uid == other.uid for other in found):
                raise document.error("This id stands in the file twice.", story.lines["id"])
            found.append(story)
        elif isinstance(node, Section):
            raise document.error("A story has a heading of level 2: “## Title”.", node.line)
    if not found:
        raise document.error("There is no story in this file: a heading “## Title”.")
    return found


class _Reader:
    """Reads one section, and says where it leaves the format."""

    def __init__(self, document: Document, section: Section):
        self.document, self.section = document, section
        self.entries: dict[str, Item] = {}

    def fail(self, message: str, line: int) -> DocumentError:
        return self.document.error(message, line)

    def story(self) -> StoryText:
        nodes = list(self.section.children)
        if not nodes or not isinstance(nodes[0], List):
            raise self.fail("Below the title of a story stands “- id: …”.", self.section.line)
        for item in nodes.pop(0).items:  # type: ignore[union-attr]
            self.take(item)
        story = self.head()
        seen: set[str] = set()
        for node in nodes:
            if not isinstance(node, Section) or node.level != 3:
                raise self.fail("Here a part such as “### Situation” is expected.", node.line)
            if node.text in seen:
                raise self.fail(f"“{node.text}” stands here twice.", node.line)
            seen.add(node.text)
            self.part(story, node)
        return story

    def take(self, item: Item) -> None:
        found = _ENTRY.match(item.text)
        if not found or found["name"] not in _ENTRIES:
            raise self.fail("This entry is not known: “- id: …”, “- status: …”.", item.line)
        if found["name"] in self.entries:
            raise self.fail(f"“{found['name']}” stands here twice.", item.line)
        if item.children and found["name"] != "own competencies":
            raise self.fail("Nothing stands below this entry.", item.line)
        value = clean_text(found["value"] or "", one_line=True)
        self.entries[found["name"]] = Item(value, children=item.children, line=item.line)

    def value(self, name: str) -> str:
        return self.entries[name].text if name in self.entries else ""

    def line(self, name: str) -> int:
        return self.entries[name].line if name in self.entries else self.section.line

    def head(self) -> StoryText:
        try:
            uid = UUID(self.value("id"))
        except ValueError:
            message = "A story needs its id, as it was given: “- id: 7c9e6679-7425-…”."
            raise self.fail(message, self.line("id")) from None
        title = clean_text(self.section.text, one_line=True)
        if len(title) > 200:
            raise self.fail("The title is longer than 200 characters.", self.section.line)
        if self.value("theme") and self.value("own theme"):
            raise self.fail("A story has one theme.", self.line("own theme"))
        story = StoryText(
            uid,
            title="" if "untitled" in self.entries and title == UNTITLED else title,
            theme=self.value("theme"),
            own_theme=self.title("own theme", self.value("own theme")),
            status=self.one_of("status", list(Story.Status.values), Story.Status.IDEA),
            target=_LENGTHS[self.one_of("length", list(_LENGTHS), Length.MEDIUM.label)],
            outline=self.value("guide"),
            line=self.section.line,
            lines={name: item.line for name, item in self.entries.items()},
        )
        for name in ("primary", "secondary"):
            for key in filter(None, map(str.strip, self.value(name).split(","))):
                self.show(story.shows, key, name, self.line(name))
        for item in self.own_competencies():
            found = _ENTRY.match(item.text)
            if not found or found["name"] not in ("primary", "secondary") or item.children:
                raise self.fail("Here “- primary: …” or “- secondary: …” is expected.", item.line)
            title = clean_text(found["value"] or "", one_line=True)
            self.show(story.own_shows, self.title("", title, item.line), found["name"], item.line)
        return story

    def own_competencies(self) -> list[Item]:
        children = self.entries["own competencies"].children if self.entries.get(
            "own competencies") else []  # fmt: skip
        if any(not isinstance(node, List) for node in children):
            raise self.fail("Here one list is expected.", self.line("own competencies"))
        return [item for node in children for item in node.items]  # type: ignore[union-attr]

    def show(self, shows: dict[str, bool], key: str, level: str, line: int) -> None:
        if key in shows:
            raise self.fail(f"“{key}” stands here twice.", line)
        shows[key] = level == "primary"

    def title(self, name: str, text: str, line: int | None = None) -> str:
        if len(text) > 120:
            raise self.fail("This is longer than 120 characters.", line or self.line(name))
        return text

    def one_of(self, name: str, known: list[str], default: str) -> str:
        value = self.value(name)
        if name in self.entries and value not in known:
            words = ", ".join(known)
            raise self.fail(f"“{value}” is not a {name}: choose one of {words}.", self.line(name))
        return value or default

    def part(self, story: StoryText, section: Section) -> None:
        labels = {label: name for name, label in PARTS.items()}
        if section.text == "Metrics":
            story.metrics = self.rows(section, METRIC)
        elif section.text == "Angles":
            story.angles = self.rows(section, ANGLE)
        elif section.text in labels:
            text = clean_text(documents.to_text(section.children))
            if len(text) > MARKDOWN_LIMIT:
                raise self.fail(
                    f"“{section.text}” has {len(text):,} characters, and {MARKDOWN_LIMIT:,} fit.",
                    section.line,
                )
            setattr(story, labels[section.text], text)
        else:
            known = ", ".join([*PARTS.values(), "Metrics", "Angles"])
            raise self.fail(f"A story has the parts {known}.", section.line)

    def rows(self, section: Section, columns: dict[str, str]) -> list[dict[str, str]]:
        table = section.children[0] if len(section.children) == 1 else None
        if not isinstance(table, Table) or table.header != list(columns.values()):
            header = " | ".join(columns.values())
            raise self.fail(f"Here one table is expected: | {header} |.", section.line)
        if len(table.rows) > MAX_ROWS:
            raise self.fail(f"There are more than {MAX_ROWS} rows.", section.line)
        found = []
        for number, cells in enumerate(table.rows, table.line + 2):
            row = {
                name: clean_text(cell, one_line=True)
                for name, cell in zip(columns, cells, strict=True)
            }
            for name, cell in row.items():
                if len(cell) > LIMITS[name]:
                    raise self.fail(
                        f"“{columns[name]}” is longer than {LIMITS[name]} characters.", number
                    )
            if any(row.values()):
                found.append(row)
        return found
