"""The colours of static/css/tokens.css, and how well each reads on each ground."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

GROUNDS = ("paper", "sheet", "wash", "warm-wash", "danger-wash")
INKS = ("ink", "quiet", "accent", "warm", "danger")
# Text that stands on a filled ground of its own.
PAIRS = (("on-accent", "accent"), ("on-danger", "danger"), ("paper", "ink"))
_TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")


@dataclass(frozen=True)
class Reading:
    """Contrast of `ink` on `ground` in either scheme, as the ratio x in x : 1."""

    ink: str
    ground: str
    light: float
    dark: float

    @property
    def least(self) -> float:
        return min(self.light, self.dark)


def colours() -> dict[str, tuple[str, str]]:
    """Name of a token → its (light, dark) colour as #rrggbb."""
    path = finders.find("css/tokens.css")
    if path is None:
        raise FileNotFoundError("static/css/tokens.css")
    return {name: (light, dark) for name, light, dark in _TOKEN.findall(Path(path).read_text())}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readings() -> list[Reading]:
    """Every ink on every ground it may stand on."""
    known = colours()
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS] + list(PAIRS)
    return [
        Reading(ink, ground, *(contrast(known[ink][n], known[ground][n]) for n in (0, 1)))
        for ink, ground in pairs
    ]
