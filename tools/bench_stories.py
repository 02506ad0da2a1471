"""Stories for the benchmark: as many as a long list shows, each with all its parts."""

import uuid

COUNT = 40
PART = "I measured where the six hours went: four of them were one script. " * 6
PARTS = ("situation", "task", "action", "result", "signal")


def write(user) -> list[int]:
    """COUNT stories of `user`, each with a theme and a metric; returns their keys."""
    from django.utils import timezone

    from stories import changes
    from stories.library import Competency
    from stories.models import Metric

    theme = Competency.objects.filter(group=Competency.Group.THEME).first()
    found = []
    for number in range(COUNT):
        texts = {"title": f"Story {number}", **dict.fromkeys(PARTS, PART)}
        row = changes.begin(user, uuid.uuid4(), timezone.now(), theme=theme, **texts)
        figures = {"name": "Release time", "before": "6", "after": "0.3", "unit": "h"}
        changes.add_row(Metric, row, uuid.uuid4(), figures)
        found.append(row.pk)
    return found
