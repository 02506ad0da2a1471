"""Plans for tests, made the way the site makes them."""

import uuid
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from plans.models import Asked, Interview, Item, Plan, PlanTemplate
from plans.outline import Kind, Line, Outline, OutlineBlock


def small_outline(title: str = "A small plan") -> Outline:
    """Two timed blocks, three sections (one optional), six items, one tip."""
    return Outline(
        title,
        goal="Be ready.",
        blocks=[
            OutlineBlock(
                "AWS, in depth",
                "Morning",
                focus="The core services",
                low=60,
                high=120,
                lines=[
                    Line(Kind.SECTION, "Serverless"),
                    Line(Kind.TASK, "Lambda: *cold starts*"),
                    Line(Kind.TASK, "Queues and topics", depth=1),
                    Line(Kind.SECTION, "Delivery", rank=1),
                    Line(Kind.TASK, "Pipelines"),
                    Line(Kind.TIP, "Name the trade-off."),
                ],
            ),
            OutlineBlock(
                "Stories",
                "Afternoon",
                intro="Prepare **three**.",
                low=60,
                high=60,
                lines=[
                    Line(Kind.SECTION, "Leadership"),
                    Line(Kind.TASK, "A blocker removed"),
                    Line(Kind.TASK, "Tell it aloud"),
                ],
            ),
        ],
    )


def plan_of(owner, outline: Outline | None = None, *, now=None) -> Plan:
    return Plan.start(
        owner, outline or small_outline(), key=uuid.uuid4(), now=now or timezone.now()
    )


def template(key: str = "small", outline: Outline | None = None) -> PlanTemplate:
    row = PlanTemplate(key=key)
    row.fill(outline or small_outline())
    return row


def item(plan: Plan, text: str) -> Item:
    """The line of `plan` whose text begins with `text`."""
    return Item.objects.for_user(plan.owner).get(plan=plan, text__startswith=text)


# A Friday evening.
NOW = datetime(2026, 11, 20, 19, tzinfo=UTC)


def interview(owner, company: str = "Acme", *, at: datetime | None = None, **values) -> Interview:
    """An interview of an hour, four days after NOW at 09:00 UTC, in Berlin's zone."""
    values = {"time_zone": "Europe/Berlin"} | values
    at = at or NOW.replace(hour=9) + timedelta(days=4)
    return Interview.objects.create(owner=owner, company=company, at=at, **values)


def interviews_with(canary: str, owner) -> dict[str, object]:
    """A row of each private model of the interviews, with `canary` in its words."""
    row = interview(
        owner,
        f"Company {canary}",
        role=canary,
        place=canary,
        interviewers=canary,
        stack=canary,
        notes=canary,
        improve=canary,
    )
    asked = Asked.objects.create(owner=owner, interview=row, title=f"Asked {canary}", went="weak")
    return {"interview": row.pk, "asked": asked.pk}
