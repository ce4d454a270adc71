"""The machine that runs an encoded plan on blocks of worlds: tables in numbers, then the kernel.

A `Machine` holds the arrays of one thread; the code is shared by all.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.model.diagram import InfluenceTable, Model
from melian.plan.make import Plan
from melian.plan.steps import Axes, Chance, Event, Fixed, Register, Step, Witness
from melian.solve.kernel.encode import Code
from melian.solve.kernel.interpret import run_code, run_settling_code
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import NOTHING, Stream
from melian.solve.tables import fill_event, fill_influenced, fill_witness, slots_of_influences, slots_of_origin

Floats = NDArray[np.float64]

SEGMENT: Final = 256
MAX_BLOCK: Final = 1024
BLOCK_BYTES: Final = 16_000_000
CACHE_LINE: Final = 64

Attempt = tuple[int, int]
PRINCIPAL: Final[Attempt] = (0, 0)


def block_of(code: Code) -> int:
    """Worlds in a block at the most: enough that a call of numpy is cheap, few enough that tables stay near."""
    fitting = BLOCK_BYTES // (8 * max(code.n_slots + code.n_filled + len(code.outputs), 1) * SEGMENT)
    return SEGMENT * max(1, min(fitting, MAX_BLOCK // SEGMENT))


def drawn_inside(model: Model, plan: Plan, code: Code) -> frozenset[int]:
    """Slots that nothing but the kernel reads: no table that is made outside it."""
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
        self.residual = np.zeros(n_worlds)
        self._filled = np.zeros((code.n_filled, n_worlds))
        self._file = _aligned(code.n_cells, LANES)
        self._outputs = np.zeros((len(code.outputs), n_worlds))
        self._filled_views = {register: self._filled_view(register, n_worlds) for register in code.filled}
        self.outputs: Mapping[Register, Floats] = self._output_views(n_worlds)
        self._fill_constant()

    def run(self, theta: Floats, first_world: int = 0, attempt: Attempt = PRINCIPAL) -> Mapping[Register, Floats]:
        """Run every step on one block.

        Parameters
        ----------
        theta : [P, W] parameters of the block, but for those of the stream.
        first_world : number of the block's first world.
        attempt : 0 for the principal branch of choices that are settled together, above it for a search of other
            solutions; then which component of choices is searched, the others staying on their principal branches.

        Returns
        -------
        Output registers, [states of the axes, W]; the next run overwrites them. `unreached` [W] tells the worlds in
        which an actor is asked about a situation that cannot come about.
        """
        for register, view in self._filled_views.items():
            self._fill(self.plan.steps[register], theta, view)
        self.unreached[...] = False
        self.residual[...] = 0.0
        code, rational = self.code, self.model.behaviour == "rational"
        lists = (code.instructions, code.left, code.right, code.terms)
        given = (self.stream, self._given, theta, self._filled)
        arrays = (self._file, self._outputs, self.unreached)
        if len(code.groups):
            found = (*arrays, self.residual)
            run_settling_code(*lists, code.groups, code.outputs, rational, *given, *found, first_world, *attempt)
        else:
            run_code(*lists, code.outputs, rational, *given, *arrays, first_world)
        return self.outputs

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
                case _:
                    pass

    def _shape(self, axes: Axes) -> tuple[int, ...]:
        return tuple(self.plan.layout.lengths[axis] for axis in axes)

    def _filled_view(self, register: Register, n_worlds: int) -> Floats:
        shape = self._shape(self.plan.axes[register])
        first = self.code.cells[register][0] - self.code.n_slots
        return self._filled[first : first + int(np.prod(shape))].reshape(*shape, n_worlds)

    def _output_views(self, n_worlds: int) -> dict[Register, Floats]:
        found, first = {}, 0
        for register in self.code.output_registers:
            shape = self._shape(self.plan.axes[register])
            size = int(np.prod(shape))
            found[register] = self._outputs[first : first + size].reshape(*shape, n_worlds)
            first += size
        return found
