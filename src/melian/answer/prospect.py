"""What may yet be seen, as chances of each result in each state: a node itself, or a report about it.

A report about a node is made as the model makes every report: its source reports truly with the reliability of its
letter, and else says what it would say anyway. The source is a new one, whose reliability is drawn by its letter and by
nothing that is known already, so that the mean reliability is all that counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from melian.case.grades import RELIABILITY
from melian.case.judgement import Judgement
from melian.case.watch import Prospect
from melian.model import distribution as family
from melian.model.distribution import Distribution
from melian.model.evidence import ANYWAY_UNSAID
from melian.model.judged import distribution_of
from melian.solve.draws.quantile import quantile

Floats = NDArray[np.float64]

# Points at which a quantile function is read for its mean.
POINTS = 4096


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


def made(prospect: Prospect, states: Sequence[str], grades: Mapping[str, Judgement]) -> Floats:
    """Whether a report comes, [S, 2]: that it does, and that it does not.

    Notes
    -----
    As of every report: r l(x) + (1 - r) q, r the reliability, l the likelihood in each state and q the chance that it
    is made anyway. The three are independent and the source is a new one, so that their means are all that counts.
    """
    reliability = 1.0 if prospect.grade is None else mean_reliability(prospect.grade.letter, grades)
    anyway = mean(ANYWAY_UNSAID if prospect.anyway is None else distribution_of(prospect.anyway))
    said = {name.text: mean(distribution_of(judgement)) for name, judgement in prospect.likelihood.entries}
    others = prospect.likelihood.others
    rest = 0.0 if others is None else mean(distribution_of(others))
    chances = np.array([reliability * said.get(state, rest) + (1.0 - reliability) * anyway for state in states])
    return np.stack([chances, 1.0 - chances], axis=1)
