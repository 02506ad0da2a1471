"""What a story shows: its theme, and the competencies in the first and the second place."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from prepsite.compiled import compiled
from stories.library import Competency, Prompt
from stories.models import OwnCompetency, Shows, Story

PRIMARY, SECONDARY, NONE = "primary", "secondary", "none"
LEVELS = (PRIMARY, SECONDARY, NONE)


@dataclass(frozen=True)
class Choice:
    """A competency one may pick for a story, and how the story shows it now."""

    value: str
    title: str
    means: str
    level: str = NONE
    is_theme: bool = False


@dataclass(frozen=True)
class Group:
    name: str
    choices: list[Choice]


def own_competencies(user):
    """The own themes and competencies of `user`, or of who has that id, in the order in which they
    were made."""
    return OwnCompetency.objects.for_user(user).filter(removed_at=None)


def shown_by(story: Story) -> list[Choice]:
    """What `story` shows, the theme first, then the primary ones. One query."""
    rows = _shows(story.owner_id, story.pk)
    found = [_choice(theme, PRIMARY, is_theme=True)] if (theme := story.any_theme) else []
    for row in rows:
        thing = row.competency or row.own
        if thing and thing != theme and not getattr(thing, "removed_at", None):
            found.append(_choice(thing, PRIMARY if row.primary else SECONDARY))
    return found


@compiled
def _shows(owner: int, story: int) -> QuerySet:
    rows = Shows.objects.for_user(owner).filter(story=story)
    return rows.select_related("competency", "own").order_by("-primary", "pk")


def themes(user) -> list[tuple[str, str]]:
    """(value, title) of each theme, the shared ones first. Two queries, for a page that needs no
    more of the library."""
    own = _own_themes(user.pk)
    return [*_shared_themes(), *((f"own-{pk}", title) for pk, title in own)]


@compiled
def _shared_themes() -> QuerySet:
    rows = Competency.objects.published().filter(group=Competency.Group.THEME)
    return rows.values_list("key", "title")


@compiled
def _own_themes(owner: int) -> QuerySet:
    return own_competencies(owner).filter(is_theme=True).values_list("pk", "title")


@compiled
def _own(owner: int) -> QuerySet:
    return own_competencies(owner)


@compiled
def _shared() -> QuerySet:
    rows = Competency.objects.published().annotate(
        guides=Exists(Prompt.objects.filter(competency=OuterRef("pk")))
    )
    return rows.only("key", "group", "title", "means", "order")


class Library:
    """Everything one may pick: the shared competencies and the reader's own. Two queries."""

    def __init__(self, user):
        order = list(Competency.Group.values)
        self.shared = sorted(_shared(), key=lambda row: (order.index(row.group), row.order, row.pk))
        self.own = _own(user.pk)

    @property
    def themes(self) -> list[tuple[str, str]]:
        """(value, title) of each theme, the shared ones first."""
        shared = [row for row in self.shared if row.group == Competency.Group.THEME]
        own = [row for row in self.own if row.is_theme]
        return [(row.value, row.title) for row in [*shared, *own]]

    @property
    def guides(self) -> list[tuple[str, str]]:
        """(value, title) of each theme that has a guided outline."""
        return [(row.value, row.title) for row in self.shared if row.guides]

    def groups(self, shown: list[Choice]) -> list[Group]:
        """All of it by group, with what is `shown` marked."""
        by_value = {choice.value: choice for choice in shown}
        found = [
            Group(Competency.Group(name).label, [_choice(row) for row in members])
            for name, members in groupby(self.shared, key=lambda row: row.group)
        ]
        if self.own:
            found.append(Group("Your own", [_choice(row) for row in self.own]))
        return [Group(g.name, [by_value.get(c.value, c) for c in g.choices]) for g in found]


def thing_named(user, value: str) -> Competency | OwnCompetency | None:
    """The published competency, or the reader's own one, that a form names; None for no such."""
    kind, _, number = value.partition("-")
    if kind == "own" and number.isascii() and number.isdecimal() and len(number) < 19:
        return own_competencies(user).filter(pk=int(number)).first()
    return Competency.objects.published().filter(key=value.replace("\0", "")).first()


def _choice(thing: Competency | OwnCompetency, level: str = NONE, is_theme: bool = False) -> Choice:
    return Choice(thing.value, thing.title, getattr(thing, "means", ""), level, is_theme)
