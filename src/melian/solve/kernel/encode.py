"""Plan to code: every step as rows of cell numbers, so that one compiled kernel can run any plan.

A register is a run of cells in one file of registers; a cell is one number for each world of a lane block. A product
becomes two lists of cells to multiply, one pair after the other; a rule becomes lists of the cells of its expected
utilities. Which cells a register gets is settled here: they are free again after the last step that reads them, so the
file stays small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model, RowTable
from melian.plan.chain import CERTAIN, NEVER
from melian.plan.make import Plan
from melian.plan.openings import Batch, batches, open_options
from melian.plan.steps import (
    Among,
    Axes,
    Chance,
    Event,
    Fixed,
    Guess,
    Linked,
    Product,
    Register,
    Respond,
    Settle,
    Total,
    Value,
    Witness,
)
from melian.solve.kernel.place import Order, Shape, order_of, place
from melian.solve.kernel.sparse import is_sparse, over_of, places_of, runs_of

Cells = NDArray[np.int32]
Table = NDArray[np.int64]

MULTIPLY: Final = 0
ADD: Final = 1
RESPOND: Final = 2
EXPECT: Final = 3
SETTLE: Final = 4
CLEAR: Final = 5
NO_REACH: Final = -1
LEAF: Final = (Chance, Linked, Value, Fixed, Among, Witness, Event)


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
    n_filled : their cells, behind those of the parameters, and those of the constants, the last of them.
    constants : cells of 1 and of 0 in every world; none where no table needs them.
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
    constants: tuple[int, ...]
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
    read = [part[part >= 0] for part in slots.values()]
    n_slots = sum(parameter.n_slots for parameter in model.parameters)
    filled = tuple(register for register in leaves if register not in slots)
    shape = Shape(model, plan, slots, places_of(plan))
    n_leaves = n_slots + sum(shape.size(register) for register in filled)
    constants = (n_leaves, n_leaves + 1) if plan.layout.links else ()
    if constants:
        for part in slots.values():
            part[part == CERTAIN], part[part == NEVER] = constants
    order = order_of(plan)
    first, n_cells = place(shape, plan, n_slots, filled, order, constants)
    writer = _Writer(shape, first, constants)
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
        read=np.unique(np.concatenate([terms[:, :2].ravel(), *read])).astype(np.int32),
        filled=filled,
        n_filled=n_leaves + len(constants) - n_slots,
        constants=constants,
        n_cells=n_cells,
    )


def _slots(model: Model, plan: Plan, register: Register) -> NDArray[np.intp] | None:
    """Slot of every cell of a table that is read as it stands; None for other steps."""
    match plan.steps[register]:
        case Chance(variable, actor):
            table = model.table(variable, actor)
            return table.slots.ravel() if isinstance(table, RowTable) else None
        case Linked(link):
            return plan.layout.links[link].slots.flatten()  # a copy, in which constants are put
        case Value(utility):
            return model.utilities[utility].slots.ravel()
        case _:
            return None


class _Writer:
    """Instructions in the making."""

    def __init__(self, shape: Shape, first: Sequence[int], constants: tuple[int, ...]) -> None:
        self.shape, self.first, self.constants = shape, first, constants
        self.lists = _Lists()
        self.terms: list[list[int]] = []
        self.groups: list[int] = []
        self.instructions: list[list[int]] = []

    def write(self, order: Order) -> None:
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
            self._contract(step, register)

    def _contract(self, step: Product | Total, out: Register) -> None:
        """One group a cell of the result, one member a combination that is summed over."""
        shape, first, kind = self.shape, self.first, MULTIPLY if isinstance(step, Product) else ADD
        operands, over = over_of(shape.plan, step)
        left, right = (shape.cells(first[operand], operand, over) for operand in operands)
        if is_sparse(shape.plan, out):
            start = shape.starts.get(out, first[out])
            for run in runs_of(shape.plan, out, left, right, self.constants[1]):
                place = self.lists.add(run.left, run.right)
                self.instructions.append([kind, start + run.first, run.n_groups, run.n_members, place, 0])
            return
        n_members = int(np.prod(shape.lengths(over[len(step.axes) :]), dtype=np.int64))
        place = self.lists.add(left, right)
        self.instructions.append([kind, first[out], left.size // n_members, n_members, place, 0])

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
