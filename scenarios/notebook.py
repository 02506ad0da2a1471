"""A document with several scenarios, as people write them down for themselves.

    1.  **Title:** prompt
    2.  …

    ### Scenario 1: Title
    #### Part 1: Clarifying Questions     entries "**Category:** question", or questions below it
    #### Part 2: High-Level Architecture  any text; numbered flows with entries below them
    #### Part 3: Technology Choices       entries "**Name:** reason (Pillar: X, Y)"
    #### Part 4: Trade-offs               "**Trade-off (X):** text", "**Path to Scale:** text"

Wording and emphasis of the headings are free, but for the numbers. A scenario of the list without
a heading of its own has no solution. What has no place is a mistake, not lost in silence.
"""

import re
from collections.abc import Iterator

from scenarios.documents import one_line
from scenarios.models import Category, Pillar
from scenarios.outline import ChoiceText, Outline, QuestionText, TradeOffText
from writing import documents
from writing.documents import Document, DocumentError, Item, List, Node, Paragraph, Rule, Section

_NAMED = re.compile(r"\*\*(?P<name>.+?)\s*:?\s*\*\*\s*:?\s*(?P<text>.*)\Z", re.DOTALL)
_SCENARIO = re.compile(r"scenario\s+(\d{1,3})\s*(?:[:.–—-]\s*(.+))?\Z", re.IGNORECASE)
_PART = re.compile(r"part\s+([1-4])\b", re.IGNORECASE)
_PILLARS = re.compile(r"\s*\(\s*pillars?\s*:\s*([^()]+)\)\s*\.?\s*\Z", re.IGNORECASE)
_TRADE_OFF = re.compile(r"trade-?offs?\s*\((.+)\)\Z", re.IGNORECASE)
_PATH = re.compile(r"path to scale\Z", re.IGNORECASE)
# "(The others would follow in the same way.)": about the document, not about a scenario.
_REMARK = re.compile(r"[*_]*\(.*\)[*_]*\Z", re.DOTALL)
_QUESTION = re.compile(r"[^.?!]*(?:\([^)]*\)[^.?!]*)*\?")

# What a label begins with, in the order in which they are tried.
CATEGORIES = (
    ("non-functional", Category.NON_FUNCTIONAL),
    ("nonfunctional", Category.NON_FUNCTIONAL),
    ("functional", Category.FUNCTIONAL),
    ("business", Category.BUSINESS_GOAL),
    ("goal", Category.BUSINESS_GOAL),
    ("user", Category.USERS_SCALE),
    ("scale", Category.USERS_SCALE),
    ("constraint", Category.CONSTRAINTS),
    ("compliance", Category.CONSTRAINTS),
    ("regulation", Category.CONSTRAINTS),
)
FIRST_ORDER = 500


def scenarios(document: Document) -> Iterator[tuple[int, Outline]]:
    """(line, scenario) for each entry of the list, with its solution. Raises DocumentError."""
    solutions = _solutions(document)
    entries = _entries(document)
    if not entries:
        raise document.error("There is no scenario in it: a numbered list of “**Title:** prompt”.")
    for number, item in enumerate(entries, 1):
        name, prompt = _entry(item)
        outline = Outline(documents.plain(name), prompt, FIRST_ORDER + number)
        if len(outline.title) > 200:
            raise document.error("A title is at most 200 characters long.", item.line)
        if section := solutions.pop(number, None):
            _check_title(document, section, outline)
            _Solution(document, outline).take(section)
        yield item.line, outline
    for section in solutions.values():
        raise document.error("The list has no scenario with this number.", section.line)


def _entries(document: Document) -> list[Item]:
    """The first numbered list whose every entry is "**Title:** prompt"."""
    for node in documents.walk(document.nodes):
        if isinstance(node, Section) and _scenario(node):
            return []
        if isinstance(node, List) and node.ordered and all(_entry(item)[1] for item in node.items):
            return node.items
    return []


def _entry(item: Item) -> tuple[str, str]:
    """(title, prompt) of "**Title:** prompt"; two empty strings for anything else."""
    match = _NAMED.match(one_line(item.text))
    return (match["name"], match["text"]) if match else ("", "")


def _scenario(section: Section) -> re.Match[str] | None:
    return _SCENARIO.match(documents.plain(section.text))


def _solutions(document: Document) -> dict[int, Section]:
    found: dict[int, Section] = {}
    for node in documents.walk(document.nodes):
        if isinstance(node, Section) and (match := _scenario(node)):
            if int(match[1]) in found:
                raise document.error(f"Scenario {match[1]} stands here twice.", node.line)
            found[int(match[1])] = node
    return found


def _check_title(document: Document, section: Section, outline: Outline) -> None:
    match = _scenario(section)
    title = match[2] if match else None
    if title and one_line(title).casefold() != outline.title.casefold():
        raise document.error(f"The list calls this one “{outline.title}”.", section.line)


class _Solution:
    """Puts the parts below a heading into an outline."""

    def __init__(self, document: Document, outline: Outline):
        self.document, self.outline = document, outline

    def fail(self, message: str, node: Node | Item) -> DocumentError:
        return self.document.error(message, node.line)

    def take(self, section: Section) -> None:
        for node in section.children:
            if isinstance(node, Section):
                part = _PART.match(documents.plain(node.text))
                if not part:
                    raise self.fail("Here “Part 1” to “Part 4” are expected.", node)
                (self.clarify, self.design, self.choose, self.weigh)[int(part[1]) - 1](node)
            elif not isinstance(node, Rule | Paragraph):  # the prompt once more
                raise self.fail("This belongs below one of the four parts.", node)
        if not self.outline.has_solution:
            raise self.fail("This solution has no “Part 2”, the architecture.", section)

    def clarify(self, part: Section) -> None:
        for item in self.items(part):
            name, text = self.named(item)
            category = self.category(name, item)
            if text:
                self.ask(category, text)
            for _, below in documents.items(item.children):
                self.ask(category, one_line(below.text))
            if not text and not item.children:
                raise self.fail("There is no question here.", item)

    def ask(self, category: str, text: str) -> None:
        # One entry may ask several things; each of them is a wording to know it by.
        aliases = [found.strip()[:300] for found in _QUESTION.findall(text)]
        if aliases == [text]:
            aliases = []
        self.outline.questions.append(QuestionText(category, text, aliases=aliases))

    def category(self, name: str, item: Item) -> str:
        for start, category in CATEGORIES:
            if name.casefold().startswith(start):
                return category.value
        known = ", ".join(Category.labels)
        raise self.fail(f"“{name}” is none of the categories: {known}.", item)

    def design(self, part: Section) -> None:
        kept: list[Node] = [
            node for node in part.children if not isinstance(node, Rule) and not _remark(node)
        ]
        self.outline.flows = documents.to_text(kept).strip()

    def choose(self, part: Section) -> None:
        for item in self.items(part):
            name, text = self.named(item)
            pillars: list[str] = []
            if found := _PILLARS.search(text):
                text = text[: found.start()]
                pillars = [self.pillar(pillar, item) for pillar in found[1].split(",")]
            self.outline.choices.append(ChoiceText(name, text, pillars=pillars))

    def pillar(self, name: str, item: Item) -> str:
        for pillar in Pillar.values:
            if one_line(name).casefold() == pillar.casefold():
                return pillar
        raise self.fail(f"“{one_line(name)}” is not one of the six pillars.", item)

    def weigh(self, part: Section) -> None:
        for item in self.items(part):
            name, text = self.named(item)
            if _PATH.match(name):
                self.outline.path_to_scale = f"{self.outline.path_to_scale}\n\n{text}".strip()
                continue
            found = _TRADE_OFF.match(name)
            self.outline.trade_offs.append(TradeOffText(found[1] if found else name, text))

    def items(self, part: Section) -> list[Item]:
        found: list[Item] = []
        for node in part.children:
            if isinstance(node, List):
                found += node.items
            elif not isinstance(node, Rule) and not _remark(node):
                raise self.fail("Here only a list is expected.", node)
        if not found:
            raise self.fail("There is no list below this heading.", part)
        return found

    def named(self, item: Item) -> tuple[str, str]:
        found = _NAMED.match(one_line(item.text))
        if not found:
            raise self.fail("This entry begins with its name in bold: “**Name:** …”.", item)
        name = documents.plain(found["name"])
        if len(name) > 200:
            raise self.fail("A name is at most 200 characters long.", item)
        return name, found["text"]


def _remark(node: Node) -> bool:
    return isinstance(node, Paragraph) and bool(_REMARK.match(node.text.strip()))
