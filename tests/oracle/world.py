"""One world's tables as arrays over all variables, worked out from the diagram alone, to hand to other programs."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import InfluenceTable, Model, RowTable
from melian.solve.run import Worlds

Floats = NDArray[np.float64]


def spread(model: Model, array: Floats, axes: tuple[int, ...]) -> Floats:
    """An array over some variables with an axis of length one for each of the others."""
    return array.reshape([model.variables[v].n_states if v in axes else 1 for v in range(len(model.variables))])


def chances(model: Model, theta: Floats, variable: int) -> Floats:
    """Chances of a factor as the analyst sees it, an axis for every variable."""
    table = model.tables[variable]
    if isinstance(table, RowTable):
        return spread(model, theta[table.slots], table.axes)
    assert isinstance(table, InfluenceTable)
    log_odds = [
        np.log(theta[table.base]) + sum((theta[slot] * np.eye(len(table.base))[state] for state, slot in on), start=0.0)
        for on in (
            [shift for shift, applies in zip(table.shifts, row, strict=True) if applies] for row in table.patterns
        )
    ]
    rows = np.exp(log_odds)
    rows /= rows.sum(axis=1, keepdims=True)
    return spread(model, np.moveaxis(rows[table.pattern_of], -1, table.own_axis), table.axes)


def worth(model: Model, theta: Floats, actor: int) -> Floats:
    """Utility of an actor, an axis for every variable."""
    own = [u for u in model.utilities if u.actor == actor]
    parts = (theta[u.weight] * spread(model, theta[u.slots], u.axes) for u in own)
    return sum(parts, start=np.zeros([1] * len(model.variables)))


def rules(model: Model, worlds: Worlds) -> dict[int, Floats]:
    """Solved rules of one world, an axis for every variable."""
    return {choice: spread(model, rule.mean, rule.axes) for choice, rule in worlds.rules.items()}


def joint(model: Model, theta: Floats, solved: Mapping[int, Floats]) -> Floats:
    """Chance of every combination of states."""
    found = np.ones([v.n_states for v in model.variables])
    for variable in range(len(model.variables)):
        found = found * (solved[variable] if variable in solved else chances(model, theta, variable))
    return found


def said(model: Model, theta: Floats, variable: int) -> Floats:
    """Likelihood, in each state of a variable, of all reports on it that stand alone and come from a certain source."""
    likelihood = np.ones(model.variables[variable].n_states)
    for origin in model.evidence:
        for report in origin.reports:
            if report.variable == variable:
                assert len(origin.reports) == 1
                assert theta[report.reliability] == 1
                likelihood = likelihood * theta[list(report.likelihood)]
    return likelihood
