"""One candidate's six weeks, lived day by day through the site's own verbs.

The clock is moved, so every row has the moment it would have had: the ledger, the schedule and the
forecast come out as they would for a person. Chance is seeded: the same days every time.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

import time_machine

from accounts.models import User
from drills import answering, queue
from drills.days import begins, study_day
from drills.models import Card, Deck, Entry, Setting
from drills.scheduling import Rating, recall
from plans.models import Interview, Item, Plan, PlanTemplate
from playbook.models import Learning, Reading, Row, StudyNote
from playbook.steps import framework_rows, make_own
from prepsite import activity
from prepsite.gathering import facts
from prepsite.readiness import readiness
from scenarios.attempts import Attempt
from scenarios.models import Scenario
from scenarios.rubric import SIGNALS
from scenarios.sheets import AttemptChoice
from stories import rehearsing
from stories.models import Rehearsal, Story
from tests.plans.factories import interview
from tools import look_stories
from tools.demo import words

DAYS = 42
AHEAD = 6
DECKS = (
    (0, "salesmart-dashboard"), (0, "general-patterns"), (0, "practice-questions"),
    (4, "comparisons"), (9, "data-stores"), (15, "numbers-to-know"), (22, "resilience"),
    (30, "distributed-systems"), (37, "aws-limits"),
)  # fmt: skip
# Days on which something happens that is told of below; on others one may rest.
BUSY = {each[1] for each in words.ATTEMPTS} | {0, 1, 3, 10, 13, 27, 28, 30, DAYS}
PHASES = ("high-level", "drill-down", "wrap-up")


class Candidate:
    """`user` studies from `DAYS` days before `now` until then."""

    def __init__(self, user: User, now: datetime, seed: int = 7):
        self.user, self.now = user, now
        self.chance = random.Random(seed)
        self.today = study_day(user, now)

    def live(self) -> Iterator[int]:
        """Study, one day for each step; yields the day's number from 0 to DAYS."""
        for number in range(DAYS + 1):
            evening = begins(self.user, self.today - timedelta(days=DAYS - number))
            evening += timedelta(hours=14, minutes=self.chance.randrange(0, 150))
            if number == DAYS:
                evening = min(evening, self.now - timedelta(minutes=40))
            self.day(number, evening)
            yield number

    def day(self, number: int, at: datetime) -> None:
        with time_machine.travel(at, tick=False) as clock:
            self.clock = clock
            if number == 0:
                self.begin(at)
            for day, key in DECKS:
                if day == number:
                    self.take(key, at)
            rest = at.weekday() >= 5 and self.chance.random() < 0.55
            if rest and number not in BUSY:
                return
            self.at = at
            if number < DAYS:
                self.drill()
            self.attempt(number)
            self.stories(number)
            self.read(number)
            self.tick(number)
            self.learn(number)
            self.interviews(number)
            self.look_back()

    def later(self, seconds: float) -> datetime:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        self.clock.move_to(self.at, tick=False)
        return self.at

    def begin(self, at: datetime) -> None:
        setting = Setting.of(self.user)
        setting.minutes_a_day, setting.new_a_day = 15, 8
        setting.save()
        template = PlanTemplate.objects.published()[0]
        key = uuid.UUID(int=self.chance.getrandbits(128))
        self.plan = Plan.start(self.user, template.outline(), key=key, now=at, template=template)

    def take(self, key: str, at: datetime) -> None:
        deck = Deck.objects.filter(key=key).first()
        entries = Entry.objects.published().filter(deck=deck).select_related("deck")
        Card.objects.adopt(self.user, entries, at)
        for card in Card.objects.for_user(self.user).filter(entry__deck=deck, answer=""):
            if card.entry and (text := words.SENTENCES.get(card.entry.key)):
                card.answer, card.updated_at = text, at
                card.save(update_fields=["answer", "answer_html", "updated_at"])

    def drill(self) -> None:
        """Answer what the day holds, as the memory model would have it, with some luck."""
        for _ in range(70):
            setting = queue.ready(self.user, self.at)
            found = queue.following(self.user, setting, self.at)
            if found.card is None:
                return
            card = Card.objects.with_entry().get(pk=found.card)
            seconds = self.chance.uniform(7, 26)
            answering.rate(
                self.user, card, setting, self.rating(card), turn=card.turn,
                key=uuid.UUID(int=self.chance.getrandbits(128)),
                milliseconds=int(seconds * 1000), now=self.later(seconds),
            )  # fmt: skip

    def rating(self, card: Card) -> Rating:
        known = recall(card.memory, self.at) if card.last_review else 0.55
        if self.chance.random() > known:
            return Rating.AGAIN
        return self.chance.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [2, 9, 1])[0]

    def attempt(self, number: int) -> None:
        for place, (key, day, points, minutes, asked) in enumerate(words.ATTEMPTS):
            if day == number:
                scenario = Scenario.objects.get(key=key)
                self.practise(scenario, points, minutes, asked, words.NEXT_TIME[place])

    def practise(self, scenario, points, minutes, asked: int, next_time: str) -> None:
        key = uuid.UUID(int=self.chance.getrandbits(128))
        row = Attempt.start(self.user, scenario, "timed", key=key, now=self.later(240))
        lines = list(row.lines.order_by("position"))
        for line, question in zip(lines, scenario.questions.all()[:asked], strict=False):
            line.text, line.matched, line.answer = (
                question.text[:300],
                question.text,
                question.answer,
            )
            line.category, line.asked_at = question.category, self.later(minutes[0] * 60 / asked)
            line.updated_at = self.at
            line.save()
        self.write(row.clarify, scope=words.SCOPE)
        row.open_phase(PHASES[0], self.at)
        self.write(row.high_level, design=words.DESIGN)
        self.later(minutes[1] * 60 - 300)
        self.write(row.high_level, diagram=words.DIAGRAM)
        row.open_phase(PHASES[1], self.later(300))
        self.write(row.drill_down, bottleneck=words.BOTTLENECK)
        for choice in scenario.choices.all()[:3]:
            self.later(minutes[2] * 60 / 4)
            AttemptChoice.objects.create(
                owner=self.user, attempt=row, name=choice.name[:200], why=choice.why,
                request_key=uuid.UUID(int=self.chance.getrandbits(128)), updated_at=self.at,
            )  # fmt: skip
        self.write(row.drill_down, schema=words.SCHEMA)
        row.open_phase(PHASES[2], self.later(minutes[2] * 60 / 4))
        self.write(row.wrap_up, more_time=words.MORE_TIME)
        row.finish(self.later(minutes[3] * 60))
        reflection = row.reflection
        for signal, score in zip(SIGNALS, points, strict=True):
            setattr(reflection, signal.field, score)
        reflection.scored_at = self.later(200)
        self.write(reflection, next_time=next_time)

    def write(self, row, **texts: str) -> None:
        for name, text in texts.items():
            setattr(row, name, text)
        row.updated_at = self.at
        row.save()

    def stories(self, number: int) -> None:
        if number == 3:
            look_stories.write(self.user, self.later(300))
        mine = Story.objects.for_user(self.user).kept()
        if number in (13, 27):
            # The draft and then the idea are finished.
            story = mine.filter(status__in=["draft", "idea"]).exclude(title="").order_by("-words")
            for row in story[:1]:
                row.task = row.task or "I owned the change and its rollback, with two weeks."
                row.action = (
                    row.action or "I moved every secret to a vault, and rotated all of them."
                )
                row.result = row.result or "No shared password is left; an audit in May found none."
                row.status = "solid"
                self.later(1200)
                self.write(row)
        if number % 5 == 1 and number > 8:
            for row in mine.filter(status__in=["solid", "polished"]).order_by("due_at", "pk")[:1]:
                self.tell(row)

    def tell(self, story: Story) -> None:
        key = uuid.UUID(int=self.chance.getrandbits(128))
        telling = Rehearsal.start(story, 120, key=key, now=self.later(60))
        seconds = round(self.chance.uniform(112, 170))
        telling.stop(self.later(seconds))
        rating = 2 if seconds > 145 else 3
        rehearsing.rate(self.user, telling, rating, self.later(15))

    def read(self, number: int) -> None:
        if number % 3 == 2:
            done = Reading.objects.for_user(self.user).values("note")
            for note in StudyNote.objects.published().exclude(pk__in=done)[:1]:
                Reading.objects.create(owner=self.user, note=note, read_at=self.later(300))
        if number == 7:
            for row in framework_rows()[:1]:
                step = make_own(self.user, Row.objects.get(pk=row.pk))
                self.write(step, text=f"{step.text}\n- Who runs it at night?")

    def tick(self, number: int) -> None:
        items = Item.objects.for_user(self.user).filter(plan=self.plan, done_at=None)
        items = items.exclude(kind__in=["section", "tip"])
        for item in items.order_by("block__position", "position")[: int(number % 2 == 0)]:
            item.done_at = self.later(420)
            item.save(update_fields=["done_at"])

    def learn(self, number: int) -> None:
        for day, title, text, tags in words.LEARNINGS:
            if day == number:
                Learning.objects.create(
                    owner=self.user, title=title, text=text, tags=tags, taken_on=self.at.date(),
                    kind="interview" if "interview" in tags else "practice",
                    created_at=self.later(200), updated_at=self.at,
                )  # fmt: skip

    def interviews(self, number: int) -> None:
        if number == 10:
            self.meet(words.PAST, self.later(60) + timedelta(days=17), minutes=30)
        if number == 28:
            for row in Interview.objects.for_user(self.user).filter(debriefed_at=None)[:1]:
                row.went, row.outcome, row.debriefed_at = "fair", "next-round", self.later(300)
                self.write(row)
        if number == 30:
            self.meet(words.NEXT, self.now + timedelta(days=AHEAD), minutes=60)
        Setting.objects.for_user(self.user).update(interview_at=self.next_at())

    def meet(self, values: dict[str, str], at: datetime, minutes: int) -> None:
        local = at.astimezone(self.user.zone).replace(hour=10, minute=0, second=0, microsecond=0)
        interview(
            self.user, at=local, minutes=minutes, time_zone=str(self.user.zone),
            created_at=self.at, updated_at=self.at, **values,
        )  # fmt: skip

    def next_at(self) -> datetime | None:
        found = Interview.objects.for_user(self.user).upcoming(self.at).first()
        return found.at if found else None

    def look_back(self) -> None:
        """Open the dashboard, which keeps the readiness of the day."""
        shown = readiness(facts(self.user, self.at).evidence)
        activity.note_readiness(self.user, activity.activity(self.user, self.at), shown.score)
