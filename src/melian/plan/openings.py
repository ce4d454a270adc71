"""Which situations of a choice have to be worked out, and over which options.

Closed options have no chance, a situation with one open option needs no thought, and one that another choice's closed
option would have to lead to cannot come about: there every open option is alike.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Decision, Model
from melian.plan.steps import Axes, Respond

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Situations of a choice that have as many open options, and all or none of which have to be weighed.

    Attributes
    ----------
    cells : [situations, options] the open options of its situations; these are in the order of the states of the rule's
        axes but the choice's own.
    n_open : options that are open in each.
    is_weighed : whether expected utilities tell the options apart; otherwise all open ones are alike.
    """

    cells: Booleans
    n_open: int
    is_weighed: bool

    @property
    def n_situations(self) -> int:
        """Number of its situations."""
        return int(self.cells.sum()) // self.n_open


def open_options(model: Model, axes: Axes, variable: int) -> Booleans:
    """Return which options are open, [situations, options], for a rule over some axes, the choice among them."""
    situations = tuple(axis for axis in axes if axis != variable)
    cells = _over(model, _decision(model, variable), (*situations, variable))
    return cells.reshape(-1, model.variables[variable].n_states)


def batches(model: Model, step: Respond, axes: Axes, forced: Collection[int]) -> Iterator[Batch]:
    """Situations of a rule in batches; one of all situations where every option is open in each.

    Parameters
    ----------
    axes : of the rule, the choice among them.
    forced : variables that are brought about from outside, be it by an option that is closed.
    """
    is_open = open_options(model, axes, step.variable)
    n_open = is_open.sum(axis=1)
    is_weighed = n_open > 1
    if any(term.reach is not None for term in step.terms):
        is_weighed &= can_come_about(model, axes, step.variable, forced)
    for number in np.unique(n_open):
        for weighed in (True, False):
            here = (n_open == number) & (is_weighed == weighed)
            if here.any():
                yield Batch(is_open & here[:, np.newaxis], int(number), weighed)


def can_come_about(model: Model, axes: Axes, variable: int, forced: Collection[int]) -> Booleans:
    """Return which situations of a rule do not name an option of another choice where it is closed, [situations]."""
    situations = tuple(axis for axis in axes if axis != variable)
    found = np.ones(tuple(model.variables[axis].n_states for axis in situations), dtype=bool)
    for other in model.decisions:
        if other.variable not in forced and set(other.options.axes) <= set(situations):
            found &= _over(model, other, situations)
    return found.ravel()


def _over(model: Model, decision: Decision, over: Axes) -> Booleans:
    """Which options of a choice are open, over the states of some axes in any order."""
    lengths = [model.variables[axis].n_states for axis in over]
    rising = sorted(over)
    shape = [model.variables[axis].n_states if axis in decision.options.axes else 1 for axis in rising]
    cells = decision.options.is_open.reshape(shape)
    return np.broadcast_to(cells.transpose([rising.index(axis) for axis in over]), lengths)


def _decision(model: Model, variable: int) -> Decision:
    return next(decision for decision in model.decisions if decision.variable == variable)
