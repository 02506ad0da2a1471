"""Scenarios for tests, filled the way documents fill them."""

from scenarios.models import Scenario
from scenarios.outline import (
    ChoiceText,
    FollowUpText,
    Outline,
    QuestionText,
    TradeOffText,
    fill,
)

PROMPT = "A courier wants its customers to see where a parcel is."


def prompt_only(key: str = "parcels", **fields) -> Scenario:
    row = Scenario(key=key)
    title = fields.pop("title", key.capitalize())
    fill(row, Outline(**{"title": title, "prompt": PROMPT, "domain": "platform"} | fields))
    return row


def solved(key: str = "parcels", **fields) -> Scenario:
    """A scenario with something in every section, each text with its own name in it."""
    table = "| Name | Value |\n|---|---|\n| {} | 7 |"
    texts = {
        "intro": "What the intro says.", "estimate": table.format("estimated"),
        "flows": "1. **Scan.** What the flows say.", "diagram": "flowchart LR\n  van --> api",
        "data_model": table.format("modelled"), "failure_modes": table.format("failing"),
        "cost": table.format("costing"), "path_to_scale": "A path to scale.",
        "scale_10": "Ten times.", "scale_100": "A hundred times.",
        "ic5": "Said by five.", "ic6": "Said by six.", "ic7": "Said by seven.",
        "questions": [
            QuestionText("constraints", "Who runs it?", "Skills decide.", "Two people."),
            QuestionText("business-goal", "What for?", "Scope.", "To see parcels.", ["why"]),
            QuestionText("users-scale", "How many vans?"),
        ],
        "choices": [
            ChoiceText("SQS", "Bursts wait.", "a direct call", ["Reliability"]),
            ChoiceText("DynamoDB", "One read."),
        ],
        "trade_offs": [TradeOffText("Freshness", "Ten seconds late.")],
        "follow_ups": [
            FollowUpText("The region is gone.", 30, "I fail over.", "It will not happen."),
            FollowUpText("Ten times tomorrow.", 15, "I look at the queue."),
        ],
    }  # fmt: skip
    return prompt_only(key, **(texts | fields))
