"""Chances from sums over segments of worlds, with their Monte Carlo errors."""

import numpy as np
from numpy.typing import NDArray

from melian.solve.posterior.sample import ISLANDS

Floats = NDArray[np.float64]


def ratio_of(part: Floats, whole: Floats) -> tuple[float, Floats]:
    """Chance of a part within a whole, and what each segment of worlds adds to its error.

    Parameters
    ----------
    part, whole : [segments] weighted sums over the worlds of each segment.

    Notes
    -----
    Delta method for a ratio of means (Owen 2013, Monte Carlo theory, methods and examples, equation 9.8).
    """
    total = whole.sum()
    if not total > 0:
        return 0.0, np.zeros(whole.size)
    chance = float(part.sum() / total)
    influence: Floats = (part - chance * whole) / total
    return chance, influence


def error_of_segments(influence: Floats, in_islands: bool) -> float:
    """Standard error from what each segment adds; segments of an island are no independent draws.

    Infinite where there is one segment only, so that nothing can be told from chance.
    """
    parts = influence.reshape(ISLANDS, -1).sum(axis=1) if in_islands and influence.size % ISLANDS == 0 else influence
    if parts.size < 2:
        return float("inf") if np.any(parts) else 0.0
    return float(np.sqrt(parts.size / (parts.size - 1) * np.square(parts).sum()))
