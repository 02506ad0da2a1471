"""What every room proposes to do next, each with the readiness it would bring. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from drills import words
from prepsite import scenario_proposals
from prepsite.addresses import address
from prepsite.facts import Facts
from prepsite.next_action import URGENT, Action
from prepsite.readiness import CARDS, PLAN, PLAYBOOK, SCENARIOS, STORIES, gain

# No part of readiness: an interview proposes for itself.
INTERVIEW = "interview"
# What an interview of this kind asks for counts for more on the way to it.
PREPARES = {
    "system-design": (SCENARIOS, CARDS), "behavioural": (STORIES,), "hiring-manager": (STORIES,),
}  # fmt: skip
# So long before it begins an interview is the only thing; so long before, its sheet is due; so long
# after it, somebody still remembers what was asked.
BEGINS, CLOSE, FRESH = timedelta(minutes=30), timedelta(hours=36), timedelta(days=14)


def proposals(facts: Facts, minutes: int) -> list[Action]:
    """Everything that could be done next; what can be cut to size is cut to `minutes`."""
    sources = (_interviews, scenario_proposals.scenarios, _cards, _stories, _plan, _playbook)
    found = [action for source in sources for action in source(facts, minutes)]
    wanted = PREPARES.get(facts.interview.kind, ()) if facts.interview else ()
    return [
        replace(action, bonus=action.bonus + URGENT["kind"]) if action.part in wanted else action
        for action in found
    ]


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
            10, address("playbook:sheet"), "Choose", bonus=URGENT["morning"],
        )  # fmt: skip


def _fading(since: timedelta) -> str:
    if since < timedelta(days=1):
        return "Tomorrow half of it is forgotten"
    return "Half of it is forgotten already, and the rest goes"


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
            max(1, round(number * seconds / 60)), address("drills:next"), "Start",
            gain=gain(facts.evidence, remembered=facts.evidence.remembered + gained),
            bonus=URGENT["overdue"] if cards.overdue else URGENT["due"],
        )  # fmt: skip
    elif not cards.cards:
        yield Action(
            "deck", CARDS, "Take a deck of cards and answer the first five.",
            "A few minutes a day; the site decides what comes back when.",
            5, address("drills:today"), "Choose a deck",
            gain=gain(facts.evidence, remembered=facts.evidence.remembered + 5),
            bonus=URGENT["told"],
        )  # fmt: skip
    else:
        yield Action(
            "justify", CARDS, "Write one justification of your own.",
            "Today’s cards are done. A sentence you wrote yourself is the one you will say.",
            5, address("drills:justifications"), "Open the library",
            gain=gain(facts.evidence, remembered=facts.evidence.remembered + 1),
        )  # fmt: skip


def _stories(facts: Facts, minutes: int) -> Iterator[Action]:
    statuses = [story.status for story in facts.stories]
    # To finish a story brings the same whichever of its status it is, and so does a first telling.
    finished: dict[str, float] = {
        status: gain(facts.evidence, stories=_one_solid(statuses, status))
        for status in ("idea", "draft")
        if status in statuses
    }
    told = gain(facts.evidence, told=facts.evidence.told + 1)
    for story in facts.stories:
        page = address("stories:story", story.pk)
        if story.status in ("idea", "draft"):
            lacks = f"Its {story.empty} is still empty." if story.empty else (
                "All four parts stand; the coach says what would make it solid."
            )  # fmt: skip
            yield Action(
                f"write:{story.pk}", STORIES, f"Finish “{story.title}”.", lacks, 20, page,
                "Write", gain=finished[story.status],
            )  # fmt: skip
        elif not story.told or (story.due and story.due <= facts.now):
            yield Action(
                f"tell:{story.pk}", STORIES, f"Tell “{story.title}” aloud.",
                "It is due for another telling." if story.told else
                "It is written and was never told: aloud it comes out too long.",
                5, address("stories:rehearse", story.pk), "Tell it",
                gain=0.0 if story.told else told, bonus=URGENT["told"],
            )  # fmt: skip
    gap = next((column for column in facts.columns if not column.stories), None)
    if gap:
        themes = facts.evidence.themes + gap.is_theme
        yield Action(
            f"gap:{gap.key}", STORIES, f"Begin a story for “{gap.title}”.",
            "None of your stories shows it yet." if facts.stories else
            "Guided questions stand beside the page; a first draft takes half an hour.",
            30, f"{address('stories:coverage')}?next={gap.key}" if facts.stories
            else address("stories:new"),
            "Begin", gain=gain(facts.evidence, stories=(*statuses, "draft"), themes=themes),
        )  # fmt: skip


def _one_solid(statuses: list[str], status: str) -> tuple[str, ...]:
    """`statuses` with one `status` of them raised."""
    place = statuses.index(status)
    return (*statuses[:place], "solid", *statuses[place + 1 :])


def _plan(facts: Facts, minutes: int) -> Iterator[Action]:
    plan = facts.plan
    if plan is None:
        yield Action(
            "plan", PLAN, "Start the plan for the time you have.",
            "A day of preparation as a list to tick, with an honest clock.",
            3, address("plans:list"), "Choose a plan",
            gain=gain(facts.evidence, ticked=facts.ticked + 3),
        )  # fmt: skip
        return
    behind = plan.standing.behind if plan.standing and plan.standing.phase == "running" else 0
    reason = f"Next in “{plan.title}”, {plan.done} of {plan.total} done."
    if behind >= 5:
        reason = f"Next in “{plan.title}”: the clock says you are {round(behind)} minutes behind."
    yield Action(
        f"plan:{plan.next_pk}", PLAN, _sentence(plan.next_text), reason, plan.next_minutes,
        f"{address('plans:detail', plan.pk)}#line-{plan.next_pk}", "Open the plan",
        gain=gain(facts.evidence, ticked=facts.ticked + 1),
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
            gain=gain(facts.evidence, read=facts.read + 1),
        )  # fmt: skip
