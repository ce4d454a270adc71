"""Average rules of minds that others cannot read: passes over worlds until they answer one another.

Where nobody's rule hangs on an average that hangs on it, a pass for each choice that relies on another settles them
exactly. Else they are a fixed point (a Bayesian equilibrium in logit responses), which passes come near to step by step
and which carries a certificate: the largest change of any average chance in a pass.

References
----------
Harsanyi 1967, Games with incomplete information played by Bayesian players I, Management Science 14.
McKelvey and Palfrey 1998, Quantal response equilibria for extensive form games, Experimental Economics 1, section 6.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.openings import open_options
from melian.plan.plan import Plan
from melian.plan.steps import Axes

Floats = NDArray[np.float64]
Tables = Mapping[int, Floats]
Pass = Callable[[Tables], Tables]

AVERAGED_OVER: Final = 4096
"""Worlds over which rules are averaged, whatever the number that is solved: so a world is the same in every run."""

UNCHANGED: Final = 1e-12
SETTLED: Final = 1e-9
MOST_PASSES: Final = 200
DAMPING: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """Average rules.

    Attributes
    ----------
    tables : by choice, [states of each axis] chance of each option, given what is known of the mind behind it.
    change : the largest change of a chance in the last pass: how far they are from answering one another.
    n_passes : passes that were taken.
    """

    tables: Tables
    change: float = 0.0
    n_passes: int = 0


NONE: Final = Averages({})


def settle_averages(model: Model, plan: Plan, one_pass: Pass) -> Averages:
    """Find average rules that answer one another.

    Parameters
    ----------
    plan : of `melian.plan.averages.plan_averages`.
    one_pass : by the averages that everybody reckons with, for each choice the sum over worlds of what
        `plan.averaged` names, [states of each of the register's axes].
    """
    axes = {choice: axes_of(model, choice, plan.known) for choice in plan.averaged}
    tables: Tables = {choice: _even(model, over, choice) for choice, over in axes.items()}
    change = np.inf
    for n_passes in range(1, MOST_PASSES + 1):
        sums = one_pass(tables)
        answered = {c: _given_moves(model, plan.axes[plan.averaged[c]], axes[c], c, sums[c]) for c in axes}
        change = max((float(np.abs(answered[c] - tables[c]).max()) for c in axes), default=0.0)
        # What answers nothing that hangs on it is exact after a pass each; the rest is led there by halves.
        share = 1.0 if n_passes <= len(axes) + 1 else DAMPING
        tables = {c: tables[c] + share * (answered[c] - tables[c]) for c in axes}
        if change <= (UNCHANGED if share == 1.0 else SETTLED):
            break
    return Averages(tables, 0.0 if change <= SETTLED else change, n_passes)


def axes_of(model: Model, choice: int, known: Mapping[int, int]) -> Axes:
    """Axes of the average rule of a choice, rising."""
    return tuple(sorted({choice, *model.remembered(choice, known)}))


def _lengths(model: Model, axes: Axes) -> tuple[int, ...]:
    return tuple(model.variables[axis].n_states for axis in axes)


def _even(model: Model, axes: Axes, choice: int) -> Floats:
    """Every open option alike, [states of each axis]."""
    is_open = open_options(model, axes, choice).astype(float)
    others = _lengths(model, tuple(axis for axis in axes if axis != choice))
    even = (is_open / is_open.sum(axis=1, keepdims=True)).reshape(*others, -1)
    return np.ascontiguousarray(np.moveaxis(even, -1, axes.index(choice)))


def _given_moves(model: Model, present: Axes, axes: Axes, choice: int, sums: Floats) -> Floats:
    """Chance of each option given the earlier moves of the mind; even after moves that no mind would have made."""
    lengths = [model.variables[axis].n_states if axis in present else 1 for axis in axes]
    spread = np.broadcast_to(sums.reshape(lengths), _lengths(model, axes))
    whole = spread.sum(axis=axes.index(choice), keepdims=True)
    found: Floats = _even(model, axes, choice)
    np.divide(spread, whole, out=found, where=np.broadcast_to(whole > 0, spread.shape))
    return found
