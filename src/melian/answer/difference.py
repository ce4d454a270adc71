"""Differences between two answers on the same worlds, with what is left of chance in them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.weighted import error_of_influence

Floats = NDArray[np.float64]

# A difference of fewer standard errors is not told from none, nor is one that is only rounding.
SURE: Final = 3.0
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference and its Monte Carlo standard error, the worlds being the same."""

    value: float
    error: float

    @property
    def is_told(self) -> bool:
        """Whether it can be told from zero."""
        return abs(self.value) > max(SURE * self.error, ROUNDING)


def difference_of(value: float, influence: Floats) -> Difference:
    """Difference with its error.

    Parameters
    ----------
    influence : [W] what each world adds to it: see `melian.answer.weighted.influence_of`.
    """
    return Difference(value, error_of_influence(influence))
