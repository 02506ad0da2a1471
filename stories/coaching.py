"""The coach beside a story: what it is given of the rows, and what of its answer is shown."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from prepsite.compiled import compiled
from stories import coach
from stories.coach.findings import IDENTITY_LENGTH, Finding
from stories.models import Dismissal, Metric, Story, StorySetting
from writing.text import clean_text

# What is read of each part, in characters: an hour of talking, and a page that answers at once.
LIMIT = 40_000
SPEEDS = (60, 300)  # words a minute


def context(
    story: Story,
    texts: Mapping[str, str],
    *,
    metrics: Iterable[Metric],
    words_a_minute: int,
) -> dict[str, object]:
    """What `stories/_coach.html` is rendered from. `texts` are the parts as they stand in the page,
    saved or not. One query, for what was dismissed."""
    report = coach.coach(
        coach.Story(
            **{part: texts.get(part, "")[:LIMIT] for part in coach.PARTS},
            title=texts.get("title", ""),
            metrics=tuple(
                coach.Metric(row.name, row.before, row.after, row.unit) for row in metrics
            ),
            words_a_minute=words_a_minute,
            target=story.target,
            theme=story.theme.key if story.theme else "",
        )
    )
    dismissed = set(_dismissed(story.owner_id, story.pk))
    said = [each for each in report.findings if each.identity not in dismissed]
    hushed = [each for each in report.findings if each.identity in dismissed]
    return {
        "timing": report.timing,
        "findings": said,
        "groups": grouped(said),
        "dismissed": hushed,
        "dismissed_groups": grouped(hushed),
        "words_a_minute": words_a_minute,
        "slowest": SPEEDS[0],
        "fastest": SPEEDS[1],
    }


def grouped(findings: list[Finding]) -> list[list[Finding]]:
    """Findings of one kind in one part stand together, with one explanation."""
    by_kind = groupby(findings, key=lambda finding: (finding.kind, finding.part))
    return [list(group) for _, group in by_kind]


def identity(value: str) -> str:
    """An identity as a page sent it, in a form that can be stored."""
    return clean_text(value, one_line=True)[:IDENTITY_LENGTH]


@compiled
def _dismissed(owner: int, story: int) -> QuerySet:
    rows = Dismissal.objects.for_user(owner).filter(story=story)
    return rows.values_list("finding", flat=True)


def dismiss(story: Story, finding: str) -> None:
    """Say no more of this finding in this story. Twice is the same as once."""
    Dismissal.objects.get_or_create(
        owner_id=story.owner_id,
        story=story,
        finding=finding,
        defaults={"dismissed_at": timezone.now()},
    )


def bring_back(story: Story, finding: str) -> None:
    """Say it again. What was not dismissed stays as it is."""
    Dismissal.objects.for_user(story.owner_id).filter(story=story, finding=finding).delete()


def set_speed(user, words_a_minute: int) -> None:
    """Keep how fast this person speaks."""
    StorySetting.objects.update_or_create(owner=user, defaults={"words_a_minute": words_a_minute})
