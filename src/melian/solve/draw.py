"""Worlds: points of the unit cube turned into one full set of numbers each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from melian.model.parameter import Order, Parameter, Row, Scalar
from melian.solve.quantile import quantile
from melian.solve.sobol import Points

__all__ = ["Sampler"]

Floats = npt.NDArray[np.float64]


class Sampler:
    """Draws of parameters, by block of worlds.

    Parameters
    ----------
    parameters : in the order in which they take dimensions of the unit cube and slots.
    seed : of the points.
    """

    def __init__(self, parameters: Sequence[Parameter], seed: int) -> None:
        self.parameters = tuple(parameters)
        self._slices: dict[str, slice] = {}
        self.n_slots = 0
        self.n_dimensions = 0
        for parameter in self.parameters:
            self._slices[parameter.name] = slice(self.n_slots, self.n_slots + parameter.n_slots)
            self.n_slots += parameter.n_slots
            self.n_dimensions += parameter.n_dimensions
        self._points = Points(self.n_dimensions, seed)

    def slots_of(self, name: str) -> slice:
        """Slots of the parameter called `name`."""
        return self._slices[name]

    def block(self, start: int, count: int) -> Floats:
        """Worlds `start` to `start + count - 1`: [P, count] C-contiguous, worlds last."""
        return self.transform(self._points.block(start, count))

    def transform(self, unit: Floats) -> Floats:
        """Parameters [P, W] of the worlds at the points [D, W] of the unit cube."""
        theta = np.empty((self.n_slots, unit.shape[1]))
        at = 0
        for parameter in self.parameters:
            u = unit[at : at + parameter.n_dimensions]
            at += parameter.n_dimensions
            theta[self._slices[parameter.name]] = _drawn(parameter, u)
        return theta


def _drawn(parameter: Parameter, u: Floats) -> Floats:
    match parameter:
        case Scalar(distribution=distribution):
            if distribution.is_point:
                return np.full((1, u.shape[1]), distribution.low)
            return quantile(distribution, u)
        case Row():
            return _row(parameter, u)
        case Order():
            return _order(parameter, u)


def _row(row: Row, u: Floats) -> Floats:
    """First cut: sequential truncation (right bounds and sums, not yet the right law)."""
    x = np.zeros((row.n_slots, u.shape[1]))
    lows = np.array([0.0 if part is None else part.low for part in row.parts])
    highs = np.array([1.0 if part is None else part.high for part in row.parts])
    order = sorted((p for p in range(row.n_slots)), key=lambda p: (row.parts[p] is None, highs[p] - lows[p]))
    rest = np.ones(u.shape[1])
    at = 0
    for place, state in enumerate(order):
        later = order[place + 1 :]
        least = np.maximum(lows[state], rest - highs[later].sum())
        most = np.minimum(highs[state], rest - lows[later].sum())
        part = row.parts[state]
        if not later:
            value = rest
        elif part is not None and part.is_point:
            value = np.full_like(rest, part.low)
        else:
            value = least + (most - least) * u[at] if part is None else quantile(part, u[at])
            at += 1
        x[state] = np.clip(value, least, np.maximum(most, least))
        rest = rest - x[state]
    return x


def _order(order: Order, u: Floats) -> Floats:
    """Uniform mixture of the vertices of the ordered simplex."""
    x = np.zeros((order.n_slots, u.shape[1]))
    rest = np.ones(u.shape[1])
    members: list[int] = []
    for place, group in enumerate(order.groups):
        members.extend(group)
        n_later = len(order.groups) - 1 - place
        share = rest * (1 - u[place] ** (1 / n_later)) if n_later else rest
        rest = rest - share
        x[members] += share / len(members)
    return x
