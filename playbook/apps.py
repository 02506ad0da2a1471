from pathlib import Path

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "playbook"

    def ready(self):
        from playbook.documents import from_document
        from playbook.models import Playbook
        from playbook.outline import fill
        from writing.content import ContentSource, register

        content = Path(__file__).parent / "content"
        register(ContentSource(Playbook, content, from_document, fill))
