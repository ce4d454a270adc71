"""Points of the unit cube: Sobol's sequence with hash-based Owen scramblings.

Coordinate d of point i is a function of (seed, d, i) and of nothing else: not of how many dimensions or points are
asked for, nor of how they are cut into blocks. So world i keeps its numbers when a case grows a judgement at its end,
when more worlds are drawn, and when several threads draw them.

The points are those of `REPLICATES` replicates, taken in turn by chunks: each is the sequence from its beginning, with
a scrambling of its own. Each is even by itself, and since they know nothing of each other, how far they differ tells
how far they are off together (Owen 1997, Annals of Statistics 25). The runs of one scrambling would not: what is
uneven in one of them is so in all.

Direction numbers are those of Joe and Kuo (2008) as scipy holds them. They are read from scipy's data file, because
importing `scipy.stats` takes longer than drawing the worlds of a usual case; where the file is not where it was, the
same numbers are found through the public `scipy.stats.qmc.Sobol`.

A nested scrambling (Owen 1995) flips each bit by a coin that hangs on the bits before it. Laine and Karras (2011) found
that products with even numbers do this to a word whose bits are in reverse order, and Burley (2020) made it the
scrambling of a Sobol sequence. Their one added key leaves the coins of the first few bits far from independent
(correlations up to 0.6 between nodes); here each dimension has six keys, half of them multiplied by, and sets of up to
four coins pass for independent in 100,000 scramblings.

Any Sobol sequence spreads some pairs of its later dimensions badly until there are enough points: among the first 100
dimensions no pair is correlated by more than 0.01 in 20,000 points, among the first 1,000 a few are by 0.1. Judgements
that are drawn first are drawn best. Which way such a pair leans is up to the scrambling, so that replicates make up for
each other.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from melian.solve.kernel.rows import LANES
from melian.solve.kernel.stream import Stream
from melian.solve.kernel.words import CHUNK, MULTIPLIERS, REPLICATES, fill_units

__all__ = ["MAX_DIMENSIONS", "MAX_POINTS", "Points", "unit_block"]

Words = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

MAX_DIMENSIONS = 21_000
N_BITS = 32
MAX_POINTS = REPLICATES * 2**N_BITS
MAX_WALKED = 2**20
MAX_SEED = 2**63


class Points:
    """Scrambled Sobol points, by block.

    Parameters
    ----------
    n_dimensions : coordinates of a point, at most `MAX_DIMENSIONS`.
    seed : of the scramblings, at least 0 and below 2**63.

    Notes
    -----
    Blocks may be asked for in any order and from several threads: nothing changes after construction.
    """

    def __init__(self, n_dimensions: int, seed: int) -> None:
        if not 0 <= n_dimensions <= MAX_DIMENSIONS:
            raise ValueError(f"Points: n_dimensions must be 0 to {MAX_DIMENSIONS}, got {n_dimensions}")
        if not 0 <= seed < MAX_SEED:
            raise ValueError(f"Points: seed must be at least 0 and below 2**63, got {seed}")
        directions = _direction_numbers(n_dimensions)
        self.n_dimensions = n_dimensions
        self.max_points = MAX_POINTS if directions.all() else REPLICATES * MAX_WALKED
        self._directions = _mirrored(directions)  # [D, 32] first bit lowest
        self._first = _span(self._directions)  # [D, CHUNK]
        self._keys = _dimension_keys(n_dimensions, seed)  # [REPLICATES, D, 2 ROUNDS]

    def block(self, start: int, count: int) -> Floats:
        """Points `start` to `start + count - 1`.

        Returns
        -------
        [D, count] strictly between 0 and 1, worlds last, C-contiguous.
        """
        first = start - start % CHUNK
        units = self.of(np.arange(self.n_dimensions), first, -(-(start + count - first) // CHUNK) * CHUNK)
        self._check(start, count)
        return np.ascontiguousarray(units[:, start - first : start - first + count])

    def of(self, dimensions: Indices, first: int, count: int) -> Floats:
        """Coordinates of points in some dimensions.

        Parameters
        ----------
        dimensions : of any shape.
        first, count : multiples of `CHUNK`.

        Returns
        -------
        [..., count] behind the axes of `dimensions`, C-contiguous.
        """
        self._check(first, count)
        units = np.empty((dimensions.size, count))
        fill_units(self._first, self._directions, self._keys, dimensions.ravel(), first, units)
        return units.reshape(*dimensions.shape, count)

    def stream(self, dimensions: Indices, slots: Indices, lows: Floats, highs: Floats) -> Stream:
        """What draws parameters evenly from ranges, each by one dimension; all arrays [K]."""
        by_lane_block = self._first[dimensions].reshape(dimensions.size, CHUNK // LANES, LANES).swapaxes(0, 1)
        return Stream(
            slots.astype(np.int64),
            np.arange(dimensions.size),
            np.ascontiguousarray(by_lane_block),
            self._directions[dimensions],
            np.ascontiguousarray(self._keys[:, dimensions]),
            highs - lows,
            lows,
            highs,
        )

    def _check(self, start: int, count: int) -> None:
        if start < 0 or count < 0 or start + count > self.max_points:
            raise ValueError(
                f"Points: needs 0 <= start and start + count <= {self.max_points}, got {start} and {count}"
            )


def unit_block(n_dimensions: int, seed: int, start: int, count: int) -> Floats:
    """Points `start` to `start + count - 1` of one seed: `Points` for a single call."""
    return Points(n_dimensions, seed).block(start, count)


@lru_cache(maxsize=4)
def _direction_numbers(n_dimensions: int) -> Words:
    """Direction numbers [D, 32], the first for bit 0 of the point's index, binary point before the top bit."""
    table = _published_table()
    if table is None:
        return _directions_from_points(n_dimensions)
    return _directions_from_table(n_dimensions, *table)


@lru_cache(maxsize=1)
def _published_table() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
    """Primitive polynomials [21201] and initial numbers [21201, 18] in scipy's data file; None if it is not there."""
    spec = importlib.util.find_spec("scipy")
    if spec is None or spec.origin is None:
        return None
    try:
        with np.load(Path(spec.origin).parent / "stats" / "_sobol_direction_numbers.npz") as table:
            return table["poly"].astype(np.int64), table["vinit"].astype(np.int64)
    except (OSError, KeyError, ValueError):
        return None


def _directions_from_table(
    n_dimensions: int, polynomials: npt.NDArray[np.int64], initial: npt.NDArray[np.int64]
) -> Words:
    """Bratley and Fox (1988) recurrence, for all dimensions whose polynomial has one degree at once."""
    odd = np.ones((n_dimensions, N_BITS), dtype=np.uint64)
    degrees = np.array([int(p).bit_length() - 1 for p in polynomials[:n_dimensions]])
    for degree in np.unique(degrees[1:]):
        dims = np.flatnonzero(degrees == degree)
        dims = dims[dims > 0]
        polynomial = polynomials[dims].astype(np.uint64)
        numbers = np.empty((N_BITS, dims.size), dtype=np.uint64)
        numbers[:degree] = initial[dims, :degree].T.astype(np.uint64)
        for bit in range(degree, N_BITS):
            numbers[bit] = numbers[bit - degree] ^ (numbers[bit - degree] << np.uint64(degree))
            for step in range(1, degree):
                taken = polynomial >> np.uint64(degree - step) & np.uint64(1)
                numbers[bit] ^= (numbers[bit - step] << np.uint64(step)) * taken
        odd[dims] = numbers.T
    shifts = np.arange(N_BITS - 1, -1, -1, dtype=np.uint64)
    return (odd << shifts).astype(np.uint32)


def _directions_from_points(n_dimensions: int) -> Words:
    """The same numbers from the public sequence: point 2**(j+1) - 1 of the Gray-code order is direction number j.

    The sequence is walked through, so only those of the first `MAX_WALKED` points are found; the others are left 0.
    """
    from scipy.stats import qmc  # not at the top: it takes 0.4 s

    sequence = qmc.Sobol(n_dimensions, scramble=False, bits=N_BITS)
    directions = np.zeros((n_dimensions, N_BITS), dtype=np.uint32)
    at = 0
    for bit in range(MAX_WALKED.bit_length() - 1):
        sequence.fast_forward(2 ** (bit + 1) - 1 - at)
        directions[:, bit] = (sequence.random(1)[0] * 2.0**N_BITS).astype(np.uint32)
        at = 2 ** (bit + 1)
    return directions


def _mirrored(words: Words) -> Words:
    """A copy with the bits of each word in reverse order."""
    mirrored = words.byteswap()
    for shift, mask in ((4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        low, high = mirrored & np.uint32(mask), mirrored >> np.uint32(shift) & np.uint32(mask)
        mirrored = low << np.uint32(shift) | high
    return mirrored


def _span(directions: Words) -> Words:
    """First `CHUNK` points [D, CHUNK] in Gray-code order."""
    points = np.zeros((directions.shape[0], CHUNK), dtype=np.uint32)
    for index in range(1, CHUNK):
        changed = (index & -index).bit_length() - 1
        points[:, index] = points[:, index - 1] ^ directions[:, changed]
    return points


def _dimension_keys(n_dimensions: int, seed: int) -> Words:
    """Words [REPLICATES, D, 2 ROUNDS] from (seed, replicate, dimension), by SplitMix64 (Steele et al. 2014).

    The first half is added in the rounds, the second multiplied by, and hence odd.
    """
    golden = np.uint64(0x9E3779B97F4A7C15)
    stream = _mixed(np.array([seed], dtype=np.uint64) + golden)
    stream = _mixed(stream + np.arange(1, REPLICATES + 1, dtype=np.uint64) * golden)[:, None]
    stream = _mixed(stream + np.arange(1, n_dimensions + 1, dtype=np.uint64) * golden)[..., None]
    drawn = _mixed(stream + np.arange(1, len(MULTIPLIERS) + 1, dtype=np.uint64) * golden)
    added, multiplied = drawn.astype(np.uint32), (drawn >> np.uint64(32)).astype(np.uint32)
    return np.concatenate([added, multiplied | np.uint32(1)], axis=-1)


def _mixed(word: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))
