"""Rules tried out on choices that answer each other: what their owners would answer, for one lane block.

Letters: n chances of all situations of the choices, `LANES` worlds. Log chances z and utilities are [n, LANES]; `sizes`
holds the number of options of each situation, in the order of the rows.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL, TIE, logit, run_step

Floats = NDArray[np.float64]

NUDGE: Final = 1e-7  # of the finite differences


@compiled(error_model="numpy")
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
    scratch, power = np.empty((2, LANES)), np.empty(LANES, dtype=np.int64)
    factor = power.view(np.float64)
    first = 0
    for size in sizes:
        for row in range(first, first + size):
            cell = guess[row]
            for lane in range(file.shape[1]):
                file[cell, lane] = z[row, lane]
        logit(file, guess[first : first + size], scratch, power, factor)
        first += size
    answer_rules(answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)


@compiled(error_model="numpy")
def derive(
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
    derivative: Floats,
) -> None:
    """Utilities after each log chance is nudged from the rules in the cells of the guesses, which stay as they are.

    A nudge of one log chance moves the chances p of its situation along p_i (e_i - p), so no exponential is needed.

    Parameters
    ----------
    derivative : [n, n, LANES] filled, by the log chance that is nudged first.
    """
    rules = np.empty((guess.shape[0], LANES))
    for row in range(guess.shape[0]):
        rules[row] = file[guess[row]]
    first = 0
    for size in sizes:
        for nudged in range(first, first + size):
            for row in range(first, first + size):
                cell, own = guess[row], 1.0 if row == nudged else 0.0
                for lane in range(file.shape[1]):
                    file[cell, lane] = rules[row, lane] + NUDGE * rules[nudged, lane] * (own - rules[row, lane])
            answer_rules(answer, sizes, body, left, right, terms, rational, file, start, unreached, derivative[nudged])
        for row in range(first, first + size):
            file[guess[row]] = rules[row]
        first += size


@compiled(error_model="numpy")
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
    mean = np.empty(LANES)
    first = 0
    for size in sizes:
        for lane in range(file.shape[1]):
            mean[lane] = 0.0
        for row in range(first, first + size):
            cell = answer[row]
            for lane in range(file.shape[1]):
                mean[lane] += file[cell, lane]
        for row in range(first, first + size):
            cell = answer[row]
            for lane in range(file.shape[1]):
                utility[row, lane] = file[cell, lane] - mean[lane] / size
        first += size


@compiled
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
