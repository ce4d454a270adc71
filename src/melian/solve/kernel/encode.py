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

from melian.case.dependence import descendants
from melian.model.diagram import Model, RowTable
from melian.plan.chain import CERTAIN, NEVER
from melian.plan.openings import Batch, batches, open_options
from melian.plan.plan import Plan
from melian.plan.relevance import Outlooks
from melian.plan.steps import (
    Among,
    Average,
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
RANGE: Final = 6
SHARE: Final = 7
NO_REACH: Final = -1
LEAF: Final = (Chance, Linked, Value, Fixed, Among, Average, Witness, Event)


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A plan ready for the kernel; I instructions, T terms of rules, L lists of cells laid end to end.

    Attributes
    ----------
    instructions : [I, 6] kind, first cell written, groups, members of a group, place of its lists, extra.
        A product or sum writes one cell a group and adds up its members. A rule has a group for each situation and a
        member for each open option; extra is the number of its terms, whose rows begin at its place in `terms`; a rule
        takes an instruction for each number of open options. Clearing makes a group of cells zero. A range writes a
        weight (extra) times the largest difference within a group of cells; shares make the cells of a list (their
        number second, their place fifth) parts of the sum of another. Settling has its lists at the second number, then
        how many chances to find, how many instructions behind it to try, its first group and groups.
    left, right : [L] cells to multiply; `right` is not read by sums.
    groups : [G] options of each situation of choices that are settled together. Behind those of one settling stand
        where its inputs are listed, how many there are, where its worth is listed (-1: it is not asked for), how many
        stakes that is a sum of, how many choices there are, and the first situation of each.
    terms : [T, 4] cell of the weight, slot of the precision, place of the expectations, place of the reaches (-1:
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
    writer = _Writer(shape, first, n_cells, constants)
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
        read=np.unique(np.concatenate([writer.weights, terms[:, 1], *read])).astype(np.int32),
        filled=filled,
        n_filled=n_leaves + len(constants) - n_slots,
        constants=constants,
        n_cells=writer.n_cells,
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

    def __init__(self, shape: Shape, first: Sequence[int], n_cells: int, constants: tuple[int, ...]) -> None:
        self.shape, self.first, self.n_cells, self.constants = shape, first, n_cells, constants
        self.lists = _Lists()
        self.weights: list[int] = []
        self.outlooks = Outlooks(shape.model, shape.plan.forced)
        self.shares: dict[tuple[Register, int], int] = {}
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
            if answering == EXPECT and not batch.is_weighed:
                continue  # what is no unknown was written before
            chosen, first_term = batch.cells.ravel(), len(self.terms)
            reached_at: dict[Register | None, int] = {None: NO_REACH}
            for term in step.terms if batch.is_weighed else ():
                expected = shape.cells(first[term.expectation], term.expectation, over)[chosen]
                # One place for all terms that it is the reach of: the kernel divides by it once for all of them.
                if term.reach is not None and term.reach not in reached_at:
                    reached = shape.cells(first[term.reach], term.reach, over)[chosen]
                    reached_at[term.reach] = self.lists.add(reached, reached)
                place = self.lists.add(expected, expected)
                weight = self.shares.get((out, term.utility), model.utilities[term.utility].weight)
                self.weights.append(model.utilities[term.utility].weight)
                self.terms.append([weight, model.precision[step.actor], place, reached_at[term.reach]])
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
        guessed, answered, first_group, firsts = [], [], len(self.groups), [0]
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
            firsts.append(len(self.groups) - first_group)
        if shape.model.behaviour == "rational":
            for answer in step.answers:
                self._share_out(answer)
        at = len(self.instructions)
        for register in loop:
            self._step(register, EXPECT)
        n_unknown = sum(part.size for part in guessed)
        if n_unknown:
            guesses = np.concatenate(guessed)
            place = self.lists.add(guesses, np.concatenate(answered))
            n_tried, n_groups = len(self.instructions) - at, len(self.groups) - first_group
            inputs = self._inputs(self.instructions[at:], guesses)
            self.groups += [self.lists.add(inputs, inputs), inputs.size, *self._worth(step), len(firsts) - 1, *firsts]
            self.instructions.insert(at, [SETTLE, place, n_unknown, n_tried, first_group, n_groups])

    def _share_out(self, answer: Register) -> None:
        """Weigh each stake of a choice by the share that it has in what the choice can move at the most.

        Rational choices take the limit of limited consistency, whose unit is what is at stake in the choice: a stake
        that it cannot move, or any scaling, changes nothing.
        """
        model, step = self.shape.model, self.shape.plan.steps[answer]
        assert isinstance(step, Respond)
        if not step.terms:
            return
        movable = descendants(self.outlooks.graph(step.actor), step.variable)
        first = self.n_cells
        self.n_cells += 2 * len(step.terms)
        for at, term in enumerate(step.terms):
            utility = model.utilities[term.utility]
            fixed = [place for place, axis in enumerate(utility.axes) if axis not in movable]
            moved = np.moveaxis(utility.slots, fixed, range(len(fixed)))
            n_groups = int(np.prod(moved.shape[: len(fixed)], dtype=np.int64))
            cells = moved.ravel().astype(np.int32)
            place = self.lists.add(cells, cells)
            self.instructions.append([RANGE, first + at, n_groups, cells.size // n_groups, place, utility.weight])
            self.shares[answer, term.utility] = first + len(step.terms) + at
        weights = np.array([model.utilities[term.utility].weight for term in step.terms], dtype=np.int32)
        ranges = np.arange(first, first + len(step.terms), dtype=np.int32)
        place = self.lists.add(weights, ranges)
        self.instructions.append([SHARE, first + len(step.terms), len(step.terms), 0, place, 0])

    def _worth(self, step: Settle) -> list[int]:
        """Where weights and what stakes are worth are listed, and how many they are."""
        if not step.worth:
            return [NO_REACH, 0]
        weights = np.array([self.shape.model.utilities[utility].weight for utility, _ in step.worth], dtype=np.int32)
        self.weights += weights.tolist()
        worth = [self.shape.cells(self.first[register], register, ()) for _, register in step.worth]
        return [self.lists.add(weights, np.concatenate(worth).astype(np.int32)), weights.size]

    def _inputs(self, tried: Sequence[Sequence[int]], guesses: Cells) -> Cells:
        """Cells that decide what a settling finds: all that is read by what is tried, and not written there."""
        left, right = self.lists.joined()
        read: list[Cells] = []
        written: list[Cells] = [guesses]
        for kind, first, n_groups, n_members, listed, extra in tried:
            if kind in (MULTIPLY, ADD):
                here = slice(listed, listed + n_groups * n_members)
                read += [left[here], right[here]]
                written.append(np.arange(first, first + n_groups, dtype=np.int32))
            elif kind == EXPECT:
                written.append(left[first : first + n_groups * n_members])
                for weight, precision, expected, reached in self.terms[listed : listed + extra]:
                    ends = [(at, at + n_groups * n_members) for at in (expected, reached) if at >= 0]
                    read += [np.array([weight, precision], dtype=np.int32), *(left[a:b] for a, b in ends)]
        joined = np.concatenate(read) if read else guesses[:0]
        return np.setdiff1d(joined, np.concatenate(written)).astype(np.int32)


def _by_situation(axes: Axes, variable: int) -> Axes:
    return (*(axis for axis in axes if axis != variable), variable)
