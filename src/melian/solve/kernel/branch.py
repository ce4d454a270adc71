"""Steps along a curve of equilibria: predictor and corrector in arc length, every lane on a curve of its own.

The curve is that of `melian.solve.kernel.settle`: the zeros of F(z, t) = t C U(s(z)) - z, with t in units of each
lane's `scale`, so that its end is at `scale`. References are given there.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.trial import NUDGE, try_rules

Floats = NDArray[np.float64]

MAX_CORRECTIONS: Final = 6
LEAST_STEP: Final = 1e-8
LONGEST_STEP: Final = 1000.0
LONGEST_SHARE: Final = 0.5  # of the way in t, where that is more
CLOSE: Final = 1e-9  # residual with which a point on the way is taken
EXACT: Final = 1e-12  # residual at which the last point needs no more corrections
TURN: Final = 0.9  # least cosine between successive tangents

# What has become of a lane: it arrived at its goal; lost the curve; has rules that pick best options only, or that mix
# options of equal worth.
WALKING, ARRIVED, LOST, EXACTLY, LEVELLED = 0, 1, 2, 3, 4
# What the tangent of a lane is: of the predicted point before its last, of its last point, or to be worked out for it.
NEARBY, HERE, WANTED = 0, 1, 2


@compiled
def first_tangent(utility: Floats) -> tuple[Floats, Floats]:
    """Scale [LANES] that makes a step in t as long as what it does to z, and the tangent [n + 1, LANES] at t = 0."""
    n = utility.shape[0]
    scale, tangent = np.ones(LANES), np.zeros((n + 1, LANES))
    for lane in range(LANES):
        for row in range(n):
            scale[lane] = max(scale[lane], abs(utility[row, lane]))
        length = 1.0
        for row in range(n):
            tangent[row, lane] = utility[row, lane] / scale[lane]
            length += tangent[row, lane] ** 2
        tangent[n, lane] = 1.0
        tangent[:, lane] /= math.sqrt(length)
    return scale, tangent


@compiled
def predict(
    z: Floats,
    t: Floats,
    tangent: Floats,
    step: Floats,
    goal: Floats,
    state: NDArray[np.int64],
    aim: NDArray[np.int64],
    new_z: Floats,
    new_t: Floats,
    last: NDArray[np.bool_],
) -> None:
    """Go along the tangent, at most to the goal.

    A lane whose tangent is wanted stays where it is, so that the derivative is that of its own point.
    """
    n = z.shape[0]
    for lane in range(LANES):
        new_z[:, lane], new_t[lane], last[lane] = z[:, lane], t[lane], False
        if state[lane] != WALKING or aim[lane] == WANTED:
            continue
        ahead = tangent[n, lane]
        if t[lane] + step[lane] * ahead >= goal[lane]:
            step[lane] = (goal[lane] - t[lane]) / ahead  # below 0 where the last correction went past the end
            last[lane] = True
        for row in range(n):
            new_z[row, lane] += step[lane] * tangent[row, lane]
        new_t[lane] = goal[lane] if last[lane] else t[lane] + step[lane] * ahead


@compiled
def factor(
    moved: Floats,
    utility: Floats,
    t: Floats,
    scale: Floats,
    tangent: Floats,
    last: NDArray[np.bool_],
    state: NDArray[np.int64],
    matrix: Floats,
) -> None:
    """Derivative of F and of the arc length, factored by Gauss's method with row exchanges.

    Parameters
    ----------
    moved : [n, n, LANES] utilities after each unknown was nudged, by unknown first.
    matrix : [LANES, n + 1, n + 2] filled with the factors; the last column holds the rows exchanged.
    """
    n = utility.shape[0]
    for lane in range(LANES):
        if state[lane] != WALKING:
            continue
        a = matrix[lane]
        share = t[lane] / scale[lane]
        for row in range(n):
            for column in range(n):
                a[row, column] = share * (moved[column, row, lane] - utility[row, lane]) / NUDGE
            a[row, row] -= 1.0
            a[row, n] = utility[row, lane] / scale[lane]
        for column in range(n + 1):
            a[n, column] = 0.0 if last[lane] else tangent[column, lane]
        if last[lane]:
            a[n, n] = 1.0
        for pivot in range(n + 1):
            best = pivot
            for row in range(pivot + 1, n + 1):
                if abs(a[row, pivot]) > abs(a[best, pivot]):
                    best = row
            a[pivot, n + 1] = best
            if best != pivot:
                for column in range(n + 1):
                    a[pivot, column], a[best, column] = a[best, column], a[pivot, column]
            if a[pivot, pivot] == 0.0:
                a[pivot, pivot] = 1e-300
            for row in range(pivot + 1, n + 1):
                a[row, pivot] /= a[pivot, pivot]
                factor = a[row, pivot]
                if factor != 0.0:
                    for column in range(pivot + 1, n + 1):
                        a[row, column] -= factor * a[pivot, column]


@compiled
def solve_factored(a: Floats, x: Floats) -> None:
    """Solve the factored system for the right side in x, in place."""
    n = x.shape[0]
    for row in range(n):
        other = int(a[row, n])
        x[row], x[other] = x[other], x[row]
        # Rows were exchanged whole, so the factors are those of the rows in their last places: apply after all
        # exchanges.
    for row in range(n):
        for column in range(row):
            x[row] -= a[row, column] * x[column]
    for row in range(n - 1, -1, -1):
        for column in range(row + 1, n):
            x[row] -= a[row, column] * x[column]
        x[row] /= a[row, row]


@compiled
def correct(
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
    z: Floats,
    t: Floats,
    scale: Floats,
    last: NDArray[np.bool_],
    state: NDArray[np.int64],
    matrix: Floats,
    utility: Floats,
    gap: Floats,
) -> None:
    """Newton's method with one derivative, until F is close to zero or the turns are used up; its size is in `gap`."""
    n = z.shape[0]
    right_side = np.empty(n + 1)
    before = np.full(LANES, np.inf)
    going = state == WALKING
    for turn in range(MAX_CORRECTIONS + 1):
        for lane in range(LANES):
            if not going[lane]:
                continue
            worst, size = 0.0, 1.0
            for row in range(n):
                right_side[row] = z[row, lane] - t[lane] / scale[lane] * utility[row, lane]
                worst = max(worst, abs(right_side[row]))
                size = max(size, abs(z[row, lane]))
            gap[lane] = worst / size
            right_side[n] = 0.0
            done = gap[lane] < (EXACT if last[lane] else CLOSE)
            if done or turn == MAX_CORRECTIONS or not gap[lane] < 2.0 * before[lane]:
                going[lane] = False
                continue
            before[lane] = gap[lane]
            solve_factored(matrix[lane], right_side)
            for row in range(n):
                z[row, lane] += right_side[row]
            t[lane] += right_side[n]
        if not np.any(going):
            return
        try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)


@compiled
def accept(
    z: Floats,
    t: Floats,
    tangent: Floats,
    step: Floats,
    scale: Floats,
    state: NDArray[np.int64],
    aim: NDArray[np.int64],
    new_z: Floats,
    new_t: Floats,
    last: NDArray[np.bool_],
    matrix: Floats,
    gap: Floats,
) -> None:
    """Take each lane's new point, or halve its step where the point is none, or is not on this stretch of the curve.

    A new tangent is that of the predicted point, which is near enough on most of a curve. Where a step from it fails,
    the tangent of the lane's own point is worked out before the next.
    """
    n = z.shape[0]
    ahead = np.empty(n + 1)
    for lane in range(LANES):
        if state[lane] != WALKING:
            continue
        if aim[lane] == WANTED:
            ahead[:] = 0.0
            ahead[n] = 1.0
            solve_factored(matrix[lane], ahead)
            tangent[:, lane] = ahead / math.sqrt(np.sum(ahead * ahead))
            aim[lane] = HERE
            continue
        off, cosine = 0.0, 1.0
        for row in range(n):
            off += (new_z[row, lane] - z[row, lane] - step[lane] * tangent[row, lane]) ** 2
        on_curve = gap[lane] < CLOSE and math.sqrt(off) <= 0.4 * abs(step[lane]) + 0.01
        if on_curve and not last[lane]:
            ahead[:] = 0.0
            ahead[n] = 1.0
            solve_factored(matrix[lane], ahead)
            cosine = 1.0 / math.sqrt(np.sum(ahead * ahead))
        if not on_curve or not cosine >= TURN:
            step[lane] *= 0.5
            if aim[lane] == NEARBY:
                aim[lane] = WANTED
            elif abs(step[lane]) < LEAST_STEP:
                state[lane] = LOST
            continue
        z[:, lane], t[lane] = new_z[:, lane], new_t[lane]
        if last[lane]:
            state[lane] = ARRIVED if gap[lane] < 100.0 * EXACT else WALKING
        else:
            tangent[:, lane] = ahead * cosine
            aim[lane] = NEARBY
            if cosine > 0.98:
                step[lane] = min(2.0 * step[lane], max(LONGEST_STEP, LONGEST_SHARE * t[lane]))
