"""One world by itself: the numbers of a single draw, or every judgement at its mean."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from melian.model.parameter import Parameter
from melian.solve.draws.draw import Sampler

__all__ = ["draw_world", "mean_world"]

Floats = npt.NDArray[np.float64]

BLOCK: Final = 4_096  # worlds held at once


def draw_world(parameters: Sequence[Parameter], number: int, *, seed: int) -> Floats:
    """Parameters [P] of one world: the same draw as a run of any size with that seed makes.

    Parameters
    ----------
    number : of the world, from 0.
    """
    if number < 0:
        raise ValueError(f"draw_world(): number must be 0 or more, got {number}")
    return np.ascontiguousarray(Sampler(parameters, seed).block(number, 1)[:, 0])


def mean_world(parameters: Sequence[Parameter], *, worlds: int, seed: int) -> Floats:
    """Every parameter [P] at its mean over the first worlds of a run, all weighing alike.

    Rows of chances and weights stay rows: what sums to 1 in every world sums to 1 on average.
    """
    if worlds < 1:
        raise ValueError(f"mean_world(): worlds must be 1 or more, got {worlds}")
    sampler = Sampler(parameters, seed)
    total = np.zeros(sampler.n_slots)
    for start in range(0, worlds, BLOCK):
        total += sampler.block(start, min(BLOCK, worlds - start)).sum(axis=1)
    return total / worlds
