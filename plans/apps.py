from pathlib import Path

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from plans.documents import from_document
        from plans.models import PlanTemplate
        from writing.content import ContentSource, register

        folder = Path(__file__).parent / "content"
        register(ContentSource(PlanTemplate, folder, from_document, PlanTemplate.fill))
