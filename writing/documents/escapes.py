r"""A line of inline text, written so that no block rule takes it for its own.

A paragraph may say "# not a heading" or "1. not a list". Written, such a line gets one backslash;
read, it loses exactly one. The two are each other's inverse for every text, also for one that
begins with backslashes itself.
"""

import re

# What opens a block at the start of a line: heading, quote, bullet, thematic break, setext
# underline, delimiter row of a table, fence.
_OPENING = re.compile(
    r"\\*(?=#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|([-_*])[ \t]*(?:\1[ \t]*){2,}$|=+[ \t]*$"
    r"|[-:|][-:| \t]*$|`{3,}|~{3,})"
)
_NUMBER = re.compile(r"(\d{1,9})(\\*)(?=[.)](?:[ \t]|$))")
_BOX = re.compile(r"\\*(?=\[[ xX]\](?:[ \t]|$))")
_CLOSING = re.compile(r"(?:^|(?<=[ \t]))(\\*)(?=#+$)")


def escape_line(line: str, *, box: bool = False) -> str:
    """`line` with its backslash; `box` when it begins a list item that has no box of its own."""
    if found := _NUMBER.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    if _OPENING.match(line) or (box and _BOX.match(line)):
        return "\\" + line
    return line


def unescape_line(line: str, *, box: bool = False) -> str:
    """The inverse of `escape_line`."""
    if (found := _NUMBER.match(line)) and found[2]:
        return found[1] + line[found.end(1) + 1 :]
    if line.startswith("\\") and (_OPENING.match(line) or (box and _BOX.match(line))):
        return line[1:]
    return line


def escape_heading(text: str) -> str:
    """A heading's text; hashes at its end would be taken for a closing sequence."""
    return _CLOSING.sub(r"\1\\", text, count=1)


def unescape_heading(text: str) -> str:
    """The inverse of `escape_heading`."""
    found = _CLOSING.search(text)
    return text[: found.start(1)] + text[found.start(1) + 1 :] if found and found[1] else text
