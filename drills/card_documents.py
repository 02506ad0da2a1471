"""One's own cards as Markdown: the deck format, with what a card of one's own has more.

    ---
    id: own-cards
    kind: justifications
    ---
    # Your cards

    ## Why Kafka between the shops and the ledger?

    - id: 3f2a…
    - project: Stock ledger
    - tags: streams, retail
    - answer: I put Kafka between …

    Below it the note.

`kind` stands at a card where it is another than the file's. A model in quotation marks, as decks
have it, loses them; an answer of several lines stands under "### Answer", and then the note under
"### Note". A deck of the site is read the same way; its title then becomes the project.
"""

import re
from collections.abc import Sequence

from drills import card_texts
from drills.card_texts import CardText
from drills.decks import Kind
from drills.documents import unquoted
from writing import documents
from writing.documents import (
    Document,
    Item,
    List,
    Node,
    Section,
    cut,
    from_text,
    properties,
    to_text,
)
from writing.documents.reading import decoded

ID = "own-cards"
_BREAKS = re.compile(r"[ \t]*\n[ \t]*")
KEYS = {"id", "kind", "project", "tags", "prompt", "fill", "answer"}


def write(texts: Sequence[CardText]) -> str:
    """The file of `texts`; `read` brings back equal ones."""
    sections = [_section(card_texts.canonical(text)) for text in texts]
    meta = {"id": ID, "kind": str(Kind.JUSTIFICATION)}
    return documents.write(Document("Your cards", list(sections), meta))


def _section(text: CardText) -> Section:
    plain = _fits(text.answer)
    values = {
        "id": text.guid,
        "kind": text.kind if text.kind != Kind.JUSTIFICATION else "",
        "project": text.project,
        "tags": ", ".join(text.tags),
        "answer": text.answer if plain else "",
    }
    listed = List([Item(f"{name}: {value}") for name, value in values.items() if value])
    note = from_text(text.note) if text.note else []
    if plain:
        return Section(2, text.front, [listed, *note])
    children: list[Node] = [listed, Section(3, "Answer", from_text(text.answer))]
    if note:
        children.append(Section(3, "Note", note))
    return Section(2, text.front, children)


def _fits(answer: str) -> bool:
    """Can it stand on the line of an entry, and come back as it is?"""
    one_line = answer == " ".join(answer.split())
    return one_line and answer == unquoted(answer)


def read(source: str | bytes, name: str) -> list[CardText]:
    """The cards of a file, checked. DocumentError, "FILE:LINE: …", for what is none."""
    text = decoded(source, name)
    found = [_text(piece.document(name)) for piece in cut(text.encode(), name)]
    card_texts.check(found, name)
    return found


def _text(document: Document) -> CardText:
    section, found, rest = properties(document)
    if unknown := sorted(set(found) - KEYS):
        raise document.error(f"A card does not know “{unknown[0]}”.", found[unknown[0]].line)

    def value(name: str) -> str:
        return _BREAKS.sub(" ", found[name].text) if name in found else ""

    home = "" if document.meta.get("id") in (ID, None) else document.title
    front = value("prompt") or section.text
    answer, note = _bodies(rest)
    if answer and value("answer"):
        raise document.error("The answer stands here twice.", found["answer"].line)
    text = CardText(
        value("id") or card_texts.named(front),
        front,
        answer or unquoted(value("answer")),
        note,
        value("kind") or document.meta.get("kind", "").strip() or Kind.FACT,
        value("project") or home,
        value("tags").split(","),
        section.line,
    )
    return card_texts.canonical(text)


def _bodies(rest: list[Node]) -> tuple[str, str]:
    """(answer, note) of what follows the entries."""
    match rest:
        case [Section(3, "Answer") as answer]:
            return to_text(answer.children), ""
        case [Section(3, "Answer") as answer, Section(3, "Note") as note]:
            return to_text(answer.children), to_text(note.children)
    return "", to_text(rest)
