"""Yours beside the model's: which questions were covered, which choices are shared. Pure.

Plain values in and out; nothing is read or saved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from scenarios.coverage import PreparedQuestion

# Words that say nothing about which technology is meant.
_FILLER = """
amazon aws azure google gcp cloud apache microsoft managed serverless service services a an and as
at behind between before by for from in of on or over per the to with without own every each one
two three
"""
_EMPTY = frozenset(_FILLER.split())
# Names of one and the same thing, or of the same choice. A name may stand in two groups.
_KIN = tuple(
    frozenset(group.split())
    for group in (
        "postgres postgresql rds aurora",
        "mysql rds aurora",
        "redis valkey elasticache memcached",
        "opensearch elasticsearch",
        "kafka msk",
        "kubernetes k8s eks",
        "sqs queue queues",
        "s3 bucket buckets",
        "balancer alb nlb elb",
        "cloudfront cdn",
        "lambda lambdas",
    )
)
# Names that mean one technology on their own, whatever else is said around them. Kinesis is not
# among them, nor is a gateway: those are families.
_NAMES = """
athena aurora bedrock cdn cloudfront cognito dynamodb eks elasticache elasticsearch eventbridge
fargate flink guardduty kafka kms kubernetes lambda memcached mongodb mysql opensearch postgres
postgresql privatelink rds redis redshift rekognition s3 sns sqs stripe textract valkey waf
"""
_PRODUCTS = frozenset(_NAMES.split())
_WORD = re.compile(r"[a-z0-9]+")
# Of 100: below it two names share a word by chance ("API Gateway", "NAT gateway").
LIKE = 80


@dataclass(frozen=True)
class Covered:
    """A prepared question, and the question of one's own that covers it (None: missed)."""

    question: PreparedQuestion
    by: str | None


@dataclass(frozen=True)
class CategoryCoverage:
    """The prepared questions of one category."""

    category: str
    questions: tuple[Covered, ...]

    @property
    def hits(self) -> int:
        return sum(row.by is not None for row in self.questions)

    @property
    def missed(self) -> bool:
        """Was nothing asked of this category?"""
        return self.hits == 0


def by_category(
    prepared: Sequence[PreparedQuestion], found: Mapping[str, str], order: Sequence[str]
) -> list[CategoryCoverage]:
    """`prepared` grouped in `order`, without empty groups; `found` maps a key to who covers it."""
    groups = []
    for category in order:
        rows = tuple(
            Covered(row, found.get(row.key)) for row in prepared if row.category == category
        )
        if rows:
            groups.append(CategoryCoverage(category, rows))
    return groups


def tally(groups: Sequence[CategoryCoverage]) -> tuple[int, int]:
    """(covered, prepared) over all categories."""
    return sum(g.hits for g in groups), sum(len(g.questions) for g in groups)


@dataclass(frozen=True)
class MyChoice:
    name: str
    why: str = ""


@dataclass(frozen=True)
class ModelChoice:
    """A choice of the model solution. `row` is whatever the caller wants back with it."""

    name: str
    instead_of: str = ""
    row: object = None


@dataclass(frozen=True)
class Choices:
    """How two lists of choices relate.

    `shared` and `differently` pair mine with the model's: the same technology, or one that the
    model names as what it refused. The rest stands alone on its side.
    """

    shared: tuple[tuple[MyChoice, ModelChoice], ...] = ()
    differently: tuple[tuple[MyChoice, ModelChoice], ...] = ()
    only_mine: tuple[MyChoice, ...] = ()
    only_model: tuple[ModelChoice, ...] = ()


def terms(name: str) -> frozenset[str]:
    """The words of a technology's name that tell it from others, vendors and filler left out."""
    words = _WORD.findall(name.lower())
    return frozenset(word for word in words if word not in _EMPTY)


def alike(mine: str, model: str) -> float:
    """How surely both names mean the same technology, 0 to 100.

    One name within the other is the same ("DynamoDB", "DynamoDB on demand for the feed"), and so
    are two that share a product; words may be misspelt by a letter or so.
    """
    one, other = terms(mine), terms(model)
    if not one or not other:
        return 0.0
    found = sum(any(_same_word(a, b) for b in other) for a in one)
    back = sum(any(_same_word(a, b) for a in one) for b in other)
    product = any(_same_word(a, b) for a in one & _PRODUCTS for b in other & _PRODUCTS)
    return max(100 * found / len(one), 100 * back / len(other), LIKE * product)


def _same_word(one: str, other: str) -> bool:
    if one == other or any(one in group and other in group for group in _KIN):
        return True
    return min(len(one), len(other)) >= 5 and fuzz.ratio(one, other) >= 85


def choices(mine: Sequence[MyChoice], model: Sequence[ModelChoice]) -> Choices:
    """Pair `mine` with `model`, the surest first; each is used once."""
    left, right = [row for row in mine if row.name.strip()], list(model)
    shared = _pairs(left, right, lambda a, b: alike(a.name, b.name))
    differently = _pairs(left, right, lambda a, b: 100.0 * refused(a.name, b.instead_of))
    return Choices(tuple(shared), tuple(differently), tuple(left), tuple(right))


def refused(name: str, instead_of: str) -> bool:
    """Does the model's "instead of" speak of `name`?"""
    one, other = terms(name), terms(instead_of)
    return bool(one) and all(any(_same_word(a, b) for b in other) for a in one)


def _pairs(left: list, right: list, score) -> list[tuple]:
    """Take the pairs that score at least LIKE out of both lists, in the order of `left`."""
    scored = [(score(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    taken: dict[int, int] = {}
    for points, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if points >= LIKE and i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(left[i], right[j]) for i, j in sorted(taken.items())]
    left[:] = [row for i, row in enumerate(left) if i not in taken]
    right[:] = [row for j, row in enumerate(right) if j not in taken.values()]
    return pairs
