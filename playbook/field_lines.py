"""A row's fields as lines to edit by hand, and back: JSON is nothing to write in.

Best for: Many writes
Trade-offs: No joins
  - and what is indented belongs to the field above it
: a text without a label, which may hold a colon: like this
"""

from collections.abc import Iterable, Sequence

LONGEST_LABEL = 40
INDENT = "  "


def write(fields: Iterable[Sequence[str]]) -> str:
    """`fields` ([label, text], …) as lines; `read` gives them back."""
    lines = []
    for label, text in fields:
        first, *more = text.split("\n")
        lines.append(f"{label}: {first}".strip() if label or ":" in first else first)
        lines += [f"{INDENT}{line}" if line else "" for line in more]
    return "\n".join(lines)


def read(lines: str) -> list[list[str]]:
    """The fields that `lines` say. A line without a colon is a text without a label."""
    fields: list[list[str]] = []
    blank = 0
    for line in lines.splitlines():
        if not line.strip():
            blank += 1
            continue
        if fields and line.startswith(INDENT):
            fields[-1][1] += "\n" * (blank + 1) + line.removeprefix(INDENT).rstrip()
        else:
            fields.append(_field(line.strip()))
        blank = 0
    return fields


def _field(line: str) -> list[str]:
    label, colon, text = line.partition(":")
    fits = colon and len(label) <= LONGEST_LABEL
    return [label.strip(), text.strip()] if fits else ["", line]
