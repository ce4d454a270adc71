"""Worlds: points of the unit cube turned into one full set of numbers each.

A numpy call costs as much as a thousand of its numbers, so parameters that are drawn by the same steps are drawn
together: single numbers by family, rows by the steps of their map, rank orders by their number of groups. Worlds are
drawn in chunks of `CHUNK`, counted from world 0, so that every world is worked out in an array of the same shape at the
same place, and its numbers are the same to the last bit however the worlds are cut into blocks.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from melian.model.parameter import Order, Parameter, Row, Scalar, Tied
from melian.solve.draws.copula import Copula
from melian.solve.draws.simplex import OrderMap, RowMap, fixed_states, row_map
from melian.solve.draws.sobol import Points
from melian.solve.draws.tied import TiedMap, bank_of
from melian.solve.kernel.stream import NOTHING, Stream, stream_rows
from melian.solve.kernel.words import CHUNK

__all__ = ["CHUNK", "Sampler", "Shares"]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
T = TypeVar("T")

AT_ONCE = 1024
"""Worlds drawn at once at the most."""

GROUP = 64
"""Parameters drawn at once: 64 by 1024 numbers stay in the cache."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A parameter with its first slot and its first dimension."""

    parameter: Parameter
    slot: int
    dimension: int


@dataclass(frozen=True, slots=True)
class _Job:
    """K parameters that are drawn together.

    Parameters
    ----------
    dimensions : [L, K] dimensions of the unit cube that they take.
    draw : turns the unit cube [L, K, W], which it may overwrite, into numbers [M, K, W].
    slots : [M, K] slots of these numbers, or [T] if `sources` are given.
    sources : two [T], for each slot the place in [M, K] of its number; None if each number has its own slot.
    """

    dimensions: Indices
    draw: Callable[[Floats], Floats]
    slots: Indices
    sources: tuple[Indices, Indices] | None = None

    def run(self, unit: Floats, theta: Floats) -> None:
        """Fill this job's slots of `theta` [P, W] from its part of the unit cube [L, K, W], which is overwritten."""
        drawn = self.draw(unit)
        theta[self.slots] = drawn if self.sources is None else drawn[self.sources]


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Parameters that are drawn evenly from a range: those that the kernel draws itself, and those that it does not."""

    inside: Stream
    outside: Stream


class Sampler:
    """Draws of parameters, by block of worlds.

    Parameters
    ----------
    parameters : in the order in which they take dimensions of the unit cube, and slots.
    seed : of the points, at least 0 and below 2**63.

    Raises
    ------
    ValueError : for two parameters of one name, and for a row that cannot be met.

    Notes
    -----
    Parameters added at the end leave the numbers of those before them as they are. Blocks may be asked for in any order
    and from several threads.

    Examples
    --------
    >>> from melian.model.distribution import uniform
    >>> from melian.model.parameter import Row, Scalar
    >>> sampler = Sampler([Scalar("height", uniform(1, 3)), Row("sky", (uniform(0.2, 0.4), None))], seed=0)
    >>> sampler.block(0, 256).shape
    (3, 256)
    >>> sampler.slots_of("sky")
    slice(1, 3, None)
    """

    def __init__(self, parameters: Sequence[Parameter], seed: int) -> None:
        self.parameters = tuple(parameters)
        places, self.n_slots, self.n_dimensions = _placed(self.parameters)
        self._slots = {each.parameter.name: slice(each.slot, each.slot + each.parameter.n_slots) for each in places}
        if len(self._slots) < len(places):
            raise ValueError("Sampler: two parameters have one name")
        self.seed = seed
        self._points = Points(self.n_dimensions, seed)
        self.copula = Copula.of(_links(places))
        self._constants = _constants(places)
        self.known = dict(zip(self._constants[0].tolist(), self._constants[1][:, 0].tolist(), strict=True))
        self._even = [place for place in places if _is_even(place.parameter)]
        self._even_jobs = [*_scalar_jobs(self._even)]
        others = (place for place in places if not _is_even(place.parameter))
        self._jobs = [*_scalar_jobs(others), *_row_jobs(places), *_order_jobs(places), *_tied_jobs(places)]
        self._all_outside = self.shared(frozenset())

    def shared(self, slots: Collection[int]) -> Shares:
        """Shares in which the kernel draws whatever it can of some slots."""
        inside = [place for place in self._even if place.slot in slots]
        return Shares(self._stream(inside), self._stream([place for place in self._even if place.slot not in slots]))

    def _stream(self, places: Sequence[_Place]) -> Stream:
        if not places:
            return NOTHING
        ranges = bank_of(*(place.parameter for place in places if isinstance(place.parameter, Scalar)))
        return self._points.stream(
            np.array([place.dimension for place in places], dtype=np.intp),
            np.array([place.slot for place in places], dtype=np.intp),
            ranges.cut_low.ravel(),
            ranges.cut_high.ravel(),
        )

    def slots_of(self, name: str) -> slice:
        """Slots of the parameter called `name`."""
        return self._slots[name]

    def unit(self, start: int, count: int) -> Floats:
        """Points [D, count] of the unit cube from which worlds `start` to `start + count - 1` are made."""
        return self._points.block(start, count)

    def block(self, start: int, count: int) -> Floats:
        """Worlds `start` to `start + count - 1`.

        Returns
        -------
        [P, count] C-contiguous, worlds last.
        """
        first = start - start % CHUNK
        theta = np.empty((self.n_slots, -(-(start + count - first) // CHUNK) * CHUNK))
        self.fill(first, theta)
        if theta.shape[1] == count:
            return theta
        return np.ascontiguousarray(theta[:, start - first : start - first + count])

    def fill(self, first: int, theta: Floats, shares: Shares | None = None) -> None:
        """Worlds from number `first` into `theta` [P, W]; `first` and W are multiples of `CHUNK`.

        Rows of the kernel's share are left as they are.
        """
        slots, numbers = self._constants
        theta[slots] = numbers
        stream_rows((shares or self._all_outside).outside, first, theta)
        for start in range(0, theta.shape[1], AT_ONCE):
            here = theta[:, start : start + AT_ONCE]
            for job in self._jobs:
                job.run(self._units(job.dimensions, first + start, here.shape[1]), here)

    def _units(self, dimensions: Indices, first: int, count: int) -> Floats:
        """Coordinates [..., count] of worlds in some dimensions, made dependent where judgements move together."""
        units = self._points.of(dimensions, first, count)
        if self.copula is not None and self.copula.touches(dimensions):
            joined = self.copula.joined(self._points.of(self.copula.dimensions, first, count))
            self.copula.put(joined, dimensions, units)
        return units

    def transform(self, unit: Floats, out: Floats | None = None) -> Floats:
        """Parameters [P, W] of the worlds at the points [D, W] of the unit cube, strictly inside it."""
        n_worlds = unit.shape[1]
        if self.copula is not None:
            unit = unit.copy()
            unit[self.copula.dimensions] = self.copula.joined(unit[self.copula.dimensions])
        theta = np.empty((self.n_slots, n_worlds)) if out is None else out
        slots, numbers = self._constants
        theta[slots] = numbers
        for start in range(0, n_worlds, AT_ONCE):
            here = slice(start, start + AT_ONCE)
            for job in (*self._even_jobs, *self._jobs):
                job.run(unit[job.dimensions, here], theta[:, here])
        return theta


def _is_even(parameter: Parameter) -> bool:
    """Whether a parameter is one number drawn evenly from a range, by itself."""
    return isinstance(parameter, Scalar) and parameter.distribution.family == "uniform" and not parameter.moves_with


def _links(places: Sequence[_Place]) -> dict[tuple[int, int], float]:
    """Correlation of normal scores for each pair of dimensions that have one."""
    dimension = {place.parameter.name: place.dimension for place in places if place.parameter.n_dimensions}
    return {
        (dimension[place.parameter.name], dimension[other]): score
        for place in places
        if isinstance(place.parameter, Scalar) and place.parameter.name in dimension
        for other, score in place.parameter.moves_with
        if other in dimension
    }


def _placed(parameters: Sequence[Parameter]) -> tuple[list[_Place], int, int]:
    """Where each parameter lies, one after the other; and how many slots and dimensions there are."""
    places, slot, dimension = [], 0, 0
    for parameter in parameters:
        places.append(_Place(parameter, slot, dimension))
        slot += parameter.n_slots
        dimension += parameter.n_dimensions
    return places, slot, dimension


def _constants(places: Sequence[_Place]) -> tuple[Indices, Floats]:
    """Slots whose number is the same in every world [F], and the numbers [F, 1]."""
    known: dict[int, float] = {}
    for place in places:
        match place.parameter:
            case Scalar(distribution=distribution) if distribution.is_point:
                known[place.slot] = distribution.low
            case Row() as row:
                known |= {place.slot + state: number for state, number in fixed_states(row).items()}
            case Order(groups=(group,)):
                known |= {place.slot + member: 1.0 / len(group) for member in group}
    return np.array(list(known), dtype=np.intp), np.array(list(known.values()), dtype=np.float64)[:, None]


def _scalar_jobs(places: Iterable[_Place]) -> Iterator[_Job]:
    """Jobs of the single numbers, by family."""
    alike: dict[str, list[tuple[_Place, Scalar]]] = defaultdict(list)
    for place in places:
        if isinstance(place.parameter, Scalar) and not place.parameter.distribution.is_point:
            alike[place.parameter.distribution.family].append((place, place.parameter))
    for group in _groups(alike.values()):
        slots = np.array([[place.slot for place, _ in group]])
        dimensions = np.array([[place.dimension for place, _ in group]])
        yield _Job(dimensions, bank_of(*(scalar for _, scalar in group)).draw, slots)


def _row_jobs(places: Sequence[_Place]) -> Iterator[_Job]:
    """Jobs of the rows that are not fixed, by the steps of their maps."""
    alike: dict[Hashable, list[tuple[_Place, RowMap]]] = defaultdict(list)
    for place in places:
        if isinstance(place.parameter, Row) and place.parameter.n_dimensions:
            one = row_map(place.parameter)
            alike[one.key].append((place, one))
    for group in _groups(alike.values()):
        together = RowMap.stacked([one for _, one in group])
        slots = together.states + np.array([[place.slot] for place, _ in group])  # [K, L + 1]
        first = np.array([place.dimension for place, _ in group])
        yield _Job(first + np.arange(len(together.levels))[:, None], together.draw, slots.T)


def _order_jobs(places: Sequence[_Place]) -> Iterator[_Job]:
    """Jobs of the rank orders, by their number of groups."""
    alike: dict[int, list[tuple[_Place, Order]]] = defaultdict(list)
    for place in places:
        if isinstance(place.parameter, Order) and place.parameter.n_dimensions:
            alike[len(place.parameter.groups)].append((place, place.parameter))
    for group in _groups(alike.values()):
        first = np.array([place.dimension for place, _ in group])
        dimensions = first + np.arange(group[0][1].n_dimensions)[:, None]
        members = np.array(
            [
                (place.slot + member, rank, index)
                for index, (place, order) in enumerate(group)
                for rank, tied in enumerate(order.groups)
                for member in tied
            ]
        )
        sources = members[:, 1], members[:, 2]
        yield _Job(dimensions, OrderMap.of([order for _, order in group]).draw, members[:, 0], sources)


def _tied_jobs(places: Sequence[_Place]) -> Iterator[_Job]:
    """Jobs of the rows that hold other parameters, one each: they draw those anew from the same dimensions."""
    scalars = {
        place.parameter.name: (place, place.parameter) for place in places if isinstance(place.parameter, Scalar)
    }
    for place in places:
        row = place.parameter
        if isinstance(row, Tied):
            made = TiedMap.of(row, {name: scalars[name][1] for name in row.shared})
            own = range(place.dimension, place.dimension + row.n_dimensions)
            dimensions = [*(scalars[name][0].dimension for name in row.shared), *own]
            yield _Job(np.array(dimensions)[:, None], made.draw, place.slot + np.arange(row.n_slots)[:, None])


def _groups(alike: Iterable[Sequence[T]]) -> Iterator[Sequence[T]]:
    """Those alike, at most `GROUP` at a time."""
    for each in alike:
        yield from (each[first : first + GROUP] for first in range(0, len(each), GROUP))
