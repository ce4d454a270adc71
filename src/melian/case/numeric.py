"""States that are values or bands of a quantity, and comparisons with it: `above 70`, `between 60 and 80`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from melian.source.text import Span

_NUMBER: Final = r"([+-]?(?:\d{1,15}(?:\.\d{1,9})?|\.\d{1,9}))"
COMPARISON: Final = re.compile(
    rf"\s*(?:(above|at least|below|at most)\s+{_NUMBER}|between\s+{_NUMBER}\s+and\s+{_NUMBER})\s*", re.IGNORECASE
)
OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Numeric:
    """What quantity a factor's states are of.

    Attributes
    ----------
    values : of each state, where each is one value.
    edges : of bands, one more than there are states, rising; None where the first or the last has no end.
    """

    unit: str
    values: tuple[float, ...]
    edges: tuple[float | None, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def bands(self) -> tuple[tuple[float | None, float | None], ...]:
        """Low and high end of each state; of a value both are it."""
        return tuple(pairwise(self.edges)) if self.edges else tuple((value, value) for value in self.values)

    @property
    def n_states(self) -> int:
        """How many states it describes."""
        return len(self.values) or len(self.edges) - 1


@dataclass(frozen=True, slots=True)
class Inside:
    """That a number lies inside a band, so that it cannot be told on which side of it the quantity is."""

    number: float
    low: float | None
    high: float | None


def compared(numeric: Numeric, states: Sequence[str], text: str) -> tuple[str, ...] | Inside | None:
    """States for which a comparison holds; None where the text is no comparison."""
    found = COMPARISON.fullmatch(text)
    if found is None:
        return None
    how, number, low, high = found.groups()
    if how is None:
        limits = [(float(low), True), (float(high), False)]
    else:
        limits = [(float(number), how.lower() in ("above", "at least"))]
    is_strict = how is not None and how.lower() in ("above", "below")
    held = list(states)
    for limit, is_least in limits:
        for state, (start, end) in zip(states, numeric.bands, strict=True):
            if _is_inside(limit, start, end):
                return Inside(limit, start, end)
            if state in held and not _holds(limit, start, end, is_least=is_least, is_strict=is_strict):
                held.remove(state)
    return tuple(held)


def _is_inside(limit: float, start: float | None, end: float | None) -> bool:
    return (start is None or start < limit) and (end is None or limit < end)


def _holds(limit: float, start: float | None, end: float | None, *, is_least: bool, is_strict: bool) -> bool:
    if start is not None and start == end:  # one value
        return (
            (start > limit if is_strict else start >= limit)
            if is_least
            else (start < limit if is_strict else start <= limit)
        )
    return (start is not None and start >= limit) if is_least else (end is not None and end <= limit)


def told(numeric: Numeric, states: Sequence[str], named: Sequence[str]) -> str | None:
    """Some states as a comparison, `above 70 dollars`; None of values, and of states that do not stand together."""
    places = [states.index(state) for state in named]
    if not numeric.edges or sorted(places) != list(range(min(places), max(places) + 1)):
        return None
    low, high = numeric.edges[min(places)], numeric.edges[max(places) + 1]
    unit = f" {numeric.unit}" if numeric.unit else ""
    if max(places) == len(states) - 1 and low is not None:
        return f"above {low:g}{unit}"
    if min(places) == 0 and high is not None:
        return f"below {high:g}{unit}"
    return f"between {low:g} and {high:g}{unit}" if low is not None and high is not None else None
