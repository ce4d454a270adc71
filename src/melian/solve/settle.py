"""Choices that answer each other, solved together: the principal branch of the logit correspondence, in every lane.

With z the centred log chances of all options, s(z) their chances and U(s) precision times expected utility given the
others' rules, an equilibrium at the share t of the full precision solves F(z, t) = t C U(s(z)) - z = 0, C taking the
mean of each situation out. At t = 0 its one solution is z = 0, uniform play. The curve from there is followed by a
predictor along its tangent and Newton's method across it, step by step in arc length, so that it may turn back in t;
the first point with t = 1 is the answer. A curve that does not get there within bounds leaves its last point, and a
residual that says so.

Rational choices are taken to the same curve's end: far along it the best answers are read off, and where those answer
each other they are the rules, exactly. Where they do not (play is mixed), the last logit rules stand, with their regret
as residual.

References
----------
McKelvey and Palfrey 1998, Quantal response equilibria for extensive form games, Experimental Economics 1 (agent form;
the principal branch). Turocy 2005, A dynamic homotopy interpretation of the logistic quantal response equilibrium
correspondence, Games and Economic Behavior 51 (following it). Allgower and Georg 1990, Numerical Continuation Methods,
chapter 2.
"""

import math
from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

from melian.solve.encode import Cells, Table
from melian.solve.kernel_steps import LANES, NEAR_RATIONAL, TIE, run_step

Floats = NDArray[np.float64]

MAX_STEPS: Final = 1000
MAX_CORRECTIONS: Final = 6
FIRST_STEP: Final = 0.5
LEAST_STEP: Final = 1e-8
LONGEST_STEP: Final = 1000.0
NUDGE: Final = 1e-7  # of the finite differences
CLOSE: Final = 1e-9  # residual with which a point on the way is taken
EXACT: Final = 1e-12  # residual at which the last point needs no more corrections
MAX_SEEKS: Final = 60
MANY_WAYS: Final = 64  # of picking one option in each situation; more are tried by chance
CHOSEN: Final = 20.0  # log odds with which a search starts to pick an option
LONGEST_SEEK: Final = 0.3  # as a share of the largest utility at the start
TURN: Final = 0.9  # least cosine between successive tangents

WALKING, ARRIVED, LOST, EXACTLY = 0, 1, 2, 3
# What the tangent of a lane is: of the predicted point before its last, of its last point, or to be worked out for it.
NEARBY, HERE, WANTED = 0, 1, 2


@numba.njit(cache=True, nogil=True)
def settle(
    instructions: Table,
    at: int,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    rational: bool,
    theta: Floats,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    residual: Floats,
) -> None:
    """Find the rules of one component of choices for one lane block; they are left in the cells of its guesses.

    Parameters
    ----------
    at : place of the settling instruction; the steps to try with every guess stand behind it.
    residual : [W] raised to the largest |F| of the world, in log-odds, or of rational choices to the largest regret as
        a share of the scale of utilities; infinite where the curve was lost.
    """
    _, place, n, n_tried, first_group, n_groups = instructions[at]
    guess, answer = left[place : place + n], right[place : place + n]
    sizes = groups[first_group : first_group + n_groups]
    body = instructions[at + 1 : at + 1 + n_tried]
    z, t = np.zeros((n, LANES)), np.zeros(LANES)
    utility, state = np.empty((n, LANES)), np.zeros(LANES, dtype=np.int64)
    _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
    scale, tangent = _first_tangent(utility)
    step, aim = np.full(LANES, FIRST_STEP), np.full(LANES, HERE)
    new_z, new_t, last = np.empty((n, LANES)), np.empty(LANES), np.zeros(LANES, dtype=np.bool_)
    matrix, gap = np.empty((LANES, n + 1, n + 2)), np.full(LANES, np.inf)
    jacobian, moved = np.empty((n, n, LANES)), np.empty((n, LANES))
    for _ in range(MAX_STEPS):
        if not np.any(state == WALKING):
            break
        _predict(z, t, tangent, step, scale, state, aim, new_z, new_t, last)
        _try(new_z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
        for column in range(n):
            moved[:] = new_z
            moved[column] += NUDGE
            _try(
                moved, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached,
                jacobian[column],
            )  # fmt: skip
        _factor(jacobian, utility, new_t, scale, tangent, last, state, matrix)
        _correct(
            guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached,
            new_z, new_t, scale, last, state, matrix, utility, gap,
        )  # fmt: skip
        _accept(z, t, tangent, step, scale, state, aim, new_z, new_t, last, matrix, gap)
    _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
    if rational:
        best, again = np.empty((n, LANES)), np.empty((n, LANES))
        _best_of(utility, sizes, best)
        for row in range(n):
            file[guess[row]] = best[row]
        _answer(answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
        _best_of(utility, sizes, again)
        for lane in range(LANES):
            if np.all(best[:, lane] == again[:, lane]):
                state[lane] = EXACTLY
        _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
        for lane in range(LANES):
            if state[lane] == EXACTLY:
                for row in range(n):
                    file[guess[row], lane] = best[row, lane]
        # What was worked out from the guesses on the way here may be read again later.
        _answer(answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
    _certify(z, utility, state, sizes, guess, file, rational, start, residual)


@numba.njit(cache=True, nogil=True)
def seek(
    instructions: Table,
    at: int,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    rational: bool,
    theta: Floats,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    residual: Floats,
    first_world: int,
    attempt: int,
) -> None:
    """Find any rules of one component that answer each other, from the answer to rules that pick one option each.

    Newton's method at full precision, no step longer than `LONGEST_SEEK`; the start is a function of world and attempt
    alone.
    """
    _, place, n, n_tried, first_group, n_groups = instructions[at]
    guess, answer = left[place : place + n], right[place : place + n]
    sizes = groups[first_group : first_group + n_groups]
    body = instructions[at + 1 : at + 1 + n_tried]
    z, utility = np.empty((n, LANES)), np.empty((n, LANES))
    _lean(z, sizes, first_world + start, attempt)
    _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
    scale, tangent = _first_tangent(utility)
    z[:] = utility
    state, last = np.zeros(LANES, dtype=np.int64), np.ones(LANES, dtype=np.bool_)
    matrix, jacobian = np.empty((LANES, n + 1, n + 2)), np.empty((n, n, LANES))
    moved, right_side = np.empty((n, LANES)), np.empty(n + 1)
    for _ in range(MAX_SEEKS):
        _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
        for lane in range(LANES):
            if np.max(np.abs(utility[:, lane] - z[:, lane])) < CLOSE * scale[lane]:
                state[lane] = ARRIVED
        if not np.any(state == WALKING):
            break
        for column in range(n):
            moved[:] = z
            moved[column] += NUDGE
            _try(
                moved, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached,
                jacobian[column],
            )  # fmt: skip
        _factor(jacobian, utility, scale, scale, tangent, last, state, matrix)
        for lane in range(LANES):
            if state[lane] == WALKING:
                right_side[:n] = z[:, lane] - utility[:, lane]
                right_side[n] = 0.0
                _solve(matrix[lane], right_side)
                longest = np.max(np.abs(right_side[:n]))
                z[:, lane] += right_side[:n] * min(1.0, LONGEST_SEEK * scale[lane] / max(longest, 1e-300))
    _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)
    _certify(z, utility, state, sizes, guess, file, rational, start, residual)


@numba.njit(cache=True, nogil=True)
def _lean(z: Floats, sizes: NDArray[np.int64], first_world: int, attempt: int) -> None:
    """Log chances that pick one option in each situation, by the attempt; by chance where there are too many ways.

    With few ways to pick, every attempt is another one; else they are a hash of world, attempt and situation.
    """
    n_ways = 1
    for size in sizes:
        n_ways = min(n_ways * size, MANY_WAYS + 1)
    for lane in range(LANES):
        rest = np.uint64(attempt - 1)
        mixed = np.uint64(first_world + lane) * np.uint64(0x9E3779B97F4A7C15) + rest
        first = 0
        for size in sizes:
            if n_ways > MANY_WAYS:
                # splitmix64 (Steele, Lea and Flood 2014)
                mixed += np.uint64(0x9E3779B97F4A7C15)
                bits = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                rest = bits ^ (bits >> np.uint64(31))
            chosen = rest % np.uint64(size)
            rest //= np.uint64(size)
            for row in range(first, first + size):
                z[row, lane] = CHOSEN if np.uint64(row - first) == chosen else 0.0
            first += size


@numba.njit(cache=True, nogil=True)
def _certify(
    z: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    sizes: NDArray[np.int64],
    guess: Cells,
    file: Floats,
    rational: bool,
    start: int,
    residual: Floats,
) -> None:
    """Raise each world's residual to the largest |F|, or of rational choices to the largest regret."""
    for lane in range(LANES):
        worst, first = 0.0, 0
        for size in sizes:
            best, mean = -np.inf, 0.0
            for row in range(first, first + size):
                worst = max(worst, 0.0 if rational else abs(utility[row, lane] - z[row, lane]))
                best = max(best, utility[row, lane])
                mean += file[guess[row], lane] * utility[row, lane]
            if rational:
                worst = max(worst, (best - mean) / NEAR_RATIONAL)
            first += size
        if state[lane] == EXACTLY:
            worst = 0.0
        elif state[lane] != ARRIVED:
            worst = np.inf
        residual[start + lane] = max(residual[start + lane], worst)


@numba.njit(cache=True, nogil=True)
def _try(
    z: Floats,
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    theta: Floats,
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
    _answer(answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)


@numba.njit(cache=True, nogil=True)
def _answer(
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    theta: Floats,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    utility: Floats,
) -> None:
    """Utilities [n, LANES] that answer the rules in the cells of the guesses."""
    for at in range(body.shape[0]):
        run_step(body[at], left, right, terms, rational, theta, file, start, unreached)
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
def _best_of(utility: Floats, sizes: NDArray[np.int64], rules: Floats) -> None:
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


@numba.njit(cache=True, nogil=True)
def _first_tangent(utility: Floats) -> tuple[Floats, Floats]:
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


@numba.njit(cache=True, nogil=True)
def _predict(
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
) -> None:
    """Go along the tangent, at most to the full precision; t is in units of `scale`, so its end is at `scale`.

    A lane whose tangent is wanted stays where it is, so that the derivative is that of its own point.
    """
    n = z.shape[0]
    for lane in range(LANES):
        new_z[:, lane], new_t[lane], last[lane] = z[:, lane], t[lane], False
        if state[lane] != WALKING or aim[lane] == WANTED:
            continue
        ahead = tangent[n, lane]
        if t[lane] + step[lane] * ahead >= scale[lane]:
            step[lane] = (scale[lane] - t[lane]) / ahead  # below 0 where the last correction went past the end
            last[lane] = True
        for row in range(n):
            new_z[row, lane] += step[lane] * tangent[row, lane]
        new_t[lane] = scale[lane] if last[lane] else t[lane] + step[lane] * ahead


@numba.njit(cache=True, nogil=True)
def _factor(
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


@numba.njit(cache=True, nogil=True)
def _solve(a: Floats, x: Floats) -> None:
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


@numba.njit(cache=True, nogil=True)
def _correct(
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    theta: Floats,
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
            _solve(matrix[lane], right_side)
            for row in range(n):
                z[row, lane] += right_side[row]
            t[lane] += right_side[n]
        if not np.any(going):
            return
        _try(z, guess, answer, sizes, body, left, right, terms, rational, theta, file, start, unreached, utility)


@numba.njit(cache=True, nogil=True)
def _accept(
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
            _solve(matrix[lane], ahead)
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
            _solve(matrix[lane], ahead)
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
                step[lane] = min(2.0 * step[lane], LONGEST_STEP)
