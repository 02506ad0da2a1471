"""Half a page for a story: the type gets smaller, then the longest parts are cut, and say so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.sheets import SIZES, fit

SENTENCE = "I split the build from the release and timed every step of it. "
PARTS = ("situation", "task", "action", "result", "signal")


def story(words: int) -> dict[str, str]:
    """A story of about so many words, shared among its parts as the coach likes it."""
    shares = {"situation": 0.15, "task": 0.1, "action": 0.55, "result": 0.15, "signal": 0.05}
    each = len(SENTENCE.split())
    return {part: SENTENCE * max(1, round(words * share / each)) for part, share in shares.items()}


def test_a_short_story_has_the_largest_type():
    fitted = fit(story(80))
    assert fitted.size == 0
    assert fitted.left_out == 0
    assert [piece.name for piece in fitted.pieces] == list(PARTS)


def test_longer_stories_have_smaller_type_down_to_the_floor_and_are_then_cut():
    sizes = [fit(story(words)).size for words in range(50, 1500, 50)]
    assert sizes == sorted(sizes)
    assert set(sizes) == set(range(len(SIZES)))
    cut = [fit(story(words)).left_out for words in range(50, 1500, 50)]
    assert cut[0] == 0 < cut[-1]
    for size, left_out in zip(sizes, cut, strict=True):
        assert not left_out or size == len(SIZES) - 1


def test_two_minutes_are_never_cut_nor_tiny():
    fitted = fit(story(300), metrics=3)
    assert fitted.left_out == 0
    assert SIZES[fitted.size] >= 8.5


def test_metrics_take_room():
    words = next(n for n in range(50, 1500, 10) if fit(story(n)).size == 1)
    assert fit(story(words - 10)).size == 0
    assert fit(story(words - 10), metrics=6).size > 0


def test_the_longest_part_is_cut_and_the_others_stay_whole():
    texts = story(200) | {"action": SENTENCE * 200}
    fitted = fit(texts)
    cut = {piece.name: piece.left_out for piece in fitted.pieces}
    assert cut.pop("action") > 1000
    assert set(cut.values()) == {0}
    action = next(piece.text for piece in fitted.pieces if piece.name == "action")
    assert action.endswith("every step of it.")
    assert len(action.split()) + fitted.left_out == len(texts["action"].split())


def test_an_empty_part_is_not_on_the_sheet():
    assert [
        piece.name for piece in fit({"situation": "A.", "task": "  ", "action": ""}).pieces
    ] == ["situation"]


def test_half_a_pair_of_marks_is_not_left_behind():
    text = "**" + "many words in bold type " * 400 + "**"
    assert "**" not in fit({"action": text}).pieces[0].text


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_code_is_cut_whole(fence):
    block = f"{fence}\n" + "line of code\n" * 300 + fence
    fitted = fit({"action": f"Before it.\n\n{block}\n\nAfter it."})
    assert fitted.pieces[0].text == "Before it."
    assert fitted.left_out > 900


BLOCKS = st.lists(
    st.sampled_from(
        [SENTENCE * 3, "- " + SENTENCE, "1. one", "```\ncode\n```", "| a | b |", "x" * 400, ""]
    ),
    max_size=120,
).map("\n\n".join)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(PARTS), BLOCKS), st.integers(0, 9))
def test_nothing_is_left_out_in_silence(texts, metrics):
    """What a piece does not show of its part, it counts; and it shows nothing else."""
    fitted = fit(texts, metrics)
    shown = {piece.name: piece for piece in fitted.pieces}
    assert set(shown) == {name for name, text in texts.items() if text.strip()}
    for name, piece in shown.items():
        if piece.left_out:
            assert piece.text.split() == texts[name].split()[: len(piece.text.split())]
            assert len(piece.text.split()) < len(texts[name].split()) or piece.left_out == 1
        else:
            assert piece.text == texts[name]
