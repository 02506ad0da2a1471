"""The five signals an attempt is scored on, each with what weak, strong and IC7 sound like.

The anchors are written so that one can be told from the next without asking anybody: what was
said, with which figures. 0 is weak, 1 strong, 2 IC7.
"""

from dataclasses import dataclass

POINTS = (0, 1, 2)
LEVELS = ("Weak", "Strong", "IC7")


@dataclass(frozen=True)
class Signal:
    """One signal: the field that holds its score, and an anchor for each of 0, 1 and 2."""

    field: str
    name: str
    asks: str
    weak: str
    strong: str
    ic7: str

    @property
    def anchors(self) -> list[tuple[int, str, str]]:
        """(points, level, anchor), from weak to IC7."""
        return list(zip(POINTS, LEVELS, (self.weak, self.strong, self.ic7), strict=True))


SIGNALS = (
    Signal(
        "trade_offs", "Trade-off fluency",
        "Did you say what each decision gives up?",
        "Names a technology as the answer (“use microservices”, “NoSQL for flexibility”) and, "
        "asked why, repeats its features or leaves it to the engineers.",
        "Says what is given up and for what: latency against consistency, cost against freshness, "
        "and which of the two this product can spare.",
        "Puts the line where the choice flips: “Postgres until about 5,000 writes a second, "
        "because one transaction keeps stock exact; beyond it the feed moves to DynamoDB and may "
        "lag by two seconds.” Says who in the business accepts that lag.",
    ),
    Signal(
        "scalability", "Scalability",
        "Did you find what breaks first, and at which number?",
        "Says “it scales” or “add more servers”; no figure for users, requests or bytes, and no "
        "part named as the first to give way.",
        "Derives requests per second and storage from the answers, names the bottleneck, and gives "
        "the step that removes it: a cache, a queue, a replica or a shard key.",
        "Has a threshold for each step: one primary to 10 million daily users, shards by user id "
        "at 50 million, what to measure so that the move starts three months early, and what is "
        "deliberately not built before.",
    ),
    Signal(
        "data_pipelines", "Data pipelines",
        "Did you follow the data from where it arises to where it is read?",
        "Draws one database for everything; nothing about how data arrives, how late it may be, or "
        "what happens to a message that fails.",
        "Separates what is written at once from what may come later; names the stream or queue, "
        "what makes a retry harmless, and where failed messages wait.",
        "Gives volume and freshness for each path (“40,000 events a second, on the dashboard in "
        "5 seconds, in the warehouse in 15 minutes”), a way to replay a bad day, who owns the "
        "schema, and what a day of late data costs.",
    ),
    Signal(
        "build_or_buy", "Build or buy",
        "Did you decide what not to build, and why?",
        "Builds everything, or picks a managed service because it is managed; the team’s size and "
        "skills never come up.",
        "Buys what is a commodity and builds what sets the product apart, and weighs time to "
        "market, lock-in and who is on call.",
        "Compares over two years: licence against two engineers, the volume at which the answer "
        "turns, what leaving the vendor would take, and the interface that keeps that way open.",
    ),
    Signal(
        "cost", "Cost",
        "Did you say what it costs, and what drives it?",
        "No figure. Or a technology called cheap without saying for which load.",
        "Names the two largest items of the bill and what drives them (egress, writes, idle "
        "capacity), and proposes phases, so that the first release does not pay for the last.",
        "Shows the model: unit price times volume for each large item, a cost per user or per "
        "order, what it becomes at ten times the load, and the lever that takes 30 % off with what "
        "that lever costs in quality.",
    ),
)  # fmt: skip
BEST = POINTS[-1] * len(SIGNALS)
