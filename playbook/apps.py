from pathlib import Path

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "playbook"

    def ready(self):
        from playbook import beside
        from playbook.documents import from_document
        from playbook.models import Playbook
        from playbook.outline import fill
        from writing import asides
        from writing.content import ContentSource, register

        content = Path(__file__).parent / "content"
        register(ContentSource(Playbook, content, from_document, fill))
        asides.register("plan item", "study notes", beside.note_of)
        asides.register("phase", "my framework", beside.steps_of)
