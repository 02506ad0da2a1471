"""What reviewing a card today adds at the interview, counting the reviews that can still follow.

The gain of the moment is a poor guide: a review today may be worth less than the same review next
week, or be worth it only for the one that it makes possible. So a memory gets the value of its best
course: wait, be reviewed in some later session, be remembered or forgotten, go on from there, and
be asked at the interview. That is a dynamic programme backwards from the interview, over a coarse
grid of memories.

The cards share the seconds of each session, and prices settle it: a second of session e costs
price[e], every card takes its best course at these prices, and a price rises while the cards ask
for more seconds than the session has and falls while they ask for fewer. (The Lagrangian
relaxation of a restless bandit; the prices are its dual variables.)

Pure. Times are days from now, costs seconds, values chances of recall at the interview.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from drills.scheduling import MODEL, Rating

# How a new card is answered at first, Again to Easy: the shares fsrs-rs simulates with.
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
# What a second must add, in chance of recall, to be worth it: 12 s for a fortieth of a percentage
# point. More study gains nothing that the simulation can tell from chance.
WORTH = 0.00002
# The grid: stabilities from a tenth of a day to three years, and difficulties.
LEVELS = 20
LEAST = math.log(0.1)
STEP = math.log(10_000) / (LEVELS - 1)
WIDTH = 4
SPREAD = 3.0
GRID = [
    (math.exp(LEAST + level * STEP), 1 + place * SPREAD)
    for level in range(LEVELS)
    for place in range(WIDTH)
]
# Cards divide among courses whose values differ by less than about this: without it, every card of
# a kind would change its mind at once and the prices would never settle. Where seconds are cheap,
# values differ by less, so it follows the mean price between these bounds.
BLUR_PER_PRICE = 4.0
SHARPEST, BLUREST = 0.001, 0.02
ROUNDS = 24
# How far the logarithm of a price moves at most in a round, from the first to the last.
REACH, TAIL = 0.8, 0.03

# One review of one memory: its expected seconds; then, for remembered and for forgotten, the first
# of the four grid points around the memory afterwards and their weights, which hold the chances.
Review = tuple[float, int, float, float, float, float, int, float, float, float, float]


@dataclass(frozen=True)
class Costs:
    """Seconds that a new card takes, a card that is remembered, and one that was forgotten."""

    new: float = 30.0
    review: float = 12.0
    forgotten: float = 20.0


@dataclass(frozen=True)
class Bunch:
    """Cards of about the same memory; `since` is the days from their last review to now."""

    stability: float
    difficulty: float
    since: float
    count: float = 1


def session_days(days: int) -> list[int]:
    """Of `days` sessions, one a day, those that a plan looks at: all of a fortnight; beyond that,
    ever fewer towards the middle, where a day more or less changes little."""
    if days <= 14:
        return list(range(days))
    near = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]
    near = [day for day in near if day < days / 2]
    return sorted({*near, *(days - 1 - day for day in near)})


class Outlook:
    """The sessions until the interview, with the price of a second in each.

    `times` are the sessions, `times[0]` being 0, now; `seconds` what each can hold (one that
    stands for several days holds theirs); `end` is the interview; `new` counts cards never seen.
    """

    def __init__(
        self,
        times: Sequence[int],
        seconds: Sequence[float],
        end: float,
        bunches: Sequence[Bunch],
        new: int,
        costs: Costs | None = None,
    ):
        self.times, self.seconds, self.end = list(times), list(seconds), end
        self.bunches, self.new, self.costs = bunches, new, costs or Costs()
        self._kept = [[MODEL.recall(s, end - time) for s, _ in GRID] for time in times]
        self._steps = {
            (d, e): _reviews(times[e] - times[d], self.costs)
            for d in range(len(times))
            for e in range(d + 1, len(times))
        }
        self._courses = [
            [self._review(b, time) if b.since + time >= 1 else None for time in times]
            for b in bunches
        ]
        self._settle()

    def _settle(self) -> None:
        """Find the prices: far steps at first, for the order of magnitude, then ever shorter ones,
        whose mean is taken, for the cards swing between one session and another."""
        self.prices = [0.002] * len(self.times)
        means = [0.0] * len(self.times)
        for turn in range(ROUNDS):
            self._value()
            self._flow()
            if max(self.prices) == WORTH:
                # Time for everybody: what is left would be looked at under the same prices.
                return
            reach = REACH * (TAIL / REACH) ** (turn / ROUNDS)
            for e, (load, room) in enumerate(zip(self.loads, self.seconds, strict=True)):
                pull = math.log((load + 0.02 * room) / room)
                price = self.prices[e] * math.exp(reach * max(-1.0, min(1.0, pull)))
                self.prices[e] = max(WORTH, price)
                if turn >= ROUNDS // 2:
                    means[e] += math.log(self.prices[e]) / (ROUNDS - ROUNDS // 2)
        self.prices = [math.exp(mean) for mean in means]
        self._value()
        self._flow()

    def ceiling(self, bunch: Bunch) -> float:
        """No less than `gain`, and quickly found: the gain if nothing could follow without it."""
        now = self._review(bunch, 0)
        return (_worth(now, self._values[0]) - self._kept_without(bunch)) / now[0]

    def gain(self, bunch: Bunch) -> tuple[float, float]:
        """What a second spent now on a card of `bunch` adds over the best course without it, and
        the seconds the review is expected to take."""
        later = (self._review(bunch, time) for time in self.times[1:])
        courses = zip(later, self._values[1:], self.prices[1:], strict=True)
        best = max(
            (_worth(review, values) - price * review[0] for review, values, price in courses),
            default=0.0,
        )
        best = max(best, self._kept_without(bunch))
        now = self._review(bunch, 0)
        return (_worth(now, self._values[0]) - best) / now[0], now[0]

    def gain_of_new(self) -> float:
        """The same for a card never seen."""
        return (self._worth_of_new(0) - max([0.0, *self._new_courses()[1:]])) / self.costs.new

    def remembered(self, at: int) -> float:
        """The cards expected to be remembered just before session `at`, or, with as many as there
        are sessions, at the interview, if every session is held as planned."""
        moment = self.times[at] if at < len(self.times) else self.end
        total = 0.0
        for bunch, left in zip(self.bunches, self._left, strict=True):
            waiting = bunch.count - sum(left[:at])
            total += waiting * MODEL.recall(bunch.stability, bunch.since + moment)
        for session in range(min(at, len(self.times))):
            gap = moment - self.times[session]
            for state, mass in enumerate(self._masses[session]):
                gone = sum(m for e, m in self._moves[session].get(state, ()) if e < at)
                if mass - gone > 1e-9:
                    total += (mass - gone) * MODEL.recall(GRID[state][0], gap)
        return total

    def remembered_without(self, days: float) -> float:
        """The same at any moment, if no card is reviewed again."""
        return sum(b.count * MODEL.recall(b.stability, b.since + days) for b in self.bunches)

    def _kept_without(self, bunch: Bunch) -> float:
        return MODEL.recall(bunch.stability, bunch.since + self.end)

    def _review(self, bunch: Bunch, time: float) -> Review:
        return _review(bunch.stability, bunch.difficulty, bunch.since + time, self.costs)

    def _worth_of_new(self, session: int) -> float:
        return sum(_at(spot, self._values[session]) for spot in _FIRST)

    def _new_courses(self) -> list[float]:
        return [
            self._worth_of_new(session) - price * self.costs.new
            for session, price in enumerate(self.prices)
        ]

    def _value(self) -> None:
        """The value of each grid point after each session, and of the courses from there."""
        count = len(self.times)
        self._values: list[list[float]] = [[]] * count
        self._tables: list[list[list[float]]] = [[]] * count
        for d in reversed(range(count)):
            table = []
            for e in range(d + 1, count):
                values, price = self._values[e], self.prices[e]
                table.append([_worth(r, values) - price * r[0] for r in self._steps[d, e]])
            self._tables[d] = table
            self._values[d] = [max(of) for of in zip(self._kept[d], *table, strict=True)]

    def _flow(self) -> None:
        """Send the cards on their courses; `loads` are the seconds each session is asked for."""
        blur = BLUR_PER_PRICE * sum(self.prices) / len(self.prices)
        blur = min(max(blur, SHARPEST), BLUREST)
        count = len(self.times)
        self.loads = [0.0] * count
        self._masses = [[0.0] * len(GRID) for _ in range(count)]
        self._moves: list[dict[int, list[tuple[int, float]]]] = [{} for _ in range(count)]
        self._left: list[list[float]] = []
        for e, share in enumerate(_shares(self._new_courses(), 0.0, blur) if self.new else ()):
            self.loads[e] += share * self.new * self.costs.new
            for spot in _FIRST:
                _pour(spot, self._masses[e], share * self.new)
        for bunch, reviews in zip(self.bunches, self._courses, strict=True):
            courses = [
                _worth(r, self._values[e]) - self.prices[e] * r[0] if r else -1.0
                for e, r in enumerate(reviews)
            ]
            shares = _shares(courses, self._kept_without(bunch), blur)
            left = [share * bunch.count for share in shares]
            self._left.append(left)
            for e, mass in enumerate(left):
                review = reviews[e]
                if mass and review:
                    self._send(review, e, mass)
        for d in range(count - 1):
            for state, mass in enumerate(self._masses[d]):
                if mass < 1e-6:
                    continue
                shares = _shares(
                    [row[state] for row in self._tables[d]], self._kept[d][state], blur
                )
                moves = [(e, mass * share) for e, share in enumerate(shares, d + 1) if share]
                self._moves[d][state] = moves
                for e, moved in moves:
                    self._send(self._steps[d, e][state], e, moved)

    def _send(self, review: Review, session: int, mass: float) -> None:
        self.loads[session] += mass * review[0]
        _pour(review[1:6], self._masses[session], mass)
        _pour(review[6:], self._masses[session], mass)


def _spot(stability: float, difficulty: float, weight: float):
    """The first of the four grid points around a memory, and `weight` divided among them."""
    x = min(max((math.log(stability) - LEAST) / STEP, 0.0), LEVELS - 1.000001)
    y = min(max((difficulty - 1) / SPREAD, 0.0), WIDTH - 1.000001)
    i, j = int(x), int(y)
    f, g = weight * (x - i), y - j
    return i * WIDTH + j, (weight - f) * (1 - g), (weight - f) * g, f * (1 - g), f * g


def _review(stability: float, difficulty: float, days: float, costs: Costs) -> Review:
    """A review after `days`; one that is remembered counts as rated Good."""
    chance = MODEL.recall(stability, days)
    days = max(days, 1.0)
    good = MODEL.after(stability, difficulty, days, Rating.GOOD)
    again = MODEL.after(stability, difficulty, days, Rating.AGAIN)
    cost = chance * costs.review + (1 - chance) * costs.forgotten
    return (cost, *_spot(*good, chance), *_spot(*again, 1 - chance))


@lru_cache(maxsize=2048)
def _reviews(days: int, costs: Costs) -> list[Review]:
    return [_review(stability, difficulty, days, costs) for stability, difficulty in GRID]


def _at(spot, values: Sequence[float]) -> float:
    i, a, b, c, d = spot
    return a * values[i] + b * values[i + 1] + c * values[i + WIDTH] + d * values[i + WIDTH + 1]


def _worth(review: Review, values: Sequence[float]) -> float:
    """What is expected after a review, from the values of the grid points. Innermost: one sum."""
    _, i, a, b, c, d, j, e, f, g, h = review
    k, m = i + WIDTH, j + WIDTH
    return (
        a * values[i] + b * values[i + 1] + c * values[k] + d * values[k + 1]
        + e * values[j] + f * values[j + 1] + g * values[m] + h * values[m + 1]
    )  # fmt: skip


def _pour(spot, masses: list[float], mass: float) -> None:
    i, a, b, c, d = spot
    masses[i] += a * mass
    masses[i + 1] += b * mass
    masses[i + WIDTH] += c * mass
    masses[i + WIDTH + 1] += d * mass


def _shares(courses: Sequence[float], rest: float, blur: float) -> list[float]:
    """How cards divide among courses of these values, and one of value `rest` (not returned)."""
    best = max(rest, *courses)
    weights = [math.exp((c - best) / blur) if c > best - 6 * blur else 0.0 for c in courses]
    total = sum(weights) + math.exp(max((rest - best) / blur, -50.0))
    return [weight / total for weight in weights]


_FIRST = [
    _spot(*MODEL.first(rating), share) for rating, share in zip(Rating, FIRST_RATINGS, strict=True)
]
