"""First-order shares of a variance, from weighted points as they come: no design, and inputs may be correlated.

The first-order share of some inputs is Var(E[p | inputs]) / Var(p): what of the variance would be gone on average if
they were known. It is read off the points themselves. One input by itself is cut into cells of equal weight, and the
mean in each cell stands for E[p | input]; several that are one judgement are fitted by a polynomial of their ranks. A
fit always explains a little of what is only noise; that part is taken off again, and what is left is held against what
chance explains where nothing is to be explained.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from scipy.special import gammaincc, stdtrit

from melian.answer.weighted import effective_worlds

Floats = NDArray[np.float64]

# Blocks of independent worlds over which errors are jackknifed.
BLOCKS: Final = 32
CELLS: Final = 32
# Effective worlds that a cell, or a column of a polynomial, has to have.
PER_CELL: Final = 40
# Columns of a polynomial at the most, and its highest degree in one input.
COLUMNS: Final = 80
DEGREE: Final = 8
# All products of up to this degree, where they fit.
FULL: Final = 4
# What keeps a fit to inputs that hardly differ from falling over, beside the mean square of a column.
RIDGE: Final = 1e-10
# Multiplications below which a matrix product is left to one thread (OpenBLAS).
ONE_THREAD: Final = 200_000
# Share of runs in which nothing that bears on nothing is told from zero.
SURE: Final = 0.95
COVER: Final = 0.95
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the variance, with the interval that covers it in 95 of 100 runs; all in [0, 1].

    Attributes
    ----------
    is_told : whether it can be told from zero.
    """

    value: float
    low: float
    high: float
    is_told: bool

    @classmethod
    def of(cls, value: float, error: float, *, is_told: bool, freedom: int | None = None) -> "Share":
        """Share with an interval from its standard error, and the degrees of freedom of that where they are few."""
        reach = error * float(stdtrit(1e9 if freedom is None else freedom, (1 + COVER) / 2))
        inside, low, high = (min(max(float(end), 0.0), 1.0) for end in (value, value - reach, value + reach))
        return cls(inside, low, high, is_told)


def first_order(
    inputs: Sequence[Floats], value: Floats, weight: Floats, blocks: NDArray[np.intp] | None = None
) -> tuple[Share, ...]:
    """Share of the variance of a value that would be gone if some inputs were known, for each set of inputs.

    Parameters
    ----------
    inputs : of each set [D, W], any scale; only the order of each input counts.
    value : [W].
    weight : [W] unnormalised, not negative.
    blocks : [W] group of each world, 0 and up, about as large as each other: groups know nothing of each other, and
        errors are jackknifed over them. None where no world knows of any other.

    Notes
    -----
    With residuals e and leverages h of a weighted least-squares fit (on cells: e from the cell's mean, h = w / sum of w
    in the cell), sum w e^2 / (1 - h) estimates the variance within without bias, so the share is one less its ratio to
    the variance (the epsilon squared of Kelley 1935, for weights).

    A set is told from zero where chance alone would explain as much in fewer than 1 - 0.95^(1 / n) of runs, n being the
    number of sets (Sidak 1967): so that of any number of idle judgements none is told in 95 of 100 runs. See `Null`.
    """
    if not varies(value, weight):
        return tuple(Share(0.0, 0.0, 0.0, is_told=False) for _ in inputs)
    if blocks is None:
        blocks = np.arange(value.size) * min(BLOCKS, value.size) // value.size
    order = np.argsort(blocks, kind="stable")
    value, weight, blocks = value[order], weight[order], blocks[order]
    share = weight / weight.sum()
    apart = value - value @ share
    least = 1.0 - SURE ** (1.0 / len(inputs)) if inputs else 0.0
    found = []
    for each in inputs:
        fit = fit_of(each[:, order], share)
        estimate, error = fit.share(apart, share, blocks)
        is_told = fit.null(share * apart).chance < least
        found.append(Share.of(estimate, error, is_told=is_told, freedom=int(blocks[-1])))
    return tuple(found)


def quick_first_order(inputs: Sequence[Floats], value: Floats, weight: Floats) -> list[float]:
    """The shares by themselves: for a glance."""
    share = weight / weight.sum()
    apart = value - value @ share
    if not varies(value, share):
        return [0.0] * len(inputs)
    one = np.zeros(value.size, dtype=np.intp)
    return [fit_of(each, share).share(apart, share, one)[0] for each in inputs]


def varies(value: Floats, weight: Floats) -> bool:
    """Whether a value differs by more than rounding between worlds that weigh anything."""
    share = weight / weight.sum()
    spread = np.square(value - value @ share) @ share
    return bool(spread > np.square(ROUNDING * np.abs(value).max()))


def ranks(value: Floats, share: Floats) -> Floats:
    """Weight below each value and half of its own, in (0, 1): evenly spread over the weighted worlds."""
    order = np.argsort(value, kind="stable")
    found = np.empty_like(share)
    found[order] = np.cumsum(share[order]) - share[order] / 2
    return np.clip(found, 0.0, 1.0 - 1e-12)


def fit_of(inputs: Floats, share: Floats) -> "Cells | Polynomial":
    """Fit on which a value is to be explained by inputs [D, W]."""
    room = max(effective_worlds(share) / PER_CELL, 2.0)
    if len(inputs) == 1:
        n_cells = int(min(CELLS, room))
        return Cells((ranks(inputs[0], share) * n_cells).astype(np.intp), n_cells, share)
    return Polynomial(np.stack([ranks(each, share) for each in inputs]), share, int(min(COLUMNS, room)))


@dataclass(frozen=True, slots=True)
class Null:
    """What a fit explains of scores w (p - mean), and what it would if their signs were a matter of chance.

    Attributes
    ----------
    explained : sum of squares of the orthonormal functions' products with the scores.
    mean, variance : of that sum under random signs, which leave every world its weight and its distance from the mean:
        sum r_i^2 q_i q_i, and twice the sum over pairs of r_i^2 r_j^2 (q_i q_j)^2, r the scores and q the functions.

    Notes
    -----
    The products are then sums of many independent numbers, so the sum of squares is one of chi squares, unevenly
    weighted, and a gamma law of its mean and variance is near enough (Satterthwaite 1946, Biometrics Bulletin 2). That
    is the limit of a permutation of the scores where all weigh alike; where they do not, a permutation would tear
    worlds from their weights, on which an input may bear that bears on nothing else.
    """

    explained: float
    mean: float
    variance: float

    @property
    def chance(self) -> float:
        """Chance of as much by chance."""
        if not (self.mean > 0.0 and self.variance > 0.0):
            return 1.0
        return float(gammaincc(self.mean**2 / self.variance, self.explained * self.mean / self.variance))


class Cells:
    """Cells of equal weight of one input.

    Parameters
    ----------
    cell : [W] of each world.
    share : [W] weights that sum to 1.
    """

    def __init__(self, cell: NDArray[np.intp], n_cells: int, share: Floats) -> None:
        self._cell, self._n_cells = cell, n_cells
        self._mass = np.bincount(cell, share, minlength=n_cells)

    def null(self, scores: Floats) -> Null:
        """Hold what cells explain of scores [W] against chance; the grand mean, which is taken off, is no cell's."""
        mass = np.where(self._mass > 0, self._mass, 1.0)
        sums = np.bincount(self._cell, scores, minlength=self._n_cells)
        noise = np.bincount(self._cell, np.square(scores), minlength=self._n_cells)
        mean = (noise / mass).sum() - noise.sum()
        fourth = np.bincount(self._cell, scores**4, minlength=self._n_cells) @ np.square(1 / mass - 1)
        spread = np.square(noise / mass).sum() - 2 * (noise**2 / mass).sum() + noise.sum() ** 2 - fourth
        return Null(float((sums**2 / mass).sum()), float(mean), float(2 * spread))

    def share(self, apart: Floats, share: Floats, blocks: NDArray[np.intp]) -> tuple[float, float]:
        """Share explained, noise taken off, and its standard error over blocks of worlds [W]."""
        n_blocks = int(blocks[-1]) + 1
        place = blocks * self._n_cells + self._cell
        terms = (share, share * apart, share * apart**2, share**2, share**2 * apart, (share * apart) ** 2)
        sums = np.stack([np.bincount(place, term, minlength=n_blocks * self._n_cells) for term in terms])
        by_block = sums.reshape(len(terms), n_blocks, self._n_cells)
        whole = by_block.sum(axis=1, keepdims=True)
        value = float(_share_in_cells(whole)[0])
        return value, _jackknifed(_share_in_cells(whole - by_block)) if n_blocks > 1 else np.inf


def _share_in_cells(sums: Floats) -> Floats:
    """Shares [C] from sums of w, w p, w p^2, w^2, w^2 p and w^2 p^2 by cell, [6, C, cells]."""
    return 1.0 - _portion(_variance(sums), _variance(sums.sum(axis=2, keepdims=True)))


def _portion(part: Floats, whole: Floats) -> Floats:
    """Part of a variance; all of it where there is none, so that nothing is explained."""
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)


def _variance(sums: Floats) -> Floats:
    """Variance within cells [C], w e^2 / (1 - h) to first order in h, over the weight of all cells."""
    mass, first, second, mass2, first2, second2 = np.where(sums[:1] > 0, sums, 0.0)
    within = np.where(mass > 0, mass, 1.0)
    mean = first / within
    noise = second2 - 2 * mean * first2 + mean**2 * mass2
    found: Floats = (second - mean * first + noise / within).sum(axis=1)
    return found


class Polynomial:
    """Legendre polynomials of the ranks of several inputs, and their products: all of low degree, or a cross of them.

    Parameters
    ----------
    at : [D, W] ranks in (0, 1).
    share : [W] weights that sum to 1.
    n_columns : at the most.

    References
    ----------
    Blatman and Sudret 2011, Journal of Computational Physics 230, section 3: degrees of a product at most so large that
    the product of one more than each is bounded (a hyperbolic cross).
    """

    def __init__(self, at: Floats, share: Floats, n_columns: int) -> None:
        powers = _cross(len(at), n_columns)
        alone = [legvander(2 * each - 1, DEGREE) for each in at]
        self._columns = np.ones((at.shape[1], len(powers)))
        for column, degrees in enumerate(powers):
            for each, degree in zip(alone, degrees, strict=True):
                if degree:
                    self._columns[:, column] *= each[:, degree]
        weighed = self._columns * share[:, np.newaxis]
        gram = _product(self._columns, weighed)
        self._root = np.linalg.cholesky(gram + RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram)))
        self._inverse = np.linalg.inv(self._root)

    def null(self, scores: Floats) -> Null:
        """Hold what the fit explains of scores [W] against chance; the constant, the first column, explains nothing."""
        functions = _turned(self._columns, self._inverse)[:, 1:]
        products, squares = scores @ functions, np.square(scores)
        noise = _product(functions, functions * squares[:, np.newaxis])
        fourth = np.square(squares) @ np.square(np.square(functions).sum(axis=1))
        return Null(float(products @ products), float(np.trace(noise)), float(2 * (np.square(noise).sum() - fourth)))

    def share(self, apart: Floats, share: Floats, blocks: NDArray[np.intp]) -> tuple[float, float]:
        """Share explained, noise taken off, and its standard error over blocks of worlds [W]."""
        n_blocks = int(blocks[-1]) + 1
        lever = share * np.square(_turned(self._columns, self._inverse)).sum(axis=1)
        fitted = _normal(self._columns, apart, share, blocks)
        judged = _normal(self._columns, apart, share / (1 - np.minimum(lever, 0.5)), blocks)
        terms = (share, share * apart, share * apart**2, share**2, share**2 * apart, (share * apart) ** 2)
        sums = np.stack([np.bincount(blocks, term, minlength=n_blocks) for term in terms])[:, :, np.newaxis]

        def without(block: int | None) -> float:
            gram, side = _left(fitted[0], block), _left(fitted[1], block)
            ridge = RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram))
            slope = np.linalg.solve(gram + ridge, side)
            gram, side, square = _left(judged[0], block), _left(judged[1], block), _left(judged[2], block)
            total = _variance(_left(np.swapaxes(sums, 0, 1), block)[:, np.newaxis])
            return float(1.0 - _portion(np.array([square - 2 * slope @ side + slope @ gram @ slope]), total)[0])

        value = without(None)
        return value, _jackknifed(np.array([without(b) for b in range(n_blocks)])) if n_blocks > 1 else np.inf


def _normal(columns: Floats, value: Floats, weight: Floats, blocks: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    """By block, sums of w x x' [C, K, K], w x p [C, K] and w p^2 [C]."""
    weighed = columns * weight[:, np.newaxis]
    edges = np.searchsorted(blocks, np.arange(blocks[-1] + 2))
    spans = [slice(first, last) for first, last in pairwise(edges.tolist())]
    grams = np.stack([_product(columns[span], weighed[span]) for span in spans])
    sides = np.stack([value[span] @ weighed[span] for span in spans])
    return grams, sides, np.array([np.square(value[span]) @ weight[span] for span in spans])


def _product(one: Floats, other: Floats) -> Floats:
    """Sum over worlds of x y', [J, K] from [W, J] and [W, K].

    In slices that linear algebra leaves to one thread: with more of them waiting for each other on a busy machine, the
    many small products here would take ten times as long.
    """
    rows = max(1, ONE_THREAD // (one.shape[1] * other.shape[1]))
    whole = len(one) // rows * rows
    slices = (each[:whole].reshape(-1, rows, each.shape[1]) for each in (one, other))
    first, second = slices
    found: Floats = np.matmul(first.swapaxes(1, 2), second).sum(axis=0) + one[whole:].T @ other[whole:]
    return found


def _turned(columns: Floats, inverse: Floats) -> Floats:
    """Columns [W, K] times the transpose of a matrix [K, K], in such slices."""
    rows = max(1, ONE_THREAD // inverse.size)
    whole = len(columns) // rows * rows
    sliced = np.matmul(columns[:whole].reshape(-1, rows, len(inverse)), inverse.T).reshape(-1, len(inverse))
    return np.concatenate([sliced, columns[whole:] @ inverse.T])


def _left(by_block: Floats, block: int | None) -> Floats:
    """Sum over all blocks but one."""
    whole: Floats = by_block.sum(axis=0)
    return whole if block is None else whole - by_block[block]


def _cross(n_inputs: int, n_columns: int) -> list[tuple[int, ...]]:
    """Degrees of the columns, the constant among them: all products to some degree, or where few fit a cross."""
    for degree in range(DEGREE, FULL - 1, -1):
        if math.comb(n_inputs + degree, degree) <= n_columns:
            return list(_simplex(n_inputs, degree))
    for bound in range(DEGREE + 1, 1, -1):
        found = list(islice(_hyperbolic(n_inputs, bound), n_columns + 1))
        if len(found) <= n_columns:
            break
    return found


def _simplex(n_inputs: int, degree: int) -> Iterator[tuple[int, ...]]:
    """Degrees that sum to at most `degree`."""
    if n_inputs == 0:
        yield ()
        return
    for first in range(degree + 1):
        yield from ((first, *rest) for rest in _simplex(n_inputs - 1, degree - first))


def _hyperbolic(n_inputs: int, bound: int) -> Iterator[tuple[int, ...]]:
    """Degrees of which the product of one more than each is at most the bound."""
    if n_inputs == 0:
        yield ()
        return
    for first in range(bound):
        yield from ((first, *rest) for rest in _hyperbolic(n_inputs - 1, bound // (first + 1)))


def _jackknifed(without: Floats) -> float:
    """Standard error from the values without each of C blocks (delete-a-group jackknife)."""
    n = without.size
    return float(np.sqrt((n - 1) / n * np.square(without - without.mean()).sum()))
