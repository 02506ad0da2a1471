"""My framework: the steps everybody has, and what one person made of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.urls import reverse
from django.utils.safestring import SafeString

from playbook.models import Row, Section, Step
from writing.autosave.history import restore
from writing.autosave.saving import save
from writing.markdown import to_html
from writing.models import Revision


@dataclass(frozen=True)
class Framed:
    """A step of the framework as its reader sees it. `own` is None while it is the starter."""

    row: Row
    own: Step | None

    @property
    def html(self) -> SafeString:
        return SafeString(self.own.text_html) if self.own else to_html(self.row.starter)

    @property
    def address(self) -> str:
        """Where it is written; the list while there is no own text."""
        framework = reverse("playbook:my-framework")
        return self.own.get_absolute_url() if self.own else f"{framework}#{self.row.key}"


def framework_rows():
    """The steps that have a starter text, of the published playbook that comes first."""
    rows = Row.objects.filter(
        section__kind=Section.Kind.STEPS, playbook__published=True, playbook__retired_at=None
    ).exclude(starter="")
    return rows.select_related("playbook", "section").order_by(
        "playbook__order", "playbook_id", "section__position", "position"
    )


def framework(user) -> list[Framed]:
    """The five steps with what `user` made of them, in order. Two queries."""
    rows = list(framework_rows())
    if not rows:
        return []
    rows = [row for row in rows if row.playbook_id == rows[0].playbook_id]
    own = {step.row_id: step for step in Step.objects.for_user(user).filter(row__in=rows)}
    return [Framed(row, own.get(row.pk)) for row in rows]


def make_own(user, row: Row) -> Step:
    """The step that `user` may write in, begun from the starter; the one there is, if any."""
    step, _ = Step.objects.get_or_create(
        owner=user, row=row, defaults={"name": row.name, "text": row.starter}
    )
    return step


def reset(step: Step, now: datetime) -> None:
    """The starter text again. What was written stays in the step's history."""
    if step.row:
        text = {"text": step.row.starter}
        save(Step, step.owner_id, step.pk, step.version, text, uuid4(), now)


def undo(step: Step, now: datetime) -> None:
    """The text before the last change, as a new revision."""
    before = Revision.objects.of(step).accepted().filter(version=step.version - 1).first()
    if before:
        restore(step, before, step.version, uuid4(), now)
