"""How much seeing one thing tells of another, in bits, from sums over worlds: with error, bias correction and a null.

Letters used in shapes: 2 for that the event does not happen and that it does, K for what is known already, R for the
results of what may be seen, G for groups of worlds that were drawn without knowing of each other.

Notes
-----
Information is mutual information (Shannon 1948), as the value of an experiment (Lindley 1956). Worked out from a finite
number of worlds it is never exactly zero, so that useless indicators would look useful. Every chance here is a ratio of
sums, and how it varies from group to group gives its covariance. To second order in that covariance C the estimate is
too large by half the trace of C times its own second derivative, which is subtracted. Whether there is any information
at all is a test of independence in a table from clustered draws: the estimate, twice, is a weighted sum of squares that
is matched to an F distribution by its first two moments (Rao and Scott 1984, section 4; Thomas and Rao 1987).

References
----------
Shannon 1948, A mathematical theory of communication, Bell System Technical Journal 27.
Lindley 1956, On a measure of the information provided by an experiment, Annals of Mathematical Statistics 27.
Rao and Scott 1984, On chi-squared tests for multiway contingency tables with cell proportions estimated from survey
data, Annals of Statistics 12.
Thomas and Rao 1987, Small-sample comparisons of level and power for simple goodness-of-fit statistics under cluster
sampling, Journal of the American Statistical Association 82.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from melian.answer.segments import student

Floats = NDArray[np.float64]

# How often what tells nothing may be taken to tell something.
FALSE_ALARM: Final = 0.01
# Information that rounding alone can leave.
ROUNDING: Final = 1e-12
LEAST_GROUPS: Final = 2
EVEN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Information:
    """What seeing something is expected to tell of the event.

    Attributes
    ----------
    bits : mutual information with its bias taken off; not below 0.
    error : Monte Carlo standard error of `bits`.
    threshold : an estimate no larger than this, in bits, cannot be told from none.
    is_told : whether it can.
    """

    bits: float
    error: float
    threshold: float
    is_told: bool


def information_of(sums: Floats) -> Information:
    """Information that results give about the event, given what is known already.

    Parameters
    ----------
    sums : [2, K, R, G] summed weights of worlds times the chance of event, context and result in each.
    """
    table = _Table(sums)
    estimate = table.estimate()
    threshold = max(table.threshold(), ROUNDING)
    bits = max(0.0, estimate - table.bias()) / math.log(2)
    return Information(bits, table.error() / math.log(2), threshold / math.log(2), estimate > threshold)


@dataclass(frozen=True, slots=True)
class Result:
    """One result of what may be seen.

    Attributes
    ----------
    chance : how likely it is to be seen.
    answer : chance of the event once it is; None where it is never seen.
    error : Monte Carlo standard error of `answer`.
    """

    chance: float
    answer: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """What seeing something does to the answer.

    Attributes
    ----------
    results : one for each result, in order.
    points : how far the answer moves on average, up or down alike; a difference of chances.
    error : Monte Carlo standard error of `points`.
    crosses : chance that the answer ends on the other side of even odds.
    """

    results: tuple[Result, ...]
    points: float
    error: float
    crosses: float


def move_of(sums: Floats) -> Move:
    """Where the answer goes under each result.

    Parameters
    ----------
    sums : [2, R, G] summed weights of worlds times the chance of event and result in each.
    """
    table = _Table(sums[:, np.newaxis])
    p, u = table.p[:, 0], table.u[:, 0]
    chance, answer = p.sum(axis=0), float(p[1].sum())
    given = _over(p[1], chance)
    spread = u[1] - given[:, np.newaxis] * u.sum(axis=0)
    errors = _over(table.widened * np.sqrt(table.inflation * np.square(spread).sum(axis=-1)), chance)
    apart = p[1] - answer * chance
    parts = u[1] - answer * u.sum(axis=0) - chance[:, np.newaxis] * u[1].sum(axis=0)
    by_group = np.sign(apart) @ parts
    over = (given > EVEN) != (answer > EVEN)
    return Move(
        results=tuple(
            Result(float(c), float(a), float(e)) if c > 0 else Result(0.0, None, None)
            for c, a, e in zip(chance, given, errors, strict=True)
        ),
        points=float(np.abs(apart).sum()),
        error=table.widened * float(np.sqrt(table.inflation * np.square(by_group).sum())),
        crosses=float(chance[over].sum()),
    )


class _Table:
    """Chances of event, context and result, with what each group adds to them; natural logarithms throughout."""

    def __init__(self, sums: Floats) -> None:
        total = sums.sum()
        n_groups = sums.shape[-1]
        self.p = sums.sum(axis=-1) / total
        # Linearised ratio: a group's share less what it would be if the group were like all others.
        self.u = (sums - self.p[..., np.newaxis] * sums.sum(axis=(0, 1, 2))) / total
        self.groups = n_groups
        self.inflation = n_groups / (n_groups - 1) if n_groups >= LEAST_GROUPS else math.nan
        self.widened = student(n_groups) if n_groups >= LEAST_GROUPS else math.nan
        self.sides = ((), (2,), (0,), (0, 2))

    def _margins(self, axes: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Chances summed over some axes, and the groups' shares of them."""
        return self.p.sum(axis=axes, keepdims=True), self.u.sum(axis=axes, keepdims=True)

    def _lift(self) -> Floats:
        """Logarithm of chance of event and result over that of independence, given the context; 0 where impossible."""
        found: Floats = np.zeros_like(self.p)
        for axes, sign in zip(self.sides, (1, -1, -1, 1), strict=True):
            p = np.broadcast_to(self.p.sum(axis=axes, keepdims=True), self.p.shape)
            found += sign * np.log(p, out=np.zeros_like(self.p), where=self.p > 0)
        return found

    def estimate(self) -> float:
        """Information in the mean chances."""
        return max(0.0, float((self.p * self._lift()).sum()))

    def error(self) -> float:
        """Standard error by the delta method: the derivative of the information is the lift itself."""
        by_group = np.einsum("ekr,ekrg->g", self._lift(), self.u)
        return self.widened * float(np.sqrt(self.inflation * np.square(by_group).sum()))

    def bias(self) -> float:
        """Half the trace of covariance times second derivative."""
        found = 0.0
        for axes, sign in zip(self.sides, (1, -1, -1, 1), strict=True):
            p, u = self._margins(axes)
            variance = self.inflation * np.square(u).sum(axis=-1)
            found += sign * float(_over(variance, p).sum())
        return found / 2

    def threshold(self) -> float:
        """Information that is reached by accident in one of a hundred cases, were there none."""
        (p_k, u_k), (p_ek, u_ek), (p_kr, u_kr) = (self._margins(axes) for axes in ((0, 2), (2,), (0,)))
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = self.u - (u_ek * p_kr[..., None] + p_ek[..., None] * u_kr) / p_k[..., None]
            apart += (p_ek * p_kr / np.square(p_k))[..., None] * u_k
            expected = p_ek * p_kr / p_k
        is_possible = np.broadcast_to(expected > 0, self.p.shape)
        parts = apart[is_possible] / np.sqrt(expected[is_possible])[:, np.newaxis]
        # The nonzero eigenvalues of covariance by the null's second derivative, by their sum and sum of squares.
        gram = self.inflation * parts.T @ parts
        mean, squares = float(np.trace(gram)), float(np.square(gram).sum())
        if not squares > 0:
            return 0.0 if not math.isnan(mean) else math.inf
        freedom = mean**2 / squares
        return mean / 2 * float(fdtri(freedom, freedom * (self.groups - 1), 1 - FALSE_ALARM))


def _over(number: Floats, p: Floats) -> Floats:
    """Quotient, and 0 where a chance is 0: nothing varies there."""
    found: Floats = np.divide(number, p, out=np.zeros_like(number), where=p > 0)
    return found
