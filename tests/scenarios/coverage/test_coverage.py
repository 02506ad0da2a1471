"""What matching must do for any scenario, in small."""

import pytest

from scenarios.coverage import MAXIMUM_LENGTH, THRESHOLD, PreparedQuestion, match, matches

SHOP = [
    PreparedQuestion(
        "users",
        "How many people buy from us, and where are they?",
        "users-scale",
        ("how many users", "which countries"),
        "20,000 a day, all in Norway.",
    ),
    PreparedQuestion("roles", "Who are the users?", "functional", ("which roles exist",)),
    PreparedQuestion(
        "recovery", "What may be lost?", "non-functional", ("disaster recovery", "data loss")
    ),
    PreparedQuestion("speed", "How fast must a page be?", "non-functional", ("latency target",)),
    PreparedQuestion("team", "Who builds it, and for how much?", "constraints", ("team", "budget")),
]


def key(asked: str) -> str | None:
    found = match(asked, SHOP)
    return found.key if found else None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("whats the DAU", "users"),
        ("RPO/RTO?", "recovery"),
        ("which p95 do you want", "speed"),
        ("how many developers are there", "team"),
        ("HOW MANY USERS!!", "users"),
    ],
)
def test_words_of_the_field_mean_the_same(asked, expected):
    assert key(asked) == expected


def test_counting_people_is_not_asking_who_they_are():
    assert key("how many users are there?") == "users"
    assert key("who are the users?") == "roles"


@pytest.mark.parametrize("asked", ["latnecy target?", "what is the latancy target", "bugdet"])
def test_a_typing_mistake_is_forgiven(asked):
    assert match(asked, SHOP)


@pytest.mark.parametrize(
    "asked",
    [
        "how many users complain about the colour of the page?",
        "is there a loyalty programme?",
        "do you prefer kafka or kinesis?",
        "can a user change the password?",
        "how many lorries do we have?",
        "",
        "   ",
        "???",
        "why?",
        "so what do you want me to do",
        "\x00" * 50,
        "données à caractère personnel",
    ],
)
def test_what_is_not_prepared_is_not_answered(asked):
    assert match(asked, SHOP) is None


def test_a_word_of_the_answer_helps_but_is_not_enough():
    assert key("which countries, Norway?") == "users"
    assert key("Norway?") is None


def test_a_match_says_why():
    found = match("what is your target for latency", SHOP)
    assert found.key == "speed"
    assert THRESHOLD <= found.score <= 1
    assert found.wording == "latency target"
    assert "latenci" in found.agreeing
    assert "latency target" in str(found)


def test_a_double_question_matches_two_in_the_order_asked():
    asked = "what is the budget, and how many users do we have?"
    assert [m.key for m in matches(asked, SHOP)] == ["team", "users"]
    assert match(asked, SHOP).key == "team"


def test_three_questions_in_one_match_no_more_than_two():
    assert len(matches("Latency? Budget? How many users? Data loss?", SHOP)) == 2


def test_a_double_question_about_one_matter_matches_once():
    assert [m.key for m in matches("what is the budget and what is the team?", SHOP)] == ["team"]


def test_a_question_is_read_up_to_a_length():
    assert match("x" * MAXIMUM_LENGTH + " budget", SHOP) is None
    assert matches("how much " * 100_000, SHOP) == ()


def test_a_scenario_with_one_question_or_an_empty_text():
    only = [PreparedQuestion("a", "How fast must it be?", "non-functional")]
    assert match("what latency", only).key == "a"
    assert match("latency", [PreparedQuestion("a", "", "functional", ("",))]) is None
