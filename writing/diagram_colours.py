"""Have one drawing read well on light and on dark grounds.

An SVG in an `<img>` cannot see the page's stylesheet, but its `prefers-color-scheme` follows the
`color-scheme` of the `<img>`, and so the reader's choice of theme. Each colour becomes a custom
property with a light and a dark value. The drawing brings its own ground, so a browser that knows
nothing of this still shows it readable.
"""

import colorsys
import re

# What the drawing is made with, light to dark: the same pairs as in static/css/tokens.css.
DARK = {
    "#ffffff": "#1e1d1a",
    "#fbfaf7": "#171613",
    "#e8f1ef": "#1e2e2b",
    "#f8efe0": "#2e2519",
    "#faeae7": "#34201d",
    "#1f1d1a": "#ece8e0",
    "#645f57": "#a8a297",
    "#1a6660": "#7ccabd",
    "#8a4f0e": "#e0b070",
    "#a12d22": "#f2a398",
    "#e5e1d8": "#35322d",
    "#8b857b": "#7f796f",
}
GROUND = "#fbfaf7"

_NUMBER = r"\s*([\d.]+)(%?)\s*"
_FUNCTION = re.compile(rf"(rgb|hsl)a?\({_NUMBER},{_NUMBER},{_NUMBER}(?:,{_NUMBER})?\)")
_COLOUR = re.compile(
    r"(?<!url\()#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b"
    r"|(?:rgb|hsl)a?\([^()]*\)|\b(?:black|white|grey|gray|lightgrey|lightgray)\b"
)
_NAMED = {"black": "#000000", "white": "#ffffff", "grey": "#808080", "gray": "#808080",
          "lightgrey": "#d3d3d3", "lightgray": "#d3d3d3"}  # fmt: skip
_PROPERTIES = r"(?:fill|stroke|color|background|background-color|stop-color|flood-color|border)"
_DECLARATION = re.compile(rf"(?<![\w-])({_PROPERTIES}\s*:\s*)([^;}}\"<>]+)")
_ATTRIBUTE = re.compile(rf"(?<![\w-])({_PROPERTIES}=\")([^\"<>]+)")
# Only inside tags and the stylesheet: the words of a label stay as they are.
_MARKUP = re.compile(r"<style\b[^>]*>.*?</style>|<[^>]+>", re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>")


def follow_scheme(svg: str) -> str:
    """`svg` with a ground, and every colour of it with a value for either scheme."""
    names: dict[str, str] = {GROUND: "--d0"}

    def variable(match: re.Match[str]) -> str:
        colour = match[0].lower()
        return f"var({names.setdefault(colour, f'--d{len(names)}')})"

    def declared(match: re.Match[str]) -> str:
        return match[1] + _COLOUR.sub(variable, match[2])

    def markup(match: re.Match[str]) -> str:
        return _ATTRIBUTE.sub(declared, _DECLARATION.sub(declared, match[0]))

    svg = _MARKUP.sub(markup, svg)
    light = "".join(f"{name}:{colour};" for colour, name in names.items())
    dark = "".join(f"{name}:{dark_of(colour)};" for colour, name in names.items())
    style = (
        f"<style>:root{{{light}background:var(--d0)!important}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    )
    return _ROOT.sub(lambda root: root[0] + style, svg, count=1)


def dark_of(colour: str) -> str:
    """The colour that stands for `colour` (a CSS colour) on a dark ground.

    Our own are written down; of any other the lightness is turned over, its hue kept.
    """
    colour = _NAMED.get(colour, colour)
    if colour in DARK:
        return DARK[colour]
    red, green, blue, alpha = _channels(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb(hue, 0.1 + 0.82 * (1 - lightness), saturation * 0.8)
    channels = ",".join(str(round(255 * channel)) for channel in turned)
    return f"rgba({channels},{alpha:g})"


def _channels(colour: str) -> tuple[float, float, float, float]:
    """Red, green, blue and opacity, each 0 to 1; black for what cannot be read."""
    if colour.startswith("#"):
        digits = colour[1:]
        if len(digits) < 5:
            digits = "".join(digit * 2 for digit in digits)
        parts = [int(digits[i : i + 2], 16) / 255 for i in range(0, len(digits), 2)]
        return parts[0], parts[1], parts[2], parts[3] if len(parts) == 4 else 1.0
    if not (found := _FUNCTION.fullmatch(colour)):
        return 0.0, 0.0, 0.0, 1.0
    numbers = [float(found[i] or 1) for i in (2, 4, 6, 8)]
    alpha = min(numbers[3], 1.0)
    if found[1] == "hsl":
        share = [min(number / 100, 1.0) for number in numbers[1:3]]
        return *colorsys.hls_to_rgb(numbers[0] % 360 / 360, share[1], share[0]), alpha
    whole = 100 if found[3] else 255
    red, green, blue = (min(number / whole, 1.0) for number in numbers[:3])
    return red, green, blue, alpha
