"""Which competencies a person's stories show, where the gaps are, and how to close one. Pure.

A competency that no story shows is empty; one that hangs on a single story is thin: an interviewer
who has heard that story asks for another. Two are enough.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log, sqrt

THEME, PRIMARY, SECONDARY, NONE = "theme", "primary", "secondary", "none"
# What a click on a cell makes of it. A theme is set on the story itself.
NEXT = {NONE: PRIMARY, PRIMARY: SECONDARY, SECONDARY: NONE}
WEIGHT = {THEME: 1.0, PRIMARY: 1.0, SECONDARY: 0.5, NONE: 0.0}
ENOUGH = 2
# Below this a story is too far away to be worth naming; found by hand on the starter content.
_NEAR = 0.3


@dataclass(frozen=True)
class Column:
    """A competency. `ref` names it in addresses; `asked` counts the questions that ask for it;
    `guided` says whether it has an outline."""

    ref: str
    title: str
    group: str = ""
    means: str = ""
    listens_for: str = ""
    write_next: str = ""
    asked: int = 0
    guided: bool = False


@dataclass(frozen=True)
class Row:
    """A story. `theme` is the ref of its theme or "", `shown` maps refs to their level."""

    id: int
    name: str
    status: str = ""
    theme: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    def level(self, ref: str) -> str:
        """How it shows a competency; its theme counts as primary, whatever else is marked."""
        return THEME if ref == self.theme else self.shown.get(ref, NONE)


@dataclass(frozen=True)
class Gap:
    """A column that none of the stories shows, or only `only`."""

    column: Column
    only: Row | None = None


def showing(column: Column, rows: Iterable[Row]) -> list[Row]:
    """The stories that show a competency, the primary ones first."""
    found = [row for row in rows if row.level(column.ref) != NONE]
    return sorted(found, key=lambda row: -WEIGHT[row.level(column.ref)])


def gaps(columns: Sequence[Column], rows: Sequence[Row]) -> list[Gap]:
    """Every empty and every thin column: the empty ones first, themes before the others, then
    what most questions ask for."""
    found = [
        Gap(column, shown[0] if shown else None)
        for column in columns
        if len(shown := showing(column, rows)) < ENOUGH
    ]
    return sorted(
        found,
        key=lambda gap: (gap.only is not None, gap.column.group != THEME, -gap.column.asked),
    )


Together = Mapping[str, Mapping[str, int]]


def together(asked: Iterable[Sequence[str]]) -> Together:
    """How many questions ask for two competencies at once. `asked` holds refs for each question."""
    counts: dict[str, Counter[str]] = {}
    for refs in asked:
        for ref in refs:
            counts.setdefault(ref, Counter()).update(other for other in refs if other != ref)
    return counts


@dataclass(frozen=True)
class Closest:
    """The story nearest to a competency it does not show yet, and what makes it so."""

    row: Row
    kin: tuple[Column, ...]
    words: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self.kin]


def closest(
    column: Column, columns: Sequence[Column], rows: Iterable[Row], pairs: Together
) -> Closest | None:
    """The story to look at before a new one is written; None when none comes near.

    Near is what shows competencies that questions ask for together with this one, and what uses
    the words with which this one is explained. A word counts for more the fewer competencies use
    it (inverse document frequency), and only the rare ones are named. A story that shows much is
    near everything, so its share is divided by the root of how much it shows.
    """
    rare = _rarity(columns)
    own = _explained(column)
    whole = sum(rare[stem] for stem in own) or 1.0
    telling = {stem for stem in own if rare[stem] >= log(len(columns) / 2)}
    best: tuple[float, Closest] | None = None
    for row in rows:
        if row.level(column.ref) != NONE:
            continue
        kin = _kin(column, columns, row, pairs)
        said = terms(row.text)
        shown = sum(row.level(other.ref) != NONE for other in columns) or 1
        score = sum(share for _, share in kin) / sqrt(shown)
        score += 3 * sum(rare[stem] for stem in own & said.keys()) / whole
        if score >= _NEAR and (best is None or score > best[0]):
            named = sorted(telling & said.keys(), key=lambda stem: (-rare[stem], stem))[:4]
            # One word may stand there by chance.
            words = tuple(said[stem] for stem in named) if len(named) > 1 else ()
            best = score, Closest(row, tuple(other for other, _ in kin[:3]), words)
    return best[1] if best else None


def _kin(column: Column, columns: Sequence[Column], row: Row, pairs: Together):
    """(competency, share of this one's questions that ask for it too), the largest first."""
    asked = pairs.get(column.ref, {})
    found = [
        (other, WEIGHT[row.level(other.ref)] * asked[other.ref] / max(column.asked, 1))
        for other in columns
        if other.ref in asked and row.level(other.ref) != NONE
    ]
    return sorted(found, key=lambda pair: -pair[1])


def nearest_theme(column: Column, columns: Iterable[Column], pairs: Together) -> Column | None:
    """The theme whose outline helps most with a competency: itself, or the one that questions
    most often ask for together with it. None without an outline."""
    if column.group == THEME:
        return column if column.guided else None
    asked = pairs.get(column.ref, {})
    themes = [other for other in columns if other.guided and asked.get(other.ref)]
    return max(themes, key=lambda other: asked[other.ref], default=None)


# Words

_WORD = re.compile(r"[a-z]{4,}")
_ENDING = re.compile(r"(?:ations?|ions?|ings?|ies|ied|ed|es|ers?|ly|s|e|y)\Z")
_COMMON_WORDS = """
    about above after again against ahead along also although always among another anyone
    anything asked asking asks away back because been before begin being below best better
    between both came candidate case cases chose come could date days does doing done down
    during each early easy else ended enough even every everybody everyone everything figure
    first found from gave give given good great half happen happened happens hard have having
    held here himself hold hour hours instead into itself just keep kept kind know large last
    late later left less like long look looked looking made make many mean might mine minute
    minutes month months more most much must myself named need needed never next nobody nothing
    number often once only onto open other ours ourselves over part people person rather real
    right said same senior several short should show showing shown shows side single small some
    somebody something soon start started still story strong such sure take tell than that their
    them then there these they thing think this those though three through time told took turn
    turned under until upon used using very wait want wanted ways weak week weeks well went were
    what whatever when where whether which while whoever whole whom whose will with within
    without work would write wrote year years your yours
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def terms(text: str) -> dict[str, str]:
    """The words of `text` that carry meaning, by their stem: "releases" and "released" are both
    "releas"."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if word not in _COMMON and len(stem := _ENDING.sub("", word)) >= 3:
            found.setdefault(stem, word)
    return found


@lru_cache(maxsize=128)
def _explained(column: Column) -> frozenset[str]:
    """The stems with which a competency is explained."""
    says = [column.title, column.means, column.listens_for, column.write_next]
    return frozenset(terms(" ".join(says)))


def _rarity(columns: Iterable[Column]) -> dict[str, float]:
    """The weight of each word: 0 for one that every competency uses, more the rarer it is."""
    each = [_explained(column) for column in columns]
    used = Counter(word for words in each for word in words)
    return {word: log(len(each) / count) for word, count in used.items()}
