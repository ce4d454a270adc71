"""The steps of the kernel: sums of products, and answers of choices, for one lane block of worlds at a time.

A file of registers is [cells, LANES]; every function works on whole rows of it, lanes innermost, so that the compiler
turns it into vector arithmetic. It would not if loops said how many lanes there are: short loops of known length are
written out number by number first, hence `file.shape[1]`. What a world yields does not depend on the other lanes.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.solve.kernel.compiled import compiled
from melian.solve.kernel.encode import ADD, CLEAR, EXPECT, MULTIPLY, RANGE, SHARE, Cells, Table
from melian.solve.kernel.rows import LANES, sum_of_products

Floats = NDArray[np.float64]

# Expected utilities lie in [0, 1]; nearer than this they are the same number written by different sums.
TIE: Final = 1e-9
# Below this, exp is not a normal number; chances that small are as good as none.
LEAST_EXPONENT: Final = -700.0
# Where rational choices have to be settled together, the limit of logit responses stands for best responses.
NEAR_RATIONAL: Final = 500.0


@compiled
def run_step(
    instruction: NDArray[np.int64],
    left: Cells,
    right: Cells,
    terms: Table,
    rational: bool,
    file: Floats,
    start: int,
    unreached: NDArray[np.bool_],
) -> None:
    """Run one instruction on one lane block; `start` is the first world of the block."""
    kind, first, n_groups, n_members, place, extra = instruction
    if kind == MULTIPLY:
        for group in range(n_groups):
            sum_of_products(file, left, right, place + group * n_members, n_members, first + group)  # type: ignore[call-arg]
    elif kind == ADD:
        _add(file, left, first, n_groups, n_members, place)
    elif kind == CLEAR:
        file[first : first + n_groups] = 0.0
    elif kind == RANGE:
        _range(file, left[place : place + n_groups * n_members], n_members, file[extra], file[first])
    elif kind == SHARE:
        _share(file, left[place : place + n_groups], right[place : place + n_groups], first)
    else:
        asked = terms[place : place + extra]
        scales = _scales(file, asked, rational, 1.0 if kind != EXPECT else NEAR_RATIONAL)
        scratch, power = np.empty((2, LANES)), np.empty(LANES, dtype=np.int64)
        factor = power.view(np.float64)
        for group in range(n_groups):
            cells = left[first + group * n_members : first + (group + 1) * n_members]
            _expect(file, left, asked, group, cells, scales, scratch, start, unreached)
            if kind != EXPECT:
                if rational:
                    _best(file, cells)
                else:
                    logit(file, cells, scratch, power, factor)


@compiled
def _add(file: Floats, left: Cells, first: int, n_groups: int, n_members: int, place: int) -> None:
    """Sums, one cell a group."""
    for group in range(n_groups):
        out, one = first + group, left[place]
        for lane in range(file.shape[1]):
            file[out, lane] = file[one, lane]
        for at in range(place + 1, place + n_members):
            one = left[at]
            for lane in range(file.shape[1]):
                file[out, lane] += file[one, lane]
        place += n_members


@compiled
def _range(file: Floats, cells: Cells, n_members: int, weight: Floats, out: Floats) -> None:
    """Weight times the largest difference within any group of cells."""
    for lane in range(file.shape[1]):
        widest = 0.0
        for first in range(0, cells.shape[0], n_members):
            low, high = np.inf, -np.inf
            for cell in cells[first : first + n_members]:
                low, high = min(low, file[cell, lane]), max(high, file[cell, lane])
            widest = max(widest, high - low)
        out[lane] = weight[lane] * widest


@compiled
def _share(file: Floats, weights: Cells, ranges: Cells, first: int) -> None:
    """Weights over the sum of ranges; zero where nothing can be moved."""
    for lane in range(file.shape[1]):
        total = 0.0
        for cell in ranges:
            total += file[cell, lane]
        for at in range(weights.shape[0]):
            file[first + at, lane] = file[weights[at], lane] / total if total > 0.0 else 0.0


@compiled
def _scales(file: Floats, terms: Table, rational: bool, sharpest: float) -> Floats:
    """What each term's expectation counts, [T, LANES]: its weight times precision (times `sharpest` if rational)."""
    scales = np.empty((terms.shape[0], LANES))
    for at in range(terms.shape[0]):
        weight, precision = terms[at, 0], terms[at, 1]
        for lane in range(file.shape[1]):
            scales[at, lane] = file[weight, lane] * (sharpest if rational else file[precision, lane])
    return scales


@compiled(error_model="numpy")
def _expect(
    file: Floats,
    left: Cells,
    terms: Table,
    group: int,
    cells: Cells,
    scales: Floats,
    scratch: Floats,
    start: int,
    unreached: NDArray[np.bool_],
) -> None:
    """Scaled expected utility of every option in one situation.

    Where the situation cannot come about, no option is better than another: all are zero, and the world is noted.

    Parameters
    ----------
    scratch : [2, LANES] overwritten.
    """
    total, least = scratch[0], scratch[1]
    for lane in range(file.shape[1]):
        least[lane] = np.inf
    for option in range(cells.shape[0]):
        out, here = cells[option], group * cells.shape[0] + option
        for lane in range(file.shape[1]):
            file[out, lane] = 0.0
        at = 0
        while at < terms.shape[0]:
            reach_place = terms[at, 3]
            for lane in range(file.shape[1]):
                total[lane] = 0.0
            while at < terms.shape[0] and terms[at, 3] == reach_place:  # alike in what they are conditional on
                expected = left[terms[at, 2] + here]
                for lane in range(file.shape[1]):
                    total[lane] += scales[at, lane] * file[expected, lane]
                at += 1
            if reach_place < 0:
                for lane in range(file.shape[1]):
                    file[out, lane] += total[lane]
            else:
                reach = left[reach_place + here]
                for lane in range(file.shape[1]):
                    file[out, lane] += total[lane] / file[reach, lane] if file[reach, lane] > 0.0 else 0.0
                    least[lane] = min(least[lane], file[reach, lane])
    for lane in range(file.shape[1]):
        if not least[lane] > 0.0:
            unreached[start + lane] = True
            for option in range(cells.shape[0]):
                file[cells[option], lane] = 0.0


@compiled(error_model="numpy")
def logit(file: Floats, cells: Cells, scratch: Floats, power: NDArray[np.int64], factor: Floats) -> None:
    """Chances proportional to exp of the cells.

    McKelvey and Palfrey 1998, Quantal response equilibria for extensive form games, Experimental Economics 1, equation
    3.

    Parameters
    ----------
    scratch : [2, LANES] overwritten.
    power, factor : see `_exp`.
    """
    best, total = scratch[0], scratch[1]
    for lane in range(file.shape[1]):
        best[lane], total[lane] = -np.inf, 0.0
    for option in range(cells.shape[0]):
        cell = cells[option]
        for lane in range(file.shape[1]):
            best[lane] = max(best[lane], file[cell, lane])
    for option in range(cells.shape[0]):
        cell = cells[option]
        for lane in range(file.shape[1]):
            file[cell, lane] = max(file[cell, lane] - best[lane], LEAST_EXPONENT)
        _exp(file, cell, power, factor)
        for lane in range(file.shape[1]):
            total[lane] += file[cell, lane]
    for lane in range(file.shape[1]):
        total[lane] = 1.0 / total[lane]
    for option in range(cells.shape[0]):
        cell = cells[option]
        for lane in range(file.shape[1]):
            file[cell, lane] *= total[lane]


@compiled
def _exp(file: Floats, cell: int, power: NDArray[np.int64], factor: Floats) -> None:
    """Exponential of a cell's numbers in [`LEAST_EXPONENT`, 0], in place, within 2 units in the last place.

    exp x = 2^k exp r with k the nearest whole number to x / log 2: r by Taylor's series to the twelfth power, which |r|
    below 0.35 makes exact to 1e-17, and 2^k by writing its exponent. Unlike a call for each number, the loops become
    vector code.

    Parameters
    ----------
    power, factor : [LANES] one array seen as whole numbers and as floating-point numbers; overwritten.
    """
    for lane in range(file.shape[1]):
        whole = np.floor(file[cell, lane] * 1.4426950408889634 + 0.5)
        power[lane] = (np.int64(whole) + 1023) << 52
        # log 2 in two parts, the first with enough trailing zeros that whole times it is exact
        r = (file[cell, lane] - whole * 0.693147180369123816490) - whole * 1.90821492927058770002e-10
        series = 1.0 / 479001600.0
        series = series * r + 1.0 / 39916800.0
        series = series * r + 1.0 / 3628800.0
        series = series * r + 1.0 / 362880.0
        series = series * r + 1.0 / 40320.0
        series = series * r + 1.0 / 5040.0
        series = series * r + 1.0 / 720.0
        series = series * r + 1.0 / 120.0
        series = series * r + 1.0 / 24.0
        series = series * r + 1.0 / 6.0
        series = series * r + 0.5
        series = series * r + 1.0
        file[cell, lane] = series * r + 1.0
    for lane in range(file.shape[1]):
        file[cell, lane] *= factor[lane]


@compiled
def _best(file: Floats, cells: Cells) -> None:
    """All chance to the best cells, evenly where they tie."""
    best, total = np.full(LANES, -np.inf), np.zeros(LANES)
    for cell in cells:
        for lane in range(LANES):
            best[lane] = max(best[lane], file[cell, lane])
    for cell in cells:
        for lane in range(LANES):
            file[cell, lane] = 1.0 if file[cell, lane] >= best[lane] - TIE else 0.0
            total[lane] += file[cell, lane]
    for cell in cells:
        for lane in range(LANES):
            file[cell, lane] /= total[lane]
