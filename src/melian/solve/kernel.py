"""The kernel: one compiled function that runs any encoded plan, a few dozen worlds at a time.

Compiled once and cached on disk, whatever the case: a new case costs no compile pause. A lane block of worlds is carried through
all instructions before the next, so that the file of registers stays in the cache; the lanes are innermost, so that the
compiler turns every instruction into vector arithmetic. What a world yields does not depend on the other lanes.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from melian.solve.encode import SETTLE, Cells, Table
from melian.solve.kernel_steps import LANES, run_step
from melian.solve.settle import settle

Floats = NDArray[np.float64]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def run_code(
    instructions: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    output_cells: Cells,
    rational: bool,
    theta: Floats,
    leaves: Floats,
    file: Floats,
    outputs: Floats,
    residual: Floats,
    unreached: NDArray[np.bool_],
) -> None:
    """Run a plan on one block of worlds.

    Parameters
    ----------
    instructions, left, right, terms, groups, output_cells : see `melian.solve.encode.Code`.
    rational : best responses instead of logit responses.
    theta : [P, W] parameters; W is a multiple of `LANES`.
    leaves : [cells of leaves, W] tables in numbers.
    file : [cells, LANES] registers; overwritten.
    outputs : [cells of outputs, W] filled.
    residual : [W] raised to how far choices that are settled together are from answering each other.
    unreached : [W] set where an actor is asked about a situation that cannot come about.
    """
    for start in range(0, theta.shape[1], LANES):
        for cell in range(leaves.shape[0]):
            for lane in range(LANES):
                file[cell, lane] = leaves[cell, start + lane]
        at = 0
        while at < instructions.shape[0]:
            if instructions[at, 0] == SETTLE:
                settle(instructions, at, left, right, terms, groups, rational, theta, file, start, residual, unreached)
                at += instructions[at, 3]
            else:
                run_step(instructions[at], left, right, terms, rational, theta, file, start, unreached)
            at += 1
        for place in range(output_cells.shape[0]):
            for lane in range(LANES):
                outputs[place, start + lane] = file[output_cells[place], lane]
