"""Rows of as many states as a factor may have: sums, bounds, and the law by exact volumes in rational numbers."""

from fractions import Fraction
from math import comb, log

import numpy as np
import pytest

from melian.case.read import MAX_STATES
from melian.model.distribution import Distribution, logit_normal, uniform
from melian.model.parameter import Parameter, Row
from melian.solve.draws.draw import Sampler

N_WORLDS = 4096
NEAR = 0.03  # 1.95 / sqrt(N_WORLDS), a distance that independent draws exceed one time in a thousand


def drawn(parts: tuple[Distribution | None, ...]) -> np.ndarray:
    row: Parameter = Row("row", parts)
    return Sampler([row], 0).block(0, N_WORLDS)


def volume(n: int, reach: Fraction) -> Fraction:
    """Volume of the part of the unit cube of n dimensions whose sum is at most `reach`, times n! (Irwin 1927, Hall)."""
    terms = ((-1) ** k * comb(n, k) * max(reach - k, Fraction(0)) ** n for k in range(int(reach) + 1))
    return sum(terms, start=Fraction(0))


def exact(n: int, share: float) -> float:
    """Chance that one of n evenly drawn numbers in [0, 1] that sum to n / 2 is at most `share`."""
    middle = Fraction(n, 2)

    def above(x: Fraction) -> Fraction:
        return volume(n - 1, middle - x)

    at = Fraction(share).limit_denominator(1000)
    return float((above(Fraction(0)) - above(at)) / (above(Fraction(0)) - above(Fraction(1))))


@pytest.mark.parametrize("n", [20, 40, MAX_STATES])
def test_a_state_of_many_alike_ranges_is_drawn_by_the_exact_law(n: int) -> None:
    x = drawn((uniform(0.5 / n, 1.5 / n),) * n)
    assert np.abs(x.sum(axis=0) - 1).max() < 1e-12
    assert (x >= 0.5 / n - 1e-15).all()
    assert (x <= 1.5 / n + 1e-15).all()
    for state in (0, n // 2, n - 1):
        for share in (0.1, 0.3, 0.5, 0.8):
            found = float((n * x[state] - 0.5 <= share).mean())
            assert found == pytest.approx(exact(n, share), abs=NEAR)


@pytest.mark.parametrize("n", [20, MAX_STATES])
@pytest.mark.parametrize("form", ["about", "half ranges", "one and the rest open"])
def test_rows_of_many_states_sum_to_one_and_lie_around_what_was_said(n: int, form: str) -> None:
    about = logit_normal(-log(n - 1), 0.3)
    if form == "one and the rest open":
        x = drawn((about, *(None,) * (n - 1)))
    else:
        ranges = n // 2 if form == "half ranges" else 0
        x = drawn((*(about,) * (n - ranges), *(uniform(0.5 / n, 1.5 / n),) * ranges))
    assert np.isfinite(x).all()
    assert (x > 0).all()
    assert np.abs(x.sum(axis=0) - 1).max() < 1e-12
    assert x.mean(axis=1) == pytest.approx(np.full(n, 1 / n), rel=0.1)
