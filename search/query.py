"""The search itself: one query, over what is shared and what is the reader's own, and no more.

A search looks for words as they stand and by their English stems, so "caches" finds "caching" and
"S3", "CAP" and "DynamoDB" are found as names. The last word may be the beginning of one. What has
all words in its title comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString

from search.extracts import START, STOP, marked, summary
from search.places import REMARKS, address
from search.words import Asked

# Weights of hidden words, text, nothing, and titles.
WEIGHTS = "{0.02, 0.1, 0.1, 1}"
UNTITLED = "Without a title"
# How much more one's own words weigh than everybody's.
OWN = 2
# A text of so few characters is shown whole.
SHORT = 160

_REST = """(CASE WHEN numnode(websearch_to_tsquery('english', %(rest)s)) = 0 AND %(last)s <> ''
  THEN '' ELSE websearch_to_tsquery('english', %(rest)s)
    || websearch_to_tsquery('simple', %(rest)s) END)"""
_LAST = "(to_tsquery('english', %(last)s) || to_tsquery('simple', %(begun)s))"
# All of it is constant to the planner, which so knows how rare the words are.
_QUERY = f"({_REST} && {_LAST})"
# What is marked: each word, and what begins with its stem.
_MARKED = """(SELECT coalesce(string_agg(
    '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''
      || CASE WHEN length(lexeme) > 2 THEN ':*' ELSE '' END, '|'), '')::tsquery
  || to_tsquery('simple', %(begun)s)
  FROM unnest(to_tsvector('english', %(rest)s || ' ' || %(last)s)))"""
_FOUND = f"""SELECT id, room, ts_filter(vector, '{{a}}') @@ {_QUERY} AS named,
  ts_rank('{WEIGHTS}', vector, {_QUERY}, 1) * CASE WHEN owner_id IS NULL THEN 1 ELSE {OWN} END
    AS rank
  FROM search_entry WHERE vector @@ {_QUERY}"""
SEARCH = f"""
WITH marked AS MATERIALIZED (SELECT {_MARKED} AS query),
found AS (
  {_FOUND} AND owner_id = %(owner)s UNION ALL {_FOUND} AND owner_id IS NULL
), ranked AS (
  SELECT id, named, rank, count(*) OVER (PARTITION BY room) AS total,
    row_number() OVER (PARTITION BY room ORDER BY named DESC, rank DESC, id DESC) AS place
  FROM found WHERE %(room)s IN ('', room)
)
SELECT e.room, e.kind, e.object_id, e.ref, e.context, r.total,
  NOT ts_filter(e.vector, '{{a,c}}') @@ {_QUERY},
  ts_headline('simple', e.title, marked.query,
    'HighlightAll=true, StartSel={START}, StopSel={STOP}'),
  ts_headline('simple', left(e.text, 20000), marked.query,
    CASE WHEN length(e.text) < {SHORT} THEN 'HighlightAll=true'
      ELSE 'MaxFragments=1, MaxWords=24, MinWords=12' END
    || ', StartSel={START}, StopSel={STOP}')
FROM ranked r JOIN search_entry e ON e.id = r.id, marked
WHERE r.place > %(skip)s AND r.place <= %(skip)s + %(each)s
ORDER BY r.named DESC, r.rank DESC, r.id DESC
"""


@dataclass(frozen=True)
class Hit:
    """One page that was found. `title`, `extract` and `html`, which is both with the place they
    belong to, are tags of ours around escaped text.

    `remark` says in what the words are, where that is not shown here, such as a model answer.
    """

    kind: str
    title: SafeString
    context: str
    address: str
    extract: SafeString
    remark: str

    @property
    def html(self) -> SafeString:
        title = self.title or escape(UNTITLED)
        return summary(title, self.context, self.remark or self.extract)


@dataclass
class Found:
    """The best pages of one room, and how many there are in it altogether."""

    room: str
    total: int
    hits: list[Hit] = field(default_factory=list)


def find(user, words: Asked, *, each: int, room: str = "", skip: int = 0) -> list[Found]:
    """The best `each` pages of every room, or of one, behind the first `skip`. One query.

    Rooms come in the order of their best page.
    """
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, parameters(user, words, each=each, room=room, skip=skip))
        rows = cursor.fetchall()
    return _by_room(rows)


def parameters(user, words: Asked, *, each: int, room: str = "", skip: int = 0) -> dict:
    """What SEARCH is executed with."""
    return {**words.params, "owner": user.pk, "each": each, "room": room, "skip": skip}


def _by_room(rows: Iterable[tuple]) -> list[Found]:
    found: dict[str, Found] = {}
    for room, kind, pk, ref, context, total, hidden, title, text in rows:
        remark = REMARKS.get(kind, "") if hidden else ""
        hit = Hit(kind, marked(title), context, address(kind, pk, ref), marked(text), remark)
        found.setdefault(room, Found(room, total)).hits.append(hit)
    return list(found.values())
