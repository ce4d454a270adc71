"""The machine that runs an encoded plan on blocks of worlds: tables in numbers, then the kernel.

A `Machine` holds the arrays of one thread; the code is shared by all. Where much evidence makes chances so small that
floating-point numbers may have lost them, likelihoods are scaled up, and what is still too small is worked out with
powers of two of its own (`melian.solve.wide`).
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import InfluenceTable, Model
from melian.plan.plan import Plan
from melian.plan.steps import Among, Average, Axes, Chance, Event, Fixed, Register, Step, Witness, operands_of
from melian.solve.kernel.encode import SETTLE, Code, encode
from melian.solve.kernel.interpret import run_code, run_settling_code
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import NOTHING, Stream, stream_rows
from melian.solve.powers import Powers
from melian.solve.tables import fill_event, fill_influenced, fill_witness, slots_of_influences, slots_of_origin
from melian.solve.wide import Wide, wide_of

Floats = NDArray[np.float64]

SEGMENT: Final = 256
MAX_BLOCK: Final = 1024
BLOCK_BYTES: Final = 16_000_000
# Tables that are made outside the kernel take three times their own size while they are made. Where a block of them
# would take more than this, it is solved a few worlds at a time.
FILLED_BYTES: Final = 64_000_000
MADE: Final = 3
# What all threads together may hold, if it is more than one of them needs.
MEMORY: Final = 1_000_000_000
CACHE_LINE: Final = 64

# Where products of chances underflow, each loses 2^-1075 at most, so that a sum above this keeps all its digits; and
# none does if the least of all factors have no more bits together than this.
SMALL: Final = 2.0**-500
BITS: Final = 1000.0

Attempt = tuple[int, int]
PRINCIPAL: Final[Attempt] = (0, 0)


def block_of(code: Code) -> int:
    """Worlds in a block at the most: enough that a call of numpy is cheap, few enough that tables stay near."""
    fitting = BLOCK_BYTES // (8 * max(code.n_slots + code.n_filled + len(code.outputs), 1) * SEGMENT)
    return SEGMENT * max(1, min(fitting, MAX_BLOCK // SEGMENT))


def strip_of(code: Code, block: int) -> int:
    """Worlds of a block of which tables are made at a time."""
    strip = block
    while strip > LANES and 8 * MADE * code.n_filled * strip > FILLED_BYTES:
        strip = LANES if strip % (2 * LANES) else strip // 2
    return strip


def memory_of(code: Code, block: int) -> int:
    """Bytes that a thread holds while it solves blocks of some size."""
    strip = strip_of(code, block)
    rows = (code.n_slots + len(code.outputs)) * (block + (strip if strip < block else 0))
    return 8 * (rows + MADE * code.n_filled * strip + code.n_cells * LANES)


def threads_within(code: Code, block: int, n_threads: int) -> int:
    """Threads that fit into memory together, of those that there are."""
    return max(1, min(n_threads, MEMORY // memory_of(code, block)))


def drawn_inside(model: Model, plan: Plan, code: Code) -> frozenset[int]:
    """Slots that nothing but the kernel reads: no table that is made outside it. It draws by whole blocks alone."""
    if strip_of(code, SEGMENT) < SEGMENT:
        return frozenset()
    outside: set[int] = set()
    for register in code.filled:
        match plan.steps[register]:
            case Chance(variable, actor):
                table = model.table(variable, actor)
                assert isinstance(table, InfluenceTable)
                outside |= slots_of_influences(table)
            case Witness(origin):
                outside |= slots_of_origin(model.evidence[origin])
            case _:
                pass
    return frozenset(code.read.tolist()) - outside


def _aligned(n_rows: int, n_columns: int) -> Floats:
    """Zeros [n_rows, n_columns] from the start of a cache line: a vector that crosses two lines costs two reads."""
    numbers = np.zeros(n_rows * n_columns + CACHE_LINE // 8)
    first = -numbers.ctypes.data % CACHE_LINE // 8
    return numbers[first : first + n_rows * n_columns].reshape(n_rows, n_columns)


def kept_of(code: Code) -> tuple[int, int]:
    """Settlings of a plan, and the most numbers that are kept of one of them."""
    settlings = code.instructions[code.instructions[:, 0] == SETTLE]
    ends = settlings[:, 4] + settlings[:, 5]
    return len(settlings), int((code.groups[ends + 1] + settlings[:, 2] + 2).max(initial=0))


class Machine:
    """Arrays for running one plan on blocks of one size.

    Parameters
    ----------
    n_worlds : of a block, a multiple of 256.
    stream : parameters that the kernel is to draw itself.
    """

    def __init__(self, model: Model, plan: Plan, code: Code, n_worlds: int, stream: Stream = NOTHING) -> None:
        self.model, self.plan, self.code, self.stream = model, plan, code, stream
        self._given = np.setdiff1d(code.read, stream.slots).astype(np.int32)
        self.unreached = np.zeros(n_worlds, dtype=bool)
        self.certificate = np.zeros((2, n_worlds))
        self._memory = np.full(kept_of(code), np.nan)
        self._filled = np.zeros((code.n_filled, n_worlds))
        self._file = _aligned(code.n_cells, LANES)
        self._outputs = np.zeros((len(code.outputs), n_worlds))
        self._filled_views = {register: self._filled_view(register, n_worlds) for register in code.filled}
        self.outputs: Mapping[Register, Floats] = _views(plan, code, self._outputs)
        self._fill_constant()
        self._wide: Wide | None = None
        self._player: Machine | None = None
        self._shifts: dict[Register, Powers] | None = None
        self._raised = np.zeros(n_worlds)
        self.powers: Mapping[Register, Powers] | None = None

    def run(self, theta: Floats, first_world: int = 0, attempt: Attempt = PRINCIPAL) -> Mapping[Register, Floats]:
        """Run every step on one block.

        Parameters
        ----------
        theta : [P, W] parameters of the block, but for those of the stream; these may be filled in.
        first_world : number of the block's first world.
        attempt : 0 for the principal branch of choices that are settled together, above it for a search of other
            solutions; then which component of choices is searched, the others staying on their principal branches.

        Returns
        -------
        Output registers, [states of the axes, W]; the next run overwrites them. `unreached` [W] tells the worlds in
        which an actor is asked about a situation that cannot come about. `powers` holds powers of two that registers
        of `Plan.weighed` are to be multiplied by, cell by cell; None where all are 0.
        """
        self._run(theta, first_world, attempt)
        doubtful = self._doubtful(theta, first_world)
        if doubtful.size and self._shifts is None:
            self._shifts = {}
            self._run(theta, first_world, attempt)
            doubtful = self._doubtful(theta, first_world)
        self.powers = self._shifted() if self._shifts else None
        if doubtful.size:
            self._widen(doubtful, theta, first_world, attempt)
        return self.outputs

    def _run(self, theta: Floats, first_world: int, attempt: Attempt) -> None:
        self._raised[...] = 0.0
        for register, view in self._filled_views.items():
            self._fill(self.plan.steps[register], theta, view)
            if self._shifts is not None and isinstance(self.plan.steps[register], Witness):
                self._lower(register, view)
        self.unreached[...] = False
        self.certificate[0], self.certificate[1] = 0.0, np.inf
        code, rational = self.code, self.model.behaviour == "rational"
        lists = (code.instructions, code.left, code.right, code.terms)
        given = (self.stream, self._given, theta, self._filled)
        arrays = (self._file, self._outputs, self.unreached)
        if len(code.groups):
            lists_too = (*lists, code.groups, code.outputs, rational, *given)
            run_settling_code(*lists_too, *arrays, self.certificate, self._memory, first_world, *attempt)
        else:
            run_code(*lists, code.outputs, rational, *given, *arrays, first_world)

    def _doubtful(self, theta: Floats, first_world: int) -> NDArray[np.intp]:
        """Worlds in which a chance is so small that it may have lost digits, or be 0 for no other reason."""
        small = self.outputs[self.plan.joint].min(axis=0) < SMALL
        for register in self.plan.subsets.values():
            small |= self.outputs[register].min(axis=0) < SMALL
        worlds = np.flatnonzero(small)
        if worlds.size:
            stream_rows(self.stream, first_world, theta)
            worlds = worlds[self._widely.bits(theta[:, worlds], self._tables(worlds)) > BITS]
        return worlds

    @property
    def _widely(self) -> Wide:
        if self._wide is None:
            self._wide = wide_of(self.model, self.plan)
        return self._wide

    def _tables(self, worlds: NDArray[np.intp]) -> dict[Register, Floats]:
        return {register: view[..., worlds] for register, view in self._filled_views.items()}

    def _lower(self, register: Register, view: Floats) -> None:
        """Scale the likelihoods of an origin, so that the largest of all origins so far have a product of about 1."""
        assert self._shifts is not None
        most = view.max(axis=tuple(range(view.ndim - 1)))
        self._raised += np.log2(most, out=np.zeros_like(most), where=most > 0)
        shift = np.round(self._raised)
        self._raised -= shift
        self._shifts[register] = shift.astype(np.int64)
        np.ldexp(view, -self._shifts[register], out=view)

    def _shifted(self) -> dict[Register, Powers]:
        """Powers that make up for what likelihoods were scaled by."""
        shifts = self._shifts
        assert shifts is not None
        nothing = np.zeros(self.unreached.size, dtype=np.int64)
        whole = sum(shifts.values(), start=nothing)
        found = {}
        for register, (held, others) in self._held.items():
            if len(others) < len(held):
                powers = whole - sum((shifts[witness] for witness in others), start=nothing)
            else:
                powers = sum((shifts[witness] for witness in held), start=nothing)
            found[register] = np.broadcast_to(powers, self.outputs[register].shape)
        return found

    @cached_property
    def _held(self) -> dict[Register, tuple[frozenset[Register], frozenset[Register]]]:
        """Origins whose likelihoods a register is made of, and the others."""
        witnesses = frozenset(r for r, step in enumerate(self.plan.steps) if isinstance(step, Witness))
        found: dict[Register, frozenset[Register]] = {}
        for register, step in enumerate(self.plan.steps):
            own = {register} if register in witnesses else set()
            found[register] = frozenset(own.union(*(found[operand] for operand in operands_of(step))))
        return {register: (found[register], witnesses - found[register]) for register in self.plan.weighed}

    def _widen(self, worlds: NDArray[np.intp], theta: Floats, first_world: int, attempt: Attempt) -> None:
        """Work some worlds out again with powers of two, into `outputs` and `powers`."""
        tables = self._tables(worlds)
        play = self._widely.play
        if play is not None:
            if self._player is None:
                self._player = Machine(self.model, play, encode(self.model, play), self.unreached.size)
            tables |= {r: rule[..., worlds] for r, rule in self._player.run(theta, first_world, attempt).items()}
        powers = {r: np.zeros(self.outputs[r].shape, dtype=np.int64) for r in self.plan.weighed}
        powers |= {register: found.copy() for register, found in (self.powers or {}).items()}
        for register, (values, own) in self._widely.run(theta[:, worlds], tables).items():
            self.outputs[register][..., worlds] = values
            powers[register][..., worlds] = own + (powers[register][..., worlds] if self._shifts else 0)
        self.powers = powers

    def _fill(self, step: Step, theta: Floats, out: Floats) -> None:
        match step:
            case Chance(variable, actor):
                table = self.model.table(variable, actor)
                assert isinstance(table, InfluenceTable)
                fill_influenced(theta, table, out)
            case Witness(origin):
                fill_witness(theta, self.model.evidence[origin], out)
            case _:
                pass

    def _fill_constant(self) -> None:
        """Fill what is the same in every world, once."""
        for cell, constant in zip(self.code.constants, (1.0, 0.0), strict=False):
            self._filled[cell - self.code.n_slots] = constant
        for register, view in self._filled_views.items():
            match self.plan.steps[register]:
                case Event():
                    fill_event(self.model.event, view)
                case Fixed(_, state):
                    view[state] = 1.0
                case Among(_, states):
                    view[list(states)] = 1.0
                case Average(choice):
                    view[...] = np.asarray(self.plan.averages[choice])[..., np.newaxis]
                case _:
                    pass

    def _shape(self, axes: Axes) -> tuple[int, ...]:
        return tuple(self.plan.layout.lengths[axis] for axis in axes)

    def _filled_view(self, register: Register, n_worlds: int) -> Floats:
        shape = self._shape(self.plan.axes[register])
        first = self.code.cells[register][0] - self.code.n_slots
        return self._filled[first : first + int(np.prod(shape))].reshape(*shape, n_worlds)


class Strips:
    """A machine that solves a block a few worlds at a time, where tables for all would take too much memory."""

    def __init__(self, machine: Machine, n_worlds: int) -> None:
        self._machine = machine
        self._outputs = np.zeros((len(machine.code.outputs), n_worlds))
        self.outputs = _views(machine.plan, machine.code, self._outputs)
        self.unreached, self.certificate = np.zeros(n_worlds, dtype=bool), np.zeros((2, n_worlds))
        self.powers: Mapping[Register, Powers] | None = None

    def run(self, theta: Floats, first_world: int = 0, attempt: Attempt = PRINCIPAL) -> Mapping[Register, Floats]:
        """Run every step on one block: see `Machine.run`."""
        machine, strip = self._machine, self._machine.unreached.size
        powers: dict[Register, Powers] = {}
        for start in range(0, theta.shape[1], strip):
            here = slice(start, start + strip)
            for register, values in machine.run(
                np.ascontiguousarray(theta[:, here]), first_world + start, attempt
            ).items():
                self.outputs[register][..., here] = values
            for register, own in (machine.powers or {}).items():
                powers.setdefault(register, np.zeros(self.outputs[register].shape, dtype=np.int64))[..., here] = own
            self.unreached[here], self.certificate[:, here] = machine.unreached, machine.certificate
        self.powers = powers or None
        return self.outputs


def machine_of(model: Model, plan: Plan, code: Code, n_worlds: int, stream: Stream = NOTHING) -> Machine | Strips:
    """Machine for blocks of some size, within memory."""
    strip = strip_of(code, n_worlds)
    if strip == n_worlds:
        return Machine(model, plan, code, n_worlds, stream)
    return Strips(Machine(model, plan, code, strip), n_worlds)


def _views(plan: Plan, code: Code, outputs: Floats) -> dict[Register, Floats]:
    """Output registers, [states of the axes, W], of an array of all their cells."""
    found, first = {}, 0
    for register in code.output_registers:
        shape = tuple(plan.layout.lengths[axis] for axis in plan.axes[register])
        size = int(np.prod(shape))
        found[register] = outputs[first : first + size].reshape(*shape, outputs.shape[1])
        first += size
    return found
