"""Cards as text that Anki reads and writes: one note a line, tabs between, headers above.

    #separator:tab
    #html:false
    #notetype:Basic
    #columns:GUID	Deck	Tags	Front	Back	Note	Kind
    #guid column:1
    #deck column:2
    #tags column:3
    …	Prepsite::Stock ledger	streams	Why Kafka?	"I put Kafka …"		justifications

Anki fills Front and Back of its Basic notes and leaves out the two columns more that its notes do
not have. Fields with a tab, a line break or a quotation mark stand in quotation marks, doubled
inside. Tags have spaces between them, and underscores inside in place of spaces. Read are such
files and those Anki writes: any separator it knows, HTML or not, columns in any order.
Source: the Anki manual, "Text Files", on file headers.
"""

import csv
import html
import io
import re
from collections.abc import Iterator, Sequence

from drills import card_texts
from drills.card_texts import CardText
from drills.decks import Kind
from writing.documents import DocumentError
from writing.documents.reading import decoded
from writing.text import clean_text

COLUMNS = ("GUID", "Deck", "Tags", "Front", "Back", "Note", "Kind")
HOME = "Prepsite"
_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_HEADER = re.compile(r"#([a-z ]+):(.*)\Z", re.IGNORECASE)
_SPECIAL = ("guid", "deck", "tags", "notetype")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTED = re.compile(r'[\t\n\r"]|\A[#\s]|\s\Z')
_BREAK = re.compile(r"<br\s*/?>|</(?:div|p|li|tr|h[1-6])\s*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:[a-z/!][^<>]*)>", re.IGNORECASE)


def write(texts: Sequence[CardText]) -> str:
    """The file of `texts`; `read` brings back equal ones."""
    head = ["#separator:tab", "#html:false", "#notetype:Basic", "#columns:" + "\t".join(COLUMNS)]
    head += ["#guid column:1", "#deck column:2", "#tags column:3"]
    rows = ("\t".join(map(_quoted, _row(card_texts.canonical(text)))) for text in texts)
    return "".join(f"{line}\n" for line in (*head, *rows))


def _row(text: CardText) -> tuple[str, ...]:
    deck = f"{HOME}::{text.project}" if text.project else HOME
    tags = " ".join(_escaped(tag) for tag in text.tags)
    return text.guid, deck, tags, text.front, text.answer, text.note, text.kind


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def _escaped(tag: str) -> str:
    return tag.replace("%", "%25").replace("_", "%5f").replace(" ", "_")


def _unescaped(tag: str) -> str:
    return tag.replace("_", " ").replace("%5f", "_").replace("%25", "%")


def read(source: str | bytes, name: str) -> list[CardText]:
    """The cards of a file, checked. DocumentError, "FILE:LINE: …", for what is none."""
    text = decoded(source, name).removeprefix("\ufeff")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DocumentError(name, line, "A control character: this is not plain text.")
    lines = clean_text(text).split("\n")
    headers, begins = _headers(lines, name)
    separator = _separator(headers, lines[begins:], name)
    columns = _columns(headers, separator, name)
    is_html = headers.get("html", ("false", 0))[0].strip().lower() == "true"
    shared_tags = headers.get("tags", ("", 0))[0].split(" ")
    found_texts = [
        _text(columns, fields, line, is_html, shared_tags)
        for line, fields in _records(lines, begins, separator, name)
    ]
    card_texts.check(found_texts, name)
    return found_texts


def _headers(lines: list[str], name: str) -> tuple[dict[str, tuple[str, int]], int]:
    """The headers with their lines, and the place of the first line after them."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("tags:") and number == 1:
            found["tags"] = (line.removeprefix("tags:"), number)
            continue
        if not line.startswith("#"):
            return found, number - 1
        if match := _HEADER.match(line):
            found[match[1].strip().lower()] = (match[2], number)
    return found, len(lines)


def _separator(headers: dict, lines: list[str], name: str) -> str:
    if "separator" in headers:
        value, line = headers["separator"]
        known = _SEPARATORS.get(value.strip().lower(), value if len(value) == 1 else "")
        if not known or known in '"\n\r':
            raise DocumentError(name, line, f"“{value[:20]}” is no separator that Anki knows.")
        return known
    first = lines[0] if lines else ""
    return next((each for each in "\t;," if each in first), "\t")


def _columns(headers: dict, separator: str, name: str) -> dict[str, int]:
    """The place of each column we know, from 0."""
    special: dict[str, int] = {}
    for each in _SPECIAL:
        if f"{each} column" in headers:
            value, line = headers[f"{each} column"]
            if not re.fullmatch(r"\s*[1-9][0-9]{0,2}\s*", value):
                raise DocumentError(name, line, f"“{value[:20]}” is no number of a column.")
            special[each] = int(value) - 1
    titles = [each.strip().lower() for each in headers.get("columns", ("", 0))[0].split(separator)]
    found = dict(special)
    for ours, theirs in (("front", "front"), ("back", "back"), ("note", "note"), ("kind", "kind")):
        if theirs in titles:
            found[ours] = titles.index(theirs)
    rest = iter(n for n in range(1000) if n not in found.values())
    for ours in ("front", "back"):
        if ours not in found:
            found[ours] = next(rest)
    if "note" not in found and "front" not in titles:
        found["note"] = next(rest)
    return found


def _records(
    lines: list[str], begins: int, separator: str, name: str
) -> Iterator[tuple[int, list[str]]]:
    """(line at which it begins, its fields) of each note."""
    file = io.StringIO("\n".join(lines[begins:]), newline="")
    reader = csv.reader(file, delimiter=separator, strict=True)
    line = begins + 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields) and not _is_comment(fields, lines[line - 1]):
                yield line, fields
            line = begins + reader.line_num + 1
    except csv.Error as error:
        said = "A quotation mark is not closed, or a field is too long"
        raise DocumentError(name, min(line, len(lines)), f"{said} ({error}).") from error


def _is_comment(fields: list[str], line: str) -> bool:
    return line.startswith("#") and fields[0].startswith("#")


def _text(
    columns: dict[str, int], fields: list[str], line: int, is_html: bool, shared_tags: list[str]
) -> CardText:
    def field(column: str) -> str:
        at = columns.get(column, len(fields))
        value = fields[at] if at < len(fields) else ""
        return _without_html(value) if is_html and column in ("front", "back", "note") else value

    front = clean_text(field("front"), one_line=True)
    deck = field("deck").strip()
    text = CardText(
        field("guid").strip() or card_texts.named(front),
        front,
        field("back"),
        field("note"),
        field("kind").strip() or Kind.FACT,
        "" if deck == HOME else deck.removeprefix(f"{HOME}::"),
        [_unescaped(tag) for tag in (*field("tags").split(" "), *shared_tags)],
        line,
    )
    return card_texts.canonical(text)


def _without_html(value: str) -> str:
    """The text of a field that Anki wrote as HTML: its line breaks, none of its marks."""
    value = _BREAK.sub("\n", value.replace("&nbsp;", " "))
    return html.unescape(_TAG.sub("", value)).strip()
