"""Functions of a case to tables of a model: what each part comes to, and the state that the whole leads to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from melian.case.case import Condition, Test
from melian.case.functions import HIGHEST, Conditional, Extreme, Function, Noisy, Tally, meets
from melian.model.functions import Fold, FunctionPart, FunctionTable, Slots, numbers_of

Holds = Callable[[Condition | Test, Sequence[int]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a table is built from.

    Attributes
    ----------
    states : by the name of a node, its states.
    index : by the name of a node, its number.
    row : slots of a row of chances, by its form and number.
    holds : where a condition holds, over the states of some axes.
    """

    states: Mapping[str, tuple[str, ...]]
    index: Mapping[str, int]
    row: Callable[[str, object], Slots]
    holds: Holds

    def axes(self, tests: Sequence[Test]) -> tuple[int, ...]:
        """Variables that some tests look at, rising."""
        return tuple(sorted({self.index[test.node.text] for test in tests}))


def function_table(name: str, function: Function, scope: Scope) -> FunctionTable:
    """Table of a factor, or of what an actor believes of it, by a function."""
    own = scope.index[name]
    axes = tuple(sorted({own, *(scope.index[node.text] for node in function.given)}))
    states = scope.states[name]
    match function:
        case Tally():
            parts, results = _tally(function, states, scope)
            return FunctionTable(axes, own, "sum", parts, results)
        case Noisy():
            ranks = ranked(function, states)
            parts = tuple(_causes(function, ranks, states, scope))
        case Conditional():
            ranks = tuple(sorted(states, key=lambda state: state == function.then.text))
            parts = tuple(_certain(condition, scope) for condition in function.conditions)
        case Extreme():
            ranks, parts = states, tuple(_states_of(node.text, states, scope) for node in function.given)
    fold: Fold = "max" if function.kind in HIGHEST else "min"
    return FunctionTable(axes, own, fold, parts, {rank: states.index(state) for rank, state in enumerate(ranks)})


def ranked(function: Noisy, states: Sequence[str]) -> tuple[str, ...]:
    """States of a factor from the lowest: of two, that which the causes name is the higher."""
    if function.kind in ("noisy_max", "noisy_min"):
        return tuple(states)
    named = {name.text for row in function.rows() for name, _ in row.entries}
    return tuple(sorted(states, key=lambda state: state in named))


def _causes(function: Noisy, ranks: Sequence[str], states: Sequence[str], scope: Scope) -> Iterator[FunctionPart]:
    order = [states.index(state) for state in ranks]
    for number, rule in enumerate(function.rules):
        condition = Condition("all", rule.when)
        axes = scope.axes(rule.when)
        unmet: int | Slots = 0 if rule.otherwise is None else scope.row("otherwise", number)[order]
        yield FunctionPart(axes, _as_places(scope.holds(condition, axes)), (unmet, scope.row("cause", number)[order]))
    if function.leak is not None:
        yield FunctionPart((), np.zeros((), dtype=np.intp), (scope.row("leak", 0)[order],))


def _certain(condition: Condition, scope: Scope) -> FunctionPart:
    axes = scope.axes(tuple(condition.tests()))
    return FunctionPart(axes, _as_places(scope.holds(condition, axes)), (0, 1))


def _states_of(node: str, states: Sequence[str], scope: Scope) -> FunctionPart:
    ranks = tuple(states.index(state) for state in scope.states[node])
    return FunctionPart((scope.index[node],), np.arange(len(ranks)), ranks)


def _as_places(holds: NDArray[np.bool_]) -> Slots:
    return holds.astype(np.intp)


# Sums


def _tally(function: Tally, states: Sequence[str], scope: Scope) -> tuple[tuple[FunctionPart, ...], dict[int, int]]:
    """Parts in whole numbers, as small as they can be: what hangs on the same nodes is one part."""
    unit = lcm(*(rule.outcome.denominator for rule in function.addends))
    added: dict[tuple[int, ...], NDArray[np.int64]] = {}
    for rule in function.addends:
        axes = scope.axes(rule.when)
        here = scope.holds(Condition("all", rule.when), axes) * int(rule.outcome * unit)
        added[axes] = added[axes] + here if axes in added else here
    parts = []
    for axes, numbers in added.items():
        outcomes, which = np.unique(numbers, return_inverse=True)
        parts.append(FunctionPart(axes, which.reshape(numbers.shape), tuple(map(int, outcomes))))
    totals = {0}
    for part in parts:
        totals = {total + number for total in totals for number in numbers_of(part)}
    return tuple(parts), {total: states.index(state_at(function, states, Fraction(total, unit))) for total in totals}


def state_at(function: Tally, states: Sequence[str], total: Fraction) -> str:
    """State that a sum leads to."""
    for threshold in function.then:
        if meets(total, threshold.relation, function.bound(threshold)):
            return threshold.state.text
    named = {threshold.state.text for threshold in function.then}
    (rest,) = [state for state in states if state not in named]
    return rest
