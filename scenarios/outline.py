"""A scenario as plain values: what a document says, and what a row holds."""

from dataclasses import asdict, dataclass, field, fields

from django.db import models, transaction

from scenarios.models import Choice, FollowUp, Question, Scenario, TradeOff


@dataclass
class QuestionText:
    category: str
    text: str
    why: str = ""
    answer: str = ""
    aliases: list[str] = field(default_factory=list)


@dataclass
class ChoiceText:
    name: str
    why: str
    instead_of: str = ""
    pillars: list[str] = field(default_factory=list)


@dataclass
class TradeOffText:
    title: str
    text: str


@dataclass
class FollowUpText:
    title: str
    minute: int
    strong: str
    weak: str = ""


@dataclass
class Outline:
    """All of a scenario but its key. Texts are Markdown; the names are those of the columns."""

    title: str
    prompt: str
    order: int = 500
    domain: str = ""
    difficulty: str = "core"
    minutes: int = 45
    patterns: list[str] = field(default_factory=list)
    intro: str = ""
    estimate: str = ""
    flows: str = ""
    diagram: str = ""
    data_model: str = ""
    failure_modes: str = ""
    cost: str = ""
    path_to_scale: str = ""
    scale_10: str = ""
    scale_100: str = ""
    ic5: str = ""
    ic6: str = ""
    ic7: str = ""
    questions: list[QuestionText] = field(default_factory=list)
    choices: list[ChoiceText] = field(default_factory=list)
    trade_offs: list[TradeOffText] = field(default_factory=list)
    follow_ups: list[FollowUpText] = field(default_factory=list)

    @property
    def has_solution(self) -> bool:
        return bool(self.flows.strip())


# Model, kind of value and attribute of each list, in the order of the page.
PARTS: tuple[tuple[type[models.Model], type, str], ...] = (
    (Question, QuestionText, "questions"),
    (Choice, ChoiceText, "choices"),
    (TradeOff, TradeOffText, "trade_offs"),
    (FollowUp, FollowUpText, "follow_ups"),
)
_LISTS = {name for _, _, name in PARTS}


def fill(row: Scenario, outline: Outline) -> None:
    """Make `row` hold `outline` and nothing else, and save it, in one transaction.

    A part that says what it said before keeps its row, so that what points at it still does.
    """
    for each in fields(Outline):
        if each.name not in _LISTS:
            setattr(row, each.name, getattr(outline, each.name))
    with transaction.atomic():
        row.save()
        for model, kind, name in PARTS:
            _fill_part(row, model, kind, getattr(outline, name))


def _fill_part(row: Scenario, model: type[models.Model], kind: type, values: list) -> None:
    old = list(model._base_manager.filter(scenario=row).order_by("position", "id"))
    # By its name first: a question whose answer was rewritten is still that question.
    name = fields(kind)[1 if kind is QuestionText else 0].name
    left = {getattr(each, name): each for each in reversed(old)}
    for position, value in enumerate(values):
        part = left.pop(getattr(value, name), None) or model(scenario=row)
        for column, content in {**asdict(value), "position": position}.items():
            setattr(part, column, content)
        part.save()
        if part in old:
            old.remove(part)
    model._base_manager.filter(pk__in=[part.pk for part in old]).delete()


def outline_of(row: Scenario) -> Outline:
    """What `row` holds. Five queries, less what was prefetched."""
    whole = {
        each.name: getattr(row, each.name) for each in fields(Outline) if each.name not in _LISTS
    }
    for _, kind, name in PARTS:
        columns = [each.name for each in fields(kind)]
        whole[name] = [
            kind(**{column: getattr(part, column) for column in columns})
            for part in sorted(getattr(row, name).all(), key=lambda part: part.position)
        ]
    return Outline(**whole)
