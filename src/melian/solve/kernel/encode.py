"""Plan to code: every step as rows of cell numbers, so that one compiled kernel can run any plan.

A register is a run of cells in one file of registers; a cell is one number for each world of a lane block. A product
becomes two lists of cells to multiply, one pair after the other; a rule becomes lists of the cells of its expected
utilities. Which cells a register gets is settled here: they are free again after the last step that reads them, so the
file stays small.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model, RowTable
from melian.plan.make import Plan
from melian.plan.steps import (
    Axes,
    Chance,
    Event,
    Fixed,
    Guess,
    Pick,
    Product,
    Register,
    Respond,
    Settle,
    Total,
    Value,
    Witness,
    operands_of,
)

Cells = NDArray[np.int32]
Table = NDArray[np.int64]

MULTIPLY: Final = 0
ADD: Final = 1
RESPOND: Final = 2
EXPECT: Final = 3
SETTLE: Final = 4
NO_REACH: Final = -1
LEAF: Final = (Chance, Value, Fixed, Witness, Event)


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A plan ready for the kernel; I instructions, T terms of rules, L lists of cells laid end to end.

    Attributes
    ----------
    instructions : [I, 6] kind, first cell written, groups, members of a group, place of its lists, extra.
        A product or sum writes one cell a group and adds up its members. A rule has a group for each situation and a
        member for each option; extra is the number of its terms, whose rows begin at its place in `terms`. Settling has
        its lists at the second number, then how many chances to find, how many instructions behind it to try, its first
        group and groups.
    left, right : [L] cells to multiply; `right` is not read by sums.
    groups : [G] options of each situation of choices that are settled together.
    terms : [T, 4] slot of the weight, slot of the precision, place of the expectations, place of the reaches (-1:
        certain).
    outputs : cell of every output, end to end in the order of `output_registers`.
    cells : by register, its cells; those of a table that is read as it stands are the slots of its parameters.
    n_slots : parameters, whose cells are the first of the file.
    read : slots that the kernel reads, rising.
    filled : registers whose tables are made outside the kernel, in order.
    n_filled : their cells, behind those of the parameters.
    n_cells : cells in the file.
    """

    instructions: Table
    left: Cells
    right: Cells
    terms: Table
    groups: NDArray[np.int64]
    outputs: Cells
    output_registers: tuple[Register, ...]
    cells: tuple[Cells, ...]
    n_slots: int
    read: Cells
    filled: tuple[Register, ...]
    n_filled: int
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
    leaves = [register for register, step in enumerate(plan.steps) if isinstance(step, LEAF)]
    slots = {register: slots for register in leaves if (slots := _slots(model, plan, register)) is not None}
    shape = _Shape(model, plan, slots)
    n_slots = sum(parameter.n_slots for parameter in model.parameters)
    filled = tuple(register for register in leaves if register not in slots)
    order = _order(plan)
    first, n_cells = _place(shape, plan, n_slots, filled, order)
    writer = _Writer(shape, first)
    writer.write(order)
    registers = tuple(dict.fromkeys(plan.outputs))
    left, right = writer.lists.joined()
    terms = np.array(writer.terms, dtype=np.int64).reshape(-1, 4)
    cells = tuple(shape.cells(first[r], r, plan.axes[r]) for r in range(len(plan.steps)))
    return Code(
        instructions=np.array(writer.instructions, dtype=np.int64).reshape(-1, 6),
        left=left,
        right=right,
        terms=terms,
        groups=np.array(writer.groups, dtype=np.int64),
        outputs=np.concatenate([cells[r] for r in registers]).astype(np.int32),
        output_registers=registers,
        cells=cells,
        n_slots=n_slots,
        read=np.unique(np.concatenate([terms[:, :2].ravel(), *slots.values()])).astype(np.int32),
        filled=filled,
        n_filled=sum(shape.size(r) for r in filled),
        n_cells=n_cells,
    )


def _slots(model: Model, plan: Plan, register: Register) -> NDArray[np.intp] | None:
    """Slot of every cell of a table that is read as it stands; None for other steps."""
    match plan.steps[register]:
        case Chance(variable, actor):
            table = model.table(variable, actor)
            return table.slots.ravel() if isinstance(table, RowTable) else None
        case Value(utility):
            return model.utilities[utility].slots.ravel()
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Order:
    """Order in which steps are run.

    Attributes
    ----------
    steps : registers, in order.
    loops : by register of a settling step, the steps that are run anew with every guess; they come right before it.
    """

    steps: tuple[Register, ...]
    loops: dict[Register, tuple[Register, ...]]


def _order(plan: Plan) -> _Order:
    """Steps as planned, but that what does not depend on a guess is taken out of its loop."""
    steps: list[Register] = []
    loops: dict[Register, tuple[Register, ...]] = {}
    waiting: list[Register] = []
    tried: set[Register] = set()
    for register, step in enumerate(plan.steps):
        if isinstance(step, Settle):
            loops[register] = tuple(waiting)
            steps += [*waiting, register]
            waiting, tried = [], set()
        elif isinstance(step, Guess):
            tried.add(register)
        elif tried & set(operands_of(step)):
            tried.add(register)
            waiting.append(register)
        else:
            steps.append(register)
    return _Order(tuple(steps), loops)


class _Writer:
    """Instructions in the making."""

    def __init__(self, shape: "_Shape", first: Sequence[int]) -> None:
        self.shape, self.first = shape, first
        self.lists = _Lists()
        self.terms: list[list[int]] = []
        self.groups: list[int] = []
        self.instructions: list[list[int]] = []

    def write(self, order: _Order) -> None:
        """Write all steps; what is tried with every guess stands behind its settling step, which runs it."""
        looped = {register for loop in order.loops.values() for register in loop}
        for register in order.steps:
            step = self.shape.plan.steps[register]
            if isinstance(step, Settle):
                self.instructions.append(self._settle(step, len(order.loops[register])))
                for tried in order.loops[register]:
                    self._step(tried, EXPECT)
            elif register not in looped:
                self._step(register, RESPOND)

    def _step(self, register: Register, answering: int) -> None:
        step = self.shape.plan.steps[register]
        if isinstance(step, Respond):
            self.instructions.append(self._respond(step, register, answering))
        elif isinstance(step, Product | Total):
            self.instructions.append(self._contract(step, register))

    def _contract(self, step: Product | Total, out: Register) -> list[int]:
        """One group a cell of the result, one member a combination that is summed over."""
        shape, first = self.shape, self.first
        operands = (step.left, step.right) if isinstance(step, Product) else (step.operand, step.operand)
        present = {axis for operand in operands for axis in shape.plan.axes[operand]}
        summed = tuple(sorted(present - set(step.axes)))
        over = (*step.axes, *summed)
        left, right = (shape.cells(first[operand], operand, over) for operand in operands)
        n_members = int(np.prod(shape.lengths(summed), dtype=np.int64))
        kind = MULTIPLY if isinstance(step, Product) else ADD
        return [kind, first[out], left.size // n_members, n_members, self.lists.add(left, right), 0]

    def _respond(self, step: Respond, out: Register, answering: int) -> list[int]:
        """One group a situation, one member an option."""
        shape, first, model = self.shape, self.first, self.shape.model
        over = _by_situation(step.axes, step.variable)
        n_options = shape.length(step.variable)
        written = shape.cells(first[out], out, over)
        first_term = len(self.terms)
        reached_at: dict[Register | None, int] = {None: NO_REACH}
        for term in step.terms:
            expected = shape.cells(first[term.expectation], term.expectation, over)
            # One place for all terms that it is the reach of: the kernel divides by it once for all of them.
            if term.reach is not None and term.reach not in reached_at:
                reached = shape.cells(first[term.reach], term.reach, over)
                reached_at[term.reach] = self.lists.add(reached, reached)
            weight, precision = model.utilities[term.utility].weight, model.precision[step.actor]
            place = self.lists.add(expected, expected)
            self.terms.append([weight, precision, place, reached_at[term.reach]])
        place = self.lists.add(written, written)
        n_situations = written.size // n_options
        return [answering, place, n_situations, n_options, first_term, len(step.terms)]

    def _settle(self, step: Settle, n_tried: int) -> list[int]:
        """Cells of guesses beside cells of answers, situation by situation."""
        shape, first = self.shape, self.first
        guessed, answered, first_group = [], [], len(self.groups)
        for guess, answer in zip(step.guesses, step.answers, strict=True):
            asked = shape.plan.steps[guess]
            assert isinstance(asked, Guess)
            assert asked.axes == shape.plan.axes[answer]
            over = _by_situation(asked.axes, asked.variable)
            guessed.append(shape.cells(first[guess], guess, over))
            answered.append(shape.cells(first[answer], answer, over))
            n_options = shape.length(asked.variable)
            self.groups += [n_options] * (guessed[-1].size // n_options)
        place = self.lists.add(np.concatenate(guessed), np.concatenate(answered))
        n_unknown = sum(part.size for part in guessed)
        return [SETTLE, place, n_unknown, n_tried, first_group, len(self.groups) - first_group]


def _by_situation(axes: Axes, variable: int) -> Axes:
    return (*(axis for axis in axes if axis != variable), variable)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Lengths of axes and layouts of registers, rising axes, last axis fastest.

    Attributes
    ----------
    slots : by register of a table that is read as it stands, the slot of each of its cells.
    """

    model: Model
    plan: Plan
    slots: Mapping[Register, NDArray[np.intp]]

    def length(self, axis: int) -> int:
        return 2 if axis == self.plan.event_axis else self.model.variables[axis].n_states

    def lengths(self, axes: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.length(axis) for axis in axes)

    def size(self, register: Register) -> int:
        return int(np.prod(self.lengths(self.plan.axes[register]), dtype=np.int64))

    def cells(self, first: int, register: Register, over: Sequence[int]) -> Cells:
        """Cell of a register at every combination of some axes, the last fastest; axes it lacks do not move it."""
        slots = self.slots.get(self.base(register))
        found = np.full(self.lengths(over), first, dtype=np.int32)
        for axis, stride in self.strides(register).items():
            if axis in over:
                steps = stride * np.arange(self.length(axis), dtype=np.int32)
                found += steps.reshape([-1 if other == axis else 1 for other in over])
        return found.ravel() if slots is None else slots[found.ravel()].astype(np.int32)

    def strides(self, register: Register) -> dict[int, int]:
        """Cells from one state of each axis to the next; what is picked out of a register lies as it does there."""
        step = self.plan.steps[register]
        if isinstance(step, Pick):
            return {axis: stride for axis, stride in self.strides(step.operand).items() if axis != step.variable}
        found, stride = {}, 1
        for axis in reversed(self.plan.axes[register]):
            found[axis], stride = stride, stride * self.length(axis)
        return found

    def base(self, register: Register) -> Register:
        """Register in whose cells a register lies: what it was picked out of, or itself."""
        step = self.plan.steps[register]
        return self.base(step.operand) if isinstance(step, Pick) else register


# Which cells a register gets


def _place(shape: _Shape, plan: Plan, n_slots: int, filled: Sequence[Register], order: _Order) -> tuple[list[int], int]:
    """First cell of every register, and the number of cells: slots, tables made outside, then as cells come free.

    Of a register that lies in the cells of slots it is the place among them.
    """
    first = [0] * len(plan.steps)
    n_leaves = n_slots
    for register in filled:
        first[register] = n_leaves
        n_leaves += shape.size(register)
    room = _Room(n_leaves)
    for register, step in enumerate(plan.steps):
        if isinstance(step, Guess):  # few, and read from inside and outside of loops: theirs for good
            first[register] = room.take(shape.size(register))
    dying: dict[int, list[Register]] = {}
    for register, last in _last_uses(shape, order).items():
        if isinstance(plan.steps[register], Product | Total | Respond):
            dying.setdefault(last, []).append(register)
    for place, register in enumerate(order.steps):
        if isinstance(plan.steps[register], Product | Total | Respond):
            first[register] = room.take(shape.size(register))
        elif isinstance(step := plan.steps[register], Pick):
            first[register] = first[step.operand] + step.state * shape.strides(step.operand)[step.variable]
        for dead in dying.get(place, ()):
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


def _last_uses(shape: _Shape, order: _Order) -> dict[Register, int]:
    """Place in the order after which each register is read no more; outputs are read after the last.

    What a loop reads from before it is read again in every turn, so it lives until the loop ends.
    """
    plan = shape.plan
    place_of = {register: place for place, register in enumerate(order.steps)}
    last = dict(place_of)
    for place, register in enumerate(order.steps):
        for operand in operands_of(plan.steps[register]):
            last[shape.base(operand)] = place
    for settle, loop in order.loops.items():
        for register in loop:
            for operand in operands_of(plan.steps[register]):
                if operand not in loop:
                    base = shape.base(operand)
                    last[base] = max(last[base], place_of[settle])
    return last | dict.fromkeys(plan.outputs, len(order.steps))
