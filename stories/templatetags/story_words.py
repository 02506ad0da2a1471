"""How the figures of a story are written on a page."""

from django import template

register = template.Library()


@register.filter
def clock(duration: int) -> str:
    """Seconds as minutes and seconds: 105 becomes 1:45."""
    return f"{duration // 60}:{duration % 60:02}"


@register.filter
def in_words(things: list[str]) -> str:
    """A list as a sentence has it: "the task, a number and the level signal"."""
    return f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else "".join(things)
