"""Gaps, the closest story, choices, suggestions and the draw: pure, on small written cases."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories import asking, coverage
from stories.asking import COVERED, FAIR, NO_SECOND, NO_STORY, STRETCH, STRONG, WEAK, Choice
from stories.coverage import NONE, PRIMARY, SECONDARY, THEME, Column, Row

OLD = Column("modernization", "Modernization", "theme", means="Replace a legacy system.", asked=2,
             guided=True)  # fmt: skip
TEAM = Column("team", "Team", "theme", means="Lead a team.", asked=1)
COST = Column(
    "cost", "Cost model", "signal", means="The bill each month.", write_next="A bill.", asked=4
)
DEEP = Column("dive-deep", "Dive Deep", "principle", means="Trace the fault.", asked=3)
ALL = [OLD, TEAM, COST, DEEP]
ASKED = [["modernization", "cost"], ["modernization", "cost"], ["cost", "dive-deep"], ["team"]]

releases = Row(1, "Releases", "solid", theme="modernization", shown={"dive-deep": PRIMARY})
export = Row(2, "Export", "idea", shown={"dive-deep": SECONDARY})


def test_a_theme_counts_as_primary_whatever_else_is_marked():
    row = Row(3, "Marked", theme="team", shown={"team": SECONDARY, "cost": SECONDARY})
    assert [row.level(column.ref) for column in ALL] == [NONE, THEME, SECONDARY, NONE]


def test_stories_that_show_a_competency_the_primary_ones_first():
    assert coverage.showing(DEEP, [export, releases]) == [releases, export]
    assert coverage.showing(COST, [export, releases]) == []


def test_gaps_name_what_is_empty_and_what_hangs_on_one_story():
    found = coverage.gaps(ALL, [releases, export])
    # Empty before thin, themes before the others, then what most questions ask for.
    assert [(gap.column.ref, gap.only and gap.only.id) for gap in found] == [
        ("team", None), ("cost", None), ("modernization", 1),
    ]  # fmt: skip
    assert [gap.column.ref for gap in coverage.gaps([DEEP, COST], [])] == ["cost", "dive-deep"]


def test_two_stories_are_enough():
    assert coverage.gaps([DEEP], [releases, export]) == []


def test_how_many_questions_ask_for_two_at_once():
    pairs = coverage.together(ASKED)
    assert pairs["cost"] == {"modernization": 2, "dive-deep": 1}
    assert pairs["team"] == {}


def test_the_closest_story_shows_what_is_asked_for_together():
    pairs = coverage.together(ASKED)
    found = coverage.closest(COST, ALL, [export, releases], pairs)
    assert found and found.row == releases
    assert found.titles == ["Modernization", "Dive Deep"]
    assert found.words == ()


def test_the_closest_story_speaks_of_it():
    speaks = Row(4, "Bill", text="Nobody had looked at the bill, or had a model of it.")
    found = coverage.closest(COST, ALL, [Row(5, "Silent", text="Nothing."), speaks], {})
    assert found and found.row == speaks and found.words == ("bill", "model")


def test_no_story_is_near_or_all_show_it_already():
    assert coverage.closest(TEAM, ALL, [Row(6, "Far", text="A cache.")], {}) is None
    assert coverage.closest(DEEP, ALL, [releases, export], coverage.together(ASKED)) is None
    assert coverage.closest(DEEP, ALL, [], {}) is None


def test_words_that_every_competency_uses_say_nothing_of_one():
    plain = [Column(f"c{n}", f"Topic{'abcdefgh'[n]}", means="customers") for n in range(8)]
    assert coverage.closest(plain[0], plain, [Row(7, "All", text="customers")], {}) is None


def test_the_outline_is_that_of_the_theme_asked_for_together():
    pairs = coverage.together(ASKED)
    assert coverage.nearest_theme(COST, ALL, pairs) == OLD
    assert coverage.nearest_theme(OLD, ALL, pairs) == OLD
    assert coverage.nearest_theme(DEEP, ALL, pairs) is None


def test_a_theme_without_an_outline_offers_none():
    pairs = coverage.together([["cost", "team"], ["cost", "team"], ["cost", "modernization"]])
    assert coverage.nearest_theme(TEAM, ALL, pairs) is None
    assert coverage.nearest_theme(COST, ALL, pairs) == OLD


def test_stems():
    assert set(coverage.terms("Releases were released; releasing it.")) == {"releas"}
    assert coverage.terms("They would have been there with them") == {}


# Choices

ONE, TWO, THREE = Choice(1, STRONG), Choice(2, FAIR), Choice(3, STRETCH)


@pytest.mark.parametrize(("before", "rank", "story", "fit", "after"), [
    ((), 1, 1, STRONG, (ONE,)),
    ((), 2, 1, STRONG, (ONE,)),                        # a lone choice is the first
    ((ONE,), 2, 2, FAIR, (ONE, TWO)),
    ((ONE,), 1, 2, FAIR, (TWO,)),                      # replaced
    ((ONE, TWO), 1, 3, STRETCH, (THREE, TWO)),
    ((ONE, TWO), 2, 3, STRETCH, (ONE, THREE)),
    ((ONE, TWO), 1, 2, FAIR, (TWO, ONE)),              # swapped
    ((ONE, TWO), 2, 1, STRONG, (TWO, ONE)),
    ((ONE, TWO), 1, 1, STRETCH, (Choice(1, STRETCH), TWO)),   # another fit
    ((ONE,), 2, 1, FAIR, (Choice(1, FAIR),)),
])  # fmt: skip
def test_choosing(before, rank, story, fit, after):
    assert asking.choose(before, rank, story, fit) == after


def test_clearing_moves_the_second_up():
    assert asking.clear((ONE, TWO), 1) == (TWO,)
    assert asking.clear((ONE, TWO), 9) == (ONE, TWO)
    assert asking.clear((), 1) == ()


CHOSEN = st.lists(st.integers(1, 5), unique=True, max_size=2).map(
    lambda ids: tuple(Choice(story) for story in ids)
)


@given(CHOSEN, st.sampled_from([1, 2]), st.integers(1, 5), st.sampled_from([1, 2, 3]))
def test_choosing_twice_is_choosing_once(before, rank, story, fit):
    once = asking.choose(before, rank, story, fit)
    assert asking.choose(once, rank, story, fit) == once
    assert Choice(story, fit) in once and len(once) <= 2
    assert len({choice.story for choice in once}) == len(once)


@pytest.mark.parametrize(("choices", "status", "state"), [
    ((), "solid", NO_STORY),
    ((ONE,), "solid", NO_SECOND),
    ((ONE,), "idea", WEAK),
    ((Choice(1, STRETCH), TWO), "polished", WEAK),
    ((ONE, THREE), "draft", COVERED),
])  # fmt: skip
def test_how_well_a_question_is_covered(choices, status, state):
    assert asking.state(choices, {1: status, 2: "solid", 3: "idea"}) == state


# Suggestions


def test_stories_rank_by_what_they_share_the_main_thing_counting_most():
    main = Row(1, "Main", "idea", shown={"cost": PRIMARY})
    others = Row(2, "Others", "polished", shown={"team": SECONDARY, "dive-deep": SECONDARY})
    both = Row(3, "Both", "draft", theme="team", shown={"cost": SECONDARY})
    nothing = Row(4, "Nothing", "polished")
    found = asking.suggest(["cost", "team", "dive-deep"], [nothing, others, main, both])
    assert [(each.row.id, each.score) for each in found] == [(3, 7), (1, 6), (2, 4)]
    assert [each.shared for each in found] == [("cost", "team"), ("cost",), ("team", "dive-deep")]
    assert [each.fit for each in found] == [FAIR, STRONG, FAIR]


def test_between_equals_the_story_further_along_comes_first():
    rows = [Row(n, s, s, shown={"cost": PRIMARY}) for n, s in enumerate(["idea", "solid", "draft"])]
    assert [each.row.name for each in asking.suggest(["cost"], rows)] == ["solid", "draft", "idea"]


def test_nothing_shared_is_a_stretch():
    assert asking.fit_of(["cost"], Row(1, "Far")) == STRETCH
    assert asking.suggest([], [releases]) == [] and asking.fit_of([], releases) == STRETCH


# The draw


def drawn(states, last="", times=2000) -> Counter:
    chance = random.Random(7)
    return Counter(asking.draw(states, last, chance) for _ in range(times))


def test_what_has_no_story_is_asked_most_and_what_is_covered_never():
    found = drawn({"none": NO_STORY, "weak": WEAK, "second": NO_SECOND, "covered": COVERED})
    assert found["covered"] == 0
    assert found["none"] == pytest.approx(1200, rel=0.1)
    assert found["weak"] == pytest.approx(600, rel=0.15)
    assert found["second"] == pytest.approx(200, rel=0.3)


def test_once_all_are_covered_each_is_as_likely():
    found = drawn({"a": COVERED, "b": COVERED})
    assert found["a"] == pytest.approx(1000, rel=0.1)


def test_never_the_same_twice_in_a_row_while_there_is_another():
    assert set(drawn({"a": NO_STORY, "b": COVERED}, last="a")) == {"b"}
    assert set(drawn({"a": NO_STORY}, last="a")) == {"a"}
    assert asking.draw({}, "a", random.Random(1)) is None
