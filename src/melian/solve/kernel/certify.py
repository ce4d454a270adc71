"""How nearly rules that were settled together answer each other, and whether they are those that were sought."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.branch import ARRIVED, EXACTLY, LEVELLED
from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import EXPECT, Cells, Table
from melian.solve.kernel.rows import LANES
from melian.solve.kernel.steps import NEAR_RATIONAL
from melian.solve.kernel.trial import answer_rules

Floats = NDArray[np.float64]

LEAST_PRECISION: Final = 1e-9  # below it play is even, whatever the utilities


@compiled
def note(found: Floats, start: int, certificate: Floats) -> None:
    """Take in a component's certificate [2, LANES]."""
    for lane in range(LANES):
        certificate[0, start + lane] = max(certificate[0, start + lane], found[0, lane])
        certificate[1, start + lane] = min(certificate[1, start + lane], found[1, lane])


@compiled
def put(
    chosen: Floats,
    state: NDArray[np.int64],
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
    """Write chosen rules into the cells of the guesses, and the utilities that answer all rules."""
    for lane in range(LANES):
        if state[lane] in (EXACTLY, LEVELLED):
            for row in range(chosen.shape[0]):
                file[guess[row], lane] = chosen[row, lane]
    answer_rules(answer, sizes, body, left, right, terms, rational, file, start, unreached, utility)


@compiled
def certify(
    z: Floats,
    utility: Floats,
    state: NDArray[np.int64],
    share: Floats,
    sizes: NDArray[np.int64],
    guess: Cells,
    file: Floats,
    body: Table,
    terms: Table,
    rational: bool,
    found: Floats,
) -> None:
    """Fill in how far any rule is from answering the others, on the scale of utilities, and the precision reached.

    For logit rules that is the least error in expected utilities that would make the rule exact: |F| over precision.

    Parameters
    ----------
    share : [LANES] of the full precision at which a curve was left.
    found : [2, LANES] filled; the second is infinite where the rules are those that were sought. Of rational choices it
        is the precision in units of what a choice can move, of others its share.
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
        is_sought = state[lane] in (EXACTLY, LEVELLED) if rational else state[lane] == ARRIVED
        found[0, lane] = 0.0 if state[lane] == EXACTLY else worst
        found[1, lane] = np.inf if is_sought else share[lane] * (NEAR_RATIONAL if rational else 1.0)


@compiled
def _precisions(body: Table, terms: Table, file: Floats, lane: int, sharpness: Floats) -> None:
    """Fill in the precision of the actor in each situation; 0 of one who weighs nothing."""
    group = 0
    for at in range(body.shape[0]):
        kind, _, n_groups, _, place, n_terms = body[at]
        if kind == EXPECT:
            sharpness[group : group + n_groups] = file[terms[place, 1], lane] if n_terms else 0.0
            group += n_groups
