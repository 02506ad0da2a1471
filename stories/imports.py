"""Stories out to a file, and a file's stories in again, matched by their permanent ids."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Prefetch

from stories import changes, showing
from stories.library import Competency
from stories.models import Angle, Metric, OwnCompetency, Shows, Story, StoryRow
from stories.story_documents import ANGLE, METRIC, PARTS, StoryText
from writing.documents import DocumentError

TEXTS = ("title", *PARTS)
_NAMES = {
    "title": "title", **{name: label.lower() for name, label in PARTS.items()},
    "metrics": "metrics", "angles": "angles", "theme": "theme", "own_theme": "theme",
    "status": "status", "target": "length", "outline": "guide", "shows": "competencies",
    "own_shows": "competencies",
}  # fmt: skip


def texts_of(stories) -> list[StoryText]:
    """`stories`, a queryset, as plain values. Four queries."""
    kept = {"removed_at": None}
    rows = stories.select_related("theme", "own_theme", "outline").prefetch_related(
        Prefetch("metrics", Metric.objects.filter(**kept), to_attr="kept_metrics"),
        Prefetch("angles", Angle.objects.filter(**kept), to_attr="kept_angles"),
        Prefetch("shows", Shows.objects.select_related("competency", "own").order_by("pk")),
    )
    return [_text_of(row) for row in rows]


def _text_of(row: Story) -> StoryText:
    own_theme = row.own_theme if row.own_theme and not row.own_theme.removed_at else None
    shows = list(row.shows.all())
    return StoryText(
        row.uid,
        theme=row.theme.key if row.theme else "",
        own_theme=own_theme.title if own_theme else "",
        status=row.status,
        target=row.target,
        outline=row.outline.key if row.outline else "",
        metrics=_rows(row.kept_metrics, METRIC),  # type: ignore[attr-defined]
        angles=_rows(row.kept_angles, ANGLE),  # type: ignore[attr-defined]
        shows=_in_order({s.competency.key: s.primary for s in shows if s.competency}),
        own_shows=_in_order(
            {s.own.title: s.primary for s in shows if s.own and not s.own.removed_at}
        ),
        **{name: getattr(row, name) for name in TEXTS},
    )


def _in_order(shows: dict[str, bool]) -> dict[str, bool]:
    return dict(sorted(shows.items(), key=lambda each: (not each[1], each[0])))


def _rows(rows: list, columns: dict[str, str]) -> list[dict[str, str]]:
    """The rows in which something stands."""
    found = [{name: getattr(row, name) for name in columns} for row in rows]
    return [row for row in found if any(row.values())]


@dataclass(frozen=True)
class Change:
    """What keeping a story of a file would do: `kind` is "new", "changed" or "same"."""

    kind: str
    new: StoryText
    old: StoryText | None = None
    removed: bool = False

    @property
    def title(self) -> str:
        return self.new.title or "Untitled story"

    @property
    def differs(self) -> list[str]:
        """The names of what a changed story says otherwise than the one it updates."""
        if self.old is None:
            return []
        both = zip(_canonical(self.old), _canonical(self.new), strict=True)
        return [_NAMES[name] for (name, old), (_, new) in both if name in _NAMES and old != new]

    @property
    def words(self) -> int:
        return sum(len(getattr(self.new, part).split()) for part in PARTS if part != "signal")


def changes_in(user, found: list[StoryText]) -> list[Change]:
    """Each of a file's stories beside the reader's own one of that id."""
    rows = Story.objects.for_user(user).filter(uid__in=[text.uid for text in found])
    old = {text.uid: text for text in texts_of(rows)}
    gone = set(rows.exclude(removed_at=None).values_list("uid", flat=True))
    result = []
    for text in found:
        before = old.get(text.uid)
        same = (
            before is not None and _canonical(before) == _canonical(text) and text.uid not in gone
        )
        kind = "new" if before is None else "same" if same else "changed"
        result.append(Change(kind, text, before, text.uid in gone))
    return result


def _canonical(text: StoryText) -> list[tuple[str, object]]:
    """What is compared, by name: all but the lines, the competencies in their order."""
    ordered = replace(text, shows=_in_order(text.shows), own_shows=_in_order(text.own_shows))
    return [
        (each.name, list(value.items()) if isinstance(value, dict) else value)
        for each in fields(StoryText)
        if each.compare and (value := getattr(ordered, each.name)) is not None
    ]


def check(found: list[StoryText], name: str) -> None:
    """DocumentError for a theme, guide or competency that is not known here."""
    themes = set(Competency.objects.filter(group="theme").values_list("key", flat=True))
    known = set(Competency.objects.values_list("key", flat=True))
    for text in found:
        named = [("theme", text.theme, themes), ("guide", text.outline, known)]
        named += [
            ("primary" if primary else "secondary", key, known)
            for key, primary in text.shows.items()
        ]
        for entry, key, choices in named:
            if key and key not in choices:
                line = text.lines.get(entry, text.line)
                kind = "theme" if entry == "theme" else "competency"
                raise DocumentError(name, line, f"No {kind} here has the id “{key}”.")


def keep(user, found: list[StoryText], name: str, now: datetime) -> list[Change]:
    """Make the reader's stories say what the file says, in one transaction.

    A story whose id is known is updated, its texts by a revision; another is new. What is the
    same already is left alone, so a second time changes nothing. Raises DocumentError.
    """
    check(found, name)
    with transaction.atomic():
        # One import of a person at a time: each row it reads is then what it writes over.
        get_user_model().objects.select_for_update().only("pk").get(pk=user.pk)
        planned = changes_in(user, found)
        for change in planned:
            if change.kind != "same":
                _keep(user, change.new, now)
    return planned


def _keep(user, text: StoryText, now: datetime) -> None:
    shared = Competency.objects.in_bulk(
        [key for key in (text.theme, text.outline, *text.shows) if key], field_name="key"
    )
    own_theme = _own(user, text.own_theme, is_theme=True) if text.own_theme else None
    values = {name: getattr(text, name) for name in (*TEXTS, "status", "target")}
    values |= {"theme": shared.get(text.theme), "own_theme": own_theme}
    values |= {"outline": shared.get(text.outline), "removed_at": None}
    row = changes.begin(user, text.uid, now, **values)
    if any(getattr(row, name) != values[name] for name in TEXTS):
        row.updated_at = now
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    _keep_rows(row, Metric, text.metrics, now)
    _keep_rows(row, Angle, text.angles, now)
    wanted = [(shared[key], primary) for key, primary in text.shows.items()]
    wanted += [(_own(user, title), primary) for title, primary in text.own_shows.items()]
    keep = {changes.show(row, thing, _level(primary)) for thing, primary in wanted}
    Shows.objects.filter(owner=user, story=row).exclude(pk__in=keep).delete()


def _level(primary: bool) -> str:
    return showing.PRIMARY if primary else showing.SECONDARY


def _own(user, title: str, is_theme: bool = False) -> OwnCompetency:
    """The reader's own competency of that name, made when there is none."""
    rows = showing.own_competencies(user)
    row = rows.filter(title=title).first() or rows.filter(title__iexact=title).first()
    if row is None:
        return OwnCompetency.objects.create(owner=user, title=title, is_theme=is_theme)
    if is_theme and not row.is_theme:
        row.is_theme = True
        row.save(update_fields=["is_theme"])
    return row


def _keep_rows(
    story: Story, model: type[StoryRow], wanted: list[dict[str, str]], now: datetime
) -> None:
    """The rows of a story as the file has them; one that is no longer in it is removed."""
    old = list(model.objects.filter(story=story, removed_at=None))
    for position, (values, found) in enumerate(_paired(wanted, old), 1):
        row = found or model(owner_id=story.owner_id, story=story)
        if any(getattr(row, name) != value for name, value in values.items()):
            row.updated_at = now
        elif row.position == position:
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.position = position
        row.save()
    for row in old:
        changes.set_removed(row, now)


def _paired(
    wanted: list[dict[str, str]], old: list
) -> list[tuple[dict[str, str], StoryRow | None]]:
    """Each of `wanted` with the row that it is: the one that says the same, else the one with the
    same first column, else the next that is left. What is paired is taken from `old`."""
    pairs: list[StoryRow | None] = [None] * len(wanted)
    for count in (None, 1, 0):
        for n, values in enumerate(wanted):
            names = list(values)[:count]
            fits = (row for row in old if all(getattr(row, name) == values[name] for name in names))
            if pairs[n] is None and (row := next(fits, None)):
                pairs[n] = row
                old.remove(row)
    return list(zip(wanted, pairs, strict=True))
