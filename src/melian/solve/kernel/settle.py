"""Choices that answer each other, solved together: the principal branch of the logit correspondence, in every lane.

With z the centred log chances of all options, s(z) their chances and U(s) precision times expected utility given the
others' rules, an equilibrium at the share t of the full precision solves F(z, t) = t C U(s(z)) - z = 0, C taking the
mean of each situation out. At t = 0 its one solution is z = 0, uniform play. The curve from there is followed by a
predictor along its tangent and Newton's method across it, step by step in arc length, so that it may turn back in t;
the first point with t = 1 is the answer. A curve that does not get there within bounds leaves its last point, and a
residual that says so.

Rational choices are taken to the same curve's limit: see `melian.solve.kernel.limit`. Those of one actor alone are the
best that it can keep to: see `melian.solve.kernel.choose`.

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
    HERE,
    LOST,
    WALKING,
    WANTED,
    accept,
    correct,
    factor,
    first_tangent,
    predict,
)
from melian.solve.kernel.certify import certify, note, put
from melian.solve.kernel.choose import choose
from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.limit import judge
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.trial import answer_rules, derive, try_rules

Floats = NDArray[np.float64]

MAX_STEPS: Final = 1000  # to each goal
FIRST_GOAL: Final = 0.25  # of a rational curve, in units of `NEAR_RATIONAL`; each goal is so many times the last
NEXT_GOAL: Final = 4.0
MAX_GOALS: Final = 8
NEXT_STEP: Final = 0.1  # with which a curve is followed on, of its length so far
FIRST_STEP: Final = 0.5


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
    certificate: Floats,
    memory: Floats,
) -> None:
    """Find the rules of one component of choices for one lane block; they are left in the cells of its guesses.

    Parameters
    ----------
    at : place of the settling instruction; the steps to try with every guess stand behind it.
    certificate : [2, W] raised to how far any rule is from answering the others, as a share of the scale of utilities;
        lowered to the precision that was reached where no rules were found that are claimed, infinite elsewhere.
    memory : overwritten; inputs of the last world that was solved here, its rules, certificate.
    """
    _, place, n, n_tried, first_group, n_groups = instructions[at]
    guess, answer = left[place : place + n], right[place : place + n]
    sizes = groups[first_group : first_group + n_groups]
    place, n_inputs, at_worth, n_worth, n_choices = groups[first_group + n_groups : first_group + n_groups + 5]
    inputs = left[place : place + n_inputs]
    body = instructions[at + 1 : at + 1 + n_tried]
    z, utility = np.zeros((n, LANES)), np.empty((n, LANES))
    # A situation counts as one that cannot come about if it cannot while every option is played.
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    flags = unreached[start : start + LANES].copy()
    found = np.empty((2, LANES))
    if _is_known(inputs, file, memory):
        for lane in range(LANES):
            for row in range(n):
                file[guess[row], lane] = memory[n_inputs + row]
            found[:, lane] = memory[n_inputs + n : n_inputs + n + 2]
    else:
        if at_worth >= 0:
            firsts = groups[first_group + n_groups + 5 : first_group + n_groups + 6 + n_choices]
            choose(
                guess, answer, sizes, firsts, left[at_worth : at_worth + n_worth],
                right[at_worth : at_worth + n_worth], body, left, right, terms, file, start, unreached, found,
            )  # fmt: skip
        else:
            _follow(z, utility, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, found)
        for at_input in range(n_inputs):
            memory[at_input] = file[inputs[at_input], LANES - 1]
        for row in range(n):
            memory[n_inputs + row] = file[guess[row], LANES - 1]
        memory[n_inputs + n : n_inputs + n + 2] = found[:, LANES - 1]
    # What was worked out from the guesses on the way here may be read again later.
    answer_rules(answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    unreached[start : start + LANES] = flags
    note(found, start, certificate)


@compiled
def _is_known(inputs: Cells, file: Floats, memory: Floats) -> bool:
    """Whether all that decides the rules is, in every lane, as it was in the last world that was solved."""
    for at in range(inputs.shape[0]):
        for lane in range(LANES):
            if file[inputs[at], lane] != memory[at]:
                return False
    return not np.isnan(memory[inputs.shape[0]])


@compiled
def _follow(
    z: Floats,
    utility: Floats,
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
    found: Floats,
) -> None:
    """Follow the principal branch to the full precision, or until its limit is in sight.

    Parameters
    ----------
    z, utility : [n, LANES] of even play; overwritten.
    found : [2, LANES] filled, see `_certify`.
    """
    n = z.shape[0]
    t, state = np.zeros(LANES), np.zeros(LANES, dtype=np.int64)
    scale, tangent = first_tangent(utility)
    step, aim = np.full(LANES, FIRST_STEP), np.full(LANES, HERE)
    new_z, new_t, last = np.empty((n, LANES)), np.empty(LANES), np.zeros(LANES, dtype=np.bool_)
    matrix, gap = np.empty((LANES, n + 1, n + 2)), np.full(LANES, np.inf)
    jacobian, chosen = np.empty((n, n, LANES)), np.empty((n, LANES))
    before, apart = np.full((2, n, LANES), np.inf), np.full((2, LANES), np.inf)
    goal = scale * FIRST_GOAL if rational else scale.copy()
    for n_goals in range(MAX_GOALS if rational else 1):
        for _ in range(MAX_STEPS):
            if not np.any(state == WALKING):
                break
            predict(z, t, tangent, step, goal, state, aim, new_z, new_t, last)
            try_rules(new_z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
            derive(guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, jacobian)
            factor(jacobian, utility, new_t, scale, tangent, last, state, matrix)
            correct(
                guess, answer, sizes, body, left, right, terms, rational, file, start, unreached,
                new_z, new_t, scale, last, state, matrix, utility, gap,
            )  # fmt: skip
            accept(z, t, tangent, step, scale, state, aim, new_z, new_t, last, matrix, gap)
        for lane in range(LANES):
            state[lane] = LOST if state[lane] == WALKING else state[lane]
        if not rational or not np.any(state == ARRIVED):
            break
        try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
        judge(
            z, t / scale, utility, state, n_goals > 0, guess, answer, sizes, body, left, right, terms,
            file, start, unreached, before, apart, chosen,
        )  # fmt: skip
        for lane in range(LANES):
            if state[lane] == ARRIVED and n_goals < MAX_GOALS - 1:
                state[lane], aim[lane] = WALKING, WANTED
                goal[lane] *= NEXT_GOAL
                step[lane] = max(FIRST_STEP, NEXT_STEP * np.sqrt(np.sum(np.square(z[:, lane])) + t[lane] ** 2))
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    put(chosen, state, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    certify(z, utility, state, t / scale, sizes, guess, file, body, terms, rational, found)
