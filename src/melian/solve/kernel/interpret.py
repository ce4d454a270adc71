"""The kernel: one compiled function that draws worlds and runs any encoded plan on them, a few dozen at a time.

Compiled once and cached on disk, whatever the case: a new case costs no compile pause. A lane block of worlds is
carried through all instructions before the next, so that the file of registers stays in the cache; the lanes are
innermost, so that the compiler turns every instruction into vector arithmetic. What a world yields does not depend on
the other lanes.

The first cells of the file are the parameters themselves. Those that are drawn evenly from a range are drawn straight
into it (`melian.solve.kernel.stream`); the others, and tables that are not read as they stand, are made outside for a
whole block of worlds.

There are two entries, because most cases never need the second and it takes several times longer to compile: `run_code`
for plans whose choices are solved one at a time, and `run_settling_code` for those where some are settled together.
"""

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import SETTLE, Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.seek import seek
from melian.solve.kernel.settle import settle
from melian.solve.kernel.steps import run_step
from melian.solve.kernel.stream import Stream, stream_lanes

Floats = NDArray[np.float64]


@compiled
def run_code(
    instructions: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    output_cells: Cells,
    rational: bool,
    stream: Stream,
    given: Cells,
    theta: Floats,
    filled: Floats,
    file: Floats,
    outputs: Floats,
    unreached: NDArray[np.bool_],
    first_world: int,
) -> None:
    """Run a plan on one block of worlds.

    Parameters
    ----------
    instructions, left, right, terms, output_cells : see `melian.solve.kernel.encode.Code`.
    rational : best responses instead of logit responses.
    stream : slots that are drawn here.
    given : slots that are read from `theta`.
    theta : [P, W] parameters; W is a multiple of `LANES`.
    filled : [cells, W] tables that are made outside.
    file : [cells, LANES] registers; overwritten.
    outputs : [cells of outputs, W] filled.
    unreached : [W] set where an actor is asked about a situation that cannot come about.
    first_world : number of the block's first world, a multiple of 256.
    """
    offsets, words = np.empty(stream.slots.shape[0], dtype=np.uint32), np.empty(LANES, dtype=np.int32)
    for start in range(0, theta.shape[1], LANES):
        stream_lanes(stream, first_world + start, offsets, words, file)
        _load(given, theta, filled, file, start)
        for at in range(instructions.shape[0]):
            run_step(instructions[at], left, right, terms, rational, file, start, unreached)
        _store(output_cells, file, outputs, start)


@compiled
def run_settling_code(
    instructions: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    output_cells: Cells,
    rational: bool,
    stream: Stream,
    given: Cells,
    theta: Floats,
    filled: Floats,
    file: Floats,
    outputs: Floats,
    unreached: NDArray[np.bool_],
    certificate: Floats,
    memory: Floats,
    first_world: int,
    attempt: int,
    sought: int,
) -> None:
    """Run a plan some of whose choices are settled together, on one block of worlds.

    Parameters
    ----------
    groups : see `melian.solve.kernel.encode.Code`; the others as for `run_code`.
    certificate : [2, W] how far choices that are settled together are from answering each other, which is raised, and
        the precision at which they were left, which is lowered: see `melian.solve.kernel.settle.settle`.
    memory : [S, M] for each settling, what the last world came to: like worlds after it need not be solved again.
    attempt : 0 for the principal branch, above it for a search of other solutions from a start of that number.
    sought : which component is searched, in the order of solving; the others stay on their principal branches.
    """
    offsets, words = np.empty(stream.slots.shape[0], dtype=np.uint32), np.empty(LANES, dtype=np.int32)
    for start in range(0, theta.shape[1], LANES):
        stream_lanes(stream, first_world + start, offsets, words, file)
        _load(given, theta, filled, file, start)
        at, n_settled = 0, 0
        while at < instructions.shape[0]:
            if instructions[at, 0] != SETTLE:
                run_step(instructions[at], left, right, terms, rational, file, start, unreached)
            elif attempt == 0 or n_settled != sought:
                settle(
                    instructions, at, left, right, terms, groups, rational, file, start, unreached, certificate,
                    memory[n_settled],
                )  # fmt: skip
            else:
                seek(
                    instructions, at, left, right, terms, groups, rational, file, start, unreached, certificate,
                    first_world, attempt,
                )  # fmt: skip
            n_settled += instructions[at, 0] == SETTLE
            at += 1 + (instructions[at, 3] if instructions[at, 0] == SETTLE else 0)
        _store(output_cells, file, outputs, start)


@compiled
def _load(given: Cells, theta: Floats, filled: Floats, file: Floats, start: int) -> None:
    """Copy what is made outside into the file: parameters to the cells of their slots, tables behind all slots."""
    for slot in given:
        for lane in range(LANES):
            file[slot, lane] = theta[slot, start + lane]
    for at in range(filled.shape[0]):
        cell = theta.shape[0] + at
        for lane in range(LANES):
            file[cell, lane] = filled[at, start + lane]


@compiled
def _store(output_cells: Cells, file: Floats, outputs: Floats, start: int) -> None:
    for place in range(output_cells.shape[0]):
        for lane in range(LANES):
            outputs[place, start + lane] = file[output_cells[place], lane]
