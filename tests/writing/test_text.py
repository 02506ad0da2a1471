"""Cleaning, and the form fields that use it."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from writing.forms import MarkdownField, TextField
from writing.text import clean_text

ANYTHING = st.text(st.characters(exclude_categories=[]))


class Note(forms.Form):
    title = TextField(max_length=10)
    body = MarkdownField(max_length=20, required=False)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("a\x00b\x07c\x7f", "abc"),
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("\ud83d x \ude00", "\ufffd x \ufffd"),
        ("e\u0301", "\u00e9"),
        ("😀 \u202e zero\u200bwidth", "😀 \u202e zero\u200bwidth"),
        ("  kept  ", "  kept  "),
    ],
)
def test_cleaning(value, clean):
    assert clean_text(value) == clean


def test_one_line():
    assert clean_text(" a \r\n\n b\u2028c ", one_line=True) == "a b c"


def test_an_absurd_run_of_marks_is_left_alone():
    text = "e\u0301 " + "a" + "\u0301\u0316" * 5000
    assert clean_text(text) == text


@given(ANYTHING, st.booleans())
def test_clean_text_can_be_stored_and_cleaned_again(value, one_line):
    clean = clean_text(value, one_line=one_line)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\x00" not in clean
    assert clean_text(clean, one_line=one_line) == clean


def test_a_field_cleans():
    form = Note({"title": " a\x00\r\nb ", "body": "  code\r\n\x01line  "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"title": "a b", "body": "  code\nline  "}


def test_too_long_says_so_and_keeps_the_text():
    text = "x\x00" * 30
    form = Note({"title": "a", "body": text})
    assert not form.is_valid()
    assert form.errors["body"] == [
        "This is 30 characters long, and 20 fit. Shorten it and save again; "
        "nothing of it was stored."
    ]
    assert "x" * 30 in str(form["body"])
    assert "maxlength" not in str(form)


def test_only_space_is_empty():
    form = Note({"title": " \x00\n ", "body": " \n "})
    assert form.errors.keys() == {"title"}
    assert form.cleaned_data["body"] == ""


def test_a_lone_surrogate_comes_back_as_something_a_page_can_carry():
    form = Note({"title": "", "body": "a\ud800"})
    assert "a\ufffd" in str(form["body"]).encode().decode()


@given(ANYTHING, ANYTHING)
def test_no_text_breaks_a_form(title, body):
    form = Note({"title": title, "body": body})
    form.is_valid()
    str(form).encode()
