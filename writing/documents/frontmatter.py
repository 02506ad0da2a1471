"""Front matter: `key: value` lines between two `---` lines, every value a string.

Read from the parser's events, never built into objects: anchors, aliases, tags and nesting are
refused where they stand, so nothing can grow beyond its own text.
"""

import re

import yaml

from writing.documents.nodes import DocumentError

MAX_FRONT_MATTER = 16_384
_KEY = re.compile(r"[A-Za-z](?:[A-Za-z0-9 _-]{0,98}[A-Za-z0-9_-])?\Z")


def split(lines: list[str], name: str) -> tuple[dict[str, str], dict[str, int], int]:
    """(values, line of each key, lines to skip) of the front matter that opens `lines`.

    A first line `---` that a blank line follows is a thematic break, and there is none.
    Raises DocumentError.
    """
    if not lines or lines[0].rstrip() != "---" or len(lines) < 2 or not lines[1].strip():
        return {}, {}, 0
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), 0)
    if not end:
        raise DocumentError(name, 1, 'The front matter is not closed: a line "---" is missing.')
    text = "\n".join(lines[1:end])
    if len(text) > MAX_FRONT_MATTER:
        raise DocumentError(
            name, 1, f"The front matter is longer than {MAX_FRONT_MATTER} characters."
        )
    values, where = _parse(text, name)
    return values, where, end + 1


def join(meta: dict[str, str]) -> list[str]:
    """The lines of the front matter; none when `meta` is empty."""
    return ["---", *(_entry(*entry) for entry in meta.items()), "---"] if meta else []


def _entry(key: str, value: str) -> str:
    """One line; what is not printable, line breaks included, is escaped in double quotes."""
    printable = value.isprintable()
    return yaml.safe_dump(
        {key: value},
        allow_unicode=printable,
        default_style=None if printable else '"',
        width=MAX_FRONT_MATTER * 16,
    ).rstrip("\n")


def _parse(text: str, name: str) -> tuple[dict[str, str], dict[str, int]]:
    values: dict[str, str] = {}
    where: dict[str, int] = {}
    try:
        events = yaml.parse(text, Loader=yaml.BaseLoader)
        if not _opens_mapping(events, name):
            return values, where
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = _scalar(event, name)
            if not _KEY.match(key):
                raise DocumentError(name, line, "A key is letters, digits, spaces, - and _.")
            if key in values:
                raise DocumentError(name, line, f'The key "{key}" stands twice.')
            values[key], where[key] = _scalar(next(events), name), line
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise DocumentError(name, _line(event), "A second YAML document.")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        line = mark.line + 2 if mark else 2
        raise DocumentError(name, line, f"The front matter is not valid: {problem}.") from error
    return values, where


def _opens_mapping(events, name: str) -> bool:
    """Skip to the first entry; False when there is nothing but comments."""
    for event in events:
        if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            if getattr(event, "tags", None) or getattr(event, "version", None):
                raise DocumentError(name, 2, "Directives are not allowed in the front matter.")
        elif isinstance(event, yaml.MappingStartEvent):
            if event.anchor or event.tag:
                raise DocumentError(name, 2, "Anchors and tags are not allowed.")
            return True
        elif isinstance(event, yaml.StreamEndEvent):
            return False
        else:
            raise DocumentError(name, 2, 'The front matter is made of "key: value" lines.')
    return False


def _scalar(event: yaml.Event, name: str) -> str:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise DocumentError(name, line, "Anchors and aliases are not allowed.")
    if getattr(event, "tag", None):
        raise DocumentError(name, line, "Tags are not allowed.")
    if not isinstance(event, yaml.ScalarEvent):
        raise DocumentError(name, line, "A value is text: no lists and no nesting.")
    return event.value


def _line(event: yaml.Event) -> int:
    # From 0, and the opening line "---" stands before it.
    return event.start_mark.line + 2 if event.start_mark else 2
