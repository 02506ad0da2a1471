"""A row of a playbook as the two sides of a drill card."""

from playbook.models import Row, Section
from writing.markdown import plain

# What a card of each kind asks; {} is the row's name.
_ASKS = {
    Section.Kind.MATRIX: "{}: when, and at what price?",
    Section.Kind.PATTERNS: "{}: what is it, when does it hurt, and what does it on AWS?",
    Section.Kind.ANTI_PATTERNS: "What would you say instead? The trap: {}",
    Section.Kind.STEPS: "{}: what happens in this step?",
    Section.Kind.LEVELS: "{}: what does a strong answer sound like?",
    Section.Kind.QUESTIONS: "{}: which elements must the answer have?",
}
# Of a row with many fields, those that a card is to hold by heart.
_BY_HEART = {
    Section.Kind.LEVELS: ("signals", "strong answer", "ic7/d1"),
    Section.Kind.QUESTIONS: ("key elements", "strong answer"),
    Section.Kind.ANTI_PATTERNS: ("better",),
}
FRONT = 300


def front(row: Row) -> str:
    """The question. A phrase is asked for by its moment, since that is when it must come."""
    name = plain(row.name)
    if row.section.kind == Section.Kind.PHRASES and row.fields:
        return f"The phrase for this moment: {plain(row.fields[0][1])}"[:FRONT]
    return _ASKS.get(Section.Kind(row.section.kind), "{}?").format(name)[:FRONT]


def answer(row: Row) -> str:
    """The answer, as Markdown."""
    if row.section.kind == Section.Kind.PHRASES:
        examples = [text for label, text in row.shown[1:] if text]
        return "\n\n".join([row.name, *examples])
    wanted = _BY_HEART.get(Section.Kind(row.section.kind))
    shown = [pair for pair in row.shown if not wanted or pair[0].lower() in wanted]
    lines = [f"**{label}:** {text}" if label else text for label, text in shown or row.shown]
    steps = [row.body] if row.section.kind == Section.Kind.STEPS or not lines else []
    return "\n\n".join(filter(None, [*lines, *steps])) or row.name
