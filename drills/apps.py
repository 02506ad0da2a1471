from pathlib import Path

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "drills"

    def ready(self):
        from drills import asked, asked_cards, documents, travel
        from drills.models import Deck, Entry
        from writing.content import ContentSource, register

        folder = Path(__file__).parent / "content"
        # The decks first: an entry looks for its own.
        register(ContentSource(Deck, folder, documents.deck, Deck.fill))
        register(ContentSource(Entry, folder, documents.entry, Entry.fill, split=True))
        travel.describe()
        asked.register(asked_cards.Entries())
        asked.register(asked_cards.OwnCards())
