from pathlib import Path

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"

    def ready(self):
        from drills import asked, sources
        from stories import documents, morning, rehearsing, travel
        from stories.asked import Questions, Stories
        from stories.library import Competency, Question
        from writing import morning as sheet
        from writing.content import ContentSource, register

        folder = Path(__file__).parent / "content"
        # Competencies first: questions name them.
        register(
            ContentSource(
                Competency,
                folder / "competencies",
                documents.competency,
                documents.apply_competency,
                split=True,
            )
        )
        register(
            ContentSource(
                Question,
                folder / "questions",
                documents.question,
                documents.apply_question,
                split=True,
            )
        )
        sources.register("rehearsals", rehearsing.offers)
        travel.describe()
        asked.register(Stories())
        asked.register(Questions())
        sheet.register("Stories", morning.lines)
