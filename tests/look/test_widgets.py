"""A select of ours says what Django's says."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer

CHOICES = [
    ("", "Any"),
    ("a", "<b>First</b>"),
    ("Group & more", [(1, "One"), ("two", "Two")]),
    (None, "None of them"),
]


class Marked(forms.Select):
    """With attributes on an option: one that stands alone, one that says something, one that
    does not hold."""

    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        if option["label"] == "Two":
            option["attrs"] |= {"disabled": True, "data-n": 2, "hidden": False}
        return option


def spaced(html: str) -> str:
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html).strip()


@pytest.mark.parametrize("value", ["", "a", 1, "two", None, "nothing"])
@pytest.mark.parametrize("widget", [forms.Select, Marked, forms.SelectMultiple, forms.RadioSelect])
def test_it_says_what_djangos_says(widget, value):
    drawn = widget(choices=CHOICES)
    given = [value] if widget is forms.SelectMultiple else value
    attrs = {"id": "x", "required": True, "aria-label": "<What>"}
    ours = drawn.render("what", given, attrs, get_default_renderer())
    assert spaced(ours) == spaced(drawn.render("what", given, attrs, DjangoTemplates()))


def test_it_is_ours():
    html = forms.Select(choices=CHOICES).render("what", "a")
    assert '<option value="a" selected>&lt;b&gt;First&lt;/b&gt;</option>' in html
    assert "\n  <optgroup" not in html
