"""What is put right in a drawing before it is kept."""

import re

from writing.diagram_colours import follow_scheme

# A label is set in the middle of its box with a little air at its sides: a browser's letters are
# not to a hair those that were measured with, and a line that breaks once more would be cut off.
LABELS = (
    "foreignObject{overflow:visible}"
    "foreignObject>div{display:flex!important;width:auto!important;max-width:none!important;"
    "height:100%;margin-inline:-6px;align-items:center;justify-content:center}"
)
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_CLUSTER = re.compile(
    r'(<g class="cluster\b[^>]*><rect\b[^>]*?\bx="(?P<x>-?[\d.]+)"[^>]*/>'
    r'<g class="cluster-label\b[^>]*?transform="translate\()-?[\d.]+'
)
_TITLE_INDENT = 10  # px


def finish(svg: str) -> str:
    """`svg` as Mermaid drew it, for both colour schemes, sized, and with labels that hold."""
    svg = _CLUSTER.sub(lambda found: f"{found[1]}{float(found['x']) + _TITLE_INDENT:g}", svg)
    svg = _ROOT.sub(lambda root: _sized(root[0]) + f"<style>{LABELS}</style>", svg, count=1)
    return follow_scheme(svg)


def _sized(root: str) -> str:
    """The opening tag with a size of its own in pixels, instead of that of whatever holds it."""
    if not (size := _SIZE.search(root)):
        return root
    width, height = (round(float(number)) for number in size.groups())
    root = re.sub(r'\s(?:width|height)="[^"]*"', "", root)
    return root.replace("<svg", f'<svg width="{width}" height="{height}"', 1)
