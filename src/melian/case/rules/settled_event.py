"""An event that is impossible or certain whatever anybody does."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from melian.case.case import Case, Choice
from melian.case.rules.impossible_evidence import can_be
from melian.case.rules.scope import MAX_COMBINATIONS, Grid, given_tests, is_whole, never_open, openness, states_of
from melian.source.diagnostic import Diagnostic, error

CODE = "settled-event"


def check(case: Case) -> Iterator[Diagnostic]:
    """Report an event that holds in every combination of what it tests, or in none; or so in all that can come about.

    What a chance of 0 excludes in every row of a factor cannot come about, nor can an option where it is closed.
    """
    event = case.question.event
    tests = list(event.tests())
    if not is_whole(event) or not given_tests(case, tests):
        return
    if any(state.text in never_open(case, test.node.text) for test in tests for state in test.states):
        return  # said of the option itself
    grid = _grid(case, dict.fromkeys(test.node.text for test in tests))
    if grid.size > MAX_COMBINATIONS:
        return
    possible = _possible(case, grid)
    holds = grid.holds(event) & possible
    if possible.any() and ((holds == possible).all() or not holds.any()):
        word = "impossible" if not holds.any() else "certain"
        headline = f"the event is {word} by construction"
        cure = "name the states that count as yes, and leave out those that count as no"
        n_possible = int(possible.sum())
        that = " that can come about" if n_possible < grid.size else ""
        label = f"it holds in {int(holds.sum())} of {n_possible} combinations{that}"
        yield error(CODE, headline, tests[0].node.span, label, help=cure)


def _grid(case: Case, names: dict[str, None]) -> Grid:
    """Combinations of what the event tests, and of what decides which options are open there."""
    for name in list(names):
        node = case.nodes[name]
        found = openness(case, node) if isinstance(node, Choice) else None
        names |= dict.fromkeys(found.grid.names if found else ())
    return Grid(tuple(names), tuple(states_of(case, name) for name in names))


def _possible(case: Case, grid: Grid) -> NDArray[np.bool_]:
    """Where every state has some chance in some row, and no choice has picked an option that is closed."""
    found = np.ones(tuple(len(states) for states in grid.states), dtype=bool)
    for name, states in zip(grid.names, grid.states, strict=True):
        found &= grid.at(name, {state for state in states if can_be(case, name, state)})
        node = case.nodes[name]
        for option in node.states if isinstance(node, Choice) else ():
            if option.available is not None and {t.node.text for t in option.available.when.tests()} <= {*grid.names}:
                found &= ~grid.at(name, {option.name}) | grid.holds(option.available.when)
    return found
