"""An event that is impossible or certain whatever anybody does."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from melian.case.case import Case, Condition, Test
from melian.case.rules.impossible_evidence import can_be
from melian.case.rules.scope import MAX_COMBINATIONS, Grid, given_tests, states_of
from melian.source.diagnostic import Diagnostic, error

CODE = "settled-event"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report an event that holds in every combination of what it tests, or in none; or so in all that can come about.

    What a chance of 0 excludes in every row of a factor cannot come about.
    """
    tests = list(case.question.event.tests())
    names = tuple(dict.fromkeys(test.node.text for test in tests))
    grid = Grid(names, tuple(states_of(case, name) for name in names))
    if not _is_whole(case.question.event) or not given_tests(case, tests) or grid.size > MAX_COMBINATIONS:
        return
    holds = _where(grid, case.question.event)[np.ix_(*_possible(case, grid))]
    if holds.size and (holds.all() or not holds.any()):
        word = "certain" if holds.all() else "impossible"
        headline = f"the event is {word} by construction"
        cure = "name the states that count as yes, and leave out those that count as no"
        that = " that can come about" if holds.size < grid.size else ""
        label = f"it holds in {int(holds.sum())} of {holds.size} combinations{that}"
        yield error(CODE, headline, tests[0].node.span, label, help=cure)


def _possible(case: Case, grid: Grid) -> list[list[int]]:
    """Places of the states of each node that some row leaves a chance."""
    return [
        [place for place, state in enumerate(states) if can_be(case, name, state)]
        for name, states in zip(grid.names, grid.states, strict=True)
    ]


def _is_whole(condition: Condition | Test) -> bool:
    """Whether every part of a condition could be read; what could not was reported where it stands."""
    return isinstance(condition, Test) or (bool(condition.parts) and all(_is_whole(part) for part in condition.parts))


def _where(grid: Grid, condition: Condition | Test) -> NDArray[np.bool_]:
    if isinstance(condition, Test):
        return grid.where([condition])
    parts = [_where(grid, part) for part in condition.parts]
    joined: NDArray[np.bool_] = np.logical_or.reduce(parts) if condition.kind == "any" else np.logical_and.reduce(parts)
    return joined
