"""Rules tried out on choices that answer each other: what their owners would answer, for one lane block.

Letters: n chances of all situations of the choices, `LANES` worlds. Log chances z and utilities are [n, LANES]; `sizes`
holds the number of options of each situation, in the order of the rows.
"""

import math

import numba
import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL, TIE, run_step

Floats = NDArray[np.float64]


@numba.njit(cache=True, nogil=True)
def try_rules(
    z: Floats,
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    utility: Floats,
) -> None:
    """Utilities [n, LANES] that answer the rules with log chances z, times precision and less each situation's mean."""
    first = 0
    for size in sizes:
        for lane in range(LANES):
            best, total = -np.inf, 0.0
            for row in range(first, first + size):
                best = max(best, z[row, lane])
            for row in range(first, first + size):
                file[guess[row], lane] = math.exp(z[row, lane] - best)
                total += file[guess[row], lane]
            for row in range(first, first + size):
                file[guess[row], lane] /= total
        first += size
    answer_rules(answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)


@numba.njit(cache=True, nogil=True)
def answer_rules(
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    utility: Floats,
) -> None:
    """Utilities [n, LANES] that answer the rules in the cells of the guesses."""
    for at in range(body.shape[0]):
        run_step(body[at], left, right, terms, rational, file, start, unreached)
    first = 0
    for size in sizes:
        for lane in range(LANES):
            mean = 0.0
            for row in range(first, first + size):
                mean += file[answer[row], lane]
            for row in range(first, first + size):
                utility[row, lane] = file[answer[row], lane] - mean / size
        first += size


@numba.njit(cache=True, nogil=True)
def best_of(utility: Floats, sizes: NDArray[np.int64], rules: Floats) -> None:
    """All chance to the best options of each situation, evenly where they tie."""
    first = 0
    for size in sizes:
        for lane in range(LANES):
            best, n_best = -np.inf, 0.0
            for row in range(first, first + size):
                best = max(best, utility[row, lane])
            for row in range(first, first + size):
                rules[row, lane] = 1.0 if utility[row, lane] >= best - TIE * NEAR_RATIONAL else 0.0
                n_best += rules[row, lane]
            for row in range(first, first + size):
                rules[row, lane] /= n_best
        first += size
