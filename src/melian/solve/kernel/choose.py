"""Choices of one rational actor that have to be found together, since it forgets or does not see: its best rules.

Pure rules are enough: what they are worth is linear in the rule of each situation, so that some pure rules are best of
all. Once the rules of all choices but one are given, the last one's best answer is found situation by situation; so the
ways to pick an option in all situations but its are tried, every one where they are few. Else rules are improved choice
by choice from a number of starts, until nothing gains; the best of these is not known to be best of all.

References
----------
Lauritzen and Nilsson 2001, Representing and solving decision problems with limited information, Management Science 47
(one rule improved after the other).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL, TIE
from melian.solve.kernel.trial import answer_rules, try_rules

Floats = NDArray[np.float64]

MOST_WAYS: Final = 4096  # to pick an option in all situations but those of the last choice: so many are all tried
N_STARTS: Final = 64  # where there are more
MAX_ROUNDS: Final = 20
GAIN: Final = 1e-12  # what a rule has to be worth more to be better
SLIP: Final = -20.0  # log odds of an option that is picked by a slip


@compiled
def choose(
    guess: Cells,
    answer: Cells,
    sizes: NDArray[np.int64],
    firsts: NDArray[np.int64],
    weights: Cells,
    worths: Cells,
    body: Table,
    left: Cells,
    right: Cells,
    terms: Table,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
    found: Floats,
) -> None:
    """Leave the best rules that are found in the cells of the guesses.

    Parameters
    ----------
    firsts : [C + 1] first situation of each choice, and one past the last.
    weights, worths : cells of the weight of each stake, and of what it is worth.
    found : [2, LANES] filled with the largest regret in any situation, and with infinity: these are the rules sought.
    """
    n, last = guess.shape[0], firsts.shape[0] - 2
    utility, best, kept = np.empty((n, LANES)), np.full(LANES, -np.inf), np.zeros((n, LANES))
    n_ways = 1
    for size in sizes[: firsts[last]]:
        n_ways = min(n_ways * size, MOST_WAYS + 1)
    is_every = n_ways <= MOST_WAYS
    for way in range(n_ways if is_every else N_STARTS):
        _pick(guess, sizes, way, is_every, file)
        for _ in range(1 if is_every else MAX_ROUNDS):
            is_changed = False
            for choice in range(last if is_every else 0, last + 1):
                answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
                is_changed |= _improve(utility, guess, sizes, firsts[choice], firsts[choice + 1], file)
            if not is_changed:
                break
        answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
        for lane in range(LANES):
            worth = 0.0
            for at in range(weights.shape[0]):
                worth += file[weights[at], lane] * file[worths[at], lane]
            if worth > best[lane] + GAIN:
                best[lane] = worth
                for row in range(n):
                    kept[row, lane] = file[guess[row], lane]
    _mend(kept, guess, answer, sizes, body, left, right, terms, file, start, unreached, utility)
    for lane in range(LANES):
        worst, first = 0.0, 0
        for size in sizes:
            most, own = -np.inf, 0.0
            for row in range(first, first + size):
                most = max(most, utility[row, lane])
                own += file[guess[row], lane] * utility[row, lane]
            worst = max(worst, (most - own) / NEAR_RATIONAL)
            first += size
        found[0, lane], found[1, lane] = (worst if worst > TIE else 0.0), np.inf


@compiled
def _pick(guess: Cells, sizes: NDArray[np.int64], way: int, is_every: bool, file: Floats) -> None:
    """Pick one option in each situation: by the digits of the way, or by a hash of it (splitmix64)."""
    rest = np.uint64(way)
    mixed = np.uint64(way)
    first = 0
    for size in sizes:
        if not is_every:
            mixed += np.uint64(0x9E3779B97F4A7C15)
            bits = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            rest = bits ^ (bits >> np.uint64(31))
        chosen = rest % np.uint64(size)
        rest //= np.uint64(size)
        for row in range(first, first + size):
            file[guess[row]] = 1.0 if np.uint64(row - first) == chosen else 0.0
        first += size


@compiled
def _improve(utility: Floats, guess: Cells, sizes: NDArray[np.int64], first_group: int, end: int, file: Floats) -> bool:
    """Pick the best option in some situations, the one picked before where it is as good; whether any lane changed."""
    is_changed, first = False, 0
    for group in range(end):
        size = sizes[group]
        if group >= first_group:
            for lane in range(LANES):
                own = first
                for row in range(first, first + size):
                    own = row if file[guess[row], lane] > 0.5 else own
                top = own
                for row in range(first, first + size):
                    top = row if utility[row, lane] > utility[top, lane] + TIE * NEAR_RATIONAL else top
                if top != own:
                    file[guess[own], lane], file[guess[top], lane] = 0.0, 1.0
                    is_changed = True
        first += size
    return is_changed


@compiled
def _mend(
    kept: Floats,
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
    utility: Floats,
) -> None:
    """Write the rules that were kept; where no play leads, the answer as if the actor had slipped on the way there.

    Rules where no play leads are worth nothing whatever they are, so that they may be changed.
    """
    n = kept.shape[0]
    z, slipped = np.where(kept > 0.5, 0.0, SLIP), np.empty((n, LANES))
    try_rules(z, guess, answer, sizes, body, left, right, terms, True, file, start, unreached, slipped)
    for row in range(n):
        file[guess[row]] = kept[row]
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
    for lane in range(LANES):
        first = 0
        for size in sizes:
            is_idle = True
            for row in range(first, first + size):
                is_idle &= file[answer[row], lane] == 0.0
            if is_idle:
                top = first
                for row in range(first, first + size):
                    top = row if slipped[row, lane] > slipped[top, lane] + TIE * NEAR_RATIONAL else top
                for row in range(first, first + size):
                    file[guess[row], lane] = 1.0 if row == top else 0.0
            first += size
    answer_rules(answer, sizes, body, left, right, terms, True, file, start, unreached, utility)
