"""The figure: its bounds, its parts, and that useful work never lowers it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.scheduling import RETENTION
from prepsite.readiness import (
    ENOUGH_CARDS,
    ENOUGH_READ,
    ENOUGH_SCENARIOS,
    ENOUGH_STORIES,
    ENOUGH_TICKS,
    FINISHED,
    KNOWN,
    SCORED,
    STORY_WORTH,
    WEIGHTS,
    Evidence,
    at_the_interview,
    gain,
    readiness,
)

evidence = st.builds(
    Evidence,
    scenarios=st.lists(st.floats(0, 1), max_size=14).map(tuple),
    stories=st.lists(st.sampled_from(list(STORY_WORTH)), max_size=9).map(tuple),
    told=st.integers(0, 9),
    themes=st.integers(0, 4),
    remembered=st.floats(0, 400),
    seen=st.integers(0, 400),
    ticked=st.integers(0, 200),
    read=st.integers(0, 60),
)


def test_nothing_is_nothing_and_everything_is_a_hundred():
    assert readiness(Evidence()).score == 0
    full = Evidence((1.0,) * 6, ("polished",) * 4, 4, 4, 100.0, 100, 40, 20)
    assert readiness(full).score == 100
    assert sum(WEIGHTS.values()) == 100


@given(evidence)
def test_it_stays_within_its_bounds(found):
    made = readiness(found)
    assert 0 <= made.exact <= 100 + 1e-9
    assert all(0 <= part.share <= 1 + 1e-9 for part in made.parts)
    assert [part.name for part in made.parts] == list(WEIGHTS)


RANKED = sorted(STORY_WORTH, key=STORY_WORTH.__getitem__)


def worked(found: Evidence, data) -> Evidence:
    """`found` after one useful thing more."""
    what = data.draw(
        st.sampled_from(
            [
                "attempt",
                "score",
                "story",
                "improve",
                "tell",
                "theme",
                "answer",
                "new",
                "tick",
                "read",
            ]
        )
    )
    scenarios, stories = list(found.scenarios), list(found.stories)
    if what == "attempt":
        return replace(found, scenarios=(*scenarios, 0.0))
    if what == "score" and scenarios:
        # Another try, however it went: the best counts.
        place = data.draw(st.integers(0, len(scenarios) - 1))
        scenarios[place] = max(scenarios[place], data.draw(st.floats(0, 1)))
        return replace(found, scenarios=tuple(scenarios))
    if what == "story":
        return replace(found, stories=(*stories, "idea"))
    if what == "improve" and stories:
        place = data.draw(st.integers(0, len(stories) - 1))
        stories[place] = RANKED[min(3, RANKED.index(stories[place]) + 1)]
        return replace(found, stories=tuple(stories))
    more = {
        "tell": {"told": found.told + 1}, "theme": {"themes": min(4, found.themes + 1)},
        "answer": {"remembered": found.remembered + data.draw(st.floats(0, 1))},
        "new": {"seen": found.seen + 1}, "tick": {"ticked": found.ticked + 1},
        "read": {"read": found.read + 1},
    }  # fmt: skip
    return replace(found, **more.get(what, {}))


@given(evidence, st.data())
def test_useful_work_never_lowers_it(found, data):
    before = readiness(found).exact
    for _ in range(4):
        found = worked(found, data)
        after = readiness(found).exact
        assert after >= before - 1e-9
        before = after


@given(evidence, evidence, st.sets(st.sampled_from(sorted(vars(Evidence())))))
def test_a_gain_is_the_difference_that_the_whole_formula_makes(now, then, names):
    change = {name: getattr(then, name) for name in names - {"seen"}}
    whole = readiness(replace(now, **change)).exact - readiness(now).exact
    assert gain(now, **change) == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"scenarios": (0.0,)}, 30 / 6 * 0.4),
        ({"scenarios": (1.0,)}, 30 / 6),
        ({"stories": ("solid",)}, 25 / 2 * 0.8 / 4),
        ({"told": 1}, 25 / 4 / 4),
        ({"themes": 2}, 25 / 4 / 2),
        ({"remembered": 50.0}, 12.5),
        ({"ticked": 10}, 2.5),
        ({"read": 5}, 2.5),
    ],
)
def test_each_part_counts_what_it_says(change, points):
    assert readiness(Evidence(**change)).exact == pytest.approx(points)


def test_only_the_four_best_stories_count():
    four = Evidence(stories=("polished",) * 4)
    many = Evidence(stories=("polished",) * 4 + ("idea",) * 20)
    assert readiness(many).exact == readiness(four).exact


def test_the_day_itself_changes_memory_alone():
    found = Evidence((0.5,), ("solid",), 1, 1, 30.0, 60, 4, 3)
    today, then = readiness(found), at_the_interview(found, 60.0)
    assert then.part("cards").share == pytest.approx(0.6)
    for part in today.parts:
        if part.name != "cards":
            assert then.part(part.name) == part


@given(evidence)
def test_the_whole_points_of_the_parts_add_up(found):
    made = readiness(found)
    assert sum(made.whole.values()) == made.score
    for part in made.parts:
        assert abs(made.whole[part.name] - part.points) < 1 + 1e-6
        assert 0 <= made.whole[part.name] <= part.weight


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("scenarios", (FINISHED, round(SCORED, 1), ENOUGH_SCENARIOS)),
        ("stories", (*STORY_WORTH.values(), ENOUGH_STORIES)),
        ("cards", (round(KNOWN * 100), ENOUGH_CARDS)),
        ("plan", (ENOUGH_TICKS,)),
        ("playbook", (ENOUGH_READ,)),
    ],
)
def test_the_rule_that_people_read_has_the_numbers_of_the_formula(name, numbers):
    rule = readiness(Evidence()).part(name).rule
    for number in numbers:
        assert re.search(rf"(?<![\d.]){number:g}(?![\d])", rule), (number, rule)


def test_a_card_is_known_where_the_drills_ask_for_it_again():
    assert KNOWN == RETENTION


def test_the_figure_is_whole_and_never_rounded_up():
    assert readiness(Evidence(remembered=99.9, seen=100)).score == 24
