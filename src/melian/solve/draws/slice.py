"""Uniform draws from boxes that must add up: each number within its range, the sum given.

The set {y : 0 <= y_i <= d_i, sum y_i = r} is a slice of a box. Its coordinates are drawn one after the other, each from
its exact conditional law. With V(r) the volume of the slice of those still to come and G its integral, the chance that
the coordinate is at most y is (G(r - lo) - G(r - y)) / (G(r - lo) - G(r - hi)), lo and hi being the least and the most
that fit. So a coordinate costs one inversion of G, a function of one number, whatever the sum has become.

G is kept as its root q = (m! G)^(1/m), m the number of coordinates to come: q is r itself as long as no upper bound
binds, so that the common case (the rest shared among states of which nothing is said) is exact and free of tables, and
nothing underflows near the edge of what is feasible. Where the last coordinate takes whatever the others leave, they do
not bind each other at all, and each is even in its own range. One or two coordinates to come have closed forms too; for
more, with upper bounds that bind, q and its inverse are tables made by repeated integration. The textbook formula, a
signed sum of truncated powers over all subsets of the bounds, loses every digit when narrow ranges stand next to wide
ones.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from melian.solve.draws.table import Cubics, monotone_slopes

__all__ = ["BoxLevel", "Range", "SliceLevel", "Volume", "slice_levels", "slice_volume"]

Floats = npt.NDArray[np.float64]
Curve = Callable[[Floats], Floats]

CELLS = 2048
GAUSS_POINTS = 6  # exact for the eleventh powers that twelve states lead to
LEAST_ROOT = 1e-20  # its eleventh power is still a number


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of one coordinate."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Volume:
    """Root of the integrated volume of a slice, and its inverse.

    Parameters
    ----------
    kind : `power` (no bound binds), `pair` (closed form for two) or `table`.
    power : number of coordinates.
    widths : [K, power] of their ranges, ascending; used by `pair`.
    root : table of q by r; used by `table`.
    inverse : table of r by q; used by `table`.
    """

    kind: str
    power: int
    widths: Floats
    root: Cubics | None = None
    inverse: Cubics | None = None

    @property
    def key(self) -> Hashable:
        """Volumes of one key can be stacked."""
        return self.kind, self.power

    @classmethod
    def stacked(cls, volumes: Sequence["Volume"]) -> "Volume":
        """One volume for the rows of several of one key."""
        first = volumes[0]
        roots = [volume.root for volume in volumes if volume.root is not None]
        inverses = [volume.inverse for volume in volumes if volume.inverse is not None]
        return cls(
            first.kind,
            first.power,
            np.concatenate([volume.widths for volume in volumes]),
            Cubics.stacked(roots) if roots else None,
            Cubics.stacked(inverses) if inverses else None,
        )

    def root_at(self, r: Floats) -> Floats:
        """(m! G(r))^(1/m) for r >= 0 [K, W]."""
        if self.root is not None:
            return self.root(r)
        if self.kind == "power":
            return np.minimum(r, self.widths) if self.power == 1 else r
        narrow, wide = self.widths[:, :1], self.widths[:, 1:]
        area = np.where(r < narrow, r * r, np.where(r < wide, (2.0 * r - narrow) * narrow, 0.0))
        short = np.maximum(narrow + wide - r, 0.0)
        return np.sqrt(np.where(r < wide, area, 2.0 * narrow * wide - short * short))

    def r_at(self, q: Floats) -> Floats:
        """Sum at which the root is `q` [K, W]."""
        if self.inverse is not None:
            return self.inverse(q)
        if self.kind == "power":
            return q
        narrow, wide = self.widths[:, :1], self.widths[:, 1:]
        area = q * q
        short = np.sqrt(np.maximum(2.0 * narrow * wide - area, 0.0))
        straight = (area + narrow * narrow) / (2.0 * narrow)
        return np.where(area < narrow * narrow, q, np.where(straight < wide, straight, narrow + wide - short))


@dataclass(frozen=True, slots=True)
class SliceLevel:
    """One coordinate of K slices of one shape.

    Parameters
    ----------
    volume : of the coordinates to come.
    sign : [K, 1] 1 if measured from the low ends, -1 if from the high ends.
    origin : [K, 1] the end of this coordinate's range from which it is measured.
    origins : [K, 1] sum of those ends over this and the coming coordinates.
    width : [K, 1] of this coordinate's range.
    widths : [K, 1] sum of the widths of the coming ones.
    """

    volume: Volume
    sign: Floats
    origin: Floats
    origins: Floats
    width: Floats
    widths: Floats

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "slice", self.volume.key

    @classmethod
    def stacked(cls, levels: Sequence["SliceLevel"]) -> "SliceLevel":
        """One level for the rows of several of one key."""
        columns = ("sign", "origin", "origins", "width", "widths")
        stacked = [np.concatenate([getattr(level, column) for level in levels]) for column in columns]
        return cls(Volume.stacked([level.volume for level in levels]), *stacked)

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The coordinate [K, W], given what is left for it and the coming ones."""
        r = np.maximum(self.sign * (rest - self.origins), 0.0)
        low = np.maximum(r - self.widths, 0.0)
        high = np.minimum(r, self.width)
        power = self.volume.power
        top = np.maximum(self.volume.root_at(r - low), LEAST_ROOT)
        ratio = self.volume.root_at(r - high) / top
        # What is measured from the high end falls as the coordinate rises: turned round, it rises with u all the same.
        share = 0.5 + self.sign * (u - 0.5)
        left = 1.0 - share * (1.0 - ratio**power)
        if power > 1:
            np.power(left, 1.0 / power, out=left)
        y = np.clip(r - self.volume.r_at(top * left), low, np.maximum(high, low))
        return self.origin + self.sign * y


@dataclass(frozen=True, slots=True)
class StickLevel:
    """One coordinate of K slices in which no upper bound binds: a piece broken off a stick.

    Parameters
    ----------
    power : number of coordinates to come.
    low : [K, 1] low end of this coordinate's range.
    lows : [K, 1] sum of the low ends of this and the coming coordinates.
    """

    power: int
    low: Floats
    lows: Floats

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "stick", self.power

    @classmethod
    def stacked(cls, levels: Sequence["StickLevel"]) -> "StickLevel":
        """One level for the rows of several of one key."""
        low, lows = (np.concatenate([getattr(level, name) for level in levels]) for name in ("low", "lows"))
        return cls(levels[0].power, low, lows)

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The coordinate [K, W], given what is left for it and the coming ones."""
        left = 1.0 - u
        if self.power > 1:
            np.power(left, 1.0 / self.power, out=left)
        r = np.maximum(rest - self.lows, 0.0)
        return self.low + r * (1.0 - left)


@dataclass(frozen=True, slots=True)
class BoxLevel:
    """One coordinate of K slices whose last coordinate takes up whatever the others are: even in its range.

    Parameters
    ----------
    low : [K, 1] low end of this coordinate's range.
    width : [K, 1] of its range.
    """

    low: Floats
    width: Floats

    @property
    def key(self) -> Hashable:
        """Levels of one key can be stacked."""
        return "box"

    @classmethod
    def stacked(cls, levels: Sequence["BoxLevel"]) -> "BoxLevel":
        """One level for the rows of several of one key."""
        return cls(np.concatenate([level.low for level in levels]), np.concatenate([level.width for level in levels]))

    def draw(self, rest: Floats, u: Floats) -> Floats:
        """The coordinate [K, W]; what is left plays no part, and `u` is not overwritten."""
        drawn: Floats = self.width * u
        drawn += self.low
        return drawn


def slice_levels(ranges: Sequence[Range], least: float, most: float) -> list[BoxLevel | SliceLevel | StickLevel]:
    """Levels that draw all but the last of `ranges`, which should be given from the narrowest to the widest.

    Parameters
    ----------
    ranges : of the coordinates.
    least : sum that they may have to meet at the least.
    most : at the most.
    """
    *others, last = ranges
    if sum(part.high for part in others) + last.low <= least and most <= sum(part.low for part in others) + last.high:
        return [BoxLevel(_cell(part.low), _cell(part.high - part.low)) for part in others]
    lows = sum(part.low for part in ranges)
    highs = sum(part.high for part in ranges)
    is_mirrored = (least + most) > (lows + highs)
    reach = highs - least if is_mirrored else most - lows
    widths = [min(part.high - part.low, max(reach, 0.0)) for part in ranges]
    volumes = _coming_volumes(widths, reach)
    levels: list[BoxLevel | SliceLevel | StickLevel] = []
    for place, part in enumerate(ranges[:-1]):
        volume = volumes[place]
        if not is_mirrored and volume.kind == "power" and min(widths[place:]) >= reach:
            later_lows = sum(later.low for later in ranges[place:])
            levels.append(StickLevel(volume.power, _cell(part.low), _cell(later_lows)))
            continue
        ends = [later.high if is_mirrored else later.low for later in ranges[place:]]
        numbers = (-1.0 if is_mirrored else 1.0, ends[0], sum(ends), part.high - part.low)
        coming = sum(later.high - later.low for later in ranges[place + 1 :])
        levels.append(SliceLevel(volume, *(_cell(number) for number in (*numbers, coming))))
    return levels


def slice_volume(ranges: Sequence[Range], least: float, most: float) -> Curve:
    """Volume of the slice, up to a factor, by the sum that the coordinates must meet; [W] to [W]."""
    lows = sum(part.low for part in ranges)
    reach = most - lows
    widths = [min(part.high - part.low, max(reach, 0.0)) for part in ranges]
    coming, power = _coming_volumes(widths, reach)[0], len(ranges) - 1

    def volume(total: Floats) -> Floats:
        r = (total - lows)[None]
        fits = (total >= lows) & (total <= lows + sum(widths))
        top = coming.root_at(np.maximum(r, 0.0)) ** power
        below = coming.root_at(np.maximum(r - widths[0], 0.0)) ** power
        heights: Floats = np.where(fits, top - below, 0.0)[0]
        return heights

    return volume


def _coming_volumes(widths: Sequence[float], reach: float) -> list[Volume]:
    """For each coordinate but the last, the volume of those after it."""
    volumes: list[Volume] = []
    for place in range(len(widths) - 1, 0, -1):
        coming = widths[place:]
        is_bound = min(coming) < reach
        if len(coming) == 1:
            volumes.append(Volume("power", 1, _cell(coming[0])))
        elif not is_bound:
            volumes.append(Volume("power", len(coming), np.full((1, 1), np.inf)))
        elif len(coming) == 2:
            volumes.append(Volume("pair", 2, np.sort(np.array([coming]))))
        else:
            volumes.append(_tabulated(volumes[-1], coming, min(reach, sum(coming))))
    return volumes[::-1]


def _tabulated(later: Volume, widths: Sequence[float], reach: float) -> Volume:
    """Volume of one coordinate, of the first of `widths`, and those that `later` holds, for sums up to `reach`."""
    power = len(widths)
    nodes = np.linspace(0.0, reach, CELLS + 1)
    points, weights = np.polynomial.legendre.leggauss(GAUSS_POINTS)
    inside = nodes[:-1, None] + (points + 1.0) * (reach / CELLS / 2.0)

    def height(r: Floats) -> Floats:
        """The volume times (m - 1)!."""
        top = later.root_at(r.reshape(1, -1)) ** (power - 1)
        below = later.root_at(np.maximum(r.reshape(1, -1) - widths[0], 0.0)) ** (power - 1)
        return np.maximum(top - below, 0.0).reshape(r.shape)

    cells = height(inside) @ weights * (power * reach / CELLS / 2.0)
    root = np.concatenate([[0.0], np.cumsum(cells)]) ** (1.0 / power)
    # Up to the narrowest range no bound binds, and the root is the sum itself.
    is_free = nodes <= min(widths)
    root = np.maximum.accumulate(np.where(is_free, nodes, root))
    # Where that power is no number any more, with very many ranges, the sum is near 0 and no bound binds.
    lowest = np.maximum(root, LEAST_ROOT) ** (power - 1)
    slope = np.divide(height(nodes), lowest, out=np.ones_like(root), where=~is_free & (lowest > 0.0))
    step = reach / CELLS
    forward = Cubics(np.zeros(1), np.array([reach]), root[None], monotone_slopes(root[None], step, slope[None]))
    return Volume("table", power, np.full((1, 1), np.nan), forward, _inverted(forward, nodes, root))


def _inverted(forward: Cubics, nodes: Floats, root: Floats) -> Cubics:
    """The inverse of a table, as a table."""
    wanted = np.linspace(0.0, root[-1], CELLS + 1)[None]
    r = np.interp(wanted, root, nodes)
    for _ in range(3):
        slope = np.maximum(forward.slope(r), 1e-9)
        r = np.clip(r - (forward(r) - wanted) / slope, 0.0, nodes[-1])
    r = np.maximum.accumulate(r, axis=1)
    slopes = 1.0 / np.maximum(forward.slope(r), 1e-9)
    ends = np.zeros(1), root[-1:]
    return Cubics(*ends, r, monotone_slopes(r, root[-1] / CELLS, slopes))


def _cell(number: float) -> Floats:
    return np.array([[float(number)]])
