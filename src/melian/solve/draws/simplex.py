"""Rows and rank orders: points of the unit cube turned into numbers that are not negative and sum to 1.

A row is drawn state by state (Rosenblatt 1952): each state from its law given those before it, the last one being
what is left. States stated by a density come first (`melian.solve.draws.tilt`), narrowest first, then the ranges and
the states of which nothing is said (`melian.solve.draws.slice`), which share what is left evenly over all that fits.
The map is one to one, continuous and the same in every world, so that a Markov chain may walk in the cube instead of
on the simplex.

The joint law. With densities f_i of the stated states and R what they leave:

- where a state is free: proportional to the product of the f_i wherever R can be met at all by the others;
- where none is free: proportional to the product of the f_i and of the ranges' even densities, on the simplex, so that
  R counts by the volume of the ranges' slice that fits it, or if there are no ranges by the density of the last state.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from melian.model.distribution import Distribution
from melian.model.parameter import Order, Row, infeasibility
from melian.solve.draws.quantile import cumulative, density, quantile
from melian.solve.draws.slice import BoxLevel, Range, SliceLevel, StickLevel, slice_levels, slice_volume
from melian.solve.draws.tilt import (
    BentLevel,
    CutLevel,
    Room,
    SurfaceLevel,
    Weight,
    bent_level,
    surface_level,
    tabulated_weight,
)

__all__ = ["OrderMap", "RowMap", "fixed_states", "levels_given", "row_map"]

Floats = npt.NDArray[np.float64]
Level = CutLevel | BentLevel | SurfaceLevel | BoxLevel | SliceLevel | StickLevel

EVERYTHING = Range(0.0, 1.0)
TAIL = 1e-13
"""Mass on each side of a density that tables leave out; the points of the cube stay 1e-10 away from the ends."""

N_TRIAL_WORLDS = 2048
"""Worlds drawn to see where the mass that is left lies, before a surface is made for it."""


@dataclass(frozen=True, slots=True)
class RowMap:
    """Map of K rows of one shape.

    Parameters
    ----------
    rest : [K, 1] what the plain numbers leave.
    levels : the states to be drawn, in order; level l takes the l-th dimension of each row.
    states : [K, L + 1] state that each level draws; the last is what is left.
    low : [K, 1] least of the last state.
    high : [K, 1] most of it.
    """

    rest: Floats
    levels: tuple[Level, ...]
    states: npt.NDArray[np.intp]
    low: Floats
    high: Floats

    @property
    def key(self) -> Hashable:
        """Maps of one key can be stacked."""
        return tuple(level.key for level in self.levels)

    @classmethod
    def stacked(cls, maps: Sequence["RowMap"]) -> "RowMap":
        """One map for the rows of several of one key."""
        levels = zip(*(each.levels for each in maps), strict=True)
        return cls(
            np.concatenate([each.rest for each in maps]),
            tuple(_stacked_level(parts) for parts in levels),
            np.concatenate([each.states for each in maps]),
            np.concatenate([each.low for each in maps]),
            np.concatenate([each.high for each in maps]),
        )

    def draw(self, unit: Floats) -> Floats:
        """Drawn states [L + 1, K, W] in the order of `states`, from the unit cube [L, K, W], which is overwritten."""
        n_levels, n_rows, n_worlds = unit.shape
        drawn = np.empty((n_levels + 1, n_rows, n_worlds))
        rest = np.broadcast_to(self.rest, (n_rows, n_worlds))
        for place, level in enumerate(self.levels):
            drawn[place] = level.draw(rest, unit[place])
            rest = rest - drawn[place]
        np.clip(rest, self.low, self.high, out=drawn[-1])
        return drawn


@dataclass(frozen=True, slots=True)
class OrderMap:
    """Map of K rank orders with the same number of groups, evenly onto the weights that keep the order.

    Those weights are the mixtures of J corners, the j-th of which shares the weight evenly among the members of the
    first j groups. So the mixture is drawn evenly from its own simplex, by breaking a stick.

    Parameters
    ----------
    sizes : [K, J] members of the first j groups together.
    """

    sizes: Floats

    @classmethod
    def of(cls, orders: Sequence[Order]) -> "OrderMap":
        """Map of orders with the same number of groups."""
        return cls(np.array([np.cumsum([len(group) for group in order.groups]) for order in orders], dtype=np.float64))

    def draw(self, unit: Floats) -> Floats:
        """Weight of one member of each group [J, K, W], from the unit cube [J - 1, K, W], which is overwritten."""
        n_levels, n_orders, n_worlds = unit.shape
        drawn = np.empty((n_levels + 1, n_orders, n_worlds))
        rest = np.ones((n_orders, n_worlds))
        for place in range(n_levels):
            left = np.power(1.0 - unit[place], 1.0 / (n_levels - place))
            left *= rest
            np.subtract(rest, left, out=drawn[place])
            rest = left
        drawn[-1] = rest
        drawn /= self.sizes.T[:, :, None]
        for place in range(n_levels - 1, -1, -1):
            drawn[place] += drawn[place + 1]
        return drawn


@lru_cache(maxsize=512)
def _map_of(parts: tuple[Distribution | None, ...]) -> RowMap:
    """Map of one row; kept, since the same few words make up most rows."""
    stated, ending = _parted(parts)
    rest = _rest(parts)
    levels, states, last = _levels(stated, ending, np.full((1, N_TRIAL_WORLDS), rest), (rest, rest))
    return RowMap(_cell(rest), tuple(levels), np.array([states]), _cell(last.low), _cell(last.high))


def levels_given(
    parts: Sequence[Distribution | None], rests: Floats, reach: tuple[float, float]
) -> tuple[list[Level], list[int], Range]:
    """Levels of a row of which the sum differs between worlds, the states that they draw, and the ends of the last.

    Parameters
    ----------
    rests : [W] the sum in some worlds.
    reach : least and most of it.
    """
    stated, ending = _parted(parts)
    return _levels(stated, ending, rests[None], reach)


def _levels(
    stated: Sequence["_Stated"], ending: "_Ending", rests: Floats, reach: tuple[float, float]
) -> tuple[list[Level], list[int], Range]:
    levels, left = _density_levels(stated, ending, rests, reach)
    levels += slice_levels(ending.ranges, *left)
    return levels, [each.state for each in stated] + list(ending.states), ending.ranges[-1]


def row_map(row: Row) -> RowMap:
    """Map of one row that is not fixed.

    Raises
    ------
    ValueError : for a row that cannot be met.
    """
    problem = infeasibility(row)
    if problem is not None:
        raise ValueError(f"row {row.name}: {problem}")
    return _map_of(row.parts)


def fixed_states(row: Row) -> dict[int, float]:
    """States of a row that are the same in every world: plain numbers, and one that takes all that is left.

    Where every state is a plain number they are made to sum to 1 to the last digit.
    """
    numbers = {state: part.low for state, part in enumerate(row.parts) if part is not None and part.is_point}
    total = sum(numbers.values())
    others = [state for state in range(row.n_slots) if state not in numbers]
    if not others:
        return {state: number / total for state, number in numbers.items()}
    return numbers | ({others[0]: max(1.0 - total, 0.0)} if len(others) == 1 else {})


def _rest(parts: Sequence[Distribution | None]) -> float:
    """What the plain numbers leave."""
    return max(1.0 - sum(part.low for part in parts if part is not None and part.is_point), 0.0)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A state with a density, and the part of its support that matters."""

    state: int
    distribution: Distribution
    low: float
    high: float
    spread: float


@dataclass(frozen=True, slots=True)
class _Ending:
    """What comes after the states with densities: ranges, or one density that takes what is left.

    A weight of None stands for one that is 1 wherever the rest can be met.
    """

    states: tuple[int, ...]
    ranges: tuple[Range, ...]
    weight: Callable[[float, float], Weight] | None

    @property
    def lows(self) -> float:
        return sum(part.low for part in self.ranges)

    @property
    def highs(self) -> float:
        return sum(part.high for part in self.ranges)


def _parted(parts: Sequence[Distribution | None]) -> tuple[list[_Stated], _Ending]:
    """The states with densities in the order in which they are drawn, and what comes after them."""
    stated, ranges = [], []
    for state, part in enumerate(parts):
        if part is None:
            ranges.append((EVERYTHING, True, state))
        elif part.family == "uniform":
            ranges.append((Range(part.low, part.high), False, state))
        elif not part.is_point:
            stated.append(_stated(state, part))
    stated.sort(key=lambda each: each.spread)
    if not ranges:
        last = stated.pop()
        weight = lambda low, high: lambda rest: density(last.distribution, rest)  # noqa: E731
        return stated, _Ending((last.state,), (Range(last.low, last.high),), weight)
    ranges.sort(key=lambda each: (each[0].high - each[0].low, each[1]))
    bounds = tuple(each[0] for each in ranges)
    states = tuple(each[2] for each in ranges)
    if len(ranges) == 1 or any(is_free for _, is_free, _ in ranges):
        return stated, _Ending(states, bounds, None)
    return stated, _Ending(states, bounds, lambda low, high: slice_volume(bounds, low, high))


def _stated(state: int, part: Distribution) -> _Stated:
    low, tenth, ninth, high = quantile(part, [TAIL, 0.1, 0.9, 1.0 - TAIL])
    return _Stated(state, part, float(low), float(high), float(ninth - tenth))


def _density_levels(
    stated: Sequence[_Stated], ending: _Ending, rests: Floats, reach: tuple[float, float]
) -> tuple[list[Level], tuple[float, float]]:
    """Levels of the states with densities, and the least and the most that they leave.

    Parameters
    ----------
    rests : [1, W] what there is for all of them, in some worlds.
    reach : least and most of that; equal where it is the same in every world.
    """
    rooms, reaches = _rooms(stated, ending, reach)
    is_same = reach[0] == reach[1]
    weight = ending.weight(*reaches[-1]) if ending.weight else None
    weights = [weight]
    for place in range(len(stated) - 1, 0, -1):
        weight = _weight_before(stated[place].distribution, rooms[place], reaches[place], weight)
        weights.append(weight)
    levels: list[Level] = []
    for place, (each, weight) in enumerate(zip(stated, reversed(weights), strict=True)) if stated else ():
        room, reach = rooms[place], reaches[place]
        if weight is None:
            is_bound_below = bool(reach[1] - room.highs > room.low)
            fixed = np.array([reaches[0][0]]) if is_same and not place else None
            levels.append(CutLevel((each.distribution,), (room,), fixed, is_bound_below))
        elif is_same and not place:
            levels.append(bent_level(each.distribution, room, reaches[0][0], weight))
        else:
            levels.append(surface_level(each.distribution, room, _trial_rests(levels, rests), weight))
    return levels, reaches[-1]


def _rooms(
    stated: Sequence[_Stated], ending: _Ending, reach: tuple[float, float]
) -> tuple[list[Room], list[tuple[float, float]]]:
    """Room of each density, and the least and the most that is left before each and after the last."""
    rooms, reaches = [], [reach]
    for place, each in enumerate(stated):
        later = stated[place + 1 :]
        lows = ending.lows + sum(one.low for one in later)
        highs = ending.highs + sum(one.high for one in later)
        rooms.append(Room(each.low, each.high, lows, highs))
        least, most = reaches[-1]
        reaches.append((max(least - each.high, lows), min(most - each.low, highs)))
    return rooms, reaches


def _weight_before(distribution: Distribution, room: Room, reach: tuple[float, float], weight: Weight | None) -> Weight:
    """Weight that a state and those after it give to what is left before it."""
    if weight is not None:
        return tabulated_weight(distribution, room, reach, weight)

    def share(rest: Floats) -> Floats:
        return cumulative(distribution, room.most(rest)) - cumulative(distribution, room.least(rest))

    return share


def _trial_rests(levels: Sequence[Level], rests: Floats) -> Floats:
    """What is left after these levels in some worlds [W], from a lattice of the cube."""
    places = np.arange(1, rests.shape[1] + 1)
    left = rests
    for dimension, level in enumerate(levels):
        u = np.modf(places * np.sqrt(PRIMES[dimension]))[0][None]
        left = left - level.draw(left, u)
    return left.ravel()


PRIMES = tuple(n for n in range(2, 312) if all(n % divisor for divisor in range(2, n)))  # 64, as many as states


def _stacked_level(levels: Sequence[Any]) -> Level:
    stacked: Level = type(levels[0]).stacked(levels)
    return stacked


def _cell(number: float) -> Floats:
    return np.array([[number]])
