"""Sums of products that leave out what is zero in every world, and the places of cells that are left.

A register of which some cells are always zero has room for the others alone, those that sum as many products beside
each other, so that one instruction writes them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.plan.plan import Plan
from melian.plan.steps import Axes, Product, Register, Total
from melian.plan.support import Booleans, alive_of

Cells = NDArray[np.int32]
ABSENT: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Cells of a register that follow each other and sum as many products each.

    Attributes
    ----------
    first : place of the first among the register's own cells.
    n_members : products of each.
    left, right : [groups * members] cells to multiply.
    """

    first: int
    n_groups: int
    n_members: int
    left: Cells
    right: Cells


def over_of(plan: Plan, step: Product | Total) -> tuple[tuple[Register, Register], Axes]:
    """Operands of a sum of products, and all axes: those of the result first, then those that are summed over."""
    operands = (step.left, step.right) if isinstance(step, Product) else (step.operand, step.operand)
    present = {axis for operand in operands for axis in plan.axes[operand]}
    return operands, (*step.axes, *sorted(present - set(step.axes)))


def is_sparse(plan: Plan, register: Register) -> bool:
    """Whether a sum of products leaves anything out."""
    operands, _ = over_of(plan, _made(plan, register))
    return any(plan.layout.supports[each] is not None for each in (*operands, register))


def places_of(plan: Plan) -> Mapping[Register, Cells]:
    """By register of which cells are left out, the place of each cell, [cells if none were]; `ABSENT` of those."""
    found = {}
    for register, step in enumerate(plan.steps):
        support = plan.layout.supports[register]
        if support is not None and isinstance(step, Product | Total):
            places = np.full(support.size, ABSENT, dtype=np.int32)
            kept = _kept(_alive(plan, register), support)
            places[kept] = np.arange(kept.size)
            found[register] = places
    return found


def runs_of(plan: Plan, register: Register, left: Cells, right: Cells, zero: int) -> Iterator[Run]:
    """Runs of a sum of products.

    Parameters
    ----------
    left, right : cells of the operands at every combination of all axes, the last fastest.
    zero : a cell that is zero in every world.
    """
    alive = _alive(plan, register)
    left, right = left.reshape(alive.shape), right.reshape(alive.shape)
    support = plan.layout.supports[register]
    groups = np.arange(len(alive)) if support is None else _kept(alive, support)
    empty = np.logical_not(alive.any(axis=1))
    if empty[groups].any():
        alive[empty, 0], left[empty, 0], right[empty, 0] = True, zero, zero
    counts = alive[groups].sum(axis=1)
    first = 0
    for part in np.split(groups, np.flatnonzero(np.diff(counts)) + 1):
        here = alive[part]
        yield Run(first, part.size, int(counts[first]), left[part][here], right[part][here])
        first += part.size


def _alive(plan: Plan, register: Register) -> Booleans:
    """Which products can be other than zero, [cells of the result, products of each]."""
    operands, over = over_of(plan, _made(plan, register))
    supports = [(plan.axes[each], plan.layout.supports[each]) for each in (*operands, register)]
    n_cells = int(np.prod([plan.layout.lengths[axis] for axis in plan.axes[register]], dtype=np.int64))
    return alive_of(supports, over, plan.layout.lengths).reshape(n_cells, -1)


def _kept(alive: Booleans, support: Booleans) -> NDArray[np.intp]:
    """Cells that are not left out, those that sum fewer products first."""
    kept = np.flatnonzero(support.ravel())
    return kept[np.argsort(alive[kept].sum(axis=1), kind="stable")]


def _made(plan: Plan, register: Register) -> Product | Total:
    step = plan.steps[register]
    assert isinstance(step, Product | Total)
    return step
