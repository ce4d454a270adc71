"""Factors that are functions of other nodes, taken in part by part, so that nothing grows with all parents at once.

Each part comes to a number: a rank among the states, or what it adds to a sum. The numbers are folded, one after the
other, and the last one decides the state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.intp]
Fold = Literal["max", "min", "sum"]


@dataclass(frozen=True, slots=True, eq=False)
class FunctionPart:
    """What one condition or one node contributes.

    Attributes
    ----------
    axes : variables that it hangs on, rising; none of what holds always.
    which : [states of each axis] place in `outcomes` of what it comes to there.
    outcomes : a number that is certain, or [S] the slot of the chance of each rank.
    """

    axes: tuple[int, ...]
    which: Slots
    outcomes: tuple[int | Slots, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FunctionTable:
    """Chances of a variable by a function of others.

    Attributes
    ----------
    axes : the variable and all that its parts hang on, rising.
    own : the variable.
    results : state that each number leads to which the whole may come to.
    """

    axes: tuple[int, ...]
    own: int
    fold: Fold
    parts: tuple[FunctionPart, ...]
    results: dict[int, int]

    def combine(self, one: int, other: int) -> int:
        """Fold two numbers."""
        return one + other if self.fold == "sum" else max(one, other) if self.fold == "max" else min(one, other)

    def start(self, n_states: int) -> int:
        """Return the number that changes no other."""
        return n_states - 1 if self.fold == "min" else 0

    def slots(self) -> Iterator[int]:
        """Every slot that it reads."""
        for part in self.parts:
            for outcome in part.outcomes:
                if not isinstance(outcome, int):
                    yield from map(int, outcome)


def numbers_of(part: FunctionPart) -> tuple[int, ...]:
    """Numbers that a part may come to, rising."""
    found: set[int] = set()
    for outcome in part.outcomes:
        found |= {outcome} if isinstance(outcome, int) else set(range(len(outcome)))
    return tuple(sorted(found))
