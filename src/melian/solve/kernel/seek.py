"""Other rules of choices that are settled together: sought from rules that pick one option in each situation."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.branch import (
    ARRIVED,
    CLOSE,
    EXACTLY,
    LEVELLED,
    WALKING,
    factor,
    first_tangent,
    solve_factored,
)
from melian.solve.kernel.certify import certify, note, put
from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.limit import answer_each_other, mix
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL
from melian.solve.kernel.trial import answer_rules, best_of, derive, try_rules

Floats = NDArray[np.float64]

MAX_SEEKS: Final = 60
MANY_WAYS: Final = 256  # of picking one option in each situation; more are tried by chance
SLIP: Final = -20.0  # log odds of an option that is picked by a slip
CHOSEN: Final = 20.0  # log odds with which a search starts to pick an option
LONGEST_SEEK: Final = 0.3  # as a share of the largest utility at the start


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
    certificate: Floats,
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
    z, utility, found = np.zeros((n, LANES)), np.empty((n, LANES)), np.empty((2, LANES))
    try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    flags = unreached[start : start + LANES].copy()
    _lean(z, sizes, first_world + start, attempt)
    if rational and _n_ways(sizes) <= MANY_WAYS:
        _keep_to(z, utility, guess, answer, sizes, body, left, right, terms, file, start, unreached, found)
        unreached[start : start + LANES] = flags
        note(found, start, certificate)
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
        chosen, ones = np.empty((n, LANES)), np.ones(LANES)
        best_of(utility, sizes, chosen)
        holds = answer_each_other(chosen, guess, answer, sizes, body, left, right, terms, file, start, unreached)
        state[:] = np.where((state == ARRIVED) & holds, EXACTLY, state)
        found_mix = mix(
            z, ones, utility, state, guess, answer, sizes, body, left, right, terms, file, start, unreached, chosen
        )
        state[:] = np.where((state == ARRIVED) & found_mix, LEVELLED, state)
        try_rules(z, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
        put(chosen, state, guess, answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)
    certify(z, utility, state, np.zeros(LANES), sizes, guess, file, body, terms, rational, found)
    unreached[start : start + LANES] = flags
    note(found, start, certificate)


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
    found: Floats,
) -> None:
    """Fill in as the residual [2, LANES] the largest regret if every situation keeps to the option that z picks.

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
        found[0, lane], found[1, lane] = worst, np.inf
    for row in range(z.shape[0]):
        for lane in range(LANES):
            file[guess[row], lane] = 1.0 if picked[row, lane] else 0.0
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
