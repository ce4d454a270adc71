"""One world by itself: the numbers of a single draw, or every judgement at its mean."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from melian.model.parameter import Order, Parameter, Row, Scalar, Tied
from melian.solve.draws.draw import Sampler
from melian.solve.draws.sobol import Points

__all__ = ["draw_world", "mean_world"]

Floats = npt.NDArray[np.float64]

# Points of the rules that means are integrated by: of one dimension exact to rounding, of a few close to it.
STEPS: Final = 400
NODES: Final = {2: 96, 3: 24}
POINTS: Final = 65_536  # beyond: even points, the same for all that is judged alike


def draw_world(parameters: Sequence[Parameter], number: int, *, seed: int) -> Floats:
    """Parameters [P] of one world: the same draw as a run of any size with that seed makes.

    Parameters
    ----------
    number : of the world, from 0.
    """
    if number < 0:
        raise ValueError(f"draw_world(): number must be 0 or more, got {number}")
    return np.ascontiguousarray(Sampler(parameters, seed).block(number, 1)[:, 0])


def mean_world(parameters: Sequence[Parameter]) -> Floats:
    """Every parameter [P] at the mean of its law, which no draw takes part in.

    What is judged alike has the same mean, wherever it stands; rows of chances and weights stay rows. Means are in
    closed form (points, rank orders) or integrated over the law; rows with more than three open states are good to
    about five digits.
    """
    scalars = {parameter.name: parameter for parameter in parameters if isinstance(parameter, Scalar)}
    return np.concatenate([_mean(parameter, scalars) for parameter in parameters] or [np.zeros(0)])


def _mean(parameter: Parameter, scalars: dict[str, Scalar]) -> Floats:
    """Mean [slots] of one parameter."""
    if isinstance(parameter, Order):
        return _mean_of_order(parameter)
    shared = [scalars[name] for name in parameter.shared] if isinstance(parameter, Tied) else []
    sampler = Sampler([*shared, parameter], seed=0)
    points, weights = _rule(sampler.n_dimensions)
    found = (sampler.transform(points.copy()) @ weights)[-parameter.n_slots :]
    return _evened(parameter, found) if isinstance(parameter, Row | Tied) else found


def _mean_of_order(order: Order) -> Floats:
    """Middle of the corners between which the weights are drawn evenly: see `melian.solve.draws.simplex.OrderMap`."""
    sizes = np.array([*accumulate(len(group) for group in order.groups)])
    found = np.empty(order.n_slots)
    for place, group in enumerate(order.groups):
        found[list(group)] = (1.0 / sizes[place:]).sum() / len(sizes)
    return found


def _evened(row: Row | Tied, mean: Floats) -> Floats:
    """Mean in which states of which the same is said have the same, as they have in the law."""
    found = mean.copy()
    for part in set(row.parts):
        alike = [state for state, other in enumerate(row.parts) if other == part]
        found[alike] = mean[alike].mean()
    return found


@cache
def _rule(n_dimensions: int) -> tuple[Floats, Floats]:
    """Points [D, W] of the unit cube and weights [W] that sum to 1, by which smooth laws are integrated."""
    if n_dimensions == 0:
        return np.empty((0, 1)), np.ones(1)
    if n_dimensions == 1:
        points, weights = _ends_included()
        return points[np.newaxis], weights
    if n_dimensions not in NODES:
        return Points(n_dimensions, 0).block(0, POINTS), np.full(POINTS, 1.0 / POINTS)
    nodes, weights = np.polynomial.legendre.leggauss(NODES[n_dimensions])
    grids = np.meshgrid(*[(1.0 + nodes) / 2.0] * n_dimensions, indexing="ij")
    products = np.meshgrid(*[weights / 2.0] * n_dimensions, indexing="ij")
    return np.stack([grid.ravel() for grid in grids]), np.prod([product.ravel() for product in products], axis=0)


def _ends_included() -> tuple[Floats, Floats]:
    """Rule on (0, 1) for quantiles, which may be without bound at its ends.

    Double exponential rule: Takahasi and Mori 1974, Publications of the RIMS 9, 721.
    """
    steps = np.linspace(-3.0, 3.0, STEPS + 1)
    points = 1.0 / (1.0 + np.exp(-np.pi * np.sinh(steps)))
    weights = np.pi * np.cosh(steps) * points * (1.0 - points)
    inside = (points > 0.0) & (points < 1.0)
    return points[inside], weights[inside] / weights[inside].sum()
