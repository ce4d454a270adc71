"""Where the registers of a plan lie in the kernel's file of cells, and in which order its steps are run.

A cell is free again after the last step that reads it, so that the file stays small.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.plan import Plan
from melian.plan.steps import Guess, Pick, Product, Register, Respond, Settle, Total, operands_of
from melian.solve.kernel.room import Room
from melian.solve.kernel.sparse import ABSENT

Cells = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Order:
    """Order in which steps are run.

    Attributes
    ----------
    steps : registers, in order.
    loops : by register of a settling step, the steps that are run anew with every guess; they come right before it.
    """

    steps: tuple[Register, ...]
    loops: dict[Register, tuple[Register, ...]]


def order_of(plan: Plan) -> Order:
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
    return Order(tuple(steps), loops)


@dataclass(frozen=True, slots=True)
class Shape:
    """Lengths of axes and layouts of registers, rising axes, last axis fastest.

    Attributes
    ----------
    slots : by register of a table that is read as it stands, the slot of each of its cells; by register of which cells
        are left out, the cell of each, once it has room.
    places : by register of which cells are left out, their places.
    starts : the first cells of these.
    """

    model: Model
    plan: Plan
    slots: dict[Register, NDArray[np.intp]]
    places: Mapping[Register, Cells]
    starts: dict[Register, int] = field(default_factory=dict)

    def length(self, axis: int) -> int:
        """Length of an axis."""
        return self.plan.layout.lengths[axis]

    def lengths(self, axes: Iterable[int]) -> tuple[int, ...]:
        """Lengths of some axes."""
        return tuple(self.length(axis) for axis in axes)

    def take(self, register: Register, room: Room, zero: int) -> int:
        """Take room for a register: its first cell; 0 where some are left out, as its cells are then looked up."""
        start = room.take(self.size(register))
        places = self.places.get(register)
        if places is None:
            return start
        self.starts[register] = start
        self.slots[register] = np.where(places == ABSENT, zero, start + places).astype(np.intp)
        return 0

    def size(self, register: Register) -> int:
        """Cells that a register takes."""
        if register in self.places:
            return int(np.count_nonzero(self.places[register] != ABSENT))
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


def place(
    shape: Shape,
    plan: Plan,
    n_slots: int,
    filled: Sequence[Register],
    order: Order,
    constants: tuple[int, ...],
) -> tuple[list[int], int]:
    """First cell of every register, and the number of cells: slots, tables made outside, then as cells come free.

    Of a register that lies in the cells of slots, or of which cells are left out, it is the place among all.
    """
    first = [0] * len(plan.steps)
    n_leaves = n_slots
    for register in filled:
        first[register] = n_leaves
        n_leaves += shape.size(register)
    room = Room(n_leaves + len(constants))
    zero = constants[-1] if constants else ABSENT
    for register, step in enumerate(plan.steps):
        if isinstance(step, Guess):  # few, and read from inside and outside of loops: theirs for good
            first[register] = room.take(shape.size(register))
    dying: dict[int, list[Register]] = {}
    for register, last in _last_uses(shape, order).items():
        if isinstance(plan.steps[register], Product | Total | Respond):
            dying.setdefault(last, []).append(register)
    for place, register in enumerate(order.steps):
        if isinstance(plan.steps[register], Product | Total | Respond):
            first[register] = shape.take(register, room, zero)
        elif isinstance(step := plan.steps[register], Pick):
            first[register] = first[step.operand] + step.state * shape.strides(step.operand)[step.variable]
        for dead in dying.get(place, ()):
            room.give(shape.starts.get(dead, first[dead]), shape.size(dead))
    return first, room.end


def _last_uses(shape: Shape, order: Order) -> dict[Register, int]:
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
