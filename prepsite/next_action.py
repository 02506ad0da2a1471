"""The one thing to do next: every room proposes, the time there is and the gain decide. Pure.

A proposal is worth the points of readiness it would add, asked of the same formula that the page
shows, and a bonus where waiting costs something: an interview that fades from memory, cards that
are being forgotten, an attempt half done. What was already studied today counts for less, so that
no room owns the suggestions, and what leaves most of the given time empty counts for less, too.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.urls import reverse

from drills import words
from prepsite.facts import Facts, ScenarioFact
from prepsite.readiness import CARDS, PLAN, PLAYBOOK, SCENARIOS, STORIES, Evidence, readiness
from scenarios.rubric import POINTS, SIGNALS

CHOICES = (15, 30, 60, 90)
# No part of readiness: an interview proposes for itself.
INTERVIEW = "interview"
USUAL = 30
# A proposal may take this much longer than the time there is: nobody's estimate is better.
ELASTIC = 1.2
# Of full points, what an attempt is expected to reach before anything is known of the person.
EXPECTED = 0.5
URGENT = {
    "begins": 60, "debrief": 40, "morning": 25, "weak": 10, "open": 8, "overdue": 8, "due": 4,
    "told": 3, "kind": 2,
}  # fmt: skip
# What an interview of this kind asks for counts for more on the way to it.
PREPARES = {
    "system-design": (SCENARIOS, CARDS), "behavioural": (STORIES,), "hiring-manager": (STORIES,),
}  # fmt: skip
# So long before it begins an interview is the only thing; so long before, its sheet is due; so long
# after it, somebody still remembers what was asked.
BEGINS, CLOSE, FRESH = timedelta(minutes=30), timedelta(hours=36), timedelta(days=14)
# A scenario is tried again when its model is no longer only recited.
REST = timedelta(days=2)


@dataclass(frozen=True)
class Action:
    """Something to do at `address` in about `minutes`. `key` names it for “Not now”; `gain` are the
    points of readiness it would add, `bonus` what waiting costs on top."""

    key: str
    part: str
    title: str
    reason: str
    minutes: int
    address: str
    label: str
    gain: float = 0.0
    bonus: float = 0.0


def choose(
    actions: Collection[Action],
    minutes: int,
    worked: Mapping[str, float],
    skipped: Collection[str] = (),
) -> Action | None:
    """The best of `actions` for `minutes`; `worked` are today's minutes by part.

    Those in `skipped` come only when nothing else is left, the one that was put off first before
    the others; None when there is nothing at all. Where nothing fits the time, the shortest is
    named: a beginning beats a list.
    """
    left = [action for action in actions if action.key not in skipped]
    fitting = [action for action in left or actions if action.minutes <= minutes * ELASTIC]
    if not fitting:
        return min(left or actions, key=lambda action: action.minutes, default=None)
    if not left:
        return min(fitting, key=lambda action: list(skipped).index(action.key))
    return max(fitting, key=lambda action: _worth(action, minutes, worked))


def _worth(action: Action, minutes: int, worked: Mapping[str, float]) -> float:
    fresh = 1 / (1 + worked.get(action.part, 0.0) / 20)
    filled = min(1.0, action.minutes / minutes)
    return (action.gain + action.bonus) * fresh * filled**0.35


def proposals(facts: Facts, minutes: int) -> list[Action]:
    """Everything that could be done next; what can be cut to size is cut to `minutes`."""
    sources = (_interviews, _scenarios, _cards, _stories, _plan, _playbook)
    found = [action for source in sources for action in source(facts, minutes)]
    wanted = PREPARES.get(facts.interview.kind, ()) if facts.interview else ()
    return [
        replace(action, bonus=action.bonus + URGENT["kind"]) if action.part in wanted else action
        for action in found
    ]


def time_left(facts: Facts, minutes: int) -> int:
    """Of the `minutes` that somebody has, those before the next interview begins; 5 at least."""
    if facts.interview is None:
        return minutes
    until = (facts.interview.at - facts.now).total_seconds() / 60
    return max(5, min(minutes, int(until))) if until > 0 else minutes


def best_of(actions: Collection[Action], part: str) -> Action | None:
    """What one room proposes first, whatever the time."""
    own = [action for action in actions if action.part == part]
    return max(own, key=lambda action: action.gain + action.bonus, default=None)


def _gain(facts: Facts, **change) -> float:
    now: Evidence = facts.evidence
    return readiness(replace(now, **change)).exact - readiness(now).exact


def _interviews(facts: Facts, minutes: int) -> Iterator[Action]:
    past, coming = facts.to_debrief, facts.interview
    if coming and coming.at - facts.now < BEGINS:
        yield Action(
            f"begins:{coming.pk}", INTERVIEW, f"Get ready for {coming.company}.",
            "Where it is, and who will be there, stands on its page. Water, paper, a deep breath.",
            5, coming.get_absolute_url(), "Open it", bonus=URGENT["begins"],
        )  # fmt: skip
    if past and facts.now - past.ends_at < FRESH:
        yield Action(
            f"debrief:{past.pk}", INTERVIEW, f"Write down what {past.company} asked.",
            f"{_fading(facts.now - past.ends_at)}; what went badly becomes practice.",
            5, past.debrief_url, "Begin", bonus=URGENT["debrief"],
        )  # fmt: skip
    chosen = facts.sheet_at and coming and coming.at - facts.sheet_at < CLOSE
    if coming and BEGINS <= coming.at - facts.now < CLOSE and not chosen:
        yield Action(
            "morning-sheet", INTERVIEW, "Make your sheet for the morning.",
            f"{coming.company} is close: two printed pages of your own sentences and numbers.",
            10, reverse("playbook:sheet"), "Choose", bonus=URGENT["morning"],
        )  # fmt: skip


def _fading(since: timedelta) -> str:
    if since < timedelta(days=1):
        return "Tomorrow half of it is forgotten"
    return "Half of it is forgotten already, and the rest goes"


def _scenarios(facts: Facts, minutes: int) -> Iterator[Action]:
    best = [each.best or 0.0 for each in facts.tried]
    for each in facts.scenarios:
        if each.open and each.only_clarifies:
            yield Action(
                f"open:{each.open}", SCENARIOS, f"Go on asking about “{each.title}”.",
                "Your questions and their answers are where you left them.",
                10, _attempt(each.open), "Go on", bonus=URGENT["due"],
            )  # fmt: skip
        elif each.open:
            yield Action(
                f"open:{each.open}", SCENARIOS, f"Go on with “{each.title}”.",
                "Your attempt is open, its clock and your words are where you left them.",
                min(each.minutes, max(minutes, 15)), _attempt(each.open), "Go on",
                gain=_gain(facts, scenarios=(*best, EXPECTED)) if each.best is None else 0.0,
                bonus=URGENT["open"],
            )  # fmt: skip
        if each.unscored:
            scored = _gain(facts, scenarios=_with(facts, each, EXPECTED))
            yield Action(
                f"score:{each.unscored}", SCENARIOS, f"Score your attempt at “{each.title}”.",
                "Five signals against written anchors tell you what to practise next.",
                5, reverse("scenarios:score", args=[each.unscored]), "Score it",
                gain=scored, bonus=URGENT["due"],
            )  # fmt: skip
        if each.wanted and not each.open:
            better = min(1.0, (each.best or 0.0) + 0.2)
            yield Action(
                f"asked:{each.key}", SCENARIOS, f"Practise “{each.title}” again.",
                "It was asked in your interview, and went badly there.",
                each.minutes, reverse("scenarios:scenario", args=[each.key]), "Open it",
                gain=_gain(
                    facts,
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
        address = reverse("scenarios:scenario", args=[first.key])
        yield Action(
            f"new:{first.key}", SCENARIOS, f"Attempt “{first.title}” against the clock.",
            _untried(facts), first.minutes, address, "Open it",
            gain=_gain(facts, scenarios=(*best, EXPECTED)),
        )  # fmt: skip
        yield Action(
            f"clarify:{first.key}", SCENARIOS, f"Ask ten questions about “{first.title}”.",
            "Only the clarifying questions: the part most candidates skip.",
            10, f"{address}?mode=clarify", "Open it",
            gain=_gain(facts, scenarios=(*best, EXPECTED)) / 5,
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
        gain=_gain(facts, scenarios=_with(facts, each, better)),
        bonus=URGENT["due"] if found[2] < POINTS[-1] / 2 else URGENT["told"],
    )  # fmt: skip


def _with(facts: Facts, scenario: ScenarioFact, best: float) -> tuple[float, ...]:
    """The best scores with that of `scenario` raised to `best`."""
    return tuple(
        max(each.best or 0.0, best) if each.key == scenario.key else each.best or 0.0
        for each in facts.tried
    )


def _attempt(pk: int) -> str:
    return reverse("scenarios:attempt", args=[pk])


def _cards(facts: Facts, minutes: int) -> Iterator[Action]:
    cards = facts.cards
    if cards.left:
        seconds = 60 * cards.minutes / cards.left
        number = max(1, min(cards.left, int(minutes * 60 // seconds)))
        said = "cards" if number > 1 else "card"
        if cards.planned is not None and cards.stopped is not None:
            reason = (
                "Kept up, your minutes a day bring what you will remember at the interview from "
                f"{words.percent(cards.stopped)} to {words.percent(cards.planned)}."
            )
        elif cards.overdue:
            reason = f"{cards.overdue} are overdue and fading; each answer brings one back."
        else:
            reason = "Today’s list, the ones you are about to forget first."
        gained = min(number, cards.overdue) * 0.3 + max(0, number - cards.overdue) * 0.8
        yield Action(
            "drill", CARDS, f"Drill {number} {said}.", reason,
            max(1, round(number * seconds / 60)), reverse("drills:next"), "Start",
            gain=_gain(facts, remembered=facts.evidence.remembered + gained),
            bonus=URGENT["overdue"] if cards.overdue else URGENT["due"],
        )  # fmt: skip
    elif not cards.cards:
        yield Action(
            "deck", CARDS, "Take a deck of cards and answer the first five.",
            "A few minutes a day; the site decides what comes back when.",
            5, reverse("drills:today"), "Choose a deck",
            gain=_gain(facts, remembered=facts.evidence.remembered + 5), bonus=URGENT["told"],
        )  # fmt: skip
    else:
        yield Action(
            "justify", CARDS, "Write one justification of your own.",
            "Today’s cards are done. A sentence you wrote yourself is the one you will say.",
            5, reverse("drills:justifications"), "Open the library",
            gain=_gain(facts, remembered=facts.evidence.remembered + 1),
        )  # fmt: skip


def _stories(facts: Facts, minutes: int) -> Iterator[Action]:
    statuses = [story.status for story in facts.stories]
    for place, story in enumerate(facts.stories):
        address = reverse("stories:story", args=[story.pk])
        if story.status in ("idea", "draft"):
            raised = [*statuses[:place], "solid", *statuses[place + 1 :]]
            lacks = f"Its {story.empty} is still empty." if story.empty else (
                "All four parts stand; the coach says what would make it solid."
            )  # fmt: skip
            yield Action(
                f"write:{story.pk}", STORIES, f"Finish “{story.title}”.", lacks, 20, address,
                "Write", gain=_gain(facts, stories=tuple(raised)),
            )  # fmt: skip
        elif not story.told or (story.due and story.due <= facts.now):
            more = 0 if story.told else 1
            yield Action(
                f"tell:{story.pk}", STORIES, f"Tell “{story.title}” aloud.",
                "It is due for another telling." if story.told else
                "It is written and was never told: aloud it comes out too long.",
                5, reverse("stories:rehearse", args=[story.pk]), "Tell it",
                gain=_gain(facts, told=facts.evidence.told + more), bonus=URGENT["told"],
            )  # fmt: skip
    gap = next((column for column in facts.columns if not column.stories), None)
    if gap:
        themes = facts.evidence.themes + gap.is_theme
        yield Action(
            f"gap:{gap.key}", STORIES, f"Begin a story for “{gap.title}”.",
            "None of your stories shows it yet." if facts.stories else
            "Guided questions stand beside the page; a first draft takes half an hour.",
            30, f"{reverse('stories:coverage')}?next={gap.key}" if facts.stories
            else reverse("stories:new"),
            "Begin", gain=_gain(facts, stories=(*statuses, "draft"), themes=themes),
        )  # fmt: skip


def _plan(facts: Facts, minutes: int) -> Iterator[Action]:
    plan = facts.plan
    if plan is None:
        yield Action(
            "plan", PLAN, "Start the plan for the time you have.",
            "A day of preparation as a list to tick, with an honest clock.",
            3, reverse("plans:list"), "Choose a plan", gain=_gain(facts, ticked=facts.ticked + 3),
        )  # fmt: skip
        return
    behind = plan.standing.behind if plan.standing and plan.standing.phase == "running" else 0
    reason = f"Next in “{plan.title}”, {plan.done} of {plan.total} done."
    if behind >= 5:
        reason = f"Next in “{plan.title}”: the clock says you are {round(behind)} minutes behind."
    yield Action(
        f"plan:{plan.next_pk}", PLAN, _sentence(plan.next_text), reason, plan.next_minutes,
        f"{reverse('plans:detail', args=[plan.pk])}#line-{plan.next_pk}", "Open the plan",
        gain=_gain(facts, ticked=facts.ticked + 1),
        bonus=URGENT["overdue"] if behind >= 5 else URGENT["due"] if behind else 0,
    )  # fmt: skip


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".:")
    return f"{text}." if text and text[-1] not in '?!”"' else text


def _playbook(facts: Facts, minutes: int) -> Iterator[Action]:
    if facts.unread:
        yield Action(
            f"read:{facts.unread['key']}", PLAYBOOK, f"Read “{facts.unread['title']}”.",
            f"One page with numbers and limits; {facts.to_read} notes are still new to you.",
            4, reverse("playbook:note", args=[facts.unread["key"]]), "Read",
            gain=_gain(facts, read=facts.read + 1),
        )  # fmt: skip
