"""The end of a curve of equilibria as precision grows without bound: best answers, or the mixture that they tend to.

A lane comes here from the far end of its branch, where precision is `NEAR_RATIONAL`. If the best answers to its rules
answer each other they are the limit, exactly. Else play is mixed: between options that stay in play their log-odds come
to rest as precision grows, so that their expected utilities become equal; the log-odds of all others fall without
bound. Which do what is told by the slope of log-odds in the logarithm of precision. The limit then solves

    u_i(s) - (mean of u over the options in play) = 0    for every option i in play,

by Newton's method with a little of the unit matrix added to the derivative, which leaves in place what the equations do
not fix. A lane whose limit is not found keeps the rules of its branch, with their regret.

References
----------
McKelvey and Palfrey 1995, Quantal response equilibria for normal form games, Games and Economic Behavior 10, theorem 2
(limits of logit equilibria are Nash equilibria).
Levenberg 1944, A method for the solution of certain non-linear problems in least squares, Quarterly of Applied
Mathematics 2 (the unit matrix added).
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.branch import ARRIVED, EXACTLY, LOST, WALKING, factor, solve_factored
from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL, TIE
from melian.solve.kernel.trial import NUDGE, answer_rules, best_of, try_rules

Floats = NDArray[np.float64]

MAX_TURNS: Final = 30
FALLING: Final = 0.2  # share of its own log-odds by which an option falls when precision grows e-fold; in play it is 0
LIKELY: Final = 1.0  # log-odds to the likeliest above which an option is in play, however it moves
GONE: Final = -80.0  # log-odds of options out of play: e^-80 is as good as none
LEVEL: Final = 1e-11  # differences of expected utility between options in play at the limit
HELD: Final = 1e-4  # of the unit matrix
LONGEST: Final = 2.0  # step in log-odds


@compiled
def take_to_limit(
    z: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
) -> None:
    """Leave the limit of each lane's branch in the cells of the guesses, and its utilities in `utility`.

    Parameters
    ----------
    z, utility : [n, LANES] at the end of the branch, where `utility` answers z.
    state : [LANES] set to `EXACTLY` where every rule picks best options only; others stay.
    """
    n = z.shape[0]
    best, again = np.empty((n, LANES)), np.empty((n, LANES))
    best_of(utility, sizes, best)
    for row in range(n):
        file[guess[row]] = best[row]
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, again)
    is_pure = np.empty((n, LANES))
    best_of(again, sizes, is_pure)
    for lane in range(LANES):
        if np.all(best[:, lane] == is_pure[:, lane]):
            state[lane] = EXACTLY
    if np.any(state == ARRIVED):
        _mix(z, utility, state, guess, answer, sizes, body, left, right, terms, file, start, unreached)
    try_rules(z, guess, answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
    for lane in range(LANES):
        if state[lane] == EXACTLY:
            for row in range(n):
                file[guess[row], lane] = best[row, lane]
    # What was worked out from the guesses on the way here may be read again later.
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)


@compiled
def _mix(
    z: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
) -> None:
    """Replace z by the log chances of the limit in every lane that arrived, where that is found."""
    n = z.shape[0]
    matrix, jacobian = np.empty((LANES, n + 1, n + 2)), np.empty((n, n, LANES))
    new, moved = z.copy(), np.empty((n, LANES))
    in_play = np.ones((n, LANES), dtype=np.bool_)
    # Lanes on the way to their limit, for the functions that look at nothing else.
    going = np.where(state == ARRIVED, WALKING, LOST)
    for turn in range(MAX_TURNS + 1):
        try_rules(new, guess, answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
        for lane in range(LANES):
            if turn and going[lane] == WALKING and _is_level(utility[:, lane], in_play[:, lane], sizes):
                z[:, lane] = new[:, lane]
                going[lane] = LOST
        if turn == MAX_TURNS or not np.any(going == WALKING):
            return
        for column in range(n):
            moved[:] = new
            moved[column] += NUDGE
            try_rules(
                moved, guess, answer, sizes, body, left, right, terms, True, file, start, unreached,
                jacobian[column],
            )  # fmt: skip
        if turn == 0:
            _tell_in_play(z, utility, jacobian, going, sizes, matrix, in_play)
            for lane in range(LANES):
                for row in range(n):
                    if going[lane] == WALKING and not in_play[row, lane]:
                        new[row, lane] = GONE
            continue  # what is out of play no longer plays: all has to be worked out anew
        for lane in range(LANES):
            if going[lane] == WALKING and not _step(new, utility, jacobian, in_play, sizes, matrix[lane], lane):
                going[lane] = LOST


@compiled
def _tell_in_play(
    z: Floats,
    utility: Floats,
    jacobian: Floats,
    going: NDArray[np.int64],
    sizes: NDArray[np.int64],
    matrix: Floats,
    in_play: NDArray[np.bool_],
) -> None:
    """Tell which options keep some chance as precision grows, by the slope of the branch at its end."""
    n = z.shape[0]
    ones, last = np.ones(LANES), np.ones(LANES, dtype=np.bool_)
    factor(jacobian, utility, ones, ones, np.zeros((n + 1, LANES)), last, going, matrix)
    slope = np.empty(n + 1)
    for lane in range(LANES):
        if going[lane] != WALKING:
            continue
        slope[:] = 0.0
        slope[n] = 1.0
        solve_factored(matrix[lane], slope)
        first = 0
        for size in sizes:
            top = first
            for row in range(first, first + size):
                if z[row, lane] > z[top, lane]:
                    top = row
            for row in range(first, first + size):
                odds, falls = z[row, lane] - z[top, lane], slope[row] - slope[top]
                in_play[row, lane] = odds > -LIKELY or falls > FALLING * odds
            first += size


@compiled
def _step(
    z: Floats,
    utility: Floats,
    jacobian: Floats,
    in_play: NDArray[np.bool_],
    sizes: NDArray[np.int64],
    a: Floats,
    lane: int,
) -> bool:
    """Take one step of Newton's method towards equal utilities of what is in play; whether there is one."""
    n = z.shape[0]
    right_side = np.zeros(n)
    first = 0
    for size in sizes:
        n_in = 0
        for row in range(first, first + size):
            n_in += in_play[row, lane]
        for row in range(first, first + size):
            for column in range(n):
                a[row, column] = 0.0
            if not in_play[row, lane]:
                a[row, row] = 1.0
                continue
            for other in range(first, first + size):
                if in_play[other, lane]:
                    share = (1.0 if other == row else 0.0) - 1.0 / n_in
                    right_side[row] -= share * utility[other, lane]
                    for column in range(n):
                        a[row, column] += share * (jacobian[column, other, lane] - utility[other, lane]) / NUDGE
            a[row, row] += HELD
        first += size
    _solve(a, right_side)
    longest = np.max(np.abs(right_side))
    if not math.isfinite(longest):
        return False
    z[:, lane] += right_side * min(1.0, LONGEST / max(longest, 1e-300))
    return True


@compiled
def _solve(a: Floats, x: Floats) -> None:
    """Solve a linear system for the right side in x, in place, by Gauss's method with row exchanges."""
    n = x.shape[0]
    for pivot in range(n):
        best = pivot
        for row in range(pivot + 1, n):
            if abs(a[row, pivot]) > abs(a[best, pivot]):
                best = row
        for column in range(n):
            a[pivot, column], a[best, column] = a[best, column], a[pivot, column]
        x[pivot], x[best] = x[best], x[pivot]
        if a[pivot, pivot] == 0.0:
            x[pivot] = np.inf
            return
        for row in range(pivot + 1, n):
            share = a[row, pivot] / a[pivot, pivot]
            for column in range(pivot, n):
                a[row, column] -= share * a[pivot, column]
            x[row] -= share * x[pivot]
    for row in range(n - 1, -1, -1):
        for column in range(row + 1, n):
            x[row] -= a[row, column] * x[column]
        x[row] /= a[row, row]


@compiled
def _is_level(utility: Floats, in_play: NDArray[np.bool_], sizes: NDArray[np.int64]) -> bool:
    """Whether what is in play is worth the same everywhere, and nothing else more."""
    first = 0
    for size in sizes:
        least, most, other = np.inf, -np.inf, -np.inf
        for row in range(first, first + size):
            if in_play[row]:
                least, most = min(least, utility[row]), max(most, utility[row])
            else:
                other = max(other, utility[row])
        if not (most - least <= LEVEL * NEAR_RATIONAL and other <= least + TIE * NEAR_RATIONAL):
            return False
        first += size
    return True
