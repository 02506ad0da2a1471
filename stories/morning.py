"""A story on the sheet of the morning: its title and the numbers it rests on."""

from stories.models import Metric, Story
from writing.morning import MOST, Line


def lines(user) -> list[Line]:
    """The stories of `user`, the most finished first; those good enough to be told are suggested.
    Two queries."""
    rows = Story.objects.for_user(user).kept().exclude(title="").with_metrics()
    rows = rows.only("title", "status", "owner").order_by("-pk")[:MOST]
    finish = {status: place for place, status in enumerate(Story.Status.values)}
    return [
        Line(row.get_absolute_url(), row.title, numbers(row), row.status in Story.TELLABLE)
        for row in sorted(rows, key=lambda row: -finish[row.status])
    ]


def numbers(story: Story) -> str:
    """The metrics in a line: "Release time 6 → 0.3 h; errors 40 → 2"."""
    metrics: list[Metric] = getattr(story, "kept_metrics", [])
    shown = (f"{metric.name} {metric.change}".strip() for metric in metrics)
    return "; ".join(filter(None, shown))
