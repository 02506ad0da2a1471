"""Compare the orders in which cards can be studied before an interview, over synthetic learners.

    python -m tools.simulate            a few learners a cell, in half a minute on two cores
    python -m tools.simulate --full     the tables of docs/simulation.md, in some minutes

The day's cards come from `drills.ordering`, as they do on the site. A learner's memory follows
FSRS-6, with weights of its own that the planner does not know. The same learner meets every order:
each card brings its own luck along.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import Pool
from statistics import mean, stdev
from typing import NamedTuple

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from drills.forecast import after_review
from drills.lookahead import FIRST_RATINGS, Costs
from drills.ordering import Candidate, plan_day
from drills.scheduling import MODEL, Memory, Model, Rating, State, fresh, recall

START = datetime(2026, 3, 2, 19, tzinfo=UTC)
MINUTES = 20
COSTS = Costs()
# How a remembered card is rated, Hard to Easy: the shares fsrs-rs simulates with.
KEPT_RATINGS = (0.224, 0.631, 0.145)


class Setting(NamedTuple):
    cards: int
    days: int

    def __str__(self) -> str:
        return f"{self.cards} cards, {self.days} days"


class Result(NamedTuple):
    """The share remembered at the interview, and the minutes studied until then."""

    share: float
    minutes: float


SETTINGS = (Setting(200, 7), Setting(400, 14), Setting(200, 42))


# The orders. Each gets all cards, the moment, the interview, the seconds the day still has, and how
# many cards were met for the first time today.
Order = Callable[[Sequence[Candidate], datetime, datetime, float, int], list[int]]


def _planned(cards, now, interview, seconds, met, *, aware=False, new: int | None = None):
    return plan_day(
        cards,
        now,
        ends=now + timedelta(hours=9),
        seconds=seconds,
        daily=MINUTES * 60,
        new=None if new is None else new - met,
        interview=interview if aware else None,
        costs=COSTS,
    ).keys


def _unseen_today(cards: Sequence[Candidate], now: datetime) -> list[Candidate]:
    return [c for c in cards if c.memory.last_review is None or c.memory.last_review < now]


def _shuffled(cards, now, interview, seconds, met) -> list[int]:
    keys = [card.key for card in _unseen_today(cards, now)]
    random.Random(f"{now} {len(keys)}").shuffle(keys)
    return keys


def _greedy(cards, now, interview, seconds, met) -> list[int]:
    """By what a review adds at the interview, per second, as if it were the last."""

    def gain(card: Candidate) -> float:
        memory = card.memory
        chance = recall(memory, now)
        cost = chance * COSTS.review + (1 - chance) * COSTS.forgotten
        if memory.state == State.NEW:
            cost = COSTS.new
        return (after_review(memory, now, interview) - recall(memory, interview)) / cost

    ranked = sorted(((gain(c), -c.key) for c in _unseen_today(cards, now)), reverse=True)
    return [-key for value, key in ranked if value > 0]


ORDERS: dict[str, Order] = {
    "by due date, 20 new a day": partial(_planned, new=20),
    "by due date, new unlimited": _planned,
    "random": _shuffled,
    "greedy gain per second": _greedy,
    "date-aware": partial(_planned, aware=True),
}


# The learners. Each is made from a seed: the weights of its memory, and how much the cards differ
# from one another (the spread of the logarithm of their first stability).
@dataclass(frozen=True)
class Learner:
    model: Model
    spread: float = 0.0


def _moved(growth: float = 0.0, first: float = 1.0) -> list[float]:
    weights = list(MODEL.weights)
    weights[:4] = [weight * first for weight in weights[:4]]
    weights[8] += growth
    return weights


def _drawn(dice: random.Random) -> list[float]:
    """Every weight off by a fifth or so, within what FSRS allows."""
    return [
        min(max(weight * dice.lognormvariate(0, 0.2), low), high)
        for weight, low, high in zip(
            MODEL.weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True
        )
    ]


def _mixed(dice: random.Random) -> Learner:
    kind = dice.choice(["as the model says", "forgets faster", "forgets slower", "other weights"])
    return Learner(LEARNERS[kind](dice).model, spread=0.5)


LEARNERS: dict[str, Callable[[random.Random], Learner]] = {
    "as the model says": lambda dice: Learner(MODEL),
    "forgets faster": lambda dice: Learner(Model(_moved(growth=-0.5, first=0.5))),
    "forgets slower": lambda dice: Learner(Model(_moved(growth=0.3, first=2.0))),
    "other weights": lambda dice: Learner(Model(_drawn(dice))),
    "mixed, cards differ": _mixed,
}


class Mind:
    """One card in one head: the true memory, which only the answers show."""

    def __init__(self, learner: Learner, seed: str):
        self.model, self.dice = learner.model, random.Random(seed)
        self.factor = self.dice.lognormvariate(0, learner.spread)
        self.memory: tuple[float, float] | None = None
        self.day = 0

    def answer(self, day: int) -> Rating:
        if self.memory is None:
            rating = self.dice.choices(list(Rating), FIRST_RATINGS)[0]
            stability, difficulty = self.model.first(rating)
            self.memory = stability * self.factor, difficulty
        else:
            kept = self.dice.random() < self.chance(day)
            rating = self.dice.choices(list(Rating)[1:], KEPT_RATINGS)[0]
            rating = rating if kept else Rating.AGAIN
            self.memory = self.model.after(*self.memory, day - self.day, rating)
        self.day = day
        return rating

    def chance(self, day: int) -> float:
        return self.model.recall(self.memory[0], day - self.day) if self.memory else 0.0


def study(order: str, setting: Setting, learner: str, seed: int) -> Result:
    """Study every evening until the interview, a day after the last."""
    person = LEARNERS[learner](random.Random(f"{learner} {seed}"))
    minds = [Mind(person, f"{learner} {seed} {card}") for card in range(setting.cards)]
    cards = [Candidate(key, fresh(START)) for key in range(setting.cards)]
    interview = START + timedelta(days=setting.days)
    used = 0.0
    for day in range(setting.days):
        now, left = START + timedelta(days=day), MINUTES * 60.0
        met = 0
        # The day is planned by expected seconds: a little that is over is planned again, but a day
        # that was left short on purpose stays short.
        while True:
            before = left
            for key in ORDERS[order](cards, now, interview, left, met):
                new = cards[key].memory.state == State.NEW
                if left < (COSTS.new if new else COSTS.review):
                    break
                met += new
                left -= _answer(cards, minds, key, day, now)
            if left == before or not COSTS.review <= left < MINUTES * 60 / 10:
                break
        used += MINUTES * 60 - left
    share = mean(mind.chance(setting.days) for mind in minds)
    return Result(share, used / 60)


def _answer(cards: list[Candidate], minds: list[Mind], key: int, day: int, now: datetime) -> float:
    """Answer a card; returns the seconds it took. Short steps are part of them, and leave the
    memory as it is."""
    memory, rating = cards[key].memory, minds[key].answer(day)
    if memory.stability is None or memory.difficulty is None or memory.last_review is None:
        cost = COSTS.new
        stability, difficulty = MODEL.first(rating)
    else:
        cost = COSTS.forgotten if rating == Rating.AGAIN else COSTS.review
        days = (now - memory.last_review).days
        stability, difficulty = MODEL.after(memory.stability, memory.difficulty, days, rating)
    due = now + timedelta(days=MODEL.interval(stability))
    cards[key] = Candidate(key, Memory(State.REVIEW, None, stability, difficulty, due, now))
    return cost


def _cell(results: Sequence[Result]) -> str:
    shares = [result.share for result in results]
    error = stdev(shares) / len(shares) ** 0.5 if len(shares) > 1 else 0.0
    minutes = mean(result.minutes for result in results)
    return f"{mean(shares):.4f} ± {error:.4f}, {minutes:.0f} min"


def tables(
    settings: Sequence[Setting], learners: Sequence[str], seeds: int, processes: int = 2
) -> str:
    """A Markdown table for each learner: orders by settings."""
    cells = [(o, s, n) for n in learners for s in settings for o in ORDERS]
    tasks = [(*cell, seed) for cell in cells for seed in range(seeds)]
    with Pool(processes) as pool:
        results = pool.starmap(study, tasks, chunksize=1)
    found = {cell: results[k * seeds : (k + 1) * seeds] for k, cell in enumerate(cells)}
    lines = []
    for name in learners:
        lines += [f"### Learner: {name}", "", "| Order | " + " | ".join(map(str, settings)) + " |"]
        lines.append("|---" * (len(settings) + 1) + "|")
        for order in ORDERS:
            row = " | ".join(_cell(found[order, setting, name]) for setting in settings)
            lines.append(f"| {order} | {row} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--full", action="store_true", help="every learner, with small errors")
    parser.add_argument("--seeds", type=int, help="learners a cell (3, or 12 with --full)")
    options = parser.parse_args()
    seeds = options.seeds or (12 if options.full else 3)
    began = time.monotonic()
    if options.full:
        print(tables(SETTINGS, list(LEARNERS), seeds))
    else:
        print(tables(SETTINGS[:2], ["as the model says", "mixed, cards differ"], seeds))
    print(f"{seeds} learners a cell, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
