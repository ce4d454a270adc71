"""Plan to code: every step as rows of cell numbers, so that one compiled kernel can run any plan.

A register is a run of cells in one file of registers; a cell is one number for each world of a lane block. A product becomes
two lists of cells to multiply, one pair after the other; a rule becomes lists of the cells of its expected utilities. Which
cells a register gets is settled here: they are free again after the last step that reads them, so the file stays small.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import Axes, Product, Register, Respond, Step, Total

Cells = NDArray[np.int32]
Table = NDArray[np.int64]

MULTIPLY: Final = 0
ADD: Final = 1
RESPOND: Final = 2
NO_REACH: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A plan ready for the kernel; I instructions, T terms of rules, L lists of cells laid end to end.

    Attributes
    ----------
    instructions : [I, 6] kind, first cell written, groups, members of a group, place of its lists, extra.
        A product or sum writes one cell a group and adds up its members. A rule has a group for each situation and a member
        for each option; extra is the number of its terms, whose rows begin at its place in `terms`.
    left, right : [L] cells to multiply; `right` is not read by sums.
    terms : [T, 4] slot of the weight, slot of the precision, place of the expectations, place of the reaches (-1: certain).
    outputs : cell of every output, end to end in the order of `output_registers`.
    first : by register, its first cell.
    n_leaves : cells filled from outside, at the beginning of the file.
    n_cells : cells in the file.
    """

    instructions: Table
    left: Cells
    right: Cells
    terms: Table
    outputs: Cells
    output_registers: tuple[Register, ...]
    first: tuple[int, ...]
    leaves: tuple[Register, ...]
    n_leaves: int
    n_cells: int


class _Lists:
    """Lists of cells laid end to end."""

    def __init__(self) -> None:
        self.parts: list[tuple[Cells, Cells]] = []
        self.length = 0

    def add(self, left: Cells, right: Cells) -> int:
        """Place of a new pair of lists."""
        place = self.length
        self.parts.append((left, right))
        self.length += left.size
        return place

    def joined(self) -> tuple[Cells, Cells]:
        """Both lists, whole."""
        empty = np.zeros(0, dtype=np.int32)
        left = np.concatenate([empty, *(part[0] for part in self.parts)])
        return left, np.concatenate([empty, *(part[1] for part in self.parts)])


def encode(model: Model, plan: Plan) -> Code:
    """Encode a plan for the kernel."""
    shape = _Shape(model, plan)
    leaves = tuple(r for r, step in enumerate(plan.steps) if not isinstance(step, Product | Total | Respond))
    first, n_cells = _place(shape, plan, leaves)
    lists, terms = _Lists(), [[0, 0, 0, 0]][:0]
    instructions = [
        _respond(shape, model, step, first, register, lists, terms)
        if isinstance(step, Respond)
        else _contract(shape, step, first, register, lists)
        for register, step in enumerate(plan.steps)
        if isinstance(step, Product | Total | Respond)
    ]
    registers = tuple(dict.fromkeys(plan.outputs))
    left, right = lists.joined()
    return Code(
        instructions=np.array(instructions, dtype=np.int64).reshape(-1, 6),
        left=left,
        right=right,
        terms=np.array(terms, dtype=np.int64).reshape(-1, 4),
        outputs=np.concatenate([first[r] + np.arange(shape.size(r)) for r in registers]).astype(np.int32),
        output_registers=registers,
        first=tuple(first),
        leaves=leaves,
        n_leaves=sum(shape.size(r) for r in leaves),
        n_cells=n_cells,
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """Lengths of axes and layouts of registers, rising axes, last axis fastest."""

    model: Model
    plan: Plan

    def length(self, axis: int) -> int:
        return 2 if axis == self.plan.event_axis else self.model.variables[axis].n_states

    def lengths(self, axes: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.length(axis) for axis in axes)

    def size(self, register: Register) -> int:
        return int(np.prod(self.lengths(self.plan.axes[register]), dtype=np.int64))

    def cells(self, first: int, register: Register, over: Sequence[int]) -> Cells:
        """Cell of a register at every combination of some axes, the last fastest; axes it lacks do not move it."""
        axes = self.plan.axes[register]
        found = np.full(self.lengths(over), first, dtype=np.int32)
        stride = 1
        for axis in reversed(axes):
            if axis in over:
                steps = stride * np.arange(self.length(axis), dtype=np.int32)
                found += steps.reshape([-1 if other == axis else 1 for other in over])
            stride *= self.length(axis)
        return found.ravel()


def _contract(shape: _Shape, step: Product | Total, first: Sequence[int], out: Register, lists: _Lists) -> list[int]:
    """One group a cell of the result, one member a combination that is summed over."""
    operands = (step.left, step.right) if isinstance(step, Product) else (step.operand, step.operand)
    present = {axis for operand in operands for axis in shape.plan.axes[operand]}
    summed = tuple(sorted(present - set(step.axes)))
    over = (*step.axes, *summed)
    left, right = (shape.cells(first[operand], operand, over) for operand in operands)
    n_members = int(np.prod(shape.lengths(summed), dtype=np.int64))
    kind = MULTIPLY if isinstance(step, Product) else ADD
    return [kind, first[out], left.size // n_members, n_members, lists.add(left, right), 0]


def _respond(
    shape: _Shape,
    model: Model,
    step: Respond,
    first: Sequence[int],
    out: Register,
    lists: _Lists,
    terms: list[list[int]],
) -> list[int]:
    """One group a situation, one member an option."""
    over: Axes = (*(axis for axis in step.axes if axis != step.variable), step.variable)
    n_options = shape.length(step.variable)
    written = shape.cells(first[out], out, over)
    first_term = len(terms)
    for term in step.terms:
        expected = shape.cells(first[term.expectation], term.expectation, over)
        reached = None if term.reach is None else shape.cells(first[term.reach], term.reach, over)
        weight, precision = model.utilities[term.utility].weight, model.precision[step.actor]
        place = lists.add(expected, expected)
        terms.append([weight, precision, place, NO_REACH if reached is None else lists.add(reached, reached)])
    place = lists.add(written, written)
    return [RESPOND, place, written.size // n_options, n_options, first_term, len(step.terms)]


# Which cells a register gets


def _place(shape: _Shape, plan: Plan, leaves: Sequence[Register]) -> tuple[list[int], int]:
    """First cell of every register, and the number of cells: leaves first and for good, then as cells come free."""
    first = [0] * len(plan.steps)
    n_leaves = 0
    for register in leaves:
        first[register] = n_leaves
        n_leaves += shape.size(register)
    dying: dict[int, list[Register]] = {}
    for register, last in enumerate(_last_uses(plan)):
        if register not in set(leaves):
            dying.setdefault(last, []).append(register)
    room = _Room(n_leaves)
    for register in range(len(plan.steps)):
        if isinstance(plan.steps[register], Product | Total | Respond):
            first[register] = room.take(shape.size(register))
        for dead in dying.get(register, ()):
            room.give(first[dead], shape.size(dead))
    return first, room.end


class _Room:
    """Free runs of cells, kept sorted and joined; the first that fits is taken."""

    def __init__(self, start: int) -> None:
        self.free: list[tuple[int, int]] = []
        self.end = start

    def take(self, size: int) -> int:
        """Take the first cell of a run of some size."""
        for place, (start, length) in enumerate(self.free):
            if length >= size:
                self.free[place : place + 1] = [(start + size, length - size)] if length > size else []
                return start
        start, self.end = self.end, self.end + size
        return start

    def give(self, start: int, size: int) -> None:
        """Take a run back."""
        runs = sorted([*self.free, (start, size)])
        self.free = runs[:1]
        for first, length in runs[1:]:
            before, before_length = self.free[-1]
            if before + before_length == first:
                self.free[-1] = (before, before_length + length)
            else:
                self.free.append((first, length))


def _last_uses(plan: Plan) -> list[int]:
    """Step after which each register is read no more; outputs are read after the last."""
    last = list(range(len(plan.steps)))
    for register, step in enumerate(plan.steps):
        for operand in _operands(step):
            last[operand] = register
    for register in plan.outputs:
        last[register] = len(plan.steps)
    return last


def _operands(step: Step) -> tuple[Register, ...]:
    match step:
        case Product(left, right, _):
            return (left, right)
        case Total(operand, _):
            return (operand,)
        case Respond(_, _, terms, _):
            reaches = tuple(term.reach for term in terms if term.reach is not None)
            return (*(term.expectation for term in terms), *reaches)
        case _:
            return ()
