"""What somebody typed, as Postgres is asked for it. Pure: nothing here can raise for a string."""

import re
from dataclasses import dataclass

from writing.text import clean_text

LONGEST = 200
_LAST = re.compile(r"(?:^|\s)(?P<word>[^\s\"-][^\s\"]*)\Z")


@dataclass(frozen=True)
class Asked:
    """`rest` in the syntax of web searches, and `last`: the word that may not be finished yet."""

    text: str
    rest: str
    last: str

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def params(self) -> dict[str, str]:
        """Parameters of the SQL in search/query.py."""
        quoted = "'{}'".format(self.last.replace("\\", "\\\\").replace("'", "''"))
        return {
            "rest": self.rest,
            "last": quoted if self.last else "",
            "begun": f"{quoted}:*" if self.last else "",
        }


def asked(text: str) -> Asked:
    r"""The words of `text`, at most LONGEST characters of it.

    The last word stands apart, because the box searches while it is typed; not where there is an
    "or", and not where it is excluded with a minus or stands in quotation marks.
    """
    text = clean_text(text[: 4 * LONGEST], one_line=True)[:LONGEST].strip()
    words = text.replace("/", " ").rstrip()
    found = _LAST.search(words)
    inside_quotes = words.count('"') % 2 == 1
    # Beside an "or" the rest is no whole that another word could be added to.
    if not found or inside_quotes or "or" in words.lower().split():
        return Asked(text, words, "")
    return Asked(text, words[: found.start()].strip(), found["word"])
