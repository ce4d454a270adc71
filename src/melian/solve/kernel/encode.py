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
from melian.plan.openings import Batch, batches, open_options
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
from melian.solve.kernel.room import Room

Cells = NDArray[np.int32]
Table = NDArray[np.int64]

MULTIPLY: Final = 0
ADD: Final = 1
RESPOND: Final = 2
EXPECT: Final = 3
SETTLE: Final = 4
CLEAR: Final = 5
NO_REACH: Final = -1
LEAF: Final = (Chance, Value, Fixed, Witness, Event)


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A plan ready for the kernel; I instructions, T terms of rules, L lists of cells laid end to end.

    Attributes
    ----------
    instructions : [I, 6] kind, first cell written, groups, members of a group, place of its lists, extra.
        A product or sum writes one cell a group and adds up its members. A rule has a group for each situation and a
        member for each open option; extra is the number of its terms, whose rows begin at its place in `terms`; a rule
        takes an instruction for each number of open options. Clearing makes a group of cells zero. Settling has
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
                self._settle(step, order.loops[register])
            elif register not in looped:
                self._step(register, RESPOND)

    def _step(self, register: Register, answering: int) -> None:
        step = self.shape.plan.steps[register]
        if isinstance(step, Respond):
            self._respond(step, register, answering)
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

    def _respond(self, step: Respond, out: Register, answering: int) -> None:
        """One group a situation, one member an open option; options that are closed are zero."""
        shape, first, model = self.shape, self.first, self.shape.model
        axes = shape.plan.axes[out]
        over = _by_situation(axes, step.variable)
        is_open = open_options(model, axes, step.variable)
        written = shape.cells(first[out], out, over).reshape(is_open.shape)
        if answering == RESPOND:
            self._zero(written[~is_open])
        for batch in batches(model, step, axes, shape.plan.forced):
            chosen, first_term = batch.cells.ravel(), len(self.terms)
            reached_at: dict[Register | None, int] = {None: NO_REACH}
            for term in step.terms if batch.is_weighed else ():
                expected = shape.cells(first[term.expectation], term.expectation, over)[chosen]
                # One place for all terms that it is the reach of: the kernel divides by it once for all of them.
                if term.reach is not None and term.reach not in reached_at:
                    reached = shape.cells(first[term.reach], term.reach, over)[chosen]
                    reached_at[term.reach] = self.lists.add(reached, reached)
                weight, precision = model.utilities[term.utility].weight, model.precision[step.actor]
                place = self.lists.add(expected, expected)
                self.terms.append([weight, precision, place, reached_at[term.reach]])
            self._answer(answering, written, batch, first_term)

    def _answer(self, answering: int, written: Cells, batch: Batch, first_term: int) -> None:
        """Write the answer of a batch, by the terms from the first on; without terms its options are alike."""
        place = self.lists.add(written[batch.cells], written[batch.cells])
        n_terms = len(self.terms) - first_term
        self.instructions.append([answering, place, batch.n_situations, batch.n_open, first_term, n_terms])

    def _zero(self, cells: Cells) -> None:
        """Write one instruction for each run of cells."""
        ordered = np.sort(cells)
        for run in np.split(ordered, np.flatnonzero(np.diff(ordered) != 1) + 1):
            if run.size:
                self.instructions.append([CLEAR, int(run[0]), run.size, 0, 0, 0])

    def _settle(self, step: Settle, loop: Sequence[Register]) -> None:
        """Cells of guesses beside cells of answers, situation by situation; what is no unknown is written before."""
        shape, first = self.shape, self.first
        guessed, answered, first_group = [], [], len(self.groups)
        for guess, answer in zip(step.guesses, step.answers, strict=True):
            asked, answering, axes = shape.plan.steps[guess], shape.plan.steps[answer], shape.plan.axes[answer]
            assert isinstance(asked, Guess)
            assert isinstance(answering, Respond)
            assert asked.axes == axes
            is_open = open_options(shape.model, axes, asked.variable)
            over = _by_situation(axes, asked.variable)
            tried = shape.cells(first[guess], guess, over).reshape(is_open.shape)
            answers = shape.cells(first[answer], answer, over).reshape(is_open.shape)
            self._zero(tried[~is_open])
            for batch in batches(shape.model, answering, axes, shape.plan.forced):
                if batch.is_weighed:
                    guessed.append(tried[batch.cells])
                    answered.append(answers[batch.cells])
                    self.groups += [batch.n_open] * batch.n_situations
                else:
                    self._answer(RESPOND, tried, batch, len(self.terms))
        at = len(self.instructions)
        for register in loop:
            self._step(register, EXPECT)
        n_unknown = sum(part.size for part in guessed)
        if n_unknown:
            place = self.lists.add(np.concatenate(guessed), np.concatenate(answered))
            n_tried, n_groups = len(self.instructions) - at, len(self.groups) - first_group
            self.instructions.insert(at, [SETTLE, place, n_unknown, n_tried, first_group, n_groups])


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
    room = Room(n_leaves)
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
