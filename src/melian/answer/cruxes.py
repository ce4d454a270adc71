"""Cruxes: the fewest judgements that would have to be otherwise for the answer to cross a line.

Each candidate is one number of a judgement, cut into twenty parts of equal weight. A crux bounds one to three of them
from below or above, so that over the worlds within the bounds the answer lies beyond the line. That is what patient
rule induction looks for (Friedman and Fisher 1999, Statistics and Computing 9); with so few bounds all boxes of these
parts can be tried. They are found in one half of the worlds, and all that is said of them is measured in the other: of
each set of judgements the largest box that is just beyond the line, and smaller ones that are more surely so, since the
first often fails where it is measured. That none is found is no proof that there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.ranking import greatest, ranked
from melian.answer.shares import ranks
from melian.answer.weighted import weighted_mean, weighted_quantiles

Floats = NDArray[np.float64]

PARTS: Final = 20
MOST: Final = 3  # bounds of one crux
# Candidates that are tried by one, two and three at a time.
TRIED: Final = (30, 20, 12)
# Share of the worlds that a crux has to hold, and standard errors by which it has to lie beyond the line.
LEAST_MASS: Final = 0.02
SURE: Final = 2.0
# The same where a box is found: the largest one only just, others by enough to be beyond it in the other half as well.
FOUND_BY: Final = (2.0, 4.0, 8.0)
# Cruxes of one size that are looked at in the other half, and that are told.
VALIDATED: Final = 12
TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Bound:
    """One number of a judgement held below or above a value.

    Attributes
    ----------
    candidate : its place among the candidates.
    is_above : whether it lies above the value, or else below.
    share : of the weighted worlds that keep to this bound alone.
    """

    candidate: int
    is_above: bool
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Crux:
    """Judgements within bounds, and what the answer is there; all but the bounds is of worlds not used to find them.

    Attributes
    ----------
    mass : share of the weighted worlds within the bounds.
    mean, error : the answer over them, and its standard error.
    density : share of them in which the chance itself lies beyond the line.
    coverage : share of all worlds beyond the line that they hold.
    """

    bounds: tuple[Bound, ...]
    mass: float
    mean: float
    error: float
    density: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Cruxes:
    """The smallest sets of judgements that carry the answer across a line.

    Attributes
    ----------
    line : in (0, 1).
    is_above : whether it is crossed upwards.
    found : cruxes of the smallest size that was found, the one that holds most worlds first; empty where none was.
    nearest : where none is found: the three or fewer that bring it nearest.
    tried : how many candidates were bounded alone, in pairs and in threes.
    beyond : share of the weighted worlds in which the chance itself lies beyond the line.
    """

    line: float
    is_above: bool
    found: tuple[Crux, ...]
    nearest: Crux | None
    beyond: float
    tried: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Half:
    """Half of the worlds: parts [F, W], and sums to be taken over boxes [W]."""

    parts: NDArray[np.intp]
    value: Floats
    weight: Floats
    terms: tuple[Floats, ...] = field(init=False)

    def __post_init__(self) -> None:
        share = self.weight / self.weight.sum()
        terms = (share, share * self.value, share * self.value**2, share**2)
        object.__setattr__(self, "terms", terms)


@dataclass(frozen=True, slots=True)
class _Box:
    """Candidates, the side on which each is held, and the number of parts that are kept from that side."""

    candidates: tuple[int, ...]
    above: tuple[bool, ...]
    kept: tuple[int, ...]
    mass: float
    mean: float


def cruxes_of(candidates: Sequence[Floats], value: Floats, weight: Floats, line: float) -> Cruxes:
    """Find what would have to be otherwise.

    Parameters
    ----------
    candidates : numbers of judgements [W] each, those that matter most first.
    value : [W] chance of the event in each world.
    weight : [W].
    line : in (0, 1).
    """
    is_above = weighted_mean(value, weight) <= line
    sign = 1.0 if is_above else -1.0
    share = weight / weight.sum()
    beyond = float(share[sign * (value - line) > 0].sum())
    used = [each for each in candidates if np.ptp(each) > 0]
    tried = tuple(min(most, len(used)) for most in TRIED[: len(used)])
    if not used or not beyond:
        return Cruxes(line, is_above, (), None, beyond, tried)
    places = [place for place, each in enumerate(candidates) if np.ptp(each) > 0]
    parts = np.stack([(ranks(each, share) * PARTS).astype(np.intp) for each in used])
    middle = value.size // 2
    found_in = _Half(parts[:, :middle], sign * (value[:middle] - line), weight[:middle])
    seen_in = _Half(parts[:, middle:], sign * (value[middle:] - line), weight[middle:])
    nearest: _Box | None = None
    for size in range(1, min(MOST, len(used)) + 1):
        found, near = _boxes(found_in, size)
        nearest = next(iter(ranked((b for b in (nearest, near) if b is not None), key=lambda box: box.mean)), None)
        held = []
        for boxes in found[:VALIDATED]:
            measured = (_measured(box, seen_in, sign, line, used, places, share) for box in boxes)
            held += list(islice((crux for crux in measured if _is_beyond(crux, sign, line)), 1))
        if held:
            return Cruxes(line, is_above, tuple(ranked(held, key=lambda crux: crux.mass)[:TOLD]), None, beyond, tried)
    last = None if nearest is None else _measured(nearest, seen_in, sign, line, used, places, share)
    return Cruxes(line, is_above, (), last, beyond, tried)


def _is_beyond(crux: Crux, sign: float, line: float) -> bool:
    return crux.mass > 0 and sign * (crux.mean - line) > SURE * crux.error


def _boxes(half: _Half, size: int) -> tuple[list[list[_Box]], _Box | None]:
    """Boxes beyond the line of every set of candidates, the set that holds most first; and the highest of all.

    Of each set, from the box that holds most down to the one that is most surely beyond.
    """
    found: list[list[_Box]] = []
    high: list[_Box] = []
    for chosen in combinations(range(min(TRIED[size - 1], len(half.parts))), size):
        beyond: dict[float, list[_Box]] = {}
        for box, found_by in _corners(half, chosen):
            (high if found_by is None else beyond.setdefault(found_by, [])).append(box)
        if beyond:
            found.append([ranked(beyond[by], key=lambda box: box.mass)[0] for by in sorted(beyond)])
    highest = next(iter(ranked(high, key=lambda box: box.mean)), None)
    return ranked(found, key=lambda boxes: boxes[0].mass), highest


def _corners(half: _Half, chosen: tuple[int, ...]) -> Iterator[tuple[_Box, float | None]]:
    """Largest boxes beyond the line from each corner, each by so many standard errors; or the highest where none is."""
    cell = np.ravel_multi_index(tuple(half.parts[list(chosen)]), (PARTS,) * len(chosen))
    shape = (PARTS,) * len(chosen)
    cells = np.stack([np.bincount(cell, term, minlength=PARTS ** len(chosen)).reshape(shape) for term in half.terms])
    for above in product((False, True), repeat=len(chosen)):
        sums = cells
        for axis, side in enumerate(above, start=1):
            sums = np.flip(sums, axis) if side else sums
            sums = np.cumsum(sums, axis)
        mass, first, second, square = sums
        inside = np.where(mass > 0, mass, 1.0)
        mean = first / inside
        variance = np.maximum(second / inside - mean**2, 0.0)
        error = np.sqrt(variance * square) / inside
        # A box that keeps all parts of a judgement does not bound it: it belongs to a smaller set.
        is_bound = np.indices(shape).max(axis=0) < PARTS - 1
        allowed = is_bound & (mass >= LEAST_MASS)
        if not allowed.any():
            continue
        at_all = False
        for by in FOUND_BY:
            holds = allowed & (mean > by * error)
            if not holds.any():
                break
            at_all = True
            yield _box(chosen, above, greatest(np.where(holds, mass, -1.0)), mass, mean), by
        if not at_all:
            yield _box(chosen, above, greatest(np.where(allowed, mean, -2.0)), mass, mean), None


def _box(chosen: tuple[int, ...], above: tuple[bool, ...], at: tuple[int, ...], mass: Floats, mean: Floats) -> _Box:
    return _Box(chosen, above, tuple(place + 1 for place in at), float(mass[at]), float(mean[at]))


def _measured(  # noqa: PLR0913 -- where it is measured, and what it is told in
    box: _Box,
    half: _Half,
    sign: float,
    line: float,
    candidates: Sequence[Floats],
    places: Sequence[int],
    share: Floats,
) -> Crux:
    """Measure a box in the half of the worlds that it was not found in."""
    inside = np.ones(half.value.size, dtype=bool)
    bounds = []
    for chosen, above, kept in zip(box.candidates, box.above, box.kept, strict=True):
        first = PARTS - kept
        inside &= half.parts[chosen] >= first if above else half.parts[chosen] < kept
        (edge,) = weighted_quantiles(candidates[chosen], share, ((first if above else kept) / PARTS,))
        bounds.append(Bound(places[chosen], above, edge, kept / PARTS))
    weight = half.weight[inside]
    beyond = half.value > 0
    if not weight.sum() > 0:
        return Crux(tuple(bounds), 0.0, line, float("inf"), 0.0, 0.0)
    within = half.value[inside]
    mean = weighted_mean(within, weight)
    error = float(np.sqrt(np.square(weight * (within - mean)).sum()) / weight.sum())
    hits = float(weight[beyond[inside]].sum())
    return Crux(
        bounds=tuple(bounds),
        mass=float(weight.sum() / half.weight.sum()),
        mean=line + sign * mean,
        error=error,
        density=hits / float(weight.sum()),
        coverage=hits / max(float(half.weight[beyond].sum()), 1e-300),
    )
