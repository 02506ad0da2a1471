"""The rows of the drills room, for Django to find; each kind stands in a file of its own.

Shared content: decks and their entries. One's own: groups, cards with their schedule, the log of
reviews, the counters of each day, and the settings with the day's plan.
"""

from drills.cards import Added, Card, CardQuerySet, Group
from drills.decks import Deck, Entry, Kind
from drills.own import Filing, Peek
from drills.reviews import Review, StudyDay
from drills.setting import Setting

__all__ = [
    "Added",
    "Card",
    "CardQuerySet",
    "Deck",
    "Entry",
    "Filing",
    "Group",
    "Kind",
    "Peek",
    "Review",
    "Setting",
    "StudyDay",
]
