"""A stretch of somebody's text with what was looked for marked in it, as safe HTML."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# What Postgres puts around a hit. Control characters: no stored text holds them (writing/text.py).
START, STOP = "\x02", "\x03"
# Markdown's own marks, and the target of a link.
_MARKDOWN = re.compile(r"[*`|]+|\]\([^)\s]*\)|!?\[(?=[^\]]*\]\()|(?:^|(?<=\s))[#>]+\s|~~|-{3,}")


def marked(text: str) -> SafeString:
    """HTML of `text`: every piece of it is escaped, and what stands between the marks is <mark>."""
    first, *pieces = " ".join(_MARKDOWN.sub(" ", text).split()).split(START)
    parts = (piece.partition(STOP) for piece in pieces)
    rest = format_html_join("", "<mark>{}</mark>{}", ((hit, after) for hit, _, after in parts))
    return format_html("{}{}", first.replace(STOP, ""), rest)
