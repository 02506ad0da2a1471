"""How far a story is: what it still lacks. Pure."""

from collections.abc import Mapping

# A part that is empty, as a page names it, in the order in which one writes.
_PARTS = {
    "situation": "the situation",
    "task": "your task",
    "action": "what you did",
    "result": "the result",
    "signal": "the level signal",
}


def missing(empty: Mapping[str, bool], *, number: bool, competency: bool) -> list[str]:
    """What a story lacks, in words, the most pressing first; empty when nothing is.

    `empty` says of each part whether nothing stands in it; `number` whether a metric or a figure
    in the result stands; `competency` whether the story shows one.
    """
    if all(empty[part] for part in _PARTS if part != "signal"):
        return ["all four parts"]
    found = [words for part, words in _PARTS.items() if part != "signal" and empty[part]]
    if not number and not empty["result"]:
        found.append("a number")
    if empty["signal"]:
        found.append(_PARTS["signal"])
    if not competency:
        found.append("a competency")
    return found
