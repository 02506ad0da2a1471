"""Addresses that differ by numbers only, asked of the resolver once.

A list of forty rows has forty of them, and the resolver takes longer for each than the row itself.
"""

from functools import cache

from django.urls import reverse

# Stands where a number will, and in no address by itself.
STAND_IN = 4_018_226_397


@cache
def _pieces(view: str, numbers: int) -> list[str]:
    """The address of `view` without its numbers: what stands before, between and behind them."""
    return reverse(view, args=[STAND_IN] * numbers).split(str(STAND_IN))


def address(view: str, *numbers: int) -> str:
    """`reverse(view, args=numbers)` where all of them are keys, or there is none.

    Raises NoReverseMatch as it does.
    """
    front, *rest = _pieces(view, len(numbers))
    return front + "".join(f"{number}{piece}" for number, piece in zip(numbers, rest, strict=True))
