"""What an interviewer can have asked, and how to practise it again: each room says so for its own.

    # in the AppConfig.ready() of the room that has it
    asked.register(Scenarios())

The room of the interviews stands above none of them. It searches all sources by words, keeps the
`source` and `key` of what was picked, and has weak answers brought back by its source's `again`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from writing.text import clean_text

MOST = 5  # of each source
LONGEST = 200
MOST_WORDS = 8


@dataclass(frozen=True)
class Thing:
    """Something that can be asked: its words, its page, and what it is ("Scenario").

    `key` is the permanent key of a shared row, and of one's own the address of its page: ids
    change when an account is brought to another installation, and addresses are changed with them.
    """

    source: str
    key: str
    title: str
    address: str
    label: str

    @property
    def value(self) -> str:
        """How forms name it."""
        return f"{self.source}:{self.key}"


class Source:
    """One sort of things that can be asked. A room subclasses it and registers an instance.

    `label` is what one of them is called, `verb` the button that brings one back, `back` what is
    said of one that was brought back. `waits` are the minutes that it takes to practise one that
    nothing else will remind of; 0 where the room's own schedule does.
    """

    name = ""
    label = ""
    verb = ""
    back = ""
    waits = 0

    def find(self, user, words: Sequence[str]) -> Sequence[Thing]:
        """At most MOST things that hold all of `words`. One query."""
        raise NotImplementedError

    def get(self, user, key: str) -> Thing | None:
        """The thing that `key` names, None when there is none for `user`. One query."""
        raise NotImplementedError

    def again(self, user, key: str, now: datetime) -> dict:
        """Have it practised again; returns, as JSON, what `undo` needs. In a transaction, once."""
        return {}

    def undo(self, user, key: str, before: Mapping, now: datetime) -> bool:
        """Take `again` back, exactly; False when it was practised since, and nothing is changed."""
        return True

    def is_sound(self, before: Mapping) -> bool:
        """Could `again` have returned this? Asked of a file that an account is brought in."""
        return before == {}

    def practised(self, user, keys: Collection[str]) -> Mapping[str, datetime]:
        """When each of `keys` was practised last; a key may be missing. One query."""
        return {}


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer what `source` has; a second one of that name replaces it."""
    _sources[source.name] = source


def named(name: str) -> Source | None:
    return _sources.get(name)


def sources() -> Mapping[str, Source]:
    return _sources


def find(user, text: str) -> list[Thing]:
    """What all sources have that holds the words of `text`. A query each; none without words."""
    words = clean_text(text, one_line=True)[:LONGEST].split()[:MOST_WORDS]
    if not words:
        return []
    return [thing for source in _sources.values() for thing in source.find(user, words)]


def get(user, value: str) -> Thing | None:
    """The thing that a form names by `Thing.value`. At most one query."""
    name, _, key = clean_text(value, one_line=True)[:LONGEST].partition(":")
    source = _sources.get(name)
    return source.get(user, key) if source and key else None


def id_in(address: str) -> int:
    """The id in an address of this site: 12 of /drills/cards/12/edit/; 0 where there is none."""
    found = re.search(r"/(\d{1,18})/", address, re.ASCII)
    return int(found[1]) if found else 0


def holding(words: Sequence[str], *fields: str) -> Q:
    """Rows in which each of `words` stands in one of `fields`, in any case."""
    each = [reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields)) for word in words]
    return reduce(and_, each)
