"""A playbook as plain values: what a document says, and what the rows hold."""

from dataclasses import dataclass, field

from django.db import transaction

from playbook.models import Playbook, Row, Section


@dataclass
class RowText:
    key: str
    name: str
    fields: list[list[str]] = field(default_factory=list)
    group: str = ""
    body: str = ""
    starter: str = ""
    low: int | None = None
    high: int | None = None
    links: list[list[str]] = field(default_factory=list)


@dataclass
class SectionText:
    key: str
    title: str
    kind: str = Section.Kind.PROSE
    intro: str = ""
    closing: str = ""
    rows: list[RowText] = field(default_factory=list)


@dataclass
class Outline:
    """All of a playbook but its key. Texts are Markdown; the names are those of the columns."""

    title: str
    goal: str = ""
    summary: str = ""
    order: int = 500
    sections: list[SectionText] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        return sum(len(section.rows) for section in self.sections)


_HEAD = ("title", "goal", "summary", "order")
_SECTION = ("title", "kind", "intro", "closing")
_ROW = ("name", "fields", "group", "body", "starter", "low", "high", "links")


@transaction.atomic
def fill(playbook: Playbook, outline: Outline) -> None:
    """Make `playbook` hold `outline` and nothing else, and save it.

    A section or row whose key stays keeps its row in the database, so that the own texts and the
    cards that point at it still do, even when it moved to another section.
    """
    _set(playbook, outline, _HEAD)
    playbook.save()
    sections = {section.key: section for section in playbook.sections.all()}
    rows = {row.key: row for row in playbook.rows.all()}
    for place, text in enumerate(outline.sections):
        section = sections.pop(text.key, None) or Section(playbook=playbook, key=text.key)
        section.position = place
        _set(section, text, _SECTION)
        section.save()
        for position, entry in enumerate(text.rows):
            row = rows.pop(entry.key, None) or Row(playbook=playbook, key=entry.key)
            row.section, row.position = section, position
            _set(row, entry, _ROW)
            row.save()
    Row.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    Section.objects.filter(pk__in=[section.pk for section in sections.values()]).delete()


def outline_of(playbook: Playbook) -> Outline:
    """What `playbook` holds. Two queries, less what was prefetched."""
    sections = playbook.sections.prefetch_related("rows")
    return Outline(
        **{name: getattr(playbook, name) for name in _HEAD},
        sections=[
            SectionText(
                section.key,
                **{name: getattr(section, name) for name in _SECTION},
                rows=[
                    RowText(row.key, **{name: getattr(row, name) for name in _ROW})
                    for row in section.rows.all()
                ],
            )
            for section in sections
        ],
    )


def _set(row: object, text: object, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(row, name, getattr(text, name))
