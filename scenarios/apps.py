from pathlib import Path

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "scenarios"

    def ready(self):
        from drills import asked, uses
        from scenarios import travel
        from scenarios.asked import Scenarios
        from scenarios.choice_uses import uses as of_choices
        from scenarios.documents import from_document
        from scenarios.models import Scenario
        from scenarios.outline import fill
        from writing.content import ContentSource, register

        folder = Path(__file__).parent / "content"
        register(ContentSource(Scenario, folder, from_document, fill))
        uses.register("scenarios", of_choices)
        travel.describe()
        asked.register(Scenarios())
