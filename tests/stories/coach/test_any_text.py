"""Whatever is typed or pasted: findings point at what they quote, and no text takes for ever."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stories.coach import PARTS, WHOLE, Story, coach
from stories.coach.report import MANY
from stories.coach.text import Text, without_markdown

PIECES = (
    "I we We was were been being moved split the QZX Falcon into (which , . ; ! ? \n \n\n - # > "
    "``` ` * _ ** [a](b) ![x](y) https://a.test “ ” 40% 2024 3 from to by me so that learned but "
    'kind of " '
    "I'd we'd don’t É ß 漢字 \u200d 🙂 \x00 | \\ ~~~ perhaps always"
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES.split(" ")), max_size=60).map(" ".join)
)


def check(story: Story) -> None:
    report = coach(story)
    seen: dict[str, int] = {}
    for finding in report.findings:
        seen[finding.kind] = seen.get(finding.kind, 0) + 1
        assert len(finding.spans) == len(finding.quotes)
        assert finding.part in (*PARTS, WHOLE)
        raw = getattr(story, finding.part, "")
        for (start, end), quote in zip(finding.spans, finding.quotes, strict=True):
            assert 0 <= start < end <= len(raw)
            assert raw[start:end] == quote
        assert len(finding.identity) <= 200
        assert finding.message.endswith(".")
    assert all(count <= MANY for count in seen.values())
    assert sum(part.words for part in report.timing.parts) == report.timing.words


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
@example("", "", "was moved", "", "")
@example("", "", "I was\n\nmoved. İ was moved", "ß", "a b")
def test_offsets_are_inside_and_quote_what_stands_there(situation, task, action, result, signal):
    check(
        Story(
            situation=situation, task=task, action=action, result=result, signal=signal, target=30
        )
    )


@given(TEXTS)
def test_taking_the_markdown_away_moves_nothing(text):
    plain = without_markdown(text)
    assert len(plain) == len(text)
    assert all(token.text == text[token.start : token.end] for token in Text(text).tokens)


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "A" * LONG,
        "aB" * (LONG // 2),
        "we " * 10_000,
        "was moved " * 10_000,
        "was " * (LONG // 4),
        "was " + "x" * LONG + "ed",
        "[" * LONG,
        "[a](" * (LONG // 4),
        "![" * (LONG // 2),
        "*" * LONG,
        "_" * LONG + "a",
        "a_" * (LONG // 2),
        "```\n" * (LONG // 4),
        "`" * LONG,
        "\n" * LONG,
        " \n" * (LONG // 2),
        "\n" + " " * LONG + "x",
        "- " * (LONG // 2),
        "1." * (LONG // 2),
        "1.1" * (LONG // 3),
        "1-" * (LONG // 2),
        "a-" * (LONG // 2),
        "a'" * (LONG // 2),
        "https://" * (LONG // 8),
        '"' * LONG,
        "(" * LONG,
        "QZX, " * (LONG // 5),
        "I would " * (LONG // 8),
        "chose " * (LONG // 6),
        "trading " + "a " * (LONG // 2),
        "the price " * (LONG // 10),
        "perhaps " * (LONG // 8),
        "3 from " * (LONG // 7),
        "no " * (LONG // 3),
        "\x00" * LONG,
        "漢" * LONG,
        "🙂" * (LONG // 4),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_are_read_to_the_end(text):
    check(Story(situation="It was slow.", action=text, result=text))
