"""Choices that answer each other, solved together: the principal branch of the logit correspondence, in every lane.

With z the centred log chances of all options, s(z) their chances and U(s) precision times expected utility given the
others' rules, an equilibrium at the share t of the full precision solves F(z, t) = t C U(s(z)) - z = 0, C taking the
mean of each situation out. At t = 0 its one solution is z = 0, uniform play. The curve from there is followed by a
predictor along its tangent and Newton's method across it, step by step in arc length, so that it may turn back in t;
the first point with t = 1 is the answer. A curve that does not get there within bounds leaves its last point, and a
residual that says so.

Rational choices are taken to the same curve's end: see `melian.solve.kernel.limit`.

References
----------
McKelvey and Palfrey 1998, Quantal response equilibria for extensive form games, Experimental Economics 1 (agent form;
the principal branch). Turocy 2005, A dynamic homotopy interpretation of the logistic quantal response equilibrium
correspondence, Games and Economic Behavior 51 (following it). Allgower and Georg 1990, Numerical Continuation Methods,
chapter 2.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.branch import (
    ARRIVED,
    CLOSE,
    EXACTLY,
    HERE,
    WALKING,
    accept,
    correct,
    factor,
    first_tangent,
    predict,
    solve_factored,
)
from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import EXPECT, Cells, Table
from melian.solve.kernel.limit import take_to_limit
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL
from melian.solve.kernel.trial import answer_rules, derive, try_rules

Floats = NDArray[np.float64]

MAX_STEPS: Final = 1000
FIRST_STEP: Final = 0.5
MAX_SEEKS: Final = 60
MANY_WAYS: Final = 256  # of picking one option in each situation; more are tried by chance
SLIP: Final = -20.0  # log odds of an option that is picked by a slip
CHOSEN: Final = 20.0  # log odds with which a search starts to pick an option
LEAST_PRECISION: Final = 1e-9  # below it play is even, whatever the utilities
LONGEST_SEEK: Final = 0.3  # as a share of the largest utility at the start


@compiled
def settle(
    instructions: Table,
    at: int,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    rational: bool,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    residual: Floats,
) -> None:
    """Find the rules of one component of choices for one lane block; they are left in the cells of its guesses.

    Parameters
    ----------
    at : place of the settling instruction; the steps to try with every guess stand behind it.
    residual : [W] raised to how far any rule is from answering the others, as a share of the scale of utilities;
        infinite where the curve was lost.
    """
    _, place, n, n_tried, first_group, n_groups = instructions[at]
    guess, answer = left[place : place + n], right[place : place + n]
    sizes = groups[first_group : first_group + n_groups]
    body = instructions[at + 1 : at + 1 + n_tried]
    z, t = np.zeros((n, LANES)), np.zeros(LANES)
    utility, state = np.empty((n, LANES)), np.zeros(LANES, dtype=np.int64)
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    scale, tangent = first_tangent(utility)
    step, aim = np.full(LANES, FIRST_STEP), np.full(LANES, HERE)
    new_z, new_t, last = np.empty((n, LANES)), np.empty(LANES), np.zeros(LANES, dtype=np.bool_)
    matrix, gap = np.empty((LANES, n + 1, n + 2)), np.full(LANES, np.inf)
    jacobian = np.empty((n, n, LANES))
    for _ in range(MAX_STEPS):
        if not np.any(state == WALKING):
            break
        predict(z, t, tangent, step, scale, state, aim, new_z, new_t, last)
        try_rules(new_z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
        derive(guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, jacobian)
        factor(jacobian, utility, new_t, scale, tangent, last, state, matrix)
        correct(
            guess, answer, sizes, body, left, right, terms, rational, file, start, unreached,
            new_z, new_t, scale, last, state, matrix, utility, gap,
        )  # fmt: skip
        accept(z, t, tangent, step, scale, state, aim, new_z, new_t, last, matrix, gap)
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    if rational:
        take_to_limit(z, utility, state, guess, answer, sizes, body, left, right, terms, file, start, unreached)
    _certify(z, utility, state, sizes, guess, file, body, terms, rational, start, residual)


@compiled
def seek(
    instructions: Table,
    at: int,
    left: Cells,
    right: Cells,
    terms: Table,
    groups: NDArray[np.int64],
    rational: bool,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    residual: Floats,
    first_world: int,
    attempt: int,
) -> None:
    """Find any rules of one component that answer each other, from the answer to rules that pick one option each.

    Newton's method at full precision, no step longer than `LONGEST_SEEK`; the start is a function of world and attempt
    alone. Rational choices with few ways to pick are tried as they are: the attempt says which way.
    """
    _, place, n, n_tried, first_group, n_groups = instructions[at]
    guess, answer = left[place : place + n], right[place : place + n]
    sizes = groups[first_group : first_group + n_groups]
    body = instructions[at + 1 : at + 1 + n_tried]
    z, utility = np.empty((n, LANES)), np.empty((n, LANES))
    _lean(z, sizes, first_world + start, attempt)
    if rational and _n_ways(sizes) <= MANY_WAYS:
        _keep_to(z, utility, guess, answer, sizes, body, left, right, terms, file, start, unreached, residual)
        return
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    scale, tangent = first_tangent(utility)
    z[:] = utility
    state, last = np.zeros(LANES, dtype=np.int64), np.ones(LANES, dtype=np.bool_)
    matrix, jacobian = np.empty((LANES, n + 1, n + 2)), np.empty((n, n, LANES))
    right_side = np.empty(n + 1)
    for _ in range(MAX_SEEKS):
        try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
        for lane in range(LANES):
            if np.max(np.abs(utility[:, lane] - z[:, lane])) < CLOSE * scale[lane]:
                state[lane] = ARRIVED
        if not np.any(state == WALKING):
            break
        derive(guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, jacobian)
        factor(jacobian, utility, scale, scale, tangent, last, state, matrix)
        for lane in range(LANES):
            if state[lane] == WALKING:
                right_side[:n] = z[:, lane] - utility[:, lane]
                right_side[n] = 0.0
                solve_factored(matrix[lane], right_side)
                longest = np.max(np.abs(right_side[:n]))
                z[:, lane] += right_side[:n] * min(1.0, LONGEST_SEEK * scale[lane] / max(longest, 1e-300))
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    if rational:
        take_to_limit(z, utility, state, guess, answer, sizes, body, left, right, terms, file, start, unreached)
    _certify(z, utility, state, sizes, guess, file, body, terms, rational, start, residual)


@compiled
def _lean(z: Floats, sizes: NDArray[np.int64], first_world: int, attempt: int) -> None:
    """Log chances that pick one option in each situation, by the attempt; by chance where there are too many ways.

    With few ways to pick, every attempt is another one; else they are a hash of world, attempt and situation.
    """
    n_ways = _n_ways(sizes)
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


@compiled
def _n_ways(sizes: NDArray[np.int64]) -> int:
    """Ways to pick one option in each situation, or one more than are told apart."""
    n_ways = 1
    for size in sizes:
        n_ways = min(n_ways * size, MANY_WAYS + 1)
    return n_ways


@compiled
def _keep_to(
    z: Floats,
    utility: Floats,
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
    residual: Floats,
) -> None:
    """Raise each world's residual to the largest regret if every situation keeps to the option that z picks.

    Regrets are those against others who slip once in a long while, so that a situation to which no play leads is
    answered as if it had come about by a slip (Selten 1975, Reexamination of the perfectness concept, International
    Journal of Game Theory 4).
    """
    picked = z > 0.0
    z[:] = np.where(picked, 0.0, SLIP)
    try_rules(z, guess, answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
    for lane in range(LANES):
        worst, first = 0.0, 0
        for size in sizes:
            best, own = -np.inf, 0.0
            for row in range(first, first + size):
                best = max(best, utility[row, lane])
                own = utility[row, lane] if picked[row, lane] else own
            worst = max(worst, (best - own) / NEAR_RATIONAL)
            first += size
        residual[start + lane] = max(residual[start + lane], worst)
    for row in range(z.shape[0]):
        for lane in range(LANES):
            file[guess[row], lane] = 1.0 if picked[row, lane] else 0.0
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)


@compiled
def _certify(
    z: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    sizes: NDArray[np.int64],
    guess: Cells,
    file: Floats,
    body: Table,
    terms: Table,
    rational: bool,
    start: int,
    residual: Floats,
) -> None:
    """Raise each world's residual to how far any rule is from answering the others, on the scale of utilities.

    For logit rules that is the least error in expected utilities that would make the rule exact: |F| over precision.
    """
    sharpness = np.full(sizes.shape[0], NEAR_RATIONAL)
    for lane in range(LANES):
        worst, first = 0.0, 0
        if not rational:
            _precisions(body, terms, file, lane, sharpness)
        for group in range(sizes.shape[0]):
            best, mean, gap = -np.inf, 0.0, 0.0
            for row in range(first, first + sizes[group]):
                gap = max(gap, abs(utility[row, lane] - z[row, lane]))
                best = max(best, utility[row, lane])
                mean += file[guess[row], lane] * utility[row, lane]
            if rational:
                gap = best - mean
            if gap > 0.0:
                worst = max(worst, gap / max(sharpness[group], LEAST_PRECISION))
            first += sizes[group]
        if state[lane] == EXACTLY:
            worst = 0.0
        elif state[lane] != ARRIVED:
            worst = np.inf
        residual[start + lane] = max(residual[start + lane], worst)


@compiled
def _precisions(body: Table, terms: Table, file: Floats, lane: int, sharpness: Floats) -> None:
    """Fill in the precision of the actor in each situation; 0 of one who weighs nothing."""
    group = 0
    for at in range(body.shape[0]):
        kind, _, n_groups, _, place, n_terms = body[at]
        if kind == EXPECT:
            sharpness[group : group + n_groups] = file[terms[place, 1], lane] if n_terms else 0.0
            group += n_groups
