"""The numbers of one world, as a game tree needs them: chances of each move of chance, and what the ends are worth.

Either every factor moves, or those that no choice sees are summed out: the chance of a factor is then that given all
moves before it, and an end is worth what is expected there. Whoever moves learns as much and weighs the same either
way, so the play is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.errors import PlanError
from melian.model.diagram import FactorTable, Model, RowTable
from melian.model.functions import FunctionTable, numbers_of
from melian.solve.tables import fill_influenced

Floats = NDArray[np.float64]

MAX_CELLS: Final = 20_000_000  # of a table on the way to summing out
LEVEL: Final = 1e-13  # rows that differ by less are one: rounding of sums of products


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Numbers by the states of some variables.

    Attributes
    ----------
    axes : the variables, in the order of the array's axes.
    """

    axes: tuple[int, ...]
    array: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """What a tree needs.

    Attributes
    ----------
    order : variables that move, in their order.
    lots : for each factor among them, chances of its states; it is the last axis.
    worths : for each actor, cells whose sum is its utility.
    """

    order: tuple[int, ...]
    lots: dict[int, Cells]
    worths: tuple[tuple[Cells, ...], ...]


def plain_numbers(model: Model, theta: Floats, order: Sequence[int]) -> Numbers:
    """Numbers where every factor in the order moves.

    Parameters
    ----------
    theta : [P] parameters of the world.
    """
    lots = {v: _own_last(_chances(model, theta, model.tables[v]), v) for v in order if v in model.tables}
    worths = tuple(tuple(_stakes(model, theta, actor)) for actor in range(len(model.actors)))
    return Numbers(tuple(order), lots, worths)


def seen_of(model: Model, order: Sequence[int]) -> tuple[int, ...]:
    """Choices and what they see, in an order."""
    seen = {axis for decision in model.decisions for axis in (decision.variable, *decision.sees)}
    return tuple(variable for variable in order if variable in seen)


def folded_numbers(model: Model, theta: Floats, order: Sequence[int]) -> Numbers:
    """Numbers where only choices and what they see move.

    Raises
    ------
    PlanError
        `game-too-many-nodes` where a table on the way would be beyond bounds.
    """
    kept = seen_of(model, order)
    hidden = [variable for variable in order if variable not in kept]
    tables = [_chances(model, theta, model.tables[v]) for v in order if v in model.tables]
    whole = _summed(model, tables, hidden, kept)
    worths = []
    for actor in range(len(model.actors)):
        total = np.zeros_like(whole)
        for stake in _stakes(model, theta, actor):
            total += _summed(model, [*tables, stake], hidden, kept)
        expected = np.divide(total, whole, out=np.zeros_like(whole), where=whole > 0)
        worths.append((Cells(kept, expected),))
    return Numbers(kept, _lots(model, whole, kept), tuple(worths))


def _chances(model: Model, theta: Floats, table: FactorTable) -> Cells:
    """Chances of a factor, in the order of its table's axes."""
    if isinstance(table, RowTable):
        return Cells(table.axes, theta[table.slots])
    if isinstance(table, FunctionTable):
        lengths = {axis: model.variables[axis].n_states for axis in table.axes}
        _refuse_if_too_large(model, table.axes)
        return Cells(table.axes, _of_function(theta, table, lengths))
    parents = table.pattern_of.shape
    found = np.empty([*parents[: table.own_axis], len(table.base), *parents[table.own_axis :], 1])
    fill_influenced(theta[:, np.newaxis], table, found)
    return Cells(table.axes, found[..., 0])


def _of_function(theta: Floats, table: FunctionTable, lengths: Mapping[int, int]) -> Floats:
    """Chances of a factor that is a function: part by part, over all that it hangs on."""
    parents = tuple(axis for axis in table.axes if axis != table.own)
    chances = {table.start(lengths[table.own]): np.ones((1,) * len(parents))}
    for part in table.parts:
        following: dict[int, Floats] = {}
        shape = [lengths[axis] if axis in part.axes else 1 for axis in parents]
        for number in numbers_of(part):
            row = [float(o == number) if isinstance(o, int) else theta[o[number]] for o in part.outcomes]
            here = np.array(row)[part.which].reshape(shape)
            for before, chance in chances.items():
                after = table.combine(before, number)
                following[after] = following.get(after, 0.0) + chance * here
        chances = following
    found = np.zeros((*(lengths[axis] for axis in parents), lengths[table.own]))
    for number, chance in chances.items():
        found[..., table.results[number]] += chance
    return np.moveaxis(found, -1, table.axes.index(table.own))


def _stakes(model: Model, theta: Floats, actor: int) -> Iterable[Cells]:
    """Each stake of an actor, its values times its weight."""
    for utility in model.utilities:
        if utility.actor == actor:
            yield Cells(utility.axes, theta[utility.weight] * theta[utility.slots])


def _own_last(cells: Cells, variable: int) -> Cells:
    at = cells.axes.index(variable)
    return Cells((*cells.axes[:at], *cells.axes[at + 1 :], variable), np.moveaxis(cells.array, at, -1))


def _lots(model: Model, whole: Floats, kept: Sequence[int]) -> dict[int, Cells]:
    """Chance of each factor given the moves before it, from the product of all chances.

    Once what comes after a choice is summed out, nothing depends on that choice any more: any of its options will do.
    """
    lots = {}
    for place in reversed(range(len(kept))):
        variable = kept[place]
        if variable not in model.tables:
            whole = whole[..., 0]
            continue
        before = whole.sum(axis=-1)
        row = np.divide(whole, before[..., np.newaxis], out=np.zeros_like(whole), where=before[..., np.newaxis] > 0)
        lots[variable] = _narrowed(Cells(tuple(kept[: place + 1]), row), before > 0)
        whole = before
    return lots


def _narrowed(cells: Cells, is_met: NDArray[np.bool_]) -> Cells:
    """Chances without the axes that make no difference; kept as they are where some combinations never come about."""
    array, axes = cells.array, list(cells.axes)
    if is_met.all():
        for at in reversed(range(len(axes) - 1)):
            if np.ptp(array, axis=at).max(initial=0.0) < LEVEL:
                array = np.take(array, 0, axis=at)
                del axes[at]
    return Cells(tuple(axes), np.round(array, 15))


def _summed(model: Model, tables: Iterable[Cells], hidden: Iterable[int], kept: Sequence[int]) -> Floats:
    """Sum over the hidden variables of the product of some tables, [states of the kept ones].

    Variables are summed out one by one, first the one that takes the smallest table (Dechter 1999).
    """
    ahead, left = list(tables), set(hidden)
    while left:
        spans = {v: _union(cells.axes for cells in ahead if v in cells.axes) for v in left}
        variable = min(left, key=lambda v: (_size(model, spans[v]), v))
        joint = _product(model, [cells for cells in ahead if variable in cells.axes], spans[variable])
        rest = tuple(axis for axis in joint.axes if axis != variable)
        summed = Cells(rest, joint.array.sum(axis=joint.axes.index(variable)))
        ahead = [*(cells for cells in ahead if variable not in cells.axes), summed]
        left.remove(variable)
    return _product(model, ahead, tuple(kept)).array


def _union(many: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({axis for axes in many for axis in axes}))


def _size(model: Model, axes: Iterable[int]) -> int:
    return prod(model.variables[axis].n_states for axis in axes)


def _product(model: Model, tables: Iterable[Cells], axes: tuple[int, ...]) -> Cells:
    """Product of tables over some variables, all of theirs among them."""
    _refuse_if_too_large(model, axes)
    array = np.ones([model.variables[axis].n_states for axis in axes])
    for cells in tables:
        order = sorted(range(len(cells.axes)), key=lambda at: axes.index(cells.axes[at]))
        shape = [model.variables[axis].n_states if axis in cells.axes else 1 for axis in axes]
        array *= np.transpose(cells.array, order).reshape(shape)
    return Cells(axes, array)


def _refuse_if_too_large(model: Model, axes: tuple[int, ...]) -> None:
    size = _size(model, axes)
    if size > MAX_CELLS:
        names = [model.variables[axis].name for axis in axes]
        message = f"the tree would take a table of {size:,} cells, more than {MAX_CELLS:,}"
        raise PlanError(message, [f"it spans {', '.join(names)}"], code="game-too-many-nodes", nodes=names)
