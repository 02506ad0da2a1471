"""The coach: findings about a story, and how long it takes to tell. Pure; it never saves.

`coach(Story(…))` answers a `Report`. Each idea has a file of its own; what is said about each kind
of finding stands in advice.py.
"""

from stories.coach.findings import Finding, Kind
from stories.coach.report import WHOLE, Report, clock, coach
from stories.coach.story import PARTS, SPOKEN, VERSIONS, WORDS_A_MINUTE, Metric, Story
from stories.coach.timing import PartTiming, Timing

__all__ = [
    "PARTS",
    "SPOKEN",
    "VERSIONS",
    "WHOLE",
    "WORDS_A_MINUTE",
    "Finding",
    "Kind",
    "Metric",
    "PartTiming",
    "Report",
    "Story",
    "Timing",
    "clock",
    "coach",
]
