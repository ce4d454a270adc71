"""Chances from sums over segments of worlds, with their Monte Carlo errors.

Segments belong to the replicates of the drawing in turn, which know nothing of each other; those of one replicate do.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from melian.solve.kernel.words import REPLICATES

Floats = NDArray[np.float64]

# Errors that hold the truth on both sides in as many of a hundred runs as two of a normal variable do.
WITHIN: Final = 2.0


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
    chance = min(float(part.sum() / total), 1.0)  # two sums of the same numbers may differ in their last bits
    influence: Floats = (part - chance * whole) / total
    return chance, influence


def by_replicate(sums: Floats) -> Floats:
    """Sums over the segments [..., segments] of each replicate, [..., R]; of few segments each is one."""
    n_segments = sums.shape[-1]
    if n_segments <= REPLICATES:
        return sums
    padded = np.zeros((*sums.shape[:-1], -(-n_segments // REPLICATES) * REPLICATES))
    padded[..., :n_segments] = sums
    found: Floats = padded.reshape(*sums.shape[:-1], -1, REPLICATES).sum(axis=-2)
    return found


def error_of_segments(influence: Floats) -> float:
    """Standard error from what each segment adds.

    Infinite where there is one segment only, so that nothing can be told from chance.

    Notes
    -----
    The spread of independent replicates (Owen 1997, Annals of Statistics 25), made wider by `student`.
    """
    parts = by_replicate(influence)
    if parts.size < 2:
        return float("inf") if np.any(parts) else 0.0
    return student(parts.size) * float(np.sqrt(parts.size / (parts.size - 1) * np.square(parts).sum()))


@lru_cache
def student(n_groups: int) -> float:
    """What an error from the spread of few groups is widened by, to hold what it claims.

    Such an error is uncertain itself, so that two of it hold the truth less often than 95 times in 100 (Student 1908);
    widened so, they do.
    """
    return float(stdtrit(n_groups - 1, ndtr(WITHIN))) / WITHIN
