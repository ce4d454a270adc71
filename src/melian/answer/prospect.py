"""What may yet be seen, as chances of each result in each state: a node itself, or a report about it.

A report about a node is made as the model makes every report: its source reports truly with the reliability of its
letter, and else says what it would say anyway. The source is a new one, whose reliability is drawn by its letter and by
nothing that is known already, so that the mean reliability is all that counts.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from melian.case.grades import RELIABILITY
from melian.case.judgement import Judgement
from melian.model import distribution as family
from melian.model.distribution import Distribution
from melian.model.judged import distribution_of
from melian.solve.draws.quantile import quantile

Floats = NDArray[np.float64]

# Points at which a quantile function is read for its mean.
POINTS = 4096


def seeing(n_states: int) -> Floats:
    """Seeing the state itself, [S, S]: every state is its own result."""
    return np.eye(n_states)


def naming(n_states: int, letter: str, grades: Mapping[str, Judgement]) -> Floats:
    """A source of some grade names a state, [S, S]: if it is not right it names any of them alike.

    Parameters
    ----------
    letter : A to F.
    grades : what the case says of letters in place of our own table.
    """
    reliability = mean_reliability(letter, grades)
    return reliability * np.eye(n_states) + (1.0 - reliability) / n_states


def mean_reliability(letter: str, grades: Mapping[str, Judgement]) -> float:
    """Share of its reports that a source of a letter gets right, on average."""
    replaced = grades.get(letter)
    return mean(distribution_of(replaced) if replaced is not None else family.beta(*RELIABILITY[letter]))


def mean(distribution: Distribution) -> float:
    """Mean of an uncertain number: in closed form where it is plain, else over even steps of its quantiles."""
    if distribution.family == "beta":
        first, second = distribution.arguments
        return distribution.low + distribution.width * first / (first + second)
    if distribution.family in ("point", "uniform"):
        return (distribution.low + distribution.high) / 2
    return float(quantile(distribution, (np.arange(POINTS) + 0.5) / POINTS).mean())
