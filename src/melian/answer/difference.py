"""Differences between two answers on the same worlds, with what is left of chance in them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from melian.answer.weighted import error_of_influence

Floats = NDArray[np.float64]

# A difference of fewer standard errors is not told from none, nor is one that no digit would ever show: there is no
# Monte Carlo error in how far a search has settled, which reaches the sixth digit.
SURE: Final = 3.0
LEAST: Final = 0.0005
"""Half of a tenth of a point: of chances, and of shares of a whole."""
LEAST_WORTH: Final = 0.05
"""Half of the last digit that expected utilities are given with, in points of 100."""


def is_told(difference: float, error: float, *, sure: float = SURE, least: float = LEAST) -> bool:
    """Whether a difference can be told from none."""
    return abs(difference) > max(sure * error, least)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference and its Monte Carlo standard error, the worlds being the same.

    Attributes
    ----------
    least : what is no larger rounds to nothing.
    """

    value: float
    error: float
    least: float = LEAST

    @property
    def is_told(self) -> bool:
        """Whether it can be told from zero."""
        return is_told(self.value, self.error, least=self.least)


def difference_of(value: float, influence: Floats, least: float = LEAST) -> Difference:
    """Difference with its error.

    Parameters
    ----------
    influence : [W] what each world adds to it: see `melian.answer.weighted.influence_of`.
    """
    return Difference(value, error_of_influence(influence), least)
