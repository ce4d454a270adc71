"""The machine that runs a plan: every step over one block of worlds, worlds last, in buffers that are used again.

A `Machine` holds the arrays of one thread. Which register lives in which buffer is settled once: a buffer is free again after
the last step that reads it, so the block's working set stays small enough for the cache.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import Model
from melian.plan.make import Plan
from melian.plan.steps import (
    Axes,
    Chance,
    Event,
    Fixed,
    Product,
    Register,
    Respond,
    Step,
    Total,
    Value,
    Witness,
)
from melian.solve.respond import best_response, logit_response
from melian.solve.tables import fill_chance, fill_event, fill_witness, gather

Floats = NDArray[np.float64]

SEGMENT: Final = 256
MAX_BLOCK: Final = 2048
CACHE_BYTES: Final = 1_000_000


def block_of(model: Model, plan: Plan) -> int:
    """Worlds in a block: as many segments as keep the largest register within the cache."""
    fitting = CACHE_BYTES // (8 * plan.cost.cells * SEGMENT)
    return SEGMENT * max(1, min(fitting, MAX_BLOCK // SEGMENT))


@dataclass(frozen=True, slots=True)
class Operation:
    """A product or a sum, with everything about its shapes worked out beforehand."""

    shapes: tuple[tuple[int, ...], ...]
    subscripts: str


class Machine:
    """Registers and buffers for running one plan on blocks of one size."""

    def __init__(self, model: Model, plan: Plan, n_worlds: int) -> None:
        self.model, self.plan, self.n_worlds = model, plan, n_worlds
        self.registers = _allocate(model, plan, n_worlds)
        self.unreached = np.zeros(n_worlds, dtype=bool)
        self._operations = [self._operation(register, step) for register, step in enumerate(plan.steps)]

    def run(self, theta: Floats) -> list[Floats]:
        """Run every step on one block.

        Parameters
        ----------
        theta : [P, W] parameters of the block.

        Returns
        -------
        Registers by number; only `Plan.outputs` still hold their values, until the next run.
        """
        self.unreached[...] = False
        for register, step in enumerate(self.plan.steps):
            self._run(register, step, theta)
        return self.registers

    def _run(self, register: Register, step: Step, theta: Floats) -> None:
        out = self.registers[register]
        match step:
            case Product(left, right, _):
                self._multiply(self._operations[register], self.registers[left], self.registers[right], out)
            case Total(operand, _):
                np.einsum(self._operations[register].subscripts, self.registers[operand], out=out)
            case Respond():
                self._respond(step, theta, out)
            case Chance(variable, actor):
                beliefs, tables = self.model.beliefs, self.model.tables
                believed = beliefs.get((actor, variable)) if actor is not None else None
                fill_chance(theta, believed if believed is not None else tables[variable], out)
            case Value(utility):
                gather(theta, self.model.utilities[utility].slots, out)
            case Witness(origin):
                fill_witness(theta, self.model.evidence[origin], out)
            case Event():
                fill_event(self.model.event, out)
            case Fixed(_, state):
                out[...] = 0.0
                out[state] = 1.0

    def _multiply(self, operation: Operation, left: Floats, right: Floats, out: Floats) -> None:
        if operation.subscripts:
            np.einsum(operation.subscripts, left, right, out=out)
        else:
            np.multiply(left.reshape(operation.shapes[0]), right.reshape(operation.shapes[1]), out=out)

    def _respond(self, step: Respond, theta: Floats, out: Floats) -> None:
        """Expected utility of each option in each situation, then the response to it."""
        rational = self.model.behaviour == "rational"
        precision = 1.0 if rational else theta[self.model.precision[step.actor]]
        out[...] = 0.0
        for term in step.terms:
            weight = precision * theta[self.model.utilities[term.utility].weight]
            expected = self._view(term.expectation, step.axes) * weight
            if term.reach is not None:
                expected = _over(expected, self._view(term.reach, step.axes))
            out += expected
        self._level_unreached(step, out)
        (best_response if rational else logit_response)(out, step.axes.index(step.variable))

    def _level_unreached(self, step: Respond, out: Floats) -> None:
        """What cannot come about calls for no particular answer: all options alike, and the world is noted."""
        for term in step.terms:
            if term.reach is not None:
                impossible = self._view(term.reach, step.axes) <= 0
                if impossible.any():
                    np.multiply(out, ~impossible, out=out)
                    self.unreached |= impossible.any(axis=tuple(range(impossible.ndim - 1)))

    def _view(self, register: Register, axes: Axes) -> Floats:
        """Return a register with an axis of length one for each axis that it lacks."""
        return self.registers[register].reshape(_padded(self.plan.axes[register], axes, self._lengths))

    @property
    def _lengths(self) -> "Lengths":
        return Lengths(self.model, self.plan.event_axis, self.n_worlds)

    def _operation(self, register: Register, step: Step) -> Operation:
        axes = self.plan.axes
        match step:
            case Product(left, right, out) if set(out) == {*axes[left], *axes[right]}:
                shapes = tuple(_padded(axes[operand], out, self._lengths) for operand in (left, right))
                return Operation(shapes, "")
            case Product(left, right, out):
                return Operation((), _subscripts((axes[left], axes[right]), out))
            case Total(operand, out):
                return Operation((), _subscripts((axes[operand],), out))
            case _:
                return Operation((), "")


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of axes: states of a variable, 2 for the event, worlds last."""

    model: Model
    event_axis: int
    n_worlds: int

    def shape(self, axes: Axes) -> tuple[int, ...]:
        """Shape of a register."""
        return (*(self.of(axis) for axis in axes), self.n_worlds)

    def of(self, axis: int) -> int:
        """Length of one axis."""
        return 2 if axis == self.event_axis else self.model.variables[axis].n_states


def _over(above: Floats, below: Floats) -> Floats:
    """Quotient, zero where the divisor is."""
    out = np.zeros(np.broadcast_shapes(above.shape, below.shape))
    return np.divide(above, below, out=out, where=below > 0)


def _padded(axes: Axes, among: Axes, lengths: Lengths) -> tuple[int, ...]:
    return (*(lengths.of(axis) if axis in axes else 1 for axis in among), lengths.n_worlds)


def _subscripts(operands: tuple[Axes, ...], out: Axes) -> str:
    """Subscripts of a sum of products over axes, worlds carried along."""
    present = sorted({axis for axes in operands for axis in axes})
    letter = {axis: chr(ord("a") + place) if place < 25 else chr(ord("A") + place - 25) for place, axis in enumerate(present)}
    words = ("".join(letter[axis] for axis in axes) + "z" for axes in operands)
    return ",".join(words) + "->" + "".join(letter[axis] for axis in out) + "z"


def _allocate(model: Model, plan: Plan, n_worlds: int) -> list[Floats]:
    """One array a register, on buffers that are shared by registers whose lives do not overlap."""
    lengths = Lengths(model, plan.event_axis, n_worlds)
    sizes = [int(np.prod(lengths.shape(axes))) for axes in plan.axes]
    last_use = _last_uses(plan)
    free: list[Floats] = []
    registers: list[Floats] = []
    buffers: list[Floats] = []
    for register, axes in enumerate(plan.axes):
        fitting = [buffer for buffer in free if buffer.size >= sizes[register]]
        buffer = min(fitting, key=lambda b: b.size) if fitting else np.empty(sizes[register])
        free = [other for other in free if other is not buffer]
        buffers.append(buffer)
        registers.append(buffer[: sizes[register]].reshape(lengths.shape(axes)))
        free += [buffers[dead] for dead in range(register + 1) if last_use[dead] == register]
    return registers


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
