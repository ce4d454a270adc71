"""Which cells of an array can be other than zero in some world: a chain of small tables leaves most of them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from melian.plan.chain import NEVER, Link
from melian.plan.steps import Axes

Booleans = NDArray[np.bool_]
Support = Booleans | None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How the registers of a plan lie.

    Attributes
    ----------
    lengths : of every axis: variables, the event, hidden axes.
    supports : by register, [states of its axes] which cells can be other than zero; None where all can.
    links : tables that functions are taken apart into.
    """

    lengths: tuple[int, ...]
    supports: tuple[Support, ...]
    links: tuple[Link, ...]


# Cells of an array of which it is worked out one by one; of a larger one all are taken to count.
LOOKED_AT = 2**23


def support_of(link: Link) -> Support:
    """Return the cells of a link that can be other than zero; None where all can."""
    return _unless_all(link.slots != NEVER)


def picked(support: Support, place: int, state: int) -> Support:
    """Return the support of a register where one axis is in one state."""
    return None if support is None else _unless_all(np.take(support, state, axis=place))


def met(operands: Sequence[tuple[Axes, Support]], axes: Axes, lengths: Sequence[int]) -> tuple[Support, int]:
    """Support of a product that is summed to some axes, and how many products it sums.

    Parameters
    ----------
    operands : axes and support of each.
    lengths : of every axis.
    """
    union = tuple(sorted({axis for own, _ in operands for axis in own}))
    shape = tuple(lengths[axis] for axis in union)
    if all(support is None for _, support in operands) or prod(shape) > LOOKED_AT:
        return None, prod(shape)
    alive = alive_of(operands, union, lengths)
    summed = tuple(place for place, axis in enumerate(union) if axis not in axes)
    return _unless_all(np.asarray(alive.any(axis=summed))), int(alive.sum())


def alive_of(operands: Sequence[tuple[Axes, Support]], over: Axes, lengths: Sequence[int]) -> Booleans:
    """Where every operand can be other than zero, over some axes in any order."""
    found = np.ones(tuple(lengths[axis] for axis in over), dtype=bool)
    for own, support in operands:
        if support is not None:
            order = sorted(range(len(own)), key=lambda place: over.index(own[place]))
            shape = [lengths[axis] if axis in own else 1 for axis in over]
            found &= support.transpose(order).reshape(shape)
    return found


def _unless_all(support: Booleans) -> Support:
    return None if support.all() else support
