"""The kernel: one compiled function that runs any encoded plan, a few dozen worlds at a time.

Compiled once and cached on disk, whatever the case: a new case costs no compile pause. A lane block of worlds is
carried through all instructions before the next, so that the file of registers stays in the cache; the lanes are
innermost, so that the compiler turns every instruction into vector arithmetic. What a world yields does not depend on
the other lanes.

There are two entries, because most cases never need the second and it takes several times longer to compile: `run_code`
for plans whose choices are solved one at a time, and `run_settling_code` for those where some are settled together.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.encode import SETTLE, Cells, Table
from melian.solve.kernel.settle import seek, settle
from melian.solve.kernel.steps import LANES, run_step

Floats = NDArray[np.float64]


@numba.njit(cache=True, nogil=True)
def run_code(
    gathered: Table,
    instructions: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    output_cells: Cells,
    rational: bool,
    theta: Floats,
    filled: Floats,
    file: Floats,
    outputs: Floats,
    unreached: NDArray[np.bool_],
) -> None:
    """Run a plan on one block of worlds.

    Parameters
    ----------
    gathered, instructions, left, right, terms, output_cells : see `melian.solve.kernel.encode.Code`.
    rational : best responses instead of logit responses.
    theta : [P, W] parameters; W is a multiple of `LANES`.
    filled : [cells, W] tables that are made outside.
    file : [cells, LANES] registers; overwritten.
    outputs : [cells of outputs, W] filled.
    unreached : [W] set where an actor is asked about a situation that cannot come about.
    """
    for start in range(0, theta.shape[1], LANES):
        _load(gathered, theta, filled, file, start)
        for at in range(instructions.shape[0]):
            run_step(instructions[at], left, right, terms, rational, theta, file, start, unreached)
        _store(output_cells, file, outputs, start)


@numba.njit(cache=True, nogil=True)
def run_settling_code(
    gathered: Table,
    instructions: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    output_cells: Cells,
    rational: bool,
    theta: Floats,
    filled: Floats,
    file: Floats,
    outputs: Floats,
    unreached: NDArray[np.bool_],
    residual: Floats,
    first_world: int,
    attempt: int,
) -> None:
    """Run a plan some of whose choices are settled together, on one block of worlds.

    Parameters
    ----------
    groups : see `melian.solve.kernel.encode.Code`; the others as for `run_code`.
    residual : [W] raised to how far choices that are settled together are from answering each other.
    first_world : number of the block's first world.
    attempt : 0 for the principal branch, above it for a search of other solutions from a start of that number.
    """
    for start in range(0, theta.shape[1], LANES):
        _load(gathered, theta, filled, file, start)
        at = 0
        while at < instructions.shape[0]:
            if instructions[at, 0] != SETTLE:
                run_step(instructions[at], left, right, terms, rational, theta, file, start, unreached)
            elif attempt == 0:
                settle(instructions, at, left, right, terms, groups, rational, theta, file, start, unreached, residual)
            else:
                seek(
                    instructions, at, left, right, terms, groups, rational, theta, file, start, unreached, residual,
                    first_world, attempt,
                )  # fmt: skip
            at += 1 + (instructions[at, 3] if instructions[at, 0] == SETTLE else 0)
        _store(output_cells, file, outputs, start)


@numba.njit(cache=True, nogil=True)
def _load(gathered: Table, theta: Floats, filled: Floats, file: Floats, start: int) -> None:
    for cell in range(filled.shape[0]):
        for lane in range(LANES):
            file[cell, lane] = filled[cell, start + lane]
    for at in range(gathered.shape[0]):
        cell, slot = gathered[at]
        for lane in range(LANES):
            file[cell, lane] = theta[slot, start + lane]


@numba.njit(cache=True, nogil=True)
def _store(output_cells: Cells, file: Floats, outputs: Floats, start: int) -> None:
    for place in range(output_cells.shape[0]):
        for lane in range(LANES):
            outputs[place, start + lane] = file[output_cells[place], lane]
