"""What a strict CSP would refuse stands in no template, and every icon and file exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").rglob("*.html"))
STYLE = re.compile(r"""\sstyle\s*=\s*["']|<style\b""", re.I)
HANDLER = re.compile(r"""<[^>]*\s(on[a-z]+|hx-on[\w:-]*)\s*=""", re.I)
# A block of JSON is data; the browser never runs it.
INLINE_SCRIPT = re.compile(r"""<script\b(?![^>]*(\bsrc=|type="application/json"))[^>]*>""", re.I)
STATIC = re.compile(r"""{%\s*static\s+['"]([^'"]+)['"]""")


def offences(text: str) -> list[str]:
    rules = (STYLE, HANDLER, INLINE_SCRIPT)
    return [found.group(0) for rule in rules for found in rule.finditer(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_has_inline_style_or_script(path):
    assert offences(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_every_static_file_a_template_names_exists(path):
    missing = [name for name in STATIC.findall(path.read_text()) if not finders.find(name)]
    assert missing == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        "<p class=x\nstyle='a'>",
        "<style>p {}</style>",
        '<a href="#" onclick="go()">',
        '<form hx-on::after-request="x()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
    ],
)
def test_the_rules_find_what_they_are_for(planted):
    assert offences(planted)
