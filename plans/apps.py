from pathlib import Path

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from drills import interviews, sources
        from plans import beside, debrief, travel
        from plans.documents import from_document
        from plans.interview_changes import leading
        from plans.models import PlanTemplate
        from writing import asides
        from writing.content import ContentSource, register

        folder = Path(__file__).parent / "content"
        register(ContentSource(PlanTemplate, folder, from_document, PlanTemplate.fill))
        interviews.register(leading)
        travel.describe()
        sources.register("asked", debrief.offers)
        asides.register("plan item", "stack", beside.stack_of)
