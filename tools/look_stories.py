"""Stories for the pictures of `make look`, as somebody a week before an interview has them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

STORIES: tuple[dict[str, Any], ...] = (
    {
        "title": "How a release went from six hours to twenty minutes",
        "theme": "modernization",
        "status": "solid",
        "situation": "Our shop ran as one PHP monolith on two servers. In 2022 a release took "
        "six hours on a Sunday night, and every third one was rolled back. The sale in November "
        "was four months away, and support for our PHP version ended that winter.",
        "task": "I led four engineers. The budget was fixed; which parts to move first, and how "
        "we could go back, was mine to decide.",
        "action": "I measured where the six hours went: four of them were one database script.\n\n"
        "- I split the build from the release, so that a build that passed was never built "
        "again.\n- I moved checkout first: it changed most often and was the easiest to undo.\n"
        "- I chose blue-green over canary releases, giving up the finer steps for a rollback in "
        "under a minute that everybody understood.\n- For six weeks the old and the new checkout "
        "ran side by side, and a job compared every order of the two.\n\nIn week three the "
        "comparison found a rounding difference in 0.2 % of the orders. I stopped the move for "
        "four days and told the sales team why before they asked.",
        "result": "A release takes 20 minutes, in the middle of the day. In the eleven weeks up "
        "to the sale none was rolled back, and we shipped 34 of them. I would write the "
        "comparison before the first line of the new service, not after.",
        "signal": "Two other teams took the pipeline over within the year, and it became the "
        "standard for new services. I left the reporting module where it was: it changes twice a "
        "year, and moving it would have cost a quarter.",
        "metrics": (
            ("Release time", "6 h", "20", "min", "Build log, median of a month"),
            ("Releases rolled back", "1 in 3", "0 of 34", "", "Release calendar, 11 weeks"),
            ("On-call pages", "14", "3", "a week", "Incident list, autumn to autumn"),
        ),
        "angles": (
            ("A bank", "Begin with the comparison job and the audit trail it left."),
            ("“Tell me about a failure”", "Begin with the four days I stopped the move."),
        ),
        "shows": (("ownership", True), ("dive-deep", True), ("earn-trust", False)),
    },
    {
        "title": "The dashboard that answered before the question was forgotten",
        "theme": "performance-scalability",
        "status": "draft",
        "situation": "Account managers waited 40 seconds for the dashboard of a large customer, "
        "and the largest customer had stopped opening it.",
        "task": "I was asked for a faster database. I took on the answer time instead.",
        "action": "I traced one slow page and found 2,300 queries. I built summaries every five "
        "minutes, and accepted that a figure may be five minutes old.",
        "result": "The page opens in 1.2 seconds at the 95th percentile.",
        "metrics": (("Dashboard, p95", "40", "1.2", "s", "Real user timing"),),
        "shows": (("dive-deep", True),),
    },
    {
        "title": "Saying no to the shared password file",
        "theme": "security-data",
        "status": "idea",
        "situation": "Eleven people knew the production password, and two of them had left.",
    },
    {"title": "", "theme": "", "status": "idea"},
)


def write(user, now) -> dict[str, object]:
    """The stories of `user`, the best one last written; returns what addresses need."""
    from stories import changes, imports
    from stories.library import Competency
    from stories.models import Angle, Metric, OwnCompetency, Story
    from stories.story_documents import ANGLE, METRIC

    known = Competency.objects.in_bulk(field_name="key")
    OwnCompetency.objects.create(owner=user, title="Working across time zones")
    OwnCompetency.objects.create(owner=user, title="Regulated markets", is_theme=True)
    made: list[Story] = []
    for number, values in enumerate(reversed(STORIES)):
        texts = {name: values[name] for name in imports.TEXTS if name in values}
        theme = known.get(str(values["theme"]))
        uid, at = UUID(int=number), now - timedelta(days=len(STORIES) - number)
        row = changes.begin(user, uid, at, theme=theme, outline=theme, **texts)
        Story.objects.filter(pk=row.pk).update(status=values["status"])
        for kind, columns, name in ((Metric, METRIC, "metrics"), (Angle, ANGLE, "angles")):
            for at_row, cells in enumerate(values.get(name, ())):
                named = dict(zip(columns, cells, strict=True))
                changes.add_row(kind, row, UUID(int=number * 100 + at_row), named)
        for key, primary in values.get("shows", ()):
            if key in known:
                changes.show(row, known[key], "primary" if primary else "secondary")
        made.append(row)
    choose(made)
    return {"story": made[-1].pk, "draft": made[-2].pk, "idea": made[0].pk}


# Question, place in STORIES, first or second choice, fit.
CHOICES = (
    ("hardest-trade-off", 0, 1, 3),
    ("hardest-trade-off", 1, 2, 2),
    ("slow-system-fast", 1, 1, 3),
    ("were-wrong", 0, 1, 1),
    ("without-permission", 2, 1, 2),
)


def choose(made) -> None:
    """Some questions with the stories one would tell; `made` holds STORIES from the end."""
    from stories import choices
    from stories.library import Question

    questions = Question.objects.in_bulk(field_name="key")
    for key, place, rank, fit in CHOICES:
        if key in questions:
            choices.choose(questions[key], made[-1 - place], rank, fit)
