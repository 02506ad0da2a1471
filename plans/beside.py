"""What the interviews say beside a plan: what leads, and what is known of a company's stack."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans import fitting
from plans.board import Board, hour
from plans.fitting import Fit
from plans.interview_showing import Shown
from plans.interviews import Interview
from plans.outline import suggested_minutes
from prepsite.compiled import compiled
from writing.asides import Aside


@dataclass(frozen=True)
class Lead:
    """The next interview on the page of a plan; `fit` is a start for a plan that has none, and
    `begins` that start in words."""

    shown: Shown
    fit: Fit | None
    begins: str = ""


@compiled
def _next(owner: int, now: datetime) -> QuerySet:
    rows = Interview.objects.for_user(owner).only("company", "kind", "round", "at", "ends_at")
    return rows.upcoming(now)[:1]


def lead_of(user, board: Board, now: datetime) -> Lead | None:
    """What leads `user`, and when this plan would be done before it. One query."""
    rows = _next(user.pk, now)
    if not rows:
        return None
    row = rows[0]
    minutes = suggested_minutes(board.low, board.high)
    wanted = minutes and not board.plan.starts_at and not board.finished
    fit = fitting.fit(row.at, minutes, now, user.zone) if wanted else None
    return Lead(Shown(row, user, now), fit, hour(fit.start, now) if fit else "")


def asks_of_stack(text: str) -> bool:
    """Is it the checklist's line about the technologies of the company?"""
    words = text.lower()
    return "tech stack" in words or (
        "company" in words and ("stack" in words or "technolog" in words)
    )


def stack_of(user, text: str) -> list[Aside]:
    """For that line: what one noted of the stack of the next company, and where to go on.

    One query, and none for any other line.
    """
    if not asks_of_stack(text):
        return []
    row = Interview.objects.for_user(user).next(timezone.now())
    if row is None:
        html = format_html("<p>{}</p>", "Set the interview, and note there what you find out.")
        return [Aside("Their stack", reverse("interviews:new"), html, link="Set an interview")]
    empty = format_html("<p>{}</p>", "Nothing noted yet.")
    html = SafeString(row.stack_html) if row.stack.strip() else empty
    title = f"What you know of {row.company}’s stack"
    return [Aside(title, f"{row.get_absolute_url()}#stack", html, link="Write down what you find")]
