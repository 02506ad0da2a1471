"""What is proposed next: fitting the time, worth the most, no room always first. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from prepsite import next_action
from prepsite.facts import CardFacts, ColumnFact, Facts, PlanFact, ScenarioFact, StoryFact
from prepsite.next_action import Action, best_of, choose
from prepsite.proposals import PREPARES, proposals
from prepsite.scenario_proposals import weakest

NOW = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)
DULL = {"trade_offs": 1, "scalability": 1, "data_pipelines": 1, "build_or_buy": 1, "cost": 1}


@dataclass
class FakeInterview:
    pk: int
    company: str
    at: datetime
    debriefed_at: datetime | None = None
    kind: str = "panel"

    @property
    def ends_at(self) -> datetime:
        return self.at + timedelta(hours=1)

    @property
    def debrief_url(self) -> str:
        return f"/interviews/{self.pk}/debrief/"

    def get_absolute_url(self) -> str:
        return f"/interviews/{self.pk}/"


def scenario(key: str, order: int = 10, **more) -> ScenarioFact:
    return ScenarioFact(key, key.title(), 45, order, tried=bool(more), **more)


def some(**change) -> Facts:
    """Somebody in the middle of it: two scenarios done, a story ready, cards for today, a plan."""
    found = Facts(
        now=NOW,
        interviews=[],
        scenarios=[
            scenario("shop", 10, best=0.6, last=DULL),
            scenario("ledger", 20, best=0.5, last=DULL | {"cost": 0}),
            scenario("search", 30),
        ],
        stories=[StoryFact(1, "The outage", "solid", "", True, NOW + timedelta(days=3), NOW)],
        columns=[ColumnFact("modernization", "Modernization", "theme", 0)],
        cards=CardFacts(cards=40, seen=30, remembered=27.0, left=20, minutes=4),
        plan=PlanFact(5, "1-day plan", 4, 40, None, 77, "Caching strategies", 6, NOW),
        plans=1,
        ticked=4,
        read=2,
        to_read=20,
        unread={"key": "caching", "title": "Caching"},
        setting=SimpleNamespace(forecast=[]),
    )
    return replace(found, **change)


def keys(facts: Facts, minutes: int = 60) -> list[str]:
    return [action.key for action in proposals(facts, minutes)]


def chosen(facts: Facts, minutes: int, worked=None, skipped=()) -> Action:
    return choose(proposals(facts, minutes), minutes, worked or {}, skipped)


def test_an_hour_is_for_the_scenario_that_scored_lowest_on_the_weakest_signal():
    facts = some(scenarios=some().scenarios[:2])
    assert weakest(facts)[:2] == ("cost", "Cost")
    action = best_of(proposals(facts, 60), "scenarios")
    assert action.key == "again:ledger"
    assert "Cost is your weakest signal" in action.reason
    assert "0 of 2" in action.reason


def test_what_was_tried_yesterday_rests():
    shop, ledger, _ = some().scenarios
    yesterday = replace(ledger, ended=NOW - timedelta(days=1))
    again = [key for key in keys(some(scenarios=[shop, yesterday])) if key.startswith("again")]
    assert again == ["again:shop"]
    # Where there is no other, it is that one.
    assert "again:ledger" in keys(some(scenarios=[yesterday]))
    last_week = replace(ledger, ended=NOW - timedelta(days=7))
    assert "again:ledger" in keys(some(scenarios=[shop, last_week]))


def test_a_quarter_of_an_hour_is_for_cards():
    action = chosen(some(), 15)
    assert (action.key, action.title, action.minutes) == ("drill", "Drill 20 cards.", 4)


def test_cards_are_cut_to_the_time():
    many = some(cards=replace(some().cards, left=400, minutes=80))
    for minutes in next_action.CHOICES:
        action = best_of(proposals(many, minutes), "cards")
        assert action.minutes <= minutes
    assert best_of(proposals(many, 15), "cards").title == "Drill 75 cards."


@pytest.mark.parametrize("minutes", next_action.CHOICES)
def test_what_is_named_fits(minutes):
    assert chosen(some(), minutes).minutes <= minutes * next_action.ELASTIC


def test_where_nothing_fits_the_shortest_is_named():
    long = [Action(str(n), "plan", "t", "r", n, "/", "l", gain=n) for n in (50, 40, 60)]
    assert choose(long, 15, {}).minutes == 40
    assert choose([], 15, {}) is None


def test_a_room_that_had_its_share_today_steps_back():
    first = chosen(some(), 60)
    other = chosen(some(), 60, worked={first.part: 120.0})
    assert other.part != first.part


def test_not_now_leads_to_another_and_at_last_back():
    facts, skipped = some(), []
    everything = {action.key for action in proposals(facts, 60)}
    for _ in everything:
        action = chosen(facts, 60, skipped=skipped)
        if action.minutes <= 60 * next_action.ELASTIC and action.key in skipped:
            break
        assert action.key not in skipped
        skipped.append(action.key)
    assert chosen(facts, 60, skipped=everything) is not None


def test_an_interview_that_is_over_comes_first():
    facts = some(interviews=[FakeInterview(3, "Acme", NOW - timedelta(hours=5))])
    for minutes in next_action.CHOICES:
        assert chosen(facts, minutes).key == "debrief:3"


def test_the_evening_before_there_is_the_sheet():
    assert "morning-sheet" in keys(
        some(interviews=[FakeInterview(3, "Acme", NOW + timedelta(14 / 24))])
    )
    assert "morning-sheet" not in keys(
        some(interviews=[FakeInterview(3, "Acme", NOW + timedelta(6))])
    )


def test_the_sheet_is_made_once():
    near = some(interviews=[FakeInterview(3, "Acme", NOW + timedelta(hours=14))])
    chosen_today = replace(near, sheet_at=NOW - timedelta(hours=1))
    chosen_for_another = replace(near, sheet_at=NOW - timedelta(days=20))
    assert "morning-sheet" not in keys(chosen_today)
    assert "morning-sheet" in keys(chosen_for_another)


@pytest.mark.parametrize("ago", [-25, 10])
def test_shortly_before_and_during_an_interview_there_is_nothing_else(ago):
    facts = some(interviews=[FakeInterview(3, "Acme", NOW - timedelta(minutes=ago))])
    assert "morning-sheet" not in keys(facts)
    for minutes in next_action.CHOICES:
        assert chosen(facts, minutes).key == "begins:3"


def test_the_time_ends_where_the_interview_begins():
    facts = some(interviews=[FakeInterview(3, "Acme", NOW + timedelta(minutes=40))])
    assert [next_action.time_left(facts, minutes) for minutes in (15, 30, 60, 90)] == [
        15, 30, 40, 40,
    ]  # fmt: skip
    assert next_action.time_left(some(), 90) == 90


@pytest.mark.parametrize(("hours", "said"), [(3, "Tomorrow half"), (50, "forgotten already")])
def test_a_debrief_says_what_it_is_late_for(hours, said):
    facts = some(interviews=[FakeInterview(3, "Acme", NOW - timedelta(hours=hours))])
    assert said in next(one for one in proposals(facts, 15) if one.key == "debrief:3").reason


def test_what_nobody_remembers_is_not_asked_for():
    old = some(interviews=[FakeInterview(3, "Acme", NOW - timedelta(days=40))])
    assert "debrief:3" not in keys(old)


@pytest.mark.parametrize(
    ("kind", "part"), [("behavioural", "stories"), ("system-design", "scenarios")]
)
def test_what_the_interview_asks_for_counts_for_more(kind, part):
    plain = {one.key: one.bonus for one in proposals(some(), 60)}
    coming = FakeInterview(3, "Acme", NOW + timedelta(days=6), kind=kind)
    for action in proposals(some(interviews=[coming]), 60):
        assert (action.bonus > plain[action.key]) == (action.part in PREPARES[kind]), action.key
    assert part in PREPARES[kind]


def test_put_off_one_by_one_they_come_round_again():
    facts, skipped = some(), []
    everything = {one.key for one in proposals(facts, 90)}
    for _ in everything:
        skipped.append(chosen(facts, 90, skipped=skipped).key)
    assert set(skipped) == everything
    # All were put off: the first comes back, and putting it off again leads on.
    again = chosen(facts, 90, skipped=skipped).key
    assert again == skipped[0]
    assert chosen(facts, 90, skipped=[*skipped[1:], again]).key == skipped[1]


def test_the_minutes_of_the_cards_are_those_of_the_drills():
    cards = CardFacts(cards=80, seen=60, remembered=50.0, left=58, minutes=12)
    action = best_of(proposals(some(cards=cards), 15), "cards")
    assert (action.title, action.minutes) == ("Drill 58 cards.", 12)
    action = best_of(proposals(some(cards=cards), 5), "cards")
    assert (action.title, action.minutes) == ("Drill 24 cards.", 5)


def test_questions_alone_are_no_attempt():
    """Ten minutes, and no points that only a design brings."""
    facts = some(scenarios=[scenario("shop", open=9, only_clarifies=True)])
    action = next(one for one in proposals(facts, 90) if one.key == "open:9")
    assert (action.minutes, action.gain) == (10, 0.0)
    assert "asking" in action.title


def test_an_open_attempt_is_gone_on_with():
    facts = some(scenarios=[scenario("shop", open=9), *some().scenarios[1:]])
    assert "open:9" in keys(facts)
    # And is not offered afresh beside it.
    assert "new:shop" not in keys(facts)


def test_an_attempt_without_a_score_asks_for_one():
    facts = some(scenarios=[scenario("shop", best=0.0, unscored=8)])
    action = next(one for one in proposals(facts, 15) if one.key == "score:8")
    assert action.gain == pytest.approx(30 / 6 * 0.6 * 0.5)


def test_what_went_badly_in_an_interview_comes_back():
    facts = some(scenarios=[replace(scenario("shop", best=0.6, last=DULL), wanted=True)])
    assert chosen(facts, 60).key == "asked:shop"


def test_gains_are_those_of_the_formula():
    """A proposal promises what doing it brings on the page."""
    facts = some()
    read = next(one for one in proposals(facts, 30) if one.key == "read:caching")
    done = replace(facts, read=facts.read + 1)
    from prepsite.readiness import readiness

    brought = readiness(done.evidence).exact - readiness(facts.evidence).exact
    assert read.gain == pytest.approx(brought)


def test_nobody_is_left_without_a_proposal():
    nobody = some(
        interviews=[], scenarios=[], stories=[], columns=[], cards=CardFacts(), plan=None, plans=0,
        ticked=0, read=0, to_read=0, unread=None,
    )  # fmt: skip
    assert set(keys(nobody)) == {"deck", "plan"}


def test_every_proposal_leads_somewhere_and_says_why():
    wide = some(
        stories=[
            StoryFact(1, "A", "draft", "result", False, None, NOW),
            StoryFact(2, "B", "solid", "", False, None, NOW),
            StoryFact(3, "C", "solid", "", True, NOW - timedelta(days=1), NOW),
        ],
        interviews=[FakeInterview(3, "Acme", NOW + timedelta(hours=9))],
    )
    found = proposals(wide, 30)
    assert {"write:1", "tell:2", "tell:3", "gap:modernization"} <= {one.key for one in found}
    for action in found:
        assert action.address.startswith("/")
        assert action.reason and action.title and action.label
        assert action.minutes > 0
        assert action.gain >= 0
    assert len({one.key for one in found}) == len(found)


def test_the_plan_says_when_it_is_behind():
    behind = SimpleNamespace(phase="running", behind=25.0)
    facts = some(plan=replace(some().plan, standing=behind))
    action = best_of(proposals(facts, 30), "plan")
    assert "25 minutes behind" in action.reason
    assert action.title == "Caching strategies."
