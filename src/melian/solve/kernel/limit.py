"""The limit of a curve of equilibria as precision grows without bound: best answers, or the mixture that they tend to.

A lane comes here from a point of its curve. Two candidates for the limit are looked at. One is the best answers to the
rules there, if they answer each other. The other is a mixture: between options that stay in play the log-odds come to
rest as precision grows, so that their expected utilities become equal; the log-odds of all others fall without bound.
Which do what is told by the slope of log-odds in the logarithm of precision. The mixture solves

    u_i(s) - (mean of u over the options in play) = 0    for every option i in play,

by Newton's method with a little of the unit matrix added to the derivative, which leaves in place what the equations do
not fix. A candidate is an equilibrium in itself. That it is the limit of this curve is claimed only where the curve is
near it, was further away at a fourth of the precision, and the candidate was the same there. Until then the curve is
followed on; where that never comes to be, there is no claim.

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

from melian.solve.kernel.branch import ARRIVED, EXACTLY, LEVELLED, LOST, WALKING, factor, solve_factored
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


NEAR: Final = 0.01  # largest difference of a chance from the limit at which the limit may be claimed
SHRINK: Final = 0.5  # of what it was at a fourth of the precision
DUST: Final = 1e-8  # differences that need not shrink any more
SAME: Final = 1e-6  # chances of one and the same mixture


@compiled
def judge(
    z: Floats,
    share: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    mixes: bool,
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
    before: Floats,
    apart: Floats,
    chosen: Floats,
) -> None:
    """Tell which lanes that arrived have the limit of their curve in sight; its rules are left in `chosen`.

    Parameters
    ----------
    z, utility : [n, LANES] at points of the curves, where `utility` answers z, whose rules stand in the guesses' cells.
    share : [LANES] precision there, in units of `NEAR_RATIONAL`.
    state : [LANES] set to `EXACTLY` or `LEVELLED` where the limit is told.
    mixes : whether mixtures are looked at.
    before, apart : [2, n, LANES] and [2, LANES] candidates at the last points and how far the curve was from them: best
        answers and mixtures; those of this point are left there.
    """
    n = z.shape[0]
    here, now = np.empty((n, LANES)), np.empty((n, LANES))
    for row in range(n):
        here[row] = file[guess[row]]
    best_of(utility, sizes, now)
    holds = answer_each_other(now, guess, answer, sizes, body, left, right, terms, file, start, unreached)
    _tell(here, now, holds, EXACTLY, 0.0, state, before[0], apart[0], chosen)
    if mixes and np.any(state == ARRIVED):
        holds = mix(
            z, share, utility, state, guess, answer, sizes, body, left, right, terms, file, start, unreached, now
        )
        _tell(here, now, holds, LEVELLED, SAME, state, before[1], apart[1], chosen)


@compiled
def _tell(
    here: Floats,
    now: Floats,
    holds: NDArray[np.bool_],
    becomes: int,
    same: float,
    state: NDArray[np.int64],
    before: Floats,
    apart: Floats,
    chosen: Floats,
) -> None:
    """Claim candidates [n, LANES] to which curves have come near, and have been coming nearer."""
    for lane in range(LANES):
        if state[lane] != ARRIVED:
            continue
        off = np.max(np.abs(here[:, lane] - now[:, lane])) if holds[lane] else np.inf
        is_same = np.max(np.abs(before[:, lane] - now[:, lane])) <= same
        if is_same and off <= NEAR and off <= max(SHRINK * apart[lane], DUST):
            state[lane] = becomes
            chosen[:, lane] = now[:, lane]
        before[:, lane], apart[lane] = now[:, lane], off


@compiled
def answer_each_other(
    best: Floats,
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
) -> NDArray[np.bool_]:
    """[LANES] whether rules pick only what is best against themselves; where no play leads, whatever they pick is."""
    n = best.shape[0]
    utility = np.empty((n, LANES))
    for row in range(n):
        file[guess[row]] = best[row]
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
    holds = np.ones(LANES, dtype=np.bool_)
    for lane in range(LANES):
        first = 0
        for size in sizes:
            most = np.max(utility[first : first + size, lane])
            for row in range(first, first + size):
                if best[row, lane] > 0.0 and utility[row, lane] < most - TIE * NEAR_RATIONAL:
                    holds[lane] = False
            first += size
    return holds


@compiled
def mix(
    z: Floats,
    share: Floats,
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
    found: Floats,
) -> NDArray[np.bool_]:
    """[LANES] whether a mixture is found from z in a lane that arrived; its chances are left in `found`."""
    n = z.shape[0]
    matrix, jacobian = np.empty((LANES, n + 1, n + 2)), np.empty((n, n, LANES))
    new, moved, worth = z.copy(), np.empty((n, LANES)), utility.copy()
    in_play, holds = np.ones((n, LANES), dtype=np.bool_), np.zeros(LANES, dtype=np.bool_)
    # Lanes on the way to their limit, for the functions that look at nothing else.
    going = np.where(state == ARRIVED, WALKING, LOST)
    for turn in range(MAX_TURNS + 1):
        try_rules(new, guess, answer, sizes, body, left, right, terms, True, file, start, unreached, worth)
        for lane in range(LANES):
            if turn and going[lane] == WALKING and _is_level(worth[:, lane], in_play[:, lane], sizes):
                going[lane], holds[lane] = LOST, True
                for row in range(n):
                    found[row, lane] = file[guess[row], lane]
        if turn == MAX_TURNS or not np.any(going == WALKING):
            break
        for column in range(n):
            moved[:] = new
            moved[column] += NUDGE
            try_rules(
                moved, guess, answer, sizes, body, left, right, terms, True, file, start, unreached,
                jacobian[column],
            )  # fmt: skip
        if turn == 0:
            _tell_in_play(z, share, worth, jacobian, going, sizes, matrix, in_play)
            for lane in range(LANES):
                for row in range(n):
                    if going[lane] == WALKING and not in_play[row, lane]:
                        new[row, lane] = GONE
            continue  # what is out of play no longer plays: all has to be worked out anew
        for lane in range(LANES):
            if going[lane] == WALKING and not _step(new, worth, jacobian, in_play, sizes, matrix[lane], lane):
                going[lane] = LOST
    return holds


@compiled
def _tell_in_play(
    z: Floats,
    share: Floats,
    utility: Floats,
    jacobian: Floats,
    going: NDArray[np.int64],
    sizes: NDArray[np.int64],
    matrix: Floats,
    in_play: NDArray[np.bool_],
) -> None:
    """Tell which options keep some chance as precision grows, by the slope of the branch."""
    n = z.shape[0]
    ones, last = np.ones(LANES), np.ones(LANES, dtype=np.bool_)
    factor(jacobian, utility, share, ones, np.zeros((n + 1, LANES)), last, going, matrix)
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
                odds, falls = z[row, lane] - z[top, lane], share[lane] * (slope[row] - slope[top])
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
