from pathlib import Path

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "playbook"

    def ready(self):
        from playbook import beside, notes, sheet, travel
        from playbook.documents import from_document
        from playbook.models import Playbook, StudyNote
        from playbook.outline import fill
        from writing import asides, morning
        from writing.content import ContentSource, register

        content = Path(__file__).parent / "content"
        register(ContentSource(Playbook, content, from_document, fill))
        register(ContentSource(StudyNote, content / "notes", notes.from_document, notes.fill))
        asides.register("plan item", "study notes", beside.note_of)
        asides.register("phase", "my framework", beside.steps_of)
        travel.describe()
        morning.register("Phrases", sheet.phrases)
        morning.register("Justifications", sheet.justifications)
        morning.register("Matrices", sheet.matrices)
