"""A stretch of somebody's text with what was looked for marked in it, as safe HTML.

Every piece of text is escaped by itself, and nothing but our own tags stands between the pieces.
By hand and not by `format_html`: a list of twenty has a hundred pieces, and is made as one types.
"""

import re
from html import escape

from django.utils.safestring import SafeString

# What Postgres puts around a hit. Control characters: no stored text holds them (writing/text.py).
START, STOP = "\x02", "\x03"
# Markdown's own marks, and the target of a link.
_MARKDOWN = re.compile(r"[*`|]+|\]\([^)\s]*\)|!?\[(?=[^\]]*\]\()|(?:^|(?<=\s))[#>]+\s|~~|-{3,}")


def marked(text: str) -> SafeString:
    """HTML of `text`: every piece of it is escaped, and what stands between the marks is <mark>."""
    first, *pieces = " ".join(_MARKDOWN.sub(" ", text).split()).split(START)
    html = [escape(first.replace(STOP, ""))]
    for piece in pieces:
        hit, _, after = piece.partition(STOP)
        html += ("<mark>", escape(hit), "</mark>", escape(after.replace(STOP, "")))
    return SafeString("".join(html))


def summary(title: SafeString, where: str, extract: SafeString | str) -> SafeString:
    """What a list says of one page: its title, where it belongs, and a line of it."""
    place = f' <span class="where">{escape(where)}</span>' if where else ""
    line = extract if isinstance(extract, SafeString) else escape(extract)
    below = f'<span class="extract">{line}</span>' if line else ""
    return SafeString(f"<b>{title}</b>{place}{below}")
