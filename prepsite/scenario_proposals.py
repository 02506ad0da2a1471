"""What the scenarios propose: to go on, to score, to try again, to begin another. Pure."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.urls import reverse

from prepsite.addresses import address
from prepsite.facts import Facts, ScenarioFact
from prepsite.next_action import URGENT, Action
from prepsite.readiness import SCENARIOS, gain
from scenarios.rubric import POINTS, SIGNALS

# Of full points, what an attempt is expected to reach before anything is known of the person.
EXPECTED = 0.5
# A scenario is tried again when its model is no longer only recited.
REST = timedelta(days=2)


def scenarios(facts: Facts, minutes: int) -> Iterator[Action]:
    best = [each.best or 0.0 for each in facts.tried]
    for each in facts.scenarios:
        if each.open and each.only_clarifies:
            yield Action(
                f"open:{each.open}", SCENARIOS, f"Go on asking about “{each.title}”.",
                "Your questions and their answers are where you left them.",
                10, address("scenarios:attempt", each.open), "Go on", bonus=URGENT["due"],
            )  # fmt: skip
        elif each.open:
            yield Action(
                f"open:{each.open}", SCENARIOS, f"Go on with “{each.title}”.",
                "Your attempt is open, its clock and your words are where you left them.",
                min(each.minutes, max(minutes, 15)), address("scenarios:attempt", each.open),
                "Go on", bonus=URGENT["open"],
                gain=gain(facts.evidence, scenarios=(*best, EXPECTED)) if each.best is None
                else 0.0,
            )  # fmt: skip
        if each.unscored:
            scored = gain(facts.evidence, scenarios=_with(facts, each, EXPECTED))
            yield Action(
                f"score:{each.unscored}", SCENARIOS, f"Score your attempt at “{each.title}”.",
                "Five signals against written anchors tell you what to practise next.",
                5, address("scenarios:score", each.unscored), "Score it",
                gain=scored, bonus=URGENT["due"],
            )  # fmt: skip
        if each.wanted and not each.open:
            better = min(1.0, (each.best or 0.0) + 0.2)
            yield Action(
                f"asked:{each.key}", SCENARIOS, f"Practise “{each.title}” again.",
                "It was asked in your interview, and went badly there.",
                each.minutes, reverse("scenarios:scenario", args=[each.key]), "Open it",
                gain=gain(
                    facts.evidence,
                    scenarios=_with(facts, each, better) if each.best is not None
                    else (*best, EXPECTED),
                ),
                bonus=URGENT["weak"],
            )  # fmt: skip
    if again := _again(facts):
        yield again
    fresh = [each for each in facts.scenarios if each.best is None and not each.open]
    if fresh:
        first = next_in_line(fresh)
        page = reverse("scenarios:scenario", args=[first.key])
        yield Action(
            f"new:{first.key}", SCENARIOS, f"Attempt “{first.title}” against the clock.",
            _untried(facts), first.minutes, page, "Open it",
            gain=gain(facts.evidence, scenarios=(*best, EXPECTED)),
        )  # fmt: skip
        yield Action(
            f"clarify:{first.key}", SCENARIOS, f"Ask ten questions about “{first.title}”.",
            "Only the clarifying questions: the part most candidates skip.",
            10, f"{page}?mode=clarify", "Open it",
            gain=gain(facts.evidence, scenarios=(*best, EXPECTED)) / 5,
        )  # fmt: skip


def next_in_line(scenarios: Collection[ScenarioFact]) -> ScenarioFact:
    """The one to begin with: a warm-up before others, then the library's own order."""
    return min(scenarios, key=lambda each: (not each.easy, each.order, each.key))


def _untried(facts: Facts) -> str:
    done = len(facts.tried)
    if not done:
        return "Your first: ask before you design, then compare with the model."
    return f"You have practised {done}; another business shows what you only learned by heart."


def weakest(facts: Facts) -> tuple[str, str, float] | None:
    """(field, name, mean points from 0 to 2) of the weakest signal over the latest attempts."""
    means = []
    for signal in SIGNALS:
        points = [each.last[signal.field] for each in facts.scenarios if signal.field in each.last]
        if points:
            means.append((sum(points) / len(points), signal))
    if not means:
        return None
    mean, signal = min(means, key=lambda pair: pair[0])
    return signal.field, signal.name, mean


def _again(facts: Facts) -> Action | None:
    """Another try at the scenario that scored lowest on the weakest signal."""
    found = weakest(facts)
    if not found or found[2] >= POINTS[-1]:
        return None
    field, name, _ = found
    scored = [each for each in facts.scenarios if field in each.last and not each.open]
    if not scored:
        return None
    rested = [one for one in scored if one.ended is None or facts.now - one.ended > REST]
    each = min(rested or scored, key=lambda one: (one.last[field], one.best or 0.0, one.key))
    better = min(1.0, (each.best or 0.0) + 0.2)
    return Action(
        f"again:{each.key}", SCENARIOS, f"Try “{each.title}” again.",
        f"{name} is your weakest signal, and here it scored {each.last[field]} of {POINTS[-1]}.",
        each.minutes, reverse("scenarios:scenario", args=[each.key]), "Try again",
        gain=gain(facts.evidence, scenarios=_with(facts, each, better)),
        bonus=URGENT["due"] if found[2] < POINTS[-1] / 2 else URGENT["told"],
    )  # fmt: skip


def _with(facts: Facts, scenario: ScenarioFact, best: float) -> tuple[float, ...]:
    """The best scores with that of `scenario` raised to `best`."""
    return tuple(
        max(each.best or 0.0, best) if each.key == scenario.key else each.best or 0.0
        for each in facts.tried
    )
