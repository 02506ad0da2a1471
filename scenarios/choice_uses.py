"""Which scenarios use the technology of a justification: asked by the drills room, not imported."""

from collections.abc import Sequence

from django.urls import reverse

from drills.uses import Subject, Use
from scenarios.models import Choice, Scenario
from scenarios.technologies import used_in


def uses(subjects: Sequence[Subject]) -> dict[object, list[Use]]:
    """For each subject the published scenarios whose model chose it. One query."""
    rows = (
        Choice.objects.filter(scenario__in=Scenario.objects.published())
        .order_by("scenario__title", "position", "id")
        .values_list("scenario__key", "scenario__title", "name")
    )
    of_scenario: dict[tuple[str, str], list[str]] = {}
    for key, title, name in rows:
        of_scenario.setdefault((key, title), []).append(name)
    found: dict[object, list[Use]] = {}
    for subject in subjects:
        for (key, title), names in of_scenario.items():
            if chosen := used_in(subject.title, subject.tags, names):
                # To the scenario, not its solution: who has not practised it yet may want to.
                address = reverse("scenarios:scenario", args=[key])
                found.setdefault(subject.key, []).append(Use(title, address, "; ".join(chosen)))
    return found
