"""Word-level differences: exact, safe as HTML, and bounded in time."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writing.autosave import differences as module
from writing.autosave.differences import Piece, as_html, differences, summary


def test_changed_word():
    assert differences("we cut cost", "I cut cost") == [
        Piece("cut", "we"),
        Piece("put", "I"),
        Piece("same", " cut cost"),
    ]


@given(st.text("ab \n.é", max_size=60), st.text("ab \n.é", max_size=60))
def test_pieces_make_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "put") == before
    assert "".join(p.text for p in pieces if p.kind != "cut") == after
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_pieces_make_both_texts_beyond_the_limit(monkeypatch, limit):
    monkeypatch.setattr(module, "LIMIT", limit)
    before, after = "one two\nthree\nfour five", "one 2\nthree\nfour 5"
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "put") == before
    assert "".join(p.text for p in pieces if p.kind != "cut") == after


def test_work_is_bounded_for_texts_that_share_nothing(monkeypatch):
    sizes = []
    real = module.Indel.opcodes

    class Watched:
        @staticmethod
        def opcodes(before, after):
            sizes.append(max(len(before), len(after)))
            return real(before, after)

    monkeypatch.setattr(module, "Indel", Watched)
    differences("a b " * 25_000, "c d\n" * 25_000)
    assert sizes == [1] and module.LIMIT == 10_000


def test_changed_words_with_only_spaces_between_are_one_change():
    assert differences("we cut the cost", "I halved it") == [
        Piece("cut", "we cut the cost"),
        Piece("put", "I halved it"),
    ]
    assert differences("a b\nc", "x b\nc")[-1] == Piece("same", " b\nc")


def test_html_is_escaped_and_read_aloud():
    marked = as_html(differences("<b>old</b>", "<b>new</b>"))
    assert "<b>" not in marked
    assert "[removed: </span>old" in marked and "[added: </span>new" in marked
    heard = html.unescape(re.sub(r"<[^>]+>", "", marked))
    assert heard == "<b>[removed: old][added: new]</b>"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("a", "a", "No difference"),
        ("a b", "a  b", "Only spaces and line breaks differ"),
        ("a", "a b", "1 word added, 0 removed"),
        ("a b c", "x y", "2 words added, 3 removed"),
        ("a.", "a!", "Only punctuation differs"),
        ("a", "a, b", "1 word added, 0 removed"),
    ],
)
def test_summary(before, after, sentence):
    assert summary(differences(before, after)) == sentence
