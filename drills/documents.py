"""Decks as Markdown: front matter for the deck, one section of level 2 for each entry.

    ---
    id: general-patterns
    kind: justifications
    order: 20
    summary: One line on what the deck is for.
    ---
    # General architectural patterns

    An introduction of a sentence or two.

    ## Serverless compute (AWS Lambda)
    - id: lambda
    - tags: compute, serverless
    - prompt: Why did you choose serverless compute for [use case]?
    - fill: use case = a photo feed | a payment ledger
    - answer: "I chose Lambda because …, accepting …."

    Further Markdown, shown below the model.

The heading is the front where no prompt is given. `fill` stands where the front has a blank, and
only there.
"""

import re

from drills.decks import DeckOutline, EntryOutline, Kind
from writing.documents import Document, Item, Node, Section, properties, write_nodes
from writing.markdown import plain

DECK_KEYS = {"id", "kind", "order", "summary"}
ENTRY_KEYS = {"id", "tags", "prompt", "fill", "answer"}
_BLANK = re.compile(r"\[([^\][]+)\](?!\()")


def deck(document: Document) -> DeckOutline:
    """What a file says of its deck. Raises DocumentError."""
    where = document.meta_lines
    if unknown := sorted(set(document.meta) - DECK_KEYS):
        raise document.error(f'The front matter does not know "{unknown[0]}".', where[unknown[0]])
    kind = document.require("kind")
    if kind not in Kind.values:
        known = ", ".join(Kind.values)
        raise document.error(f'"{kind}" is not a kind: choose one of {known}.', where["kind"])
    order = document.meta.get("order", "500").strip()
    if not re.fullmatch(r"[0-9]{1,4}", order):
        raise document.error("order must be a whole number.", where["order"])
    title = plain(document.title)
    if not title or len(title) > 200:
        raise document.error("A title of at most 200 characters is needed: “# …”.")
    summary = document.meta.get("summary", "").strip()
    if len(summary) > 300:
        raise document.error("The summary is longer than 300 characters.", where["summary"])
    intro: list[Node] = [node for node in document.nodes if not isinstance(node, Section)]
    return DeckOutline(title, kind, int(order), summary, write_nodes(intro).strip())


def entry(document: Document) -> EntryOutline:
    """What a section says of its entry. Raises DocumentError."""
    section, entries, rest = properties(document)
    if unknown := sorted(set(entries) - ENTRY_KEYS):
        raise document.error(f'A card does not know "{unknown[0]}".', entries[unknown[0]].line)
    title = plain(section.text)
    front = _line(entries["prompt"].text) if "prompt" in entries else title
    for text, line, longest in ((title, section.line, 200), (front, section.line, 300)):
        if not text or len(text) > longest:
            raise document.error(f"A card's front has 1 to {longest} characters.", line)
    answer = unquoted(_line(entries["answer"].text)) if "answer" in entries else ""
    if not answer:
        raise document.error('The model is missing: "- answer: …".', section.line)
    blank, fillings = _fill(document, section, front, entries.get("fill"))
    return EntryOutline(
        deck=document.require("id"),
        title=title,
        front=front,
        answer=answer,
        note=write_nodes(rest).strip(),
        order=section.line,
        tags=_tags(document, entries.get("tags")),
        blank=blank,
        fillings=fillings,
    )


def _fill(
    document: Document, section: Section, front: str, item: Item | None
) -> tuple[str, list[str]]:
    blanks = sorted(set(_BLANK.findall(front)))
    if not item:
        if blanks:
            raise document.error(f'"- fill: {blanks[0]} = … | …" is missing.', section.line)
        return "", []
    name, _, values = item.text.partition("=")
    name, fillings = name.strip(), [_line(value) for value in values.split("|")]
    if blanks != [name]:
        raise document.error(f'The front needs one blank, "[{name}]", to fill.', item.line)
    if len(fillings) < 2 or not all(fillings) or max(map(len, fillings)) > 120 or len(name) > 60:
        raise document.error('fill needs at least two values: "… | …".', item.line)
    return name, fillings


def _tags(document: Document, item: Item | None) -> list[str]:
    tags = [_line(tag).lower() for tag in item.text.split(",")] if item else []
    if item and (not all(tags) or any(len(tag) > 60 for tag in tags)):
        raise document.error("tags are terms with commas between them.", item.line)
    return list(dict.fromkeys(tags))


def _line(text: str) -> str:
    return " ".join(text.split())


def unquoted(text: str) -> str:
    """What stands between quotation marks that enclose all of it."""
    inner = text[1:-1]
    if len(text) > 1 and text[0] in '"“' and text[-1] in '"”' and not set(inner) & set('"“”'):
        return inner.strip()
    return text
