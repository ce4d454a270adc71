"""Draws from densities that must leave room for what comes after them.

The states of a row that are stated by a word or a distribution are drawn one after the other. With f the density of
one, R the mass that is left and g(R) the weight that the coming ones give to the mass they are left with, it is drawn
from f(x) g(R - x), between the least and the most that fit. The work is done on the scale of f's own quantiles: with
w the share of f's mass between those bounds that lies below x, the density of w is g alone, which is flat where the
coming ones do not mind. So the tails of f cost nothing, and what is kept in tables is the bend from u to w only, as
log-odds of w by log-odds of u, straight lines at both ends. Where g is 0 or 1 there is no bend and no table.

The narrowest densities should come first: g is then never narrower than f.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from melian.model.distribution import Distribution
from melian.solve.draws.quantile import bank
from melian.solve.draws.table import Cubics, logit_of, monotone_slopes

__all__ = ["BentLevel", "CutLevel", "Room", "SurfaceLevel", "Weight", "bent_level", "surface_level", "tabulated_weight"]

Floats = npt.NDArray[np.float64]
Weight = Callable[[Floats], Floats]

REACH = 23.0
"""Log-odds of u at the ends of a table; the points of the cube lie within 22.2."""

BENT_CELLS = 1024
SURFACE_CELLS = 256
SURFACE_KNOTS = 48
WEIGHT_CELLS = 128
WEIGHT_NODES = 384
LEAST = 1e-290


@dataclass(frozen=True, slots=True)
class Room:
    """What a state and those after it can be.

    Parameters
    ----------
    low : least of the state.
    high : most of the state.
    lows : sum of the least of the coming ones.
    highs : sum of the most of the coming ones.
    """

    low: Floats | float
    high: Floats | float
    lows: Floats | float
    highs: Floats | float

    @classmethod
    def columns(cls, rooms: Sequence["Room"]) -> "Room":
        """The rooms of K rows as columns [K, 1]."""
        names = ("low", "high", "lows", "highs")
        return cls(*(np.array([[getattr(room, name)] for room in rooms]) for name in names))

    def least(self, rest: Floats) -> Floats:
        """Least of the state that fits into `rest`."""
        return np.maximum(self.low, rest - self.highs)

    def most(self, rest: Floats) -> Floats:
        """Most of the state that fits into `rest`."""
        return np.maximum(np.minimum(self.high, rest - self.lows), self.least(rest))


class CutLevel:
    """One state of K rows drawn from its own density, cut to what fits.

    Parameters
    ----------
    distributions : [K] of one family.
    rooms : [K].
    rest : [K] what is left, where that is the same in every world; None where it is not.
    is_bound_below : whether what is left can ask for more than the least of the state.
    """

    def __init__(
        self, distributions: Sequence[Distribution], rooms: Sequence[Room], rest: Floats | None, is_bound_below: bool
    ) -> None:
        self._distributions, self._rooms, self._rest = tuple(distributions), tuple(rooms), rest
        self._is_bound_below = is_bound_below
        self._room = Room.columns(rooms)
        self._bank = bank(distributions, None if rest is None else _cuts(rooms, rest))

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "cut", self._distributions[0].family, self._rest is None, self._is_bound_below

    @classmethod
    def stacked(cls, levels: Sequence["CutLevel"]) -> "CutLevel":
        """One level for the rows of several of one key."""
        distributions = [each for level in levels for each in level._distributions]
        rooms = [room for level in levels for room in level._rooms]
        rests = [level._rest for level in levels if level._rest is not None]
        return cls(distributions, rooms, np.concatenate(rests) if rests else None, levels[0]._is_bound_below)

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The state [K, W], given what is left for it and the coming ones."""
        if self._rest is not None:
            return self._bank.quantile(u)
        least, most = self._room.least(rest), self._room.most(rest)
        share = self._bank.cumulative(most)
        if self._is_bound_below:
            start = self._bank.cumulative(least)
            u = start + (share - start) * u
        else:
            u = share * u
        return np.clip(self._bank.quantile(u), least, most)


class BentLevel:
    """One state of K rows drawn from its density times the weight of what it leaves, what is left being given.

    Parameters
    ----------
    distributions : [K] of one family.
    cuts : [K] least and most that fit.
    bends : log-odds of w by log-odds of u, K rows.
    """

    def __init__(
        self, distributions: Sequence[Distribution], cuts: Sequence[tuple[float, float]], bends: Cubics
    ) -> None:
        self._distributions, self._cuts, self._bends = tuple(distributions), tuple(cuts), bends
        self._bank = bank(distributions, cuts)

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "bent", self._distributions[0].family

    @classmethod
    def stacked(cls, levels: Sequence["BentLevel"]) -> "BentLevel":
        """One level for the rows of several of one key."""
        distributions = [each for level in levels for each in level._distributions]
        cuts = [cut for level in levels for cut in level._cuts]
        return cls(distributions, cuts, Cubics.stacked([level._bends for level in levels]))

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The state [K, W]; what is left is known beforehand."""
        return self._bank.quantile(_expit(self._bends(logit_of(u))))


class SurfaceLevel:
    """One state of K rows drawn from its density times the weight of what it leaves, whatever is left.

    Parameters
    ----------
    distributions : [K] of one family.
    rooms : [K].
    knots : [K] of [R] values of what is left, increasing.
    bends : [K] of [R, T] log-odds of w by log-odds of u, on T even nodes from -REACH to REACH.
    """

    def __init__(
        self,
        distributions: Sequence[Distribution],
        rooms: Sequence[Room],
        knots: Sequence[Floats],
        bends: Sequence[Floats],
    ) -> None:
        self._distributions, self._rooms = tuple(distributions), tuple(rooms)
        self._knots, self._bends = tuple(knots), tuple(bends)
        self._room = Room.columns(rooms)
        self._bank = bank(distributions)

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "surface", self._distributions[0].family

    @classmethod
    def stacked(cls, levels: Sequence["SurfaceLevel"]) -> "SurfaceLevel":
        """One level for the rows of several of one key."""
        parts = ("_distributions", "_rooms", "_knots", "_bends")
        return cls(*([each for level in levels for each in getattr(level, part)] for part in parts))

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The state [K, W], given what is left for it and the coming ones."""
        log_odds = np.empty_like(u)
        pairs = zip(self._knots, self._bends, strict=True)
        for row, (knots, bends) in enumerate(pairs):
            log_odds[row] = _on_surface(knots, bends, rest[row], logit_of(u[row]))
        least, most = self._room.least(rest), self._room.most(rest)
        start = self._bank.cumulative(least)
        share = self._bank.cumulative(most) - start
        return np.clip(self._bank.quantile(start + share * _expit(log_odds)), least, most)


def bent_level(distribution: Distribution, room: Room, rest: float, weight: Weight) -> BentLevel:
    """Level of one row whose rest is the same in every world."""
    at = np.array([rest])
    log_odds, _ = _bends(distribution, room, at, weight, BENT_CELLS)
    slopes = monotone_slopes(log_odds, 2.0 * REACH / BENT_CELLS)
    bends = Cubics(np.array([-REACH]), np.array([REACH]), log_odds, slopes)
    return BentLevel((distribution,), _cuts((room,), at), bends)


def surface_level(distribution: Distribution, room: Room, rests: Floats, weight: Weight) -> SurfaceLevel:
    """Level of one row whose rest differs between worlds; `rests` [W] are what it is in some of them."""
    knots = _knots(rests)
    log_odds, _ = _bends(distribution, room, knots, weight, SURFACE_CELLS)
    return SurfaceLevel((distribution,), (room,), (knots,), (log_odds,))


def tabulated_weight(distribution: Distribution, room: Room, reach: tuple[float, float], weight: Weight) -> Weight:
    """Weight that this state and those after it give to the mass they are left with, between the ends of `reach`.

    The nodes lie densely at both ends as well as evenly between them: a rare word lives near 0.
    """
    low, high = reach
    near_ends = 1.0 / (1.0 + np.exp(-np.linspace(-9.0, 9.0, WEIGHT_NODES // 2)))
    shares = np.union1d(near_ends, np.linspace(0.0, 1.0, WEIGHT_NODES // 2))
    nodes = low + (high - low) * shares
    _, mass = _bends(distribution, room, nodes, weight, WEIGHT_CELLS)
    return lambda rest: np.interp(rest, nodes, mass, left=0.0, right=0.0)


def _bends(distribution: Distribution, room: Room, rest: Floats, weight: Weight, n_cells: int) -> tuple[Floats, Floats]:
    """Log-odds of w [R, n_cells + 1] at even log-odds of u, and the whole mass [R], by what is left [R].

    Notes
    -----
    Integrated over the log-odds of w by Simpson's rule, from both ends, so that either tail keeps its digits.
    """
    alone = bank((distribution,))
    least, most = room.least(rest), room.most(rest)
    start = alone.cumulative(least[None])[0]
    share = alone.cumulative(most[None])[0] - start
    nodes = np.linspace(-REACH, REACH, 2 * n_cells + 1)
    w = 1.0 / (1.0 + np.exp(-nodes))
    x = alone.quantile((start[:, None] + share[:, None] * w).reshape(1, -1)).reshape(rest.size, -1)
    height = weight(rest[:, None] - np.clip(x, least[:, None], most[:, None]))
    # A beta may rise without bound towards its end; where rounding puts x on it the height next to it stands in.
    height = np.where(np.isfinite(height), height, np.max(height, where=np.isfinite(height), initial=0.0))
    height = height * (w * (1.0 - w))
    cells = (height[:, :-2:2] + 4.0 * height[:, 1::2] + height[:, 2::2]) * (2.0 * REACH / n_cells / 6.0)
    below = np.cumsum(cells, axis=1)
    above = np.cumsum(cells[:, ::-1], axis=1)[:, ::-1]
    # Beyond the ends the height falls off as exp(-|log-odds|), so that its tail is as large as itself.
    first, last = height[:, :1], height[:, -1:]
    below = np.concatenate([first, first + below], axis=1)
    above = np.concatenate([above + last, last], axis=1)
    log_odds_u = np.log(np.maximum(below, LEAST)) - np.log(np.maximum(above, LEAST))
    wanted, even = nodes[::2], nodes[::2]
    log_odds = np.array([np.interp(wanted, row, even) for row in log_odds_u])
    return log_odds, share * (below[:, -1] + last[:, 0])


def _knots(rests: Floats) -> Floats:
    """Values of what is left between which a surface is interpolated: most where most worlds are, some elsewhere."""
    shares = np.linspace(0.0, 1.0, SURFACE_KNOTS)
    return np.unique(np.concatenate([np.quantile(rests, shares), rests.min() + np.ptp(rests) * shares[::4]]))


def _on_surface(knots: Floats, bends: Floats, rest: Floats, log_odds: Floats) -> Floats:
    """Bilinear interpolation [W] in what is left and in the log-odds of u."""
    n_nodes = bends.shape[1]
    row = np.interp(rest, knots, np.arange(knots.size, dtype=np.float64))
    column = np.clip((log_odds + REACH) * ((n_nodes - 1) / (2.0 * REACH)), 0.0, n_nodes - 1)
    i = np.minimum(row.astype(np.intp), knots.size - 2)
    j = np.minimum(column.astype(np.intp), n_nodes - 2)
    row -= i
    column -= j
    flat, at = bends.ravel(), i * n_nodes + j
    lower = flat.take(at) * (1.0 - column) + flat.take(at + 1) * column
    upper = flat.take(at + n_nodes) * (1.0 - column) + flat.take(at + n_nodes + 1) * column
    surface: Floats = lower + (upper - lower) * row
    return surface


def _cuts(rooms: Sequence[Room], rest: Floats) -> list[tuple[float, float]]:
    return [(float(room.least(at)), float(room.most(at))) for room, at in zip(rooms, rest, strict=True)]


def _expit(log_odds: Floats) -> Floats:
    share: Floats = 1.0 / (1.0 + np.exp(-log_odds))
    return share
