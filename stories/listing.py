"""The list of one's stories: what a row says, asked for without the long texts.

Plain rows, not models: on a list of forty the models took longer to make than the page to draw.
"""

from collections import defaultdict
from typing import TypedDict

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from prepsite.addresses import address
from prepsite.compiled import among, compiled
from stories import progress
from stories.coach.story import WORDS_A_MINUTE
from stories.coach.timing import seconds
from stories.models import (
    PARTS,
    Metric,
    Shows,
    Story,
    StoryQuerySet,
    StorySetting,
    change,
    story_name,
)
from stories.templatetags.story_words import clock

PER_PAGE = 40
_STATUSES = dict(Story.Status.choices)
_COLUMNS = (
    "pk", "title", "status", "words", "target", "theme__title", "own_theme__title",
    "own_theme__removed_at", "words_a_minute", "has_figure", "has_competency", "empty",
)  # fmt: skip


class _Empty(Func):
    """For each of several texts whether nothing stands in it, as one column: five conditions took
    Django longer to write down than all the rest of the row."""

    template, arg_joiner = "ARRAY[%(expressions)s = '']", " = '', "
    output_field = ArrayField(models.BooleanField())


class ListedStory(TypedDict):
    """`clock` is the time it takes to tell, "" for an empty one, and `target` what it may take;
    `figure` the change its first metric shows; `missing` what it lacks, in words. A dictionary,
    because a template reads one in half the time."""

    url: str
    name: str
    status: str
    strong: bool
    clock: str
    target: str
    theme: str
    metric: str
    figure: str
    missing: list[str]


def newest(user) -> list[ListedStory]:
    """The first page of all that `user` has, and one more. Two queries, with SQL made once: so the
    list is nearly always asked for."""
    return _with_metrics(_newest(user.pk))


def listed(stories: StoryQuerySet, start: int, count: int) -> list[ListedStory]:
    """`count` of `stories` from `start` on. Two queries."""
    return _with_metrics(list(_columns(stories)[start : start + count]))


@compiled
def _newest(owner: int) -> QuerySet:
    return _columns(Story.objects.for_user(owner).kept())[: PER_PAGE + 1]


def _columns(stories: StoryQuerySet) -> QuerySet:
    # A column, not a query of its own: it rides along with the rows that need it.
    speed = StorySetting.objects.filter(owner=OuterRef("owner")).values("words_a_minute")[:1]
    rows = stories.annotate(
        empty=_Empty(*PARTS),
        has_figure=Q(result__regex=r"[0-9]"),
        has_competency=Exists(Shows.objects.filter(story=OuterRef("pk"))),
        words_a_minute=Coalesce(Subquery(speed), WORDS_A_MINUTE),
    )
    return rows.values_list(*_COLUMNS)


@compiled
def _figures(stories: list[int]) -> QuerySet:
    kept = Metric.objects.filter(among("story_id", stories), removed_at=None)
    return kept.values_list("story", "name", "before", "after", "unit")


def _with_metrics(found: list[tuple]) -> list[ListedStory]:
    metrics: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for story, name, *figures in _figures([row[0] for row in found]):
        metrics[story].append((name, change(*figures)))
    return [_listed(metrics[row[0]], *row) for row in found]


def _listed(
    metrics, pk, title, status, words, target, theme, own_theme, own_gone, speed, has_figure,
    shows, empty,
) -> ListedStory:  # fmt: skip
    of = theme or ("" if own_gone else own_theme) or ""
    lacks = progress.missing(
        dict(zip(PARTS, empty, strict=True)),
        number=has_figure or any(figure for _, figure in metrics),
        competency=shows or bool(of),
    )
    metric, figure = metrics[0] if metrics else ("", "")
    return {
        "url": SafeString(address("stories:story", pk)),
        "name": story_name(title),
        "status": SafeString(_STATUSES[status]),
        "strong": status in Story.TELLABLE,
        "clock": SafeString(clock(seconds(words, speed)) if words else ""),
        "target": SafeString(clock(target)),
        "theme": of,
        "metric": metric,
        "figure": figure,
        "missing": lacks,
    }
